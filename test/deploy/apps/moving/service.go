package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// newService defines a service of two tasks, without outbound traffic until the caller allows some.
func newService(stack awscdk.Stack, id string, vpc awsec2.Vpc) awsecs.FargateService {
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String(id+"Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/nginx/nginx:1.29"), nil),
		PortMappings: &[]*awsecs.PortMapping{{ContainerPort: jsii.Number(8080)}},
	})
	return awsecs.NewFargateService(stack, jsii.String(id), &awsecs.FargateServiceProps{
		Cluster:           awsecs.NewCluster(stack, jsii.String(id+"Cluster"), &awsecs.ClusterProps{Vpc: vpc}),
		TaskDefinition:    task,
		DesiredCount:      jsii.Number(2),
		MinHealthyPercent: jsii.Number(100),
		CircuitBreaker:    &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
		VpcSubnets:        &awsec2.SubnetSelection{AvailabilityZones: env.ZonesOf(stack, *stack.Account())},
		SecurityGroups: &[]awsec2.ISecurityGroup{awsec2.NewSecurityGroup(stack, jsii.String(id+"Group"), &awsec2.SecurityGroupProps{
			Vpc: vpc, AllowAllOutbound: jsii.Bool(false),
		})},
	})
}
