package main

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsssm"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
)

// NewConsumerStack defines a VPC with a function that calls what the mesh says. In an app of its own there are no providers: then CloudFormation
// reads what to connect to from the contracts that they share.
func NewConsumerStack(app awscdk.App, company *company, team *mesh.Consumer, providers []mesh.MeshProvider) {
	stack := awscdk.NewStack(app, jsii.String("Mesh"+title(team.Name)), &awscdk.StackProps{Env: company.environment(team.Account)})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	var urls []string
	for _, service := range *team.Calls {
		urls = append(urls, "https://"+*company.mesh.DomainName(service))
	}
	client := awslambda.NewFunction(stack, jsii.String("Client"), &awslambda.FunctionProps{
		Vpc:         vpc,
		Runtime:     awslambda.Runtime_NODEJS_24_X(),
		Handler:     jsii.String("index.handler"),
		Code:        awslambda.Code_FromInline(jsii.String("exports.handler = () => Promise.all(process.env.URLS.split(' ').map((url) => fetch(url)));")),
		Environment: &map[string]*string{"URLS": jsii.String(strings.Join(urls, " "))},
	})

	props := &mesh.MeshConsumerProps{
		Mesh:       company.mesh,
		Consumer:   team.Name,
		Vpc:        vpc,
		Clients:    &[]awsec2.IConnectable{client},
		PrefixList: prefixList(stack),
	}
	if len(providers) > 0 {
		props.Providers = &providers
	} else {
		props.ServiceNames = serviceNames(stack, company, team)
	}
	mesh.NewMeshConsumer(stack, jsii.String("Mesh"), props)
}

// serviceNames are the names of endpoint services and the ARNs of services of VPC Lattice, from the SSM parameters of their contracts.
func serviceNames(stack awscdk.Stack, company *company, team *mesh.Consumer) *map[string]*string {
	names := map[string]*string{}
	for _, connection := range *company.mesh.ConnectionsOf(team.Name) {
		arn := "arn:aws:ssm:" + *company.Region + ":" + *company.mesh.OwnerOf(connection).Account + ":parameter/private-api/" + *connection + "/service-name"
		names[*connection] = awsssm.StringParameter_FromStringParameterArn(stack, connection, &arn).StringValue()
	}
	return &names
}
