package publicapi_test

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// step is what a deployment changes, by logical IDs without hashes. The way back changes the same, with added and removed swapped.
type step struct {
	from, to       publicapi.Phase
	added, removed []string
	changed        []string // with the property
}

const record = "MigrationPhase.Value"

// steps are those of an API with two clients and a route.
var steps = []step{
	{
		from: publicapi.Phase_STATUS_QUO, to: publicapi.Phase_ATTACH,
		added: []string{
			"ProviderEndpointService", "ProviderListenerTargetGroup", "ProviderNetworkListener", "ProviderNetworkLoadBalancer", "ProviderNetworkLoadBalancerSecurityGroup",
			"ProviderNetworkLoadBalancerSecurityGroupHandletoStackPublicApiLoadBalancerSecurityGroup3A2278AD443", "ProviderPermissions",
			"PublicApiHealthCheckRule", "PublicApiIpSetPrivateLink",
			"PublicApiLoadBalancerSecurityGroupfromStackProviderNetworkLoadBalancerSecurityGroupHandle17CCDCD6443",
		},
		changed: []string{record, "PublicApiWebAcl.Rules"},
	},
	{
		from: publicapi.Phase_ATTACH, to: publicapi.Phase_DUAL_RUN,
		changed: []string{record, "ProviderNetworkLoadBalancer.LoadBalancerAttributes"},
	},
	{
		from: publicapi.Phase_DUAL_RUN, to: publicapi.Phase_WATCH,
		added: []string{
			"ProviderHealthCheckRule", "ProviderListener", "ProviderLoadBalancer", "ProviderLoadBalancerIngress", "ProviderLoadBalancerSecurityGroup",
			"ProviderNetworkLoadBalancerEgress", "ProviderRouteQuotes", "ProviderRouteQuotesRule", "ProviderStandbyNetworkListener", "ProviderTargetGroup",
		},
		changed: []string{record},
	},
	{
		from: publicapi.Phase_WATCH, to: publicapi.Phase_CLOSE,
		removed: []string{
			"PublicApiIngressFrom19851100024", "PublicApiIngressFrom2030113732", "PublicApiIpSetCheckout", "PublicApiIpSetPartner1", "PublicApiRecordapipricingcompanycom",
		},
		changed: []string{
			record, "ProviderLoadBalancer.LoadBalancerAttributes", "ProviderNetworkListener.DefaultActions", "ProviderStandbyNetworkListener.DefaultActions",
			"PublicApiLoadBalancer.LoadBalancerAttributes", "PublicApiWebAcl.Rules",
		},
	},
	{
		from: publicapi.Phase_CLOSE, to: publicapi.Phase_INTERNAL,
		removed: []string{
			"ProviderListenerTargetGroup",
			"ProviderNetworkLoadBalancerSecurityGroupHandletoStackPublicApiLoadBalancerSecurityGroup3A2278AD443", "ProviderStandbyNetworkListener",
			"PublicApiHealthCheckRule", "PublicApiIpSetPrivateLink", "PublicApiListener", "PublicApiLoadBalancer", "PublicApiLoadBalancerSecurityGroup",
			"PublicApiLoadBalancerSecurityGroupfromStackProviderNetworkLoadBalancerSecurityGroupHandle17CCDCD6443",
			"PublicApiRouteQuotes", "PublicApiRouteQuotesRule", "PublicApiWebAcl", "PublicApiWebAclAssociation",
		},
		changed: []string{record},
	},
}

// inPlace are the properties that CloudFormation updates without replacing the resource ("Update requires: No interruption" in the
// reference of each type).
var inPlace = map[string][]string{
	"AWS::ElasticLoadBalancingV2::Listener":     {"DefaultActions"},
	"AWS::ElasticLoadBalancingV2::LoadBalancer": {"LoadBalancerAttributes"},
	"AWS::WAFv2::WebACL":                        {"Rules"},
	"AWS::SSM::Parameter":                       {"Value"},
}

// From phase to phase, forth and back, resources come and go and are changed in place; none is replaced.
func TestSteps(t *testing.T) {
	defer cdktest.Recover(t)
	templates := templatesOfPhases(t)
	for _, s := range steps {
		cdktest.Run(t, fmt.Sprintf("%s to %s", s.from, s.to), func(t *testing.T) {
			from, to := templates[s.from], templates[s.to]
			got := step{from: s.from, to: s.to, added: without(to, from), removed: without(from, to)}
			for id, resource := range from.Resources {
				other, stays := to.Resources[id]
				if !stays {
					continue
				}
				if other.Type != resource.Type || !reflect.DeepEqual(other.DependsOn, resource.DependsOn) {
					t.Errorf("%s changes its type or what it depends on", id)
				}
				for _, property := range changedProperties(resource, other) {
					got.changed = append(got.changed, short(id)+"."+property)
					if !slices.Contains(inPlace[resource.Type], property) {
						t.Errorf("%s of %s is not known to change in place", property, id)
					}
				}
			}
			slices.Sort(got.changed)
			if !reflect.DeepEqual(got, s) {
				t.Errorf("the step is\n%+v, want\n%+v", got, s)
			}
		})
	}
}

