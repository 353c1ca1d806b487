package privateapi_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// The owner of an API publishes it to one account.
func ExampleNewPrivateApiProvider() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	certificate := elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))
	service := newPricingService(stack, vpc) // a Fargate service, say

	pricing := privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), &privateapi.PrivateApiProviderProps{
		Vpc:               vpc,
		DomainNames:       jsii.Strings("api.pricing.internal.company.com"),
		Certificates:      &[]elbv2.IListenerCertificate{certificate},
		AllowedPrincipals: &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String("111111111111"))},
	})
	pricing.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{service},
	})
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: pricing.ServiceName()})
	app.Synth(nil)

	fmt.Println("acceptance required:", *pricing.AcceptanceRequired())
	// Output: acceptance required: false
}

// A team in another account calls the API.
func ExampleNewPrivateApiConsumer() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Checkout"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	checkout := newCheckoutService(stack, vpc) // a Fargate service, say
	serviceName := awscdk.NewCfnParameter(stack, jsii.String("PricingServiceName"), nil)

	pricing := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc,
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("PricingService"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: serviceName.ValueAsString(),
			DomainNames: jsii.Strings("api.pricing.internal.company.com"),
		}),
		Clients: &[]awsec2.IConnectable{checkout},
	})
	awscdk.NewCfnOutput(stack, jsii.String("EndpointId"), &awscdk.CfnOutputProps{Value: pricing.VpcEndpointId()})
	app.Synth(nil)

	fmt.Println("call", *(*pricing.DomainNames())[0], "on port", *(*pricing.Ports())[0])
	// Output: call api.pricing.internal.company.com on port 443
}

// An endpoint to one of AWS's own services accepts a policy: here for one operation of a private REST API.
func Example_endpointPolicy() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Checkout"), nil)
	role := awsiam.Role_FromRoleArn(stack, jsii.String("Role"), jsii.String("arn:aws:iam::111111111111:role/checkout-task"), nil)

	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Quotes"), &privateapi.PrivateApiConsumerProps{
		Vpc:     awsec2.NewVpc(stack, jsii.String("Vpc"), nil),
		Service: privateapi.PrivateApiService_FromAwsService(stack, jsii.String("ExecuteApi"), awsec2.InterfaceVpcEndpointAwsService_APIGATEWAY(), nil),
		DnsMode: privateapi.DnsMode_PRIVATE_DNS,
		EndpointPolicy: &privateapi.EndpointPolicy{
			Principals: &[]awsiam.IPrincipal{role},
			Actions:    jsii.Strings("execute-api:Invoke"),
			Resources:  jsii.Strings("arn:aws:execute-api:eu-west-1:222222222222:abc123/prod/GET/quotes"),
		},
	})

	fmt.Println(len(*consumer.HostedZones()), "hosted zones")
	// Output: 0 hosted zones
}

// Synth fails unless Checkout reaches the API of Pricing, whose app is in another repository.
func ExampleProveReachability() {
	app := awscdk.NewApp(nil)
	privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{
		Assemblies: jsii.Strings("../pricing/cdk.out"),
		Parameters: &map[string]*string{"Checkout.PricingServiceName": jsii.String("@Pricing.ServiceName")},
		CertificateNames: &map[string]*[]*string{
			"arn:aws:acm:eu-west-1:222222222222:certificate/...": jsii.Strings("api.pricing.internal.company.com"),
		},
	})
}

// Synth fails if the app would replace what consumers are connected to. The command privateapi lock writes the lock.
func ExampleCheckLock() {
	app := awscdk.NewApp(nil)
	privateapi.CheckLock(app, &privateapi.CheckLockProps{File: jsii.String("privateapi.lock.json")})
}

// The first step away from a public ALB: its listener serves private clients too.
func ExampleNewPrivateApiProvider_existingListener() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	certificate := elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))
	alb := elbv2.NewApplicationLoadBalancer(stack, jsii.String("Alb"), &elbv2.ApplicationLoadBalancerProps{Vpc: vpc, InternetFacing: jsii.Bool(true)})
	listener := alb.AddListener(jsii.String("Https"), &elbv2.BaseApplicationListenerProps{
		Port:          jsii.Number(443),
		Certificates:  &[]elbv2.IListenerCertificate{certificate},
		DefaultAction: elbv2.ListenerAction_FixedResponse(jsii.Number(200), nil), // the rules of the API, say
	})

	privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), &privateapi.PrivateApiProviderProps{
		Vpc:               vpc,
		Listener:          listener,
		HealthCheck:       &elbv2.HealthCheck{Path: jsii.String("/health")},
		DomainNames:       jsii.Strings("api.pricing.company.com"),
		AllowedPrincipals: &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String("111111111111"))},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()), "stack")
	// Output: 1 stack
}

// A stack of its own lets another client call through an endpoint that exists.
func Example_moreClients() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Report"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	report := newCheckoutService(stack, vpc) // a Fargate service, say
	endpointGroup := awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("EndpointGroup"), jsii.String("sg-0123456789abcdef0"), nil)

	pricing := privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerAttributes{
		VpcEndpointId:  jsii.String("vpce-0123456789abcdef0"),
		SecurityGroups: &[]awsec2.ISecurityGroup{endpointGroup},
	})
	report.Connections().AllowToDefaultPort(pricing, jsii.String("Calls the pricing API"))

	fmt.Println("on port", *(*pricing.Ports())[0])
	// Output: on port 443
}

// newPricingService replaces the Fargate service behind an API.
func newPricingService(awscdk.Stack, awsec2.IVpc) elbv2.IApplicationLoadBalancerTarget {
	return ipTarget("10.0.0.5")
}

// newCheckoutService replaces the Fargate service that calls an API.
func newCheckoutService(stack awscdk.Stack, vpc awsec2.IVpc) awsec2.IConnectable {
	return newClient(stack, vpc)
}
