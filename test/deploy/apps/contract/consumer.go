package main

import (
	"os"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsssm"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// ways are how a consumer knows the API, by the names of its VPC, its client and its constructs.
var ways = []struct {
	name        string
	service     func(awscdk.Stack, *string) privateapi.IPrivateApiService
	hasEndpoint bool
}{
	{"Lookup", lookedUp, true}, {"File", fromFile, true}, {"Attributes", fromAttributes, true}, {"Lattice", latticeLookedUp, false},
}

// newConsumerSide defines one consumer for each way, each with a VPC of its own. The account has zones that the API has not.
func newConsumerSide(app awscdk.App) {
	account := env.Context(app, "consumerAccount")
	zones := map[string]*string{}
	var names []*string
	for _, pair := range strings.Split(env.Context(app, "zones"), ",") {
		name, id, _ := strings.Cut(pair, "=")
		zones[name] = &id
		names = append(names, &name)
	}
	stack := env.NewStack(app, "ContractConsumer", account, env.Region, &names)
	profile := newProfile(stack)
	profiles := map[string]privateapi.IHostedZoneProfile{"File": profile}
	for _, way := range ways {
		vpc := env.NewVpc(stack, way.name+"Vpc", &names)
		props := &privateapi.PrivateApiConsumerProps{
			Vpc:     vpc,
			Profile: profiles[way.name],
			Service: way.service(stack, jsii.String(way.name+"Service")),
			Clients: &[]awsec2.IConnectable{newClient(vpc, way.name+"Client")},
		}
		if way.hasEndpoint {
			props.ZoneIds = &zones
		}
		privateapi.NewPrivateApiConsumer(stack, jsii.String(way.name), props)
	}
	newReports(app, profile)
}

// lookedUp is the API by two shared parameters: the contract is looked up at synth, and CloudFormation reads the name of the service.
func lookedUp(stack awscdk.Stack, id *string) privateapi.IPrivateApiService {
	json, name := parametersOf(stack, "ServiceName", env.Context(stack, "parameters"))
	return privateapi.PrivateApiService_FromContract(stack, id, json, &privateapi.ContractOptions{ServiceName: name})
}

// latticeLookedUp is the API over VPC Lattice by two shared parameters.
func latticeLookedUp(stack awscdk.Stack, id *string) privateapi.IPrivateApiService {
	json, arn := parametersOf(stack, "ServiceArn", env.Context(stack, "latticeParameters"))
	return lattice.Api_FromContract(stack, id, json, &lattice.ContractOptions{ServiceArn: arn, PrefixList: prefixList(stack)})
}

// parametersOf returns the contract of two parameters as it is looked up, and what to connect to as CloudFormation reads it.
func parametersOf(stack awscdk.Stack, id, arn string) (json, connectTo *string) {
	parameter := awsssm.StringParameter_FromStringParameterArn(stack, jsii.String(id), jsii.String(arn+"/service-name"))
	return awsssm.StringParameter_ValueFromLookup(stack, jsii.String(arn+"/contract"), nil, nil), parameter.StringValue()
}

// fromFile is the API by the file that privateapi contract wrote.
func fromFile(stack awscdk.Stack, id *string) privateapi.IPrivateApiService {
	content, err := os.ReadFile(env.Context(stack, "contractFile"))
	if err != nil {
		panic(err)
	}
	return privateapi.PrivateApiService_FromContract(stack, id, jsii.String(string(content)), nil)
}

// fromAttributes is the API by what its owner said.
func fromAttributes(stack awscdk.Stack, id *string) privateapi.IPrivateApiService {
	return privateapi.PrivateApiService_FromAttributes(stack, id, &privateapi.PrivateApiServiceAttributes{
		ServiceName:         jsii.String(env.Context(stack, "serviceName")),
		DomainNames:         jsii.Strings(domain),
		AvailabilityZoneIds: jsii.Strings(strings.Split(env.Context(stack, "serviceZoneIds"), ",")...),
		AcceptanceRequired:  jsii.Bool(false),
	})
}
