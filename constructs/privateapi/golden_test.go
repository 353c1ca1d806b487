package privateapi_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func TestGoldens(t *testing.T) {
	defer cdktest.Recover(t)
	for name, build := range map[string]func(awscdk.App) awscdk.Stack{
		"provider-minimal": func(app awscdk.App) awscdk.Stack {
			stack := cdktest.StackIn(app, "Stack", cdktest.Account)
			newProvider(stack)
			return stack
		},
		"consumer-minimal": func(app awscdk.App) awscdk.Stack {
			stack := cdktest.StackIn(app, "Stack", cdktest.OtherAccount)
			newConsumer(stack)
			return stack
		},
		"nlb-minimal": func(app awscdk.App) awscdk.Stack {
			stack := cdktest.StackIn(app, "Stack", cdktest.Account)
			newDatabase(stack)
			return stack
		},
		"nlb-full":          fullNlbProvider,
		"provider-full":     fullProvider,
		"provider-routes":   providerOfRoutes,
		"consumer-full":     fullConsumer,
		"consumer-weighted": weightedConsumer,
		"consumer-failover": failoverConsumer,
		"provider-standby": func(app awscdk.App) awscdk.Stack {
			stack := cdktest.StackIn(app, "Stack", cdktest.Account)
			addQuoteRoute(newProvider(stack, withStandby(privateapi.StandbyAlb_BUILT)))
			return stack
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			cdktest.Golden(t, name, cdktest.SynthTemplate(t, build(cdktest.App(t, nil))))
		})
	}
}

// CDK's validation and cfn-lint find nothing in what the constructs can emit.
func TestValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) {
		fullProvider(app)
		providerOfRoutes(app)
		fullNlbProvider(app)
		fullConsumer(app)
	})
}

// Our resources do not depend on feature flags: users set some, and unit tests none.
func TestFeatureFlagsChangeNothing(t *testing.T) {
	defer cdktest.Recover(t)
	flags := cdktest.CliContext(t, "../../cdk.json")
	for name, build := range map[string]func(awscdk.App) awscdk.Stack{"provider": fullProvider, "routes": providerOfRoutes, "NLB provider": fullNlbProvider, "consumer": fullConsumer} {
		cdktest.Run(t, name, func(t *testing.T) {
			without := cdktest.SynthTemplate(t, build(cdktest.App(t, nil)))
			with := cdktest.SynthTemplate(t, build(cdktest.App(t, flags)))
			if !reflect.DeepEqual(with.Resources, without.Resources) {
				t.Errorf("with flags: %v\nwithout: %v", with.Resources, without.Resources)
			}
		})
	}
}

// Resources with connected consumers must never be replaced: their logical IDs are a contract.
func TestLogicalIDs(t *testing.T) {
	defer cdktest.Recover(t)
	ids := func(t *testing.T, edit ...func(*privateapi.PrivateApiProviderProps)) []string {
		t.Helper()
		template := providerTemplate(t, edit...)
		return slices.Concat(template.OfType(typeService), template.OfType(typeBalancer), template.OfType(typeTargets), template.OfType(typeListener))
	}
	want := []string{
		"PricingEndpointService30E671EB", "PricingLoadBalancer4A965430", "PricingNetworkLoadBalancer32E6E881",
		"PricingTargetGroup8AE24043", "PricingListenerE6ECB94B", "PricingNetworkListener458078F2",
	}
	for name, edit := range map[string]func(*privateapi.PrivateApiProviderProps){
		"are pinned": func(*privateapi.PrivateApiProviderProps) {},
		"do not move with more principals": func(p *privateapi.PrivateApiProviderProps) {
			p.AllowedPrincipals = &[]awsiam.ArnPrincipal{account("333333333333"), account(cdktest.OtherAccount)}
		},
		"do not move with domains": func(p *privateapi.PrivateApiProviderProps) { p.DomainNames = jsii.Strings("a.company.com", domain) },
		"do not move with enforcement": func(p *privateapi.PrivateApiProviderProps) {
			p.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, p.ConsumerCidrs = jsii.Bool(true), jsii.Strings("10.1.0.0/16")
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			if got := ids(t, edit); !slices.Equal(got, want) {
				t.Errorf("ids = %v, want %v", got, want)
			}
		})
	}
}

func TestReorderingChangesNothing(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "of principals", func(t *testing.T) {
		template := func(list ...awsiam.ArnPrincipal) map[string]cdktest.Resource {
			return providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) { p.AllowedPrincipals = &list }).Resources
		}
		a := template(account("111111111111"), account("333333333333"), arn("arn:aws:iam::444444444444:role/deploy"))
		b := template(arn("arn:aws:iam::444444444444:role/deploy"), account("333333333333"), account("111111111111"))
		if !reflect.DeepEqual(a, b) {
			t.Errorf("template = %v, reordered %v", a, b)
		}
	})
	cdktest.Run(t, "of domain names", func(t *testing.T) {
		template := func(names ...string) map[string]cdktest.Resource {
			return consumerTemplate(t, func(p *privateapi.PrivateApiConsumerProps) { p.DomainNames = jsii.Strings(names...) }).Resources
		}
		if a, b := template("a.b.company.com", domain), template(domain, "a.b.company.com"); !reflect.DeepEqual(a, b) {
			t.Errorf("template = %v, reordered %v", a, b)
		}
	})
	cdktest.Run(t, "of clients, and one more", func(t *testing.T) {
		ids := func(clients ...string) []string {
			stack := cdktest.Stack(t)
			newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
				var list []awsec2.IConnectable
				for _, id := range clients {
					list = append(list, awsec2.NewSecurityGroup(stack, jsii.String(id), &awsec2.SecurityGroupProps{Vpc: p.Vpc}))
				}
				p.Clients = &list
			})
			return cdktest.SynthTemplate(t, stack).OfType(typeIngress)
		}
		few, more := ids("A", "B"), ids("C", "B", "A")
		for _, id := range few {
			if !slices.Contains(more, id) {
				t.Errorf("%s moved: %v", id, more)
			}
		}
	})
	cdktest.Run(t, "of consumers, and one more", func(t *testing.T) {
		ids := func(consumers ...string) []string {
			stack := cdktest.Stack(t)
			service := importedService(stack)
			vpc := newVpc(stack)
			for _, id := range consumers {
				privateapi.NewPrivateApiConsumer(stack, jsii.String(id), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: service, DnsMode: privateapi.DnsMode_NONE})
			}
			return cdktest.SynthTemplate(t, stack).OfType(typeEndpoint)
		}
		few, more := ids("A", "B"), ids("C", "B", "A")
		for _, id := range few {
			if !slices.Contains(more, id) {
				t.Errorf("%s moved: %v", id, more)
			}
		}
	})
}
