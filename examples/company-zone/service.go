package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/jsii-runtime-go"
)

const servicePort = 8080

// newService defines a Fargate service that runs an image.
func newService(cluster awsecs.Cluster, id, image string, environment *map[string]*string) awsecs.FargateService {
	stack := cluster.Stack()
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String(id+"Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/company/"+image), nil),
		PortMappings: &[]*awsecs.PortMapping{{ContainerPort: jsii.Number(servicePort)}},
		Environment:  environment,
	})
	return awsecs.NewFargateService(stack, jsii.String(id), &awsecs.FargateServiceProps{
		Cluster:           cluster,
		TaskDefinition:    task,
		MinHealthyPercent: jsii.Number(100),
		CircuitBreaker:    &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
	})
}
