package vpcpeering_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/vpcpeering"
)

// A VPC of clients in one account, and that of an API in another.
func ExampleNewVpcPeering() {
	app := awscdk.NewApp(nil)
	stackOf := func(id, account string) awscdk.Stack {
		return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("eu-west-1")}})
	}
	vpcIn := func(stack awscdk.Stack, block string) awsec2.IVpc {
		return awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{IpAddresses: awsec2.IpAddresses_Cidr(jsii.String(block))})
	}
	checkout, pricing := stackOf("Checkout", "111111111111"), stackOf("Pricing", "222222222222")
	checkoutVpc, pricingVpc := vpcIn(checkout, "10.0.0.0/16"), vpcIn(pricing, "10.1.0.0/16")

	peering := vpcpeering.NewVpcPeering(checkout, jsii.String("Peering"), &vpcpeering.VpcPeeringProps{
		Requester: &vpcpeering.Side{Vpc: checkoutVpc},
		Accepter:  &vpcpeering.Side{Vpc: pricingVpc},
		AccepterRole: vpcpeering.NewAccepterRole(pricing, jsii.String("PeeringRole"), &vpcpeering.AccepterRoleProps{
			Vpc:               pricingVpc,
			RequesterAccounts: jsii.Strings("111111111111"),
		}),
		AccepterScope: stackOf("PricingRoutes", "222222222222"), // deployed after the other two
	})
	awscdk.NewCfnOutput(checkout, jsii.String("Connection"), &awscdk.CfnOutputProps{Value: peering.VpcPeeringConnectionId()})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 3
}
