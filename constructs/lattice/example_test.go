package lattice_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// A consumer of an API that another account shares.
func ExampleApiAttributes() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Checkout"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	role := awsiam.NewRole(stack, jsii.String("Role"), &awsiam.RoleProps{AssumedBy: awsiam.NewServicePrincipal(jsii.String("ecs-tasks.amazonaws.com"), nil)})

	serviceArn := awscdk.NewCfnParameter(stack, jsii.String("PricingServiceArn"), nil)
	pricing := lattice.Api_FromAttributes(stack, jsii.String("PricingApi"), &lattice.ApiAttributes{
		ServiceArn: serviceArn.ValueAsString(),
		DomainName: jsii.String("api.pricing.internal.company.com"),
		PrefixList: awsec2.PrefixList_FromPrefixListId(stack, jsii.String("Lattice"), jsii.String("pl-0721453c7ac4ec009")),
	})
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     vpc,
		Service: pricing,
		Clients: &[]awsec2.IConnectable{newCheckoutService(stack, vpc)}, // a Fargate service, say
	})
	pricing.GrantInvoke(role) // for an API whose callers sign: its owner must allow the role too

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}

// The service network of a VPC in a stack of its own, before all consumers.
func ExampleServiceNetworkProps() {
	app := awscdk.NewApp(nil)
	network := awscdk.NewStack(app, jsii.String("Network"), nil)
	vpc := awsec2.NewVpc(network, jsii.String("Vpc"), nil)

	lattice.NewServiceNetwork(network, jsii.String("ServiceNetwork"), &lattice.ServiceNetworkProps{Vpc: vpc})
	for name, service := range map[string]string{"pricing": "svc-0123456789abcdef0", "stock": "svc-0fedcba9876543210"} {
		stack := awscdk.NewStack(app, jsii.String(name), nil)
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Consumer"), &privateapi.PrivateApiConsumerProps{
			Vpc: vpc,
			Service: lattice.Api_FromAttributes(stack, jsii.String("Api"), &lattice.ApiAttributes{
				ServiceArn: jsii.String("arn:aws:vpc-lattice:eu-west-1:222222222222:service/" + service),
				DomainName: jsii.String("api." + name + ".internal.company.com"),
				PrefixList: awsec2.PrefixList_FromPrefixListId(stack, jsii.String("Lattice"), jsii.String("pl-0721453c7ac4ec009")),
			}),
			Clients: &[]awsec2.IConnectable{newCheckoutService(stack, vpc)},
		})
	}

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 3
}

// One ALB behind both transports, and a consumer that moves from one to the other.
func ExampleITarget_listener() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	certificate := elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))

	overPrivateLink := privateapi.NewPrivateApiProvider(stack, jsii.String("Api"), &privateapi.PrivateApiProviderProps{
		Vpc:                     vpc,
		DomainNames:             jsii.Strings("api.pricing.internal.company.com"),
		Certificates:            &[]elbv2.IListenerCertificate{certificate},
		AllowedPrincipals:       &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String("222222222222"))},
		XffHeaderProcessingMode: elbv2.XffHeaderProcessingMode_PRESERVE,
	})
	clients := awsec2.NewVpc(stack, jsii.String("Clients"), nil)
	overLattice := lattice.NewApi(stack, jsii.String("LatticeApi"), &lattice.ApiProps{
		DomainName:  jsii.String("api.pricing.internal.company.com"),
		Certificate: certificate,
		PrefixList:  awsec2.PrefixList_FromPrefixListId(stack, jsii.String("Lattice"), jsii.String("pl-0721453c7ac4ec009")),
		Target:      lattice.Target_FromListener(overPrivateLink.Listener(), nil),
		AllowedVpcs: &[]awsec2.IVpc{clients},
	})
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Consumer"), &privateapi.PrivateApiConsumerProps{
		Vpc:      clients,
		Service:  overLattice,
		Previous: overPrivateLink, // for one deployment
		Clients:  &[]awsec2.IConnectable{newCheckoutService(stack, clients)},
	})

	fmt.Println(len(*app.Synth(nil).Stacks()))
	// Output: 1
}

func newCheckoutService(stack awscdk.Stack, vpc awsec2.IVpc) awsec2.IConnectable {
	return newGroup(stack, "Checkout", vpc)
}
