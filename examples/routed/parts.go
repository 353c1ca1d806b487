package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"
)

// newVpc defines a VPC of two zones, whose subnets leave room for the small ones of an attachment.
func newVpc(stack awscdk.Stack, block string) awsec2.Vpc {
	return awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
		IpAddresses: awsec2.IpAddresses_Cidr(jsii.String(block)),
		MaxAzs:      jsii.Number(2),
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{
			{Name: jsii.String("Public"), SubnetType: awsec2.SubnetType_PUBLIC, CidrMask: jsii.Number(20)},
			{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_WITH_EGRESS, CidrMask: jsii.Number(20)},
		},
	})
}

// newService defines a Fargate service that runs an image.
func newService(cluster awsecs.Cluster, id, image string, environment *map[string]*string) awsecs.FargateService {
	stack := cluster.Stack()
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String(id+"Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/company/"+image), nil),
		PortMappings: &[]*awsecs.PortMapping{{ContainerPort: jsii.Number(8080)}},
		Environment:  environment,
	})
	return awsecs.NewFargateService(stack, jsii.String(id), &awsecs.FargateServiceProps{
		Cluster:           cluster,
		TaskDefinition:    task,
		MinHealthyPercent: jsii.Number(100),
		CircuitBreaker:    &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
	})
}

// newFunction defines a function that calls the API.
func newFunction(vpc awsec2.Vpc, id string) awslambda.Function {
	return awslambda.NewFunction(vpc.Stack(), jsii.String(id), &awslambda.FunctionProps{
		Vpc:     vpc,
		Runtime: awslambda.Runtime_NODEJS_24_X(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String(`exports.handler = async () => (await fetch("https://` + domain + `/v1/quotes")).text()`)),
	})
}
