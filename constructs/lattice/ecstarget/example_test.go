package ecstarget_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice/ecstarget"
)

// A Fargate service without a load balancer.
func ExampleNew() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	definition := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), nil)
	definition.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/nginx/nginx"), nil),
		PortMappings: &[]*awsecs.PortMapping{{Name: jsii.String("http"), ContainerPort: jsii.Number(8080)}}, // ECS registers it by its name
	})
	service := awsecs.NewFargateService(stack, jsii.String("Service"), &awsecs.FargateServiceProps{
		Cluster:           awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc}),
		TaskDefinition:    definition,
		MinHealthyPercent: jsii.Number(100),
	})

	lattice.NewApi(stack, jsii.String("Api"), &lattice.ApiProps{
		DomainName:         jsii.String("api.pricing.internal.company.com"),
		Certificate:        elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef")),
		PrefixList:         awsec2.PrefixList_FromPrefixListId(stack, jsii.String("Lattice"), jsii.String("pl-0721453c7ac4ec009")),
		Target:             ecstarget.New(service, &ecstarget.Options{HealthCheck: &lattice.HealthCheck{Path: jsii.String("/health")}}),
		ShareWith:          jsii.Strings("111111111111"),
		AllowedVpcAccounts: jsii.Strings("111111111111"),
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}
