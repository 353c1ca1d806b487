package dnsverification_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/dnsverification"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// A provider's name is verified in the public zone of its company.
func Example() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Pricing"), nil)
	pricing := newProvider(stack, "Pricing", jsii.String("api.pricing.company.com")) // with PrivateDnsName

	company := awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("Company"), &awsroute53.HostedZoneAttributes{
		HostedZoneId: jsii.String("Z0123456789ABCDEFGHIJ"),
		ZoneName:     jsii.String("company.com"),
	})
	verification := dnsverification.NewVerification(stack, jsii.String("Verification"), &dnsverification.VerificationProps{
		Service:    pricing,
		HostedZone: company,
	})

	fmt.Println(*verification.Record().Type(), "in", *company.ZoneName())
	// Output: TXT in company.com
}

// The zone is in another account: its owner publishes the record that the outputs have. RecordPublished says that it is there.
func Example_anotherAccount() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Pricing"), nil)
	pricing := newProvider(stack, "Pricing", jsii.String("api.pricing.company.com"))

	verification := dnsverification.NewVerification(stack, jsii.String("Verification"), &dnsverification.VerificationProps{
		Service:         pricing,
		RecordPublished: jsii.Bool(true), // false in the first deployment
	})

	fmt.Println(verification.Record() == nil, verification.Resource() != nil)
	// Output: true true
}

// Clients of the consumer call the name of the provider, once the owner has accepted the connection.
func Example_consumer() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Checkout"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)

	pricing := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
			ServiceName:        jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"),
			DomainNames:        jsii.Strings("api.pricing.company.com"),
			PrivateDnsName:     jsii.String("*.pricing.company.com"),
			AcceptanceRequired: jsii.Bool(true),
		}),
		DnsMode:            privateapi.DnsMode_PRIVATE_DNS, // DnsMode_NONE in the first deployment
		ConnectionAccepted: jsii.Bool(true),                // and without this
	})

	fmt.Println(*(*pricing.DomainNames())[0], len(*pricing.HostedZones()), "zones")
	// Output: api.pricing.company.com 0 zones
}
