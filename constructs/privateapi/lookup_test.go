package privateapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Before its context is looked up CDK stands in for VPCs, zones and load balancers. A refusal of a stand-in would end the
// app before the CLI learns what to look up, each time anew.
func TestLookupsThatAreNotDoneYet(t *testing.T) {
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

// Zones that are one token: which subnet is in which, nobody knows, so none is dropped.
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

// One subnet of each zone is taken where a VPC has more.
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