// CloudFormation cannot delete a load balancer that is protected: whatever a step removes, forth or back, was not protected before.
func TestStepsRemoveNothingProtected(t *testing.T) {
	defer cdktest.Recover(t)
	templates := templatesOfPhases(t)
	for _, s := range steps {
		for _, way := range [][2]publicapi.Phase{{s.from, s.to}, {s.to, s.from}} {
			from, to := templates[way[0]], templates[way[1]]
			for _, id := range protectedIn(from) {
				if _, stays := to.Resources[id]; !stays {
					t.Errorf("%s to %s removes %s, which is protected from deletion", way[0], way[1], id)
				}
			}
		}
	}
}

// A target group belongs to one load balancer, also in the middle of a deployment, when listeners of both phases are there.
func TestTargetGroupsHaveOneLoadBalancer(t *testing.T) {
	defer cdktest.Recover(t)
	templates := templatesOfPhases(t)
	for _, s := range steps {
		owners := map[string]string{}
		for _, template := range []cdktest.Template{templates[s.from], templates[s.to]} {
			for group, balancers := range balancersOfGroups(template) {
				for _, balancer := range balancers {
					if owner := owners[group]; owner != "" && owner != balancer {
						t.Errorf("%s to %s: %s belongs to %s and %s", s.from, s.to, group, owner, balancer)
					}
					owners[group] = balancer
				}
			}
		}
		if len(owners) == 0 {
			t.Errorf("%s to %s: no target group has a load balancer", s.from, s.to)
		}
	}
}

// balancersOfGroups returns the load balancers whose listeners and rules forward to each target group.
func balancersOfGroups(template cdktest.Template) map[string][]string {
	owners := map[string][]string{}
	add := func(listener string, actions any) {
		balancer := refsIn(template.Resources[listener].Properties["LoadBalancerArn"])[0]
		for _, group := range refsIn(actions) {
			owners[group] = append(owners[group], balancer)
		}
	}
	for _, id := range template.OfType(typeListener) {
		add(id, template.Resources[id].Properties["DefaultActions"])
	}
	for _, id := range template.OfType("AWS::ElasticLoadBalancingV2::ListenerRule") {
		rule := template.Resources[id].Properties
		add(refsIn(rule["ListenerArn"])[0], rule["Actions"])
	}
	return owners
}

func templatesOfPhases(t *testing.T) map[publicapi.Phase]cdktest.Template {
	t.Helper()
	templates := map[publicapi.Phase]cdktest.Template{}
	for _, phase := range allPhases {
		templates[phase] = phaseTemplate(t, phase)
	}
	return templates
}

// without returns the short IDs of what one template has and another has not.
func without(template, other cdktest.Template) (ids []string) {
	for id := range template.Resources {
		if _, has := other.Resources[id]; !has {
			ids = append(ids, short(id))
		}
	}
	slices.Sort(ids)
	return ids
}

func changedProperties(a, b cdktest.Resource) (names []string) {
	for name, value := range a.Properties {
		if !reflect.DeepEqual(value, b.Properties[name]) {
			names = append(names, name)
		}
	}
	for name := range b.Properties {
		if _, has := a.Properties[name]; !has {
			names = append(names, name)
		}
	}
	return names
}

var hash = regexp.MustCompile(`[0-9A-F]{8}$`)

// short is a logical ID without the hash of its path.
func short(id string) string { return hash.ReplaceAllString(id, "") }

// An API that everyone may call is closed by its web ACL: until then that needs no entry for PrivateLink.
func TestStepsOfAnOpenApi(t *testing.T) {
	defer cdktest.Recover(t)
	open := func(p *M) { p.PublicApi.AllowedClients, p.PublicApi.AllowEveryone = nil, jsii.Bool(true) }
	watch, closed := phaseTemplate(t, publicapi.Phase_WATCH, open), phaseTemplate(t, publicapi.Phase_CLOSE, open)
	if got, want := without(watch, closed), []string{"PublicApiIngressFromEveryone", "PublicApiRecordapipricingcompanycom"}; !slices.Equal(got, want) {
		t.Errorf("removed = %v, want %v", got, want)
	}
	if got, want := without(closed, watch), []string{"PublicApiIpSetPrivateLink"}; !slices.Equal(got, want) {
		t.Errorf("added = %v, want %v", got, want)
	}
	watch.Has(t, typeWebACL, props{"DefaultAction": props{"Allow": props{}}})
	closed.Has(t, typeWebACL, props{"DefaultAction": props{"Block": props{}}})
	if got, want := clientsIn(closed), []string{"PrivateLink"}; !slices.Equal(got, want) {
		t.Errorf("clients of the web ACL = %v, want %v", got, want)
	}
}

// The resources of a phase do not depend on feature flags: users set some, and unit tests none.
func TestFeatureFlagsChangeNoPhase(t *testing.T) {
	defer cdktest.Recover(t)
	flags := cdktest.CliContext(t, "../../cdk.json")
	for _, phase := range []publicapi.Phase{publicapi.Phase_WATCH, publicapi.Phase_CLOSE} {
		build := func(app awscdk.App) cdktest.Template {
			stack := cdktest.StackIn(app, "Stack", cdktest.Account)
			newMigration(stack, phase).AddRoute(jsii.String("Quotes"), quotes())
			return cdktest.SynthTemplate(t, stack)
		}
		if without, with := build(cdktest.App(t, nil)), build(cdktest.App(t, flags)); !reflect.DeepEqual(with.Resources, without.Resources) {
			t.Errorf("%s: with flags %v\nwithout %v", phase, with.Resources, without.Resources)
		}
	}
}
