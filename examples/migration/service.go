package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// newService defines a Fargate service that runs an image, in the private subnets of a VPC.
func newService(scope constructs.Construct, id string, vpc awsec2.IVpc, image string, environment *map[string]*string) awsecs.FargateService {
	task := awsecs.NewFargateTaskDefinition(scope, jsii.String(id+"Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/company/"+image), nil),
		PortMappings: &[]*awsecs.PortMapping{{ContainerPort: jsii.Number(8080)}},
		Environment:  environment,
	})
	return awsecs.NewFargateService(scope, jsii.String(id), &awsecs.FargateServiceProps{
		Cluster:           awsecs.NewCluster(scope, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc}),
		TaskDefinition:    task,
		MinHealthyPercent: jsii.Number(100),
		CircuitBreaker:    &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
	})
}
