package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"
)

const portName = "http" // by which ECS registers the tasks with VPC Lattice

// newService defines a Fargate service that runs an image, with a role of its own unless it gets one.
func newService(cluster awsecs.Cluster, id, image string, role awsiam.IRole, environment *map[string]*string) awsecs.FargateService {
	stack := cluster.Stack()
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String(id+"Task"), &awsecs.FargateTaskDefinitionProps{TaskRole: role})
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/company/"+image), nil),
		PortMappings: &[]*awsecs.PortMapping{{Name: jsii.String(portName), ContainerPort: jsii.Number(8080)}},
		Environment:  environment,
	})
	return awsecs.NewFargateService(stack, jsii.String(id), &awsecs.FargateServiceProps{
		Cluster:           cluster,
		TaskDefinition:    task,
		MinHealthyPercent: jsii.Number(100),
		CircuitBreaker:    &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
	})
}
