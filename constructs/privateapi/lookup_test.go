package privateapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsssm"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Until the context of an app is looked up, CDK returns placeholders for VPCs, zones and load balancers. Refusing one would
// end the app before the CLI learns what to look up.
func TestPlaceholdersOfLookupsPass(t *testing.T) {
	defer cdktest.Recover(t)
	lookedUp := func(stack awscdk.Stack) awsec2.IVpc {
		return awsec2.Vpc_FromLookup(stack, jsii.String("LookedUp"), &awsec2.VpcLookupOptions{VpcId: jsii.String("vpc-0123456789abcdef0")})
	}
	own := func(stack awscdk.Stack) awsec2.IVpc { return awsec2.NewVpc(stack, jsii.String("Own"), nil) }
	literal := func(stack awscdk.Stack) awsec2.IVpc { return vpcOf(stack, "Literal", "eu-west-1a", "eu-west-1b") }
	for name, vpcs := range map[string]struct {
		provider, consumer func(awscdk.Stack) awsec2.IVpc
	}{
		"of the provider's VPC":                  {lookedUp, literal},
		"of the consumer's VPC":                  {literal, lookedUp},
		"of the zones of the provider's own VPC": {own, literal},
		"of the zones of the consumer's own VPC": {literal, own},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.Vpc = vpcs.provider(stack) })
			privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{Vpc: vpcs.consumer(stack), Service: provider})
			cdktest.Synth(t, stack)
		})
	}
	cdktest.Run(t, "of two VPCs that resolve the names", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.Vpc, p.HostedZoneVpcs = lookedUp(stack), &[]awsec2.IVpc{awsec2.Vpc_FromLookup(stack, jsii.String("Peer"), &awsec2.VpcLookupOptions{VpcId: jsii.String("vpc-0fedcba9876543210")})}
		})
		cdktest.Synth(t, stack)
	})
	cdktest.Run(t, "of security groups, and of a hosted zone", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.Vpc = lookedUp(stack)
			p.SecurityGroups = &[]awsec2.ISecurityGroup{
				awsec2.SecurityGroup_FromLookupById(stack, jsii.String("One"), jsii.String("sg-0123456789abcdef0")),
				awsec2.SecurityGroup_FromLookupById(stack, jsii.String("Two"), jsii.String("sg-0fedcba9876543210")),
			}
			p.HostedZone = awsroute53.HostedZone_FromLookup(stack, jsii.String("Zone"), &awsroute53.HostedZoneProviderProps{
				DomainName: jsii.String(companyZone), PrivateZone: jsii.Bool(true), VpcId: jsii.String("vpc-0123456789abcdef0"),
			})
		})
		cdktest.Synth(t, stack)
	})
	cdktest.Run(t, "of zones that the caller selects by name", func(t *testing.T) {
		stack := cdktest.Stack(t)
		vpc := own(stack)
		selection := &awsec2.SubnetSelection{AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b")}
		provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.Vpc, p.VpcSubnets = vpc, selection })
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Subnets: selection, Service: provider})
		cdktest.Synth(t, stack)
	})
	for name, tc := range map[string]struct {
		vpc func(awscdk.Stack) awsec2.IVpc
		alb func(awscdk.Stack, awsec2.IVpc) elbv2.IApplicationLoadBalancer
	}{
		"of the VPC of an existing ALB": {lookedUp, func(stack awscdk.Stack, _ awsec2.IVpc) elbv2.IApplicationLoadBalancer {
			return importedLoadBalancer(stack, literal(stack))
		}},
		"of an existing ALB": {literal, func(stack awscdk.Stack, _ awsec2.IVpc) elbv2.IApplicationLoadBalancer {
			return elbv2.ApplicationLoadBalancer_FromLookup(stack, jsii.String("Alb"), &elbv2.ApplicationLoadBalancerLookupOptions{LoadBalancerArn: jsii.String(loadBalancerArn)})
		}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			newProvider(stack, func(p *privateapi.PrivateApiProviderProps) {
				p.Certificates, p.Vpc = nil, tc.vpc(stack)
				p.Listener, p.ListenerLoadBalancer = importedListener(stack), tc.alb(stack, p.Vpc)
				p.ListenerPort, p.HealthCheck = jsii.Number(443), &elbv2.HealthCheck{Path: jsii.String("/up")}
			})
			cdktest.Synth(t, stack)
		})
	}
}

// A parameter of SSM that is not looked up yet is unknown, wherever it stands. The next synth checks what it turned out
// to be.
func TestParametersThatAreNotLookedUpYet(t *testing.T) {
	defer cdktest.Recover(t)
	lookup := func(stack awscdk.Stack, name string) *string {
		return awsssm.StringParameter_ValueFromLookup(stack, jsii.String("/pricing/"+name), nil, nil)
	}
	for name, tc := range map[string]struct {
		build func(awscdk.Stack)
		// answer is what the lookup of the one parameter of a case finds, and want how the second synth refuses it.
		parameter, answer, want string
	}{
		"the name of the service": {func(stack awscdk.Stack) {
			privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
				Vpc: newVpc(stack), Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
					ServiceName: lookup(stack, "service"), DomainNames: jsii.Strings(domain),
				}),
			})
		}, "service", "pricing", "ServiceName: \"pricing\" is not the name of an endpoint service"},
		"a domain name": {func(stack awscdk.Stack) {
			newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) { p.DomainNames = &[]*string{lookup(stack, "domain")} })
		}, "domain", "Pricing", "DomainNames[0]: \"Pricing\" has upper-case letters"},
		"the account of a principal": {func(stack awscdk.Stack) {
			newProvider(stack, principals(awsiam.NewAccountPrincipal(lookup(stack, "account")))).AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
				Targets: targets(ipTarget("10.0.0.5")),
			})
		}, "account", "1111", "AllowedPrincipals[0]: \"1111\" is not an account ID of 12 digits"},
		"the ARN of a principal": {func(stack awscdk.Stack) {
			provider := newProvider(stack, principals(awsiam.NewArnPrincipal(lookup(stack, "arn"))))
			newConsumer(cdktest.StackIn(awscdk.App_Of(stack), "Checkout", "999999999999"), func(p *privateapi.PrivateApiConsumerProps) { p.Service = provider })
		}, "arn", "checkout", "AllowedPrincipals[0]: \"checkout\" is not an account, role, user or AWS service"},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			app := cdktest.App(t, nil)
			stack := cdktest.StackIn(app, "Stack", cdktest.Account)
			tc.build(stack)
			privateapi.ProveReachability(app, nil)
			cdktest.Synth(t, stack)

			answered := cdktest.App(t, map[string]any{
				"ssm:account=" + cdktest.Account + ":parameterName=/pricing/" + tc.parameter + ":region=eu-west-1": tc.answer,
			})
			cdktest.WantPanic(t, tc.want, func() { tc.build(cdktest.StackIn(answered, "Stack", cdktest.Account)) })
		})
	}
}

