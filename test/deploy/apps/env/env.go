// Package env has what the apps of the deployment tests share: stacks in an account and a Region, VPCs that need no lookup at
// synth, and the context that a test passes.
package env

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// Region is the Region of an app, unless it says otherwise.
const Region = "eu-west-1"

// NewStack defines a stack in an account and a Region, with the names of the zones that its VPCs can have.
func NewStack(scope constructs.Construct, id, account, region string, zones *[]*string) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String(region)},
	})
	// CDK checks the zones of a VPC against those of the account, which it would look up in AWS.
	stack.Node().SetContext(jsii.String("availability-zones:account="+account+":region="+region), zones)
	return stack
}

// NewVpc defines a VPC with a private subnet in each zone; zones are names in the account of the stack.
func NewVpc(stack awscdk.Stack, id string, zones *[]*string) awsec2.Vpc {
	return NewVpcOf(stack, id, *awsec2.Vpc_DEFAULT_CIDR_RANGE(), zones)
}

// NewVpcOf is NewVpc with a CIDR block of the VPC's own.
func NewVpcOf(stack awscdk.Stack, id, block string, zones *[]*string) awsec2.Vpc {
	return awsec2.NewVpc(stack, jsii.String(id), &awsec2.VpcProps{
		IpAddresses:                  awsec2.IpAddresses_Cidr(jsii.String(block)),
		AvailabilityZones:            zones,
		NatGateways:                  jsii.Number(0),
		RestrictDefaultSecurityGroup: jsii.Bool(false),
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{
			Name:       jsii.String("Private"),
			SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED,
			CidrMask:   jsii.Number(24),
		}},
	})
}

// ZonesOf returns the names of the API's zones in an account: each account has its own names.
func ZonesOf(scope constructs.Construct, account string) *[]*string {
	return jsii.Strings(strings.Split(Context(scope, "zonesOf"+account), ",")...)
}

// Context returns the value of a context key, and panics if there is none.
func Context(scope constructs.Construct, key string) string {
	value, ok := scope.Node().TryGetContext(jsii.String(key)).(string)
	if !ok {
		panic(fmt.Errorf("the context has no %s", key))
	}
	return value
}
