package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// api has the settings that its team changes: the accounts that are allowed, whether connections must be accepted, and
// whether the domain is the private DNS name of the service.
type api struct {
	principals         []string
	acceptanceRequired bool
	privateDns         bool
}

func newApi(scope constructs.Construct, id string, a api) {
	account := env.Context(scope, "providerAccount")
	zones := env.ZonesOf(scope, account)
	stack := env.NewStack(scope, id, account, env.Region, zones)
	vpc := env.NewVpc(stack, "Vpc", zones)
	principals := []awsiam.ArnPrincipal{}
	for _, principal := range a.principals {
		principals = append(principals, awsiam.NewAccountPrincipal(jsii.String(principal)))
	}
	certificate := elbv2.ListenerCertificate_FromArn(jsii.String(env.Context(scope, "certificateArn")))
	var privateName *string
	if a.privateDns {
		privateName = jsii.String(env.Context(scope, "domain"))
	}
	provider := privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), &privateapi.PrivateApiProviderProps{
		Vpc:                vpc,
		DomainNames:        jsii.Strings(env.Context(scope, "domain")),
		Certificates:       &[]elbv2.IListenerCertificate{certificate},
		AllowedPrincipals:  &principals,
		AcceptanceRequired: jsii.Bool(a.acceptanceRequired),
		PrivateDnsName:     privateName,
		DeletionProtection: jsii.Bool(false), // a rollback cannot delete protected load balancers
	})
	provider.AddRoute(jsii.String("All"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/*"),
		Port:         jsii.Number(8080),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{newTask(stack, vpc)},
	})
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: provider.ServiceName()})
	awscdk.NewCfnOutput(stack, jsii.String("ServiceId"), &awscdk.CfnOutputProps{Value: provider.ServiceId()})
	if a.privateDns {
		awscdk.NewCfnOutput(stack, jsii.String("TxtName"), &awscdk.CfnOutputProps{Value: provider.PrivateDnsTxtName()})
		awscdk.NewCfnOutput(stack, jsii.String("TxtValue"), &awscdk.CfnOutputProps{Value: provider.PrivateDnsTxtValue()})
	}
}

// newTask defines the ECS service behind the API.
func newTask(stack awscdk.Stack, vpc awsec2.IVpc) awsecs.FargateService {
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/docker/library/nginx:1.29"), nil),
		PortMappings: &[]*awsecs.PortMapping{{ContainerPort: jsii.Number(8080)}},
	})
	group := awsec2.NewSecurityGroup(stack, jsii.String("TaskGroup"), &awsec2.SecurityGroupProps{
		Vpc:              vpc,
		AllowAllOutbound: jsii.Bool(false),
	})
	return awsecs.NewFargateService(stack, jsii.String("TaskService"), &awsecs.FargateServiceProps{
		Cluster:           awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc}),
		TaskDefinition:    task,
		DesiredCount:      jsii.Number(1),
		MinHealthyPercent: jsii.Number(100),
		CircuitBreaker:    &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
		SecurityGroups:    &[]awsec2.ISecurityGroup{group},
	})
}