// If the zones are one token, nobody knows which subnet is in which zone, so no subnet is dropped.
func TestZonesThatAreOneToken(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Imported"), &awsec2.VpcAttributes{
		VpcId: jsii.String(vpcID("Imported")), AvailabilityZones: awscdk.Fn_GetAzs(nil),
		PrivateSubnetIds: jsii.Strings(subnetID("Imported", "a"), subnetID("Imported", "b")),
	})
	provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.Vpc = vpc })
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: provider})
	template := cdktest.SynthTemplate(t, stack)
	both := []any{subnetID("Imported", "a"), subnetID("Imported", "b")}
	template.Has(t, typeBalancer, props{"Type": "network", "Subnets": both})
	template.Has(t, typeBalancer, props{"Type": "application", "Subnets": both})
	template.Has(t, typeEndpoint, props{"SubnetIds": both})
}

// Subnets that are imported by ID do not know their zone, and pass.
func TestSubnetsOfUnknownZones(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	selection := &awsec2.SubnetSelection{Subnets: &[]awsec2.ISubnet{
		awsec2.Subnet_FromSubnetId(stack, jsii.String("A"), jsii.String(subnetID("x", "a"))), awsec2.Subnet_FromSubnetId(stack, jsii.String("B"), jsii.String(subnetID("x", "b"))),
	}}
	provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.VpcSubnets = selection })
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{Vpc: newOwnVpc(stack, "Own"), Subnets: selection, Service: provider})
	template := cdktest.SynthTemplate(t, stack)
	both := []any{subnetID("x", "a"), subnetID("x", "b")}
	template.Has(t, typeBalancer, props{"Type": "network", "Subnets": both})
	template.Has(t, typeEndpoint, props{"SubnetIds": both})
}

// Zone names compare only within an account and a Region, and only if they are known.
func TestZonesThatDoNotCompare(t *testing.T) {
	defer cdktest.Recover(t)
	consume := func(stack awscdk.Stack, vpc awsec2.IVpc, provider privateapi.PrivateApiProvider) {
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: provider})
	}
	cdktest.Run(t, "between accounts", func(t *testing.T) {
		app := cdktest.App(t, nil)
		provider := newProvider(cdktest.StackIn(app, "Provider", cdktest.Account))
		other := cdktest.StackIn(app, "Consumer", cdktest.OtherAccount)
		consume(other, vpcOf(other, "Far", "eu-west-1c"), provider)
	})
	cdktest.Run(t, "with zones of the service that are tokens", func(t *testing.T) {
		stack := awscdk.NewStack(cdktest.App(t, nil), jsii.String("Stack"), nil)
		provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.Vpc = newOwnVpc(stack, "Own") })
		consume(stack, vpcOf(stack, "Far", "eu-west-1c"), provider)
	})
	cdktest.Run(t, "with zones of the consumer that are tokens", func(t *testing.T) {
		stack := awscdk.NewStack(cdktest.App(t, nil), jsii.String("Stack"), nil)
		consume(stack, newOwnVpc(stack, "Own"), newProvider(stack))
	})
}

func TestSubnetsOfOneZoneAreNotDroppedIfTheCallerWantsThem(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Imported"), &awsec2.VpcAttributes{
		VpcId: jsii.String(vpcID("Imported")), AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds:   jsii.Strings(subnetID("one", "a"), subnetID("one", "b"), subnetID("two", "a"), subnetID("two", "b")),
		PrivateSubnetNames: jsii.Strings("One", "Two"),
	})
	cdktest.WantPanic(t, "has two subnets in eu-west-1a", func() {
		newProvider(stack, func(p *privateapi.PrivateApiProviderProps) {
			p.Vpc, p.VpcSubnets = vpc, &awsec2.SubnetSelection{OnePerAz: jsii.Bool(false)}
		})
	})
}

// If a VPC has several subnets in a zone, one is selected.
func TestSubnetsOfManyGroups(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Imported"), &awsec2.VpcAttributes{
		VpcId: jsii.String(vpcID("Imported")), AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds:   jsii.Strings(subnetID("one", "a"), subnetID("one", "b"), subnetID("two", "a"), subnetID("two", "b")),
		PrivateSubnetNames: jsii.Strings("One", "Two"),
	})
	newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.Vpc = vpc })
	cdktest.SynthTemplate(t, stack).Has(t, typeBalancer, props{"Type": "network", "Subnets": []any{subnetID("one", "a"), subnetID("one", "b")}})
}
