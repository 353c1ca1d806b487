package transitgateway_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
)

// A hub of a network account, the VPC of an API, and that of clients in another account.
func ExampleNewSpoke() {
	app := awscdk.NewApp(nil)
	stackOf := func(id, account string) awscdk.Stack {
		return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("eu-west-1")}})
	}
	vpcIn := func(stack awscdk.Stack, block string) awsec2.IVpc {
		return awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
			IpAddresses:       awsec2.IpAddresses_Cidr(jsii.String(block)),
			AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"),
			SubnetConfiguration: &[]*awsec2.SubnetConfiguration{ // which leaves blocks free for the spoke
				{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED, CidrMask: jsii.Number(20)},
			},
		})
	}
	network, pricing, checkout := stackOf("Network", "222222222222"), stackOf("Pricing", "222222222222"), stackOf("Checkout", "111111111111")

	hub := transitgateway.NewHub(network, jsii.String("Hub"), &transitgateway.HubProps{
		Segments: &[]*transitgateway.Segment{
			{Name: jsii.String("apis")},
			{Name: jsii.String("shops"), Reaches: jsii.Strings("apis")}, // and not each other
		},
		ShareWith: jsii.Strings("111111111111"),
	})
	transitgateway.NewSpoke(pricing, jsii.String("Spoke"), &transitgateway.SpokeProps{
		Hub:              hub,
		Vpc:              vpcIn(pricing, "10.0.0.0/16"),
		Segment:          jsii.String("apis"),
		Destinations:     jsii.Strings("10.0.0.0/8"),
		SubnetCidrBlocks: jsii.Strings("10.0.255.0/28", "10.0.255.16/28"),
	})
	transitgateway.NewSpoke(checkout, jsii.String("CheckoutSpoke"), &transitgateway.SpokeProps{
		Hub:              hub,
		Vpc:              vpcIn(checkout, "10.1.0.0/16"),
		Segment:          jsii.String("shops"),
		Destinations:     jsii.Strings("10.0.0.0/16"),
		SubnetCidrBlocks: jsii.Strings("10.1.255.0/28", "10.1.255.16/28"),
		HubScope:         stackOf("NetworkSpokes", "222222222222"), // deployed after the spokes of other accounts
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 4
}
