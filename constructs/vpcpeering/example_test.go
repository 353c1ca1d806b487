package vpcpeering_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/vpcpeering"
)

// Two accounts: three stacks, deployed in this order.
func ExampleNewVpcPeering() {
	app := awscdk.NewApp(nil)
	stackOf := func(id, account string) awscdk.Stack {
		return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("eu-west-1")}})
	}

	// 1. The account of the API: the VPC, the API, and the role by which CloudFormation accepts the connection.
	pricing := stackOf("Pricing", "222222222222")
	apiVpc := newVpc(pricing, "Vpc", "10.1.0.0/16")
	api := routedapi.NewApi(pricing, jsii.String("Api"), &routedapi.ApiProps{
		Vpc:          apiVpc,
		DomainNames:  jsii.Strings("api.pricing.internal.company.com"),
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))},
	})
	accepter := vpcpeering.NewAccepterRole(pricing, jsii.String("Accepter"), &vpcpeering.AccepterRoleProps{
		Vpc:               apiVpc,
		RequesterAccounts: jsii.Strings("111111111111"),
	})

	// 2. The account of the clients: the connection, the routes there, and the consumer.
	checkout := stackOf("Checkout", "111111111111")
	vpc := newVpc(checkout, "Vpc", "10.2.0.0/16")
	task := awsec2.NewSecurityGroup(checkout, jsii.String("Task"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})
	back := stackOf("PricingPeering", "222222222222")
	peering := vpcpeering.NewVpcPeering(checkout, jsii.String("Peering"), &vpcpeering.VpcPeeringProps{
		Requester:     &vpcpeering.Side{Vpc: vpc},
		Accepter:      &vpcpeering.Side{Vpc: apiVpc},
		AccepterRole:  accepter,
		AccepterScope: back,
	})
	privateapi.NewPrivateApiConsumer(checkout, jsii.String("PricingApi"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: api.Over(peering),
		Clients: &[]awsec2.IConnectable{task},
	})

	// 3. The account of the API again: the routes back, and who may call.
	routedapi.NewClientAccess(back, jsii.String("CheckoutAccess"), &routedapi.ClientAccessProps{
		Api:            api,
		Network:        peering,
		SecurityGroups: &[]*routedapi.ClientSecurityGroup{{SecurityGroupId: task.SecurityGroupId(), Account: jsii.String("111111111111")}},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 3
}

// A consumer in an app of its own, over a connection that another app defines.
func ExampleVpcPeeringAttributes() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Checkout"), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-west-1")}})
	importedVpc := func(id, vpcId, block string) awsec2.IVpc {
		return awsec2.Vpc_FromVpcAttributes(stack, jsii.String(id), &awsec2.VpcAttributes{
			VpcId: jsii.String(vpcId), VpcCidrBlock: jsii.String(block), AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"),
		})
	}
	vpc := importedVpc("Vpc", "vpc-0fedcba9876543210", "10.2.0.0/16")
	peering := vpcpeering.VpcPeering_FromAttributes(stack, jsii.String("Peering"), &vpcpeering.VpcPeeringAttributes{
		VpcPeeringConnectionId: jsii.String("pcx-0123456789abcdef0"),
		Requester:              &vpcpeering.SideAttributes{Vpc: vpc},
		Accepter:               &vpcpeering.SideAttributes{Vpc: importedVpc("PricingVpc", "vpc-0123456789abcdef0", "10.1.0.0/16")},
	})
	pricing := routedapi.Api_FromAttributes(stack, jsii.String("Pricing"), &routedapi.ApiAttributes{
		LoadBalancerDnsName:               jsii.String("internal-pricing-0123456789.eu-west-1.elb.amazonaws.com"),
		LoadBalancerCanonicalHostedZoneId: jsii.String("Z32O12XQLNTSW2"),
		DomainNames:                       jsii.Strings("api.pricing.internal.company.com"),
		CidrBlocks:                        jsii.Strings("10.1.1.0/24", "10.1.2.0/24"),
		VpcId:                             jsii.String("vpc-0123456789abcdef0"),
		Account:                           jsii.String("222222222222"),
	})
	privateapi.NewPrivateApiConsumer(stack, jsii.String("PricingApi"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: pricing.Over(peering),
		Clients: &[]awsec2.IConnectable{awsec2.NewSecurityGroup(stack, jsii.String("Task"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}

// The first of two deployments by which a consumer moves from PrivateLink to the peering: one ALB is behind both.
func ExampleVpcPeering() {
	app := awscdk.NewApp(nil)
	env := &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")}
	pricing := awscdk.NewStack(app, jsii.String("Pricing"), &awscdk.StackProps{Env: env})
	apiVpc := newVpc(pricing, "Vpc", "10.1.0.0/16")
	overPrivateLink := privateapi.NewPrivateApiProvider(pricing, jsii.String("Provider"), &privateapi.PrivateApiProviderProps{
		Vpc:               apiVpc,
		DomainNames:       jsii.Strings("api.pricing.internal.company.com"),
		Certificates:      &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))},
		AllowedPrincipals: &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String("222222222222"))},
	})
	byRoute := routedapi.NewApi(pricing, jsii.String("Routed"), &routedapi.ApiProps{
		Vpc:         apiVpc,
		DomainNames: overPrivateLink.DomainNames(),
		Listener:    overPrivateLink.Listener(),
	})

	reports := awscdk.NewStack(app, jsii.String("Reports"), &awscdk.StackProps{Env: env})
	vpc := newVpc(reports, "Vpc", "10.2.0.0/16")
	peering := vpcpeering.NewVpcPeering(reports, jsii.String("Peering"), &vpcpeering.VpcPeeringProps{
		Requester: &vpcpeering.Side{Vpc: vpc},
		Accepter:  &vpcpeering.Side{Vpc: apiVpc},
	})
	privateapi.NewPrivateApiConsumer(reports, jsii.String("PricingApi"), &privateapi.PrivateApiConsumerProps{
		Vpc:      vpc,
		Service:  byRoute.Over(peering),
		Previous: overPrivateLink, // for one deployment
		Clients:  &[]awsec2.IConnectable{awsec2.NewSecurityGroup(reports, jsii.String("Task"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 2
}
