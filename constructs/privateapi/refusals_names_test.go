package privateapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// twoConsumers defines two consumers, which an edit changes; without one, they have the same name in different VPCs.
func twoConsumers(stack awscdk.Stack, edit func(first, second *privateapi.PrivateApiConsumerProps)) {
	service := importedService(stack)
	first := &privateapi.PrivateApiConsumerProps{Vpc: vpcOf(stack, "One", "eu-west-1a"), Service: service}
	second := &privateapi.PrivateApiConsumerProps{Vpc: vpcOf(stack, "Two", "eu-west-1a"), Service: service}
	edit(first, second)
	privateapi.NewPrivateApiConsumer(stack, jsii.String("First"), first)
	privateapi.NewPrivateApiConsumer(scopeOf(second), jsii.String("Second"), second)
}

// scopeOf is the stack of a consumer's VPC, in which it stands.
func scopeOf(p *privateapi.PrivateApiConsumerProps) constructs.Construct { return p.Vpc.Stack() }

func nameRefusals() []refusal {
	type C = privateapi.PrivateApiConsumerProps
	twice := func(name string, edit func(first, second *C), broken ...rules.Rule) refusal {
		return refusal{"names: " + name, broken, func(stack awscdk.Stack) { twoConsumers(stack, edit) }}
	}
	inOneVpc := func(edit func(first, second *C)) func(first, second *C) {
		return func(first, second *C) { second.Vpc = first.Vpc; edit(first, second) }
	}
	return []refusal{
		twice("two consumers of a name in a VPC", inOneVpc(func(_, _ *C) {}), rules.HostedZoneTwice),
		twice("two consumers of a name and its wildcard", inOneVpc(func(_, second *C) { second.DomainNames = jsii.Strings("*." + domain) }), rules.HostedZoneTwice),
		twice("two consumers of two names", inOneVpc(func(first, second *C) {
			first.DomainNames, second.DomainNames = jsii.Strings(domain, "b."+companyZone), jsii.Strings("c."+companyZone, "b."+companyZone, domain)
		}), rules.HostedZoneTwice, rules.HostedZoneTwice),
		twice("a VPC that is another's by HostedZoneVpcs", func(first, second *C) { first.HostedZoneVpcs = &[]awsec2.IVpc{second.Vpc} }, rules.HostedZoneTwice),
		twice("a VPC of two by HostedZoneVpcs", func(first, second *C) {
			third := vpcOf(first.Vpc.Stack(), "Three", "eu-west-1a")
			first.HostedZoneVpcs, second.HostedZoneVpcs = &[]awsec2.IVpc{third}, &[]awsec2.IVpc{third}
		}, rules.HostedZoneTwice),
		twice("consumers of two stacks, which import one VPC", func(first, second *C) {
			other := cdktest.StackIn(awscdk.App_Of(first.Vpc.Stack()), "Other", cdktest.Account)
			second.Vpc = vpcOf(other, "One", "eu-west-1a")
		}, rules.HostedZoneTwice),
		twice("consumers of a VPC of this app", func(first, second *C) {
			first.Vpc = newOwnVpc(first.Vpc.Stack(), "Own")
			second.Vpc = first.Vpc
		}, rules.HostedZoneTwice),
		twice("a zone of the company that has the name of another's", inOneVpc(func(first, second *C) {
			first.DomainNames = jsii.Strings(companyZone)
			second.HostedZone, second.DomainNames = importedZone(second.Vpc.Stack()), jsii.Strings(domain)
		}), rules.HostedZoneTwice),
		twice("a name in the zone of the company, and in one of its own", inOneVpc(func(first, _ *C) { first.HostedZone = importedZone(first.Vpc.Stack()) }), rules.NameTwice),
		twice("two records of one name in the zone of the company", func(first, second *C) {
			zone := importedZone(first.Vpc.Stack())
			first.HostedZone, second.HostedZone = zone, zone
		}, rules.NameTwice),
	}
}

// Names that differ, VPCs that do, and what only the deployment knows are not refused.
func TestNamesOfTwoConsumers(t *testing.T) {
	defer cdktest.Recover(t)
	type C = privateapi.PrivateApiConsumerProps
	for name, edit := range map[string]func(first, second *C){
		"one name in two VPCs": func(_, _ *C) {},
		"two names in a VPC": func(first, second *C) {
			second.Vpc, second.DomainNames = first.Vpc, jsii.Strings("api.orders."+companyZone)
		},
		"two names in the zone of the company": func(first, second *C) {
			zone := importedZone(first.Vpc.Stack())
			second.Vpc, second.DomainNames = first.Vpc, jsii.Strings("api.orders."+companyZone)
			first.HostedZone, second.HostedZone = zone, zone
		},
		"one name without zones": func(first, second *C) {
			second.Vpc, second.DnsMode = first.Vpc, privateapi.DnsMode_NONE
		},
		"one name in VPCs that are tokens": func(first, second *C) {
			stack := first.Vpc.Stack()
			imported := func(id string) awsec2.IVpc {
				return awsec2.Vpc_FromVpcAttributes(stack, jsii.String(id), &awsec2.VpcAttributes{
					VpcId: textToken(stack, id+"Id"), AvailabilityZones: jsii.Strings("eu-west-1a"), PrivateSubnetIds: jsii.Strings("subnet-0123456789abcdef0"),
				})
			}
			first.Vpc, second.Vpc = imported("Some"), imported("Other")
		},
		"names that are tokens": func(first, second *C) {
			second.Vpc = first.Vpc
			first.DomainNames, second.DomainNames = &[]*string{textToken(first.Vpc.Stack(), "A")}, &[]*string{textToken(first.Vpc.Stack(), "B")}
		},
		"VPCs that are looked up": func(first, second *C) {
			lookup := func(name string) awsec2.IVpc {
				return awsec2.Vpc_FromLookup(first.Vpc.Stack(), jsii.String(name), &awsec2.VpcLookupOptions{VpcName: jsii.String(name)})
			}
			first.Vpc, second.Vpc = lookup("LookedUp"), lookup("LookedUpToo")
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { twoConsumers(stack, edit) })
		})
	}
	cdktest.Run(t, "a name of a consumer that was refused", func(t *testing.T) {
		stack := cdktest.Stack(t)
		p := consumerProps(stack)
		p.Subnets = sameZone(stack)
		cdktest.WantPanic(t, rules.SubnetPerZone.ID, func() { privateapi.NewPrivateApiConsumer(stack, jsii.String("Refused"), p) })
		p.Subnets = nil
		cdktest.Check(t, func() { privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), p) })
	})
}
