package privateapi_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// The record of the API goes into the private hosted zone of the company.
func ExamplePrivateApiConsumerProps_hostedZone() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Checkout"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	service := importedService(stack) // as in the README

	company := awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("Company"), &awsroute53.HostedZoneAttributes{
		HostedZoneId: jsii.String("Z0123456789ABCDEFGHIJ"),
		ZoneName:     jsii.String("internal.company.com"),
	})
	pricing := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:        vpc,
		Service:    service,
		HostedZone: company,
		Clients:    &[]awsec2.IConnectable{newCheckoutService(stack, vpc)},
	})

	fmt.Println(*(*pricing.HostedZones())[0].ZoneName())
	// Output: internal.company.com
}

// The endpoint gets a security group of the network team, and one of its own beside it.
func ExamplePrivateApiConsumerProps_securityGroups() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Checkout"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	service := importedService(stack) // as in the README

	audited := awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("Audited"), jsii.String("sg-0123456789abcdef0"), nil)
	pricing := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: service,
		Clients: &[]awsec2.IConnectable{newCheckoutService(stack, vpc)},
	})
	pricing.Connections().AddSecurityGroup(audited)

	fmt.Println(len(*pricing.Connections().SecurityGroups()), "security groups")
	// Output: 2 security groups
}

// A record of the caller leads to the endpoint, in a zone that no property of a consumer covers.
func ExamplePrivateApiConsumer_aliasTarget() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Checkout"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	service := importedService(stack) // as in the README

	pricing := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: service,
		DnsMode: privateapi.DnsMode_NONE,
		Clients: &[]awsec2.IConnectable{newCheckoutService(stack, vpc)},
	})
	awsroute53.NewARecord(stack, jsii.String("Legacy"), &awsroute53.ARecordProps{
		Zone: awsroute53.NewPrivateHostedZone(stack, jsii.String("Zone"), &awsroute53.PrivateHostedZoneProps{
			ZoneName: jsii.String("legacy.company.com"),
			Vpc:      vpc,
		}),
		RecordName: jsii.String("pricing"),
		Target:     awsroute53.RecordTarget_FromAlias(pricing.AliasTarget()),
	})

	fmt.Println(len(*app.Synth(nil).Stacks()), "stack")
	// Output: 1 stack
}

// A tenth of the queries leads to the endpoint, and the others still lead to the service that the consumer moves away from.
func ExamplePrivateApiConsumerProps_routingPolicy() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Checkout"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	service := importedService(stack)     // as in the README
	previous := newPreviousService(stack) // over another transport

	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:            vpc,
		Service:        service,
		Previous:       previous,
		DomainNames:    jsii.Strings("api.pricing.internal.company.com"),
		RoutingPolicy:  privateapi.RoutingPolicy_WEIGHTED,
		Weight:         jsii.Number(10),
		PreviousWeight: jsii.Number(90),
		Clients:        &[]awsec2.IConnectable{newCheckoutService(stack, vpc)},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()), "stack")
	// Output: 1 stack
}

// A database behind an NLB of another team listens on two ports.
func ExamplePrivateApiServiceAttributes_ports() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Checkout"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)

	orders := privateapi.NewPrivateApiConsumer(stack, jsii.String("Orders"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("OrdersService"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"),
			DomainNames: jsii.Strings("orders.db.company.com"),
			Ports:       &[]*float64{jsii.Number(5432), jsii.Number(6432)},
		}),
		Clients: &[]awsec2.IConnectable{newCheckoutService(stack, vpc)},
	})

	fmt.Println(len(*orders.Ports()), "ports")
	// Output: 2 ports
}
