package routedapi_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/vpcpeering"
)

// An API, and clients in its own VPC. For clients in another VPC, the Service is pricing.Over(network).
func Example() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	pricing := routedapi.NewApi(stack, jsii.String("Api"), &routedapi.ApiProps{
		Vpc:          vpc,
		DomainNames:  jsii.Strings("api.pricing.internal.company.com"),
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))},
	})
	pricing.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{awselasticloadbalancingv2targets.NewIpTarget(jsii.String("10.0.1.5"), nil, nil)},
	})
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Reports"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: pricing,
		Clients: &[]awsec2.IConnectable{awsec2.NewSecurityGroup(stack, jsii.String("ReportsTask"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}

// One API over PrivateLink and by route: while both lead to its listener, each consumer moves when it is ready.
func ExampleApiProps() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	provider := privateapi.NewPrivateApiProvider(stack, jsii.String("Provider"), &privateapi.PrivateApiProviderProps{
		Vpc:               vpc,
		DomainNames:       jsii.Strings("api.pricing.internal.company.com"),
		Certificates:      &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))},
		AllowedPrincipals: &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String("111111111111"))},
	})
	routed := routedapi.NewApi(stack, jsii.String("Routed"), &routedapi.ApiProps{
		Vpc:          vpc,
		DomainNames:  provider.DomainNames(),
		Listener:     provider.Listener(),
		AllowedCidrs: jsii.Strings("10.2.0.0/16"), // of clients in account 111111111111
	})

	app.Synth(nil)
	fmt.Println(*routed.Port())
	// Output: 443
}

// An API of another repository in the same account, whose owner gives these values.
func ExampleApiAttributes() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Reports"), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")}})
	pricing := routedapi.Api_FromAttributes(stack, jsii.String("PricingApi"), &routedapi.ApiAttributes{
		LoadBalancerDnsName:               jsii.String("internal-pricing-0123456789.eu-west-1.elb.amazonaws.com"),
		LoadBalancerCanonicalHostedZoneId: jsii.String("Z32O12XQLNTSW2"),
		DomainNames:                       jsii.Strings("api.pricing.internal.company.com"),
		CidrBlocks:                        jsii.Strings("10.1.1.0/24", "10.1.2.0/24"),
		SecurityGroupId:                   jsii.String("sg-0123456789abcdef0"),
		VpcId:                             jsii.String("vpc-0123456789abcdef0"),
	})
	vpc := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Vpc"), &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"),
	})
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: pricing,
		Clients: &[]awsec2.IConnectable{awsec2.NewSecurityGroup(stack, jsii.String("Task"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}

// The owner of an API lets in a client of account 111111111111, in a stack that is deployed after the client's.
func ExampleClientAccess() {
	app := awscdk.NewApp(nil)
	env := &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")}
	stack := awscdk.NewStack(app, jsii.String("Access"), &awscdk.StackProps{Env: env})
	pricing := routedapi.Api_FromAttributes(stack, jsii.String("PricingApi"), &routedapi.ApiAttributes{
		LoadBalancerDnsName:               jsii.String("internal-pricing-0123456789.eu-west-1.elb.amazonaws.com"),
		LoadBalancerCanonicalHostedZoneId: jsii.String("Z32O12XQLNTSW2"),
		SecurityGroupId:                   jsii.String("sg-0123456789abcdef0"),
	})
	routedapi.NewClientAccess(stack, jsii.String("Checkout"), &routedapi.ClientAccessProps{
		Api: pricing,
		SecurityGroups: &[]*routedapi.ClientSecurityGroup{
			{SecurityGroupId: jsii.String("sg-0fedcba9876543210"), Account: jsii.String("111111111111")},
		},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}

// Clients of another VPC reach the API over a peering connection.
func ExampleIApi() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	network := func(id, block string) awsec2.Vpc {
		return awsec2.NewVpc(stack, jsii.String(id), &awsec2.VpcProps{IpAddresses: awsec2.IpAddresses_Cidr(jsii.String(block))})
	}
	apiVpc, clientVpc := network("ApiVpc", "10.1.0.0/16"), network("ClientVpc", "10.2.0.0/16")
	peering := vpcpeering.NewVpcPeering(stack, jsii.String("Peering"), &vpcpeering.VpcPeeringProps{
		Requester: &vpcpeering.Side{Vpc: clientVpc}, Accepter: &vpcpeering.Side{Vpc: apiVpc},
	})
	pricing := routedapi.NewApi(stack, jsii.String("Api"), &routedapi.ApiProps{
		Vpc:          apiVpc,
		DomainNames:  jsii.Strings("api.pricing.internal.company.com"),
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))},
	})
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
		Vpc:     clientVpc,
		Service: pricing.Over(peering),
		Clients: &[]awsec2.IConnectable{awsec2.NewSecurityGroup(stack, jsii.String("Task"), &awsec2.SecurityGroupProps{Vpc: clientVpc, AllowAllOutbound: jsii.Bool(false)})},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}
