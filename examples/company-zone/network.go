package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"
)

// Network is what the network team gives to each team.
type Network struct {
	Vpc       awsec2.IVpc
	Zone      awsroute53.IHostedZone
	Endpoints awsec2.ISecurityGroup // of all endpoints in the VPC
}

// NewNetworkStack defines what the account of the shop had before anybody called the API. In an app of its own, the other
// apps would import its resources, such as by HostedZone_FromHostedZoneAttributes.
func NewNetworkStack(app awscdk.App) Network {
	stack := awscdk.NewStack(app, jsii.String("Network"), &awscdk.StackProps{Env: shopEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	return Network{
		Vpc: vpc,
		Zone: awsroute53.NewPrivateHostedZone(stack, jsii.String("Zone"), &awsroute53.PrivateHostedZoneProps{
			ZoneName: jsii.String(companyZone),
			Vpc:      vpc,
		}),
		Endpoints: awsec2.NewSecurityGroup(stack, jsii.String("Endpoints"), &awsec2.SecurityGroupProps{
			Vpc:              vpc,
			Description:      jsii.String("Endpoints: clients in, nothing out"),
			AllowAllOutbound: jsii.Bool(false),
		}),
	}
}
