package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53targets"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
)

// NewLabStack defines a function that does not reach the API. It knows the name, and its VPC routes all of the company to the gateway: the
// segment keeps it out, and so does the security group of the ALB. A PrivateApiConsumer over this spoke is refused.
func NewLabStack(app awscdk.App, pricing *Pricing, links awscdk.Stack) {
	stack := awscdk.NewStack(app, jsii.String("RoutedLab"), &awscdk.StackProps{Env: labEnv})
	vpc := newVpc(stack, labBlock)
	transitgateway.NewSpoke(stack, jsii.String("LabSpoke"), &transitgateway.SpokeProps{
		Hub:              pricing.Hub,
		Vpc:              vpc,
		Segment:          jsii.String(segmentLab),
		Destinations:     jsii.Strings(company),
		SubnetCidrBlocks: jsii.Strings("10.3.255.0/28", "10.3.255.16/28"),
		HubScope:         links,
	})
	newFunction(vpc, "Lab")
	awsroute53.NewARecord(stack, jsii.String("Name"), &awsroute53.ARecordProps{
		Zone: awsroute53.NewPrivateHostedZone(stack, jsii.String("Zone"), &awsroute53.PrivateHostedZoneProps{
			ZoneName: jsii.String(domain), Vpc: vpc,
		}),
		Target: awsroute53.RecordTarget_FromAlias(awsroute53targets.NewLoadBalancerTarget(pricing.Api.LoadBalancer(), nil)),
	})
}
