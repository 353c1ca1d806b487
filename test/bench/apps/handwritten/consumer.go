package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53targets"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

// newConsumer defines an interface endpoint, and a private hosted zone with an alias to it.
func newConsumer(stack constructs.Construct, vpc awsec2.IVpc, pair scenario.Pair, service awsec2.VpcEndpointService, port *float64) awsec2.InterfaceVpcEndpoint {
	scope := constructs.NewConstruct(stack, jsii.String(pair.ID))
	group := awsec2.NewSecurityGroup(scope, jsii.String("SecurityGroup"), &awsec2.SecurityGroupProps{
		Vpc: vpc, AllowAllOutbound: jsii.Bool(false),
	})
	endpoint := awsec2.NewInterfaceVpcEndpoint(scope, jsii.String("Endpoint"), &awsec2.InterfaceVpcEndpointProps{
		Vpc:               vpc,
		Service:           awsec2.NewInterfaceVpcEndpointService(service.VpcEndpointServiceName(), port),
		SecurityGroups:    &[]awsec2.ISecurityGroup{group},
		Open:              jsii.Bool(false),
		PrivateDnsEnabled: jsii.Bool(false),
	})
	zone := awsroute53.NewPrivateHostedZone(scope, jsii.String("HostedZone"), &awsroute53.PrivateHostedZoneProps{
		ZoneName: jsii.String(pair.Domain), Vpc: vpc,
	})
	awsroute53.NewARecord(scope, jsii.String("Alias"), &awsroute53.ARecordProps{
		Zone:   zone,
		Target: awsroute53.RecordTarget_FromAlias(awsroute53targets.NewInterfaceVpcEndpointTarget(endpoint)),
	})
	return endpoint
}
