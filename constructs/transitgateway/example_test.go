package transitgateway_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
)

// A hub of a network team, an API of one account and clients of another: five stacks. The last two wait for the others only.
func ExampleNewHub() {
	app := awscdk.NewApp(nil)
	stackOf := func(id, account string) awscdk.Stack {
		return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("eu-west-1")}})
	}

	// 1. The network team: the gateway, its segments, and the accounts that may attach.
	hub := transitgateway.NewHub(stackOf("Network", "333333333333"), jsii.String("Hub"), &transitgateway.HubProps{
		Segments: &[]*transitgateway.Segment{
			{Name: jsii.String("apis")},
			{Name: jsii.String("shops"), Reaches: jsii.Strings("apis")},
			{Name: jsii.String("lab")}, // reaches nothing
		},
		ShareWith: jsii.Strings("111111111111", "222222222222"),
	})
	segments := stackOf("NetworkSegments", "333333333333")

	// 2. The team of the API: its VPC with the way back to the clients, and the API.
	pricing := stackOf("Pricing", "222222222222")
	apiVpc := newVpc(pricing, "Vpc", "10.1.0.0/16")
	transitgateway.NewSpoke(pricing, jsii.String("PricingSpoke"), &transitgateway.SpokeProps{
		Hub:              hub,
		Vpc:              apiVpc,
		Segment:          jsii.String("apis"),
		Destinations:     jsii.Strings("10.0.0.0/8"),
		SubnetCidrBlocks: jsii.Strings("10.1.255.0/28", "10.1.255.16/28"),
		HubScope:         segments,
	})
	api := routedapi.NewApi(pricing, jsii.String("Api"), &routedapi.ApiProps{
		Vpc:          apiVpc,
		DomainNames:  jsii.Strings("api.pricing.internal.company.com"),
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))},
	})

	// 3. The team of the clients: its VPC, and the consumer.
	checkout := stackOf("Checkout", "111111111111")
	vpc := newVpc(checkout, "Vpc", "10.2.0.0/16")
	task := awsec2.NewSecurityGroup(checkout, jsii.String("Task"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})
	spoke := transitgateway.NewSpoke(checkout, jsii.String("CheckoutSpoke"), &transitgateway.SpokeProps{
		Hub:              hub,
		Vpc:              vpc,
		Segment:          jsii.String("shops"),
		Destinations:     jsii.Strings("10.1.0.0/16"),
		SubnetCidrBlocks: jsii.Strings("10.2.255.0/28", "10.2.255.16/28"),
		HubScope:         segments, // 4. The network team: both VPCs join their segments.
	})
	privateapi.NewPrivateApiConsumer(checkout, jsii.String("PricingApi"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: api.Over(spoke),
		Clients: &[]awsec2.IConnectable{task},
	})

	// 5. The team of the API: who may call.
	access := stackOf("PricingAccess", "222222222222")
	routedapi.NewClientAccess(access, jsii.String("CheckoutAccess"), &routedapi.ClientAccessProps{
		Api:            api,
		Network:        spoke,
		SecurityGroups: &[]*routedapi.ClientSecurityGroup{{SecurityGroupId: task.SecurityGroupId(), Account: jsii.String("111111111111")}},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 5
}

// A VPC that joins a hub of another app. The network team gives the IDs, and lets this app deploy the stack NetworkSegments.
func ExampleHubAttributes() {
	app := awscdk.NewApp(nil)
	stackOf := func(id, account string) awscdk.Stack {
		return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("eu-west-1")}})
	}
	segments, checkout := stackOf("NetworkSegments", "333333333333"), stackOf("Checkout", "111111111111")
	hub := transitgateway.Hub_FromAttributes(checkout, jsii.String("Hub"), &transitgateway.HubAttributes{
		TransitGatewayId: jsii.String("tgw-0123456789abcdef0"),
		Account:          jsii.String("333333333333"),
		Segments: &[]*transitgateway.SegmentAttributes{
			{Name: jsii.String("apis"), RouteTableId: jsii.String("tgw-rtb-0123456789abcdef0")},
			{Name: jsii.String("shops"), RouteTableId: jsii.String("tgw-rtb-0fedcba9876543210"), Reaches: jsii.Strings("apis")},
		},
		SecurityGroupReferencing: jsii.Bool(true),
	})
	transitgateway.NewSpoke(checkout, jsii.String("CheckoutSpoke"), &transitgateway.SpokeProps{
		Hub:              hub,
		Vpc:              newVpc(checkout, "Vpc", "10.2.0.0/16"),
		Segment:          jsii.String("shops"),
		Destinations:     jsii.Strings("10.1.0.0/16"),
		SubnetCidrBlocks: jsii.Strings("10.2.255.0/28", "10.2.255.16/28"),
		HubScope:         segments,
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 2
}

// A consumer in an app of its own, in a VPC that another app attaches to the hub.
func ExampleSpokeAttributes() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Checkout"), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-west-1")}})
	vpc := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Vpc"), &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0fedcba9876543210"), VpcCidrBlock: jsii.String("10.2.0.0/16"), AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"),
	})
	hub := transitgateway.Hub_FromAttributes(stack, jsii.String("Hub"), &transitgateway.HubAttributes{
		TransitGatewayId: jsii.String("tgw-0123456789abcdef0"),
		Account:          jsii.String("333333333333"),
		Segments: &[]*transitgateway.SegmentAttributes{
			{Name: jsii.String("shops"), RouteTableId: jsii.String("tgw-rtb-0fedcba9876543210")},
		},
		SecurityGroupReferencing: jsii.Bool(true),
	})
	spoke := transitgateway.Spoke_FromAttributes(stack, jsii.String("Spoke"), &transitgateway.SpokeAttributes{
		Hub:                        hub,
		Vpc:                        vpc,
		Segment:                    jsii.String("shops"),
		TransitGatewayAttachmentId: jsii.String("tgw-attach-0123456789abcdef0"),
		Destinations:               jsii.Strings("10.1.0.0/16"),
	})
	pricing := routedapi.Api_FromAttributes(stack, jsii.String("Pricing"), &routedapi.ApiAttributes{
		LoadBalancerDnsName:               jsii.String("internal-pricing-0123456789.eu-west-1.elb.amazonaws.com"),
		LoadBalancerCanonicalHostedZoneId: jsii.String("Z32O12XQLNTSW2"),
		DomainNames:                       jsii.Strings("api.pricing.internal.company.com"),
		CidrBlocks:                        jsii.Strings("10.1.1.0/24", "10.1.2.0/24"),
		Account:                           jsii.String("222222222222"),
	})
	privateapi.NewPrivateApiConsumer(stack, jsii.String("PricingApi"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: pricing.Over(spoke),
		Clients: &[]awsec2.IConnectable{awsec2.NewSecurityGroup(stack, jsii.String("Task"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}
