package publicapi_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
)

// A public API with two clients: one whose NAT gateway has an address of this app, and one outside of the organization.
func Example() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	natGatewayAddress := awsec2.NewCfnEIP(stack, jsii.String("CheckoutAddress"), nil)
	pricing := publicapi.NewApi(stack, jsii.String("Api"), &publicapi.ApiProps{
		Vpc:         vpc,
		DomainNames: jsii.Strings("api.pricing.company.com"),
		HostedZone: awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("Zone"), &awsroute53.HostedZoneAttributes{
			HostedZoneId: jsii.String("Z0123456789ABCDEFGHIJ"), ZoneName: jsii.String("company.com"),
		}),
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))},
		AllowedClients: &[]*publicapi.AllowedClient{
			{Name: jsii.String("Checkout"), CidrBlocks: jsii.Strings(*natGatewayAddress.AttrPublicIp() + "/32")},
			{Name: jsii.String("Partner"), CidrBlocks: jsii.Strings("198.51.100.0/28")},
		},
	})
	pricing.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{awselasticloadbalancingv2targets.NewIpTarget(jsii.String("10.0.1.5"), nil, nil)},
	})
	fmt.Println(*pricing.Port(), *(*pricing.DomainNames())[0])
	// Output: 443 api.pricing.company.com
}

// A consumer of an API that another team defines: its clients go over the internet, until Service is a private one.
func Example_import() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Checkout"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: publicapi.Api_FromAttributes(stack, jsii.String("PublicPricing"), &publicapi.ApiAttributes{
			LoadBalancerDnsName:               jsii.String("pricing-0123456789.eu-west-1.elb.amazonaws.com"),
			LoadBalancerCanonicalHostedZoneId: jsii.String("Z32O12XQLNTSW2"),
			DomainNames:                       jsii.Strings("api.pricing.company.com"),
		}),
		Clients: &[]awsec2.IConnectable{awsec2.NewSecurityGroup(stack, jsii.String("Task"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})},
	})
	fmt.Println(*(*consumer.DomainNames())[0])
	// Output: api.pricing.company.com
}
