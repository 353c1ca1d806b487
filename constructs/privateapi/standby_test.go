package privateapi_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cloudwatch"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// withStandby puts a provider in front of an ALB of the same app and one that is built.
func withStandby(standby privateapi.StandbyAlb) func(*privateapi.PrivateApiProviderProps) {
	return func(p *privateapi.PrivateApiProviderProps) {
		existing(p)
		p.Certificates, p.StandbyAlb = certificates(), standby
	}
}

// withHealthCheckPath makes the ALB that is built answer where the existing one does.
func withHealthCheckPath(p *privateapi.PrivateApiProviderProps) {
	p.HealthCheck = &elbv2.HealthCheck{Path: jsii.String("/up")}
}

// addQuoteRoute adds the route that the tests of an ALB that stands by have.
func addQuoteRoute(provider privateapi.PrivateApiProvider) {
	provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: targets(ipTarget("10.0.0.5"))})
}

// standbyTemplate is a provider with a route, with an ALB that stands by.
func standbyTemplate(t *testing.T, edit ...func(*privateapi.PrivateApiProviderProps)) cdktest.Template {
	t.Helper()
	stack := cdktest.Stack(t)
	addQuoteRoute(newProvider(stack, edit...))
	return cdktest.SynthTemplate(t, stack)
}

// The NLB forwards each of its two ports to the target group of one ALB, and each is checked.
func TestProviderWithStandby(t *testing.T) {
	defer cdktest.Recover(t)
	const ours, theirs = "PricingTargetGroup8AE24043", "PricingListenerTargetGroupFF8259E0"
	for name, tc := range map[string]struct {
		standby        privateapi.StandbyAlb
		main, standing string // target groups
		isProtected    string
	}{
		"the ALB that is built stands by":   {privateapi.StandbyAlb_BUILT, theirs, ours, "false"},
		"the ALB of the listener stands by": {privateapi.StandbyAlb_LISTENER, ours, theirs, "true"},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			template := standbyTemplate(t, withStandby(tc.standby))
			for port, group := range map[int]string{443: tc.main, 8443: tc.standing} {
				template.Has(t, typeListener, props{
					"Protocol": "TCP", "Port": port, "DefaultActions": []any{props{"Type": "forward", "TargetGroupArn": cdktest.Ref(group)}},
				})
			}
			groups := template.Find(typeTargets, props{
				"TargetType": "alb", "Protocol": "TCP", "Port": 443, "HealthCheckProtocol": "HTTPS", "HealthCheckPath": "/up", "HealthCheckPort": "traffic-port",
			})
			if len(groups) != 2 {
				t.Errorf("target groups of ALBs = %v, want 2", groups)
			}
			for _, kind := range []string{typeEgress, typeIngress} {
				if got := template.Find(kind, props{"FromPort": 443, "ToPort": 443}); len(got) != 2 {
					t.Errorf("rules of type %s = %v, want one for each ALB", kind, got)
				}
				if got := template.Find(kind, props{"FromPort": 8443}); len(got) != 0 {
					t.Errorf("%v open the port on which the ALB stands by", got)
				}
			}
			attributes, _ := template.Resources["PricingLoadBalancer4A965430"].Properties["LoadBalancerAttributes"].([]any)
			if !slices.ContainsFunc(attributes, func(a any) bool {
				return cdktest.Contains(a, props{"Key": "deletion_protection.enabled", "Value": tc.isProtected})
			}) {
				t.Errorf("attributes of the ALB that is built = %v, want deletion protection %s", attributes, tc.isProtected)
			}
			template.Has(t, typeRule, routeRule("/v1/*"))
		})
	}
}

// Whoever moves clients from one ALB to the other changes in place what the listeners of the NLB do, and nothing else; and whoever then
// removes the first ALB has what a provider has that never had two.
func TestMoveToStandby(t *testing.T) {
	defer cdktest.Recover(t)
	before := standbyTemplate(t, withStandby(privateapi.StandbyAlb_BUILT))
	after := standbyTemplate(t, withStandby(privateapi.StandbyAlb_LISTENER))
	cdktest.Run(t, "changes two actions", func(t *testing.T) {
		if got, want := slices.Sorted(maps.Keys(before.Resources)), slices.Sorted(maps.Keys(after.Resources)); !slices.Equal(got, want) {
			t.Fatalf("resources before = %v, after %v", got, want)
		}
		var changed []string
		for id, resource := range before.Resources {
			if other := after.Resources[id]; !reflect.DeepEqual(resource, other) {
				for property, value := range resource.Properties {
					if !reflect.DeepEqual(value, other.Properties[property]) {
						changed = append(changed, strings.TrimPrefix(id, "Pricing")+"."+property)
					}
				}
			}
		}
		slices.Sort(changed)
		want := []string{
			"LoadBalancer4A965430.LoadBalancerAttributes", // it is protected from deletion now
			"NetworkListener458078F2.DefaultActions",
			"StandbyNetworkListener9B27500D.DefaultActions",
		}
		if !slices.Equal(changed, want) {
			t.Errorf("changed = %v, want %v", changed, want)
		}
	})
	cdktest.Run(t, "has all of a plain provider", func(t *testing.T) {
		plain := standbyTemplate(t, withHealthCheckPath)
		for id, resource := range plain.Resources {
			if !reflect.DeepEqual(after.Resources[id], resource) {
				t.Errorf("%s = %v, a plain provider has %v", id, after.Resources[id], resource)
			}
		}
	})
	cdktest.Run(t, "has all of a provider of the existing ALB alone", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newProvider(stack, existing)
		for id, resource := range cdktest.SynthTemplate(t, stack).Resources {
			if !reflect.DeepEqual(before.Resources[id], resource) {
				t.Errorf("%s = %v, a provider of the existing ALB has %v", id, before.Resources[id], resource)
			}
		}
	})
}

// Each ALB of an imported listener and of one that verifies clients is checked where it answers.
func TestStandbyHealthChecks(t *testing.T) {
	defer cdktest.Recover(t)
	template := standbyTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
		p.Listener, p.ListenerLoadBalancer = importedListener(p.Vpc.Stack()), importedLoadBalancer(p.Vpc.Stack(), p.Vpc)
		p.ListenerPort, p.ListenerProtocol, p.BuiltListenerPort = jsii.Number(80), elbv2.ApplicationProtocol_HTTP, jsii.Number(9443)
		p.StandbyAlb, p.StandbyPort = privateapi.StandbyAlb_BUILT, jsii.Number(444)
		withHealthCheckPath(p)
		withTrustStore(p)
	})
	template.Has(t, typeTargets, props{"TargetType": "alb", "Port": 80, "HealthCheckProtocol": "HTTP", "HealthCheckPort": "traffic-port"})
	template.Has(t, typeTargets, props{"TargetType": "alb", "Port": 9443, "HealthCheckProtocol": "HTTP", "HealthCheckPort": "8080"})
	template.Has(t, typeListener, props{"Protocol": "TCP", "Port": 444})
	template.Has(t, typeListener, props{"Protocol": "HTTPS", "Port": 9443})
	template.Has(t, typeListener, props{"Protocol": "HTTP", "Port": 8080})
	for _, port := range []int{80, 9443, 8080} {
		template.Has(t, typeIngress, props{"FromPort": port, "ToPort": port})
	}
}

// What a provider says of itself is about the port of the API; what it hands out of both ALBs is checked.
func TestStandbyAccessors(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newProvider(stack, withStandby(privateapi.StandbyAlb_BUILT))
	if ports := *provider.Ports(); len(ports) != 1 || *ports[0] != 443 {
		t.Errorf("ports = %v, want 443 alone", ports)
	}
	if got := *provider.LoadBalancer().Node().Path(); got != "Stack/Pricing/LoadBalancer" {
		t.Errorf("ALB = %s, want the one that is built", got)
	}
	if got := *provider.Listener().Node().Path(); got != "Stack/Pricing/Listener" {
		t.Errorf("listener = %s, want that of the ALB that is built", got)
	}
	provider.StandbyNetworkListener().SetProtocol(jsii.String("TLS"))
	provider.StandbyTargetGroup().SetPort(jsii.Number(444))
	provider.TargetGroup().SetPort(jsii.Number(445))
	message := cdktest.Panic(t, func() { awscdk.App_Of(stack).Synth(nil) })
	for _, want := range []string{"StandbyNetworkListener.Protocol: is TLS", "StandbyTargetGroup.Port: is 444", "] TargetGroup.Port: is 445"} {
		if !strings.Contains(message, want) {
			t.Errorf("message = %s, want %q", message, want)
		}
	}
	plain := newProvider(cdktest.Stack(t))
	if plain.StandbyNetworkListener() != nil || plain.StandbyTargetGroup() != nil {
		t.Error("a provider of one ALB has another that stands by")
	}
}

func standbyRefusals() []refusal {
	type P = privateapi.PrivateApiProviderProps
	return []refusal{
		badProvider("standby: one ALB that is built", func(p *P) { p.StandbyAlb = privateapi.StandbyAlb_BUILT }, rules.Required),
		badProvider("standby: one ALB that exists", func(p *P) {
			existing(p)
			p.StandbyAlb = privateapi.StandbyAlb_LISTENER
		}, rules.CertificateRequired),
		badProvider("standby: an ALB in lower case, and no ALB at all", func(p *P) {
			p.Certificates, p.StandbyAlb = nil, "built"
		}, rules.KnownValue, rules.Required, rules.CertificateRequired),
		badProvider("standby: ports without it", func(p *P) {
			p.StandbyPort, p.BuiltListenerPort = jsii.Number(8443), jsii.Number(443)
		}, rules.Contradiction, rules.Contradiction),
		badProvider("standby: the port of the API", func(p *P) {
			withStandby(privateapi.StandbyAlb_BUILT)(p)
			p.Port, p.StandbyPort = jsii.Number(8443), nil
		}, rules.ListenerPort),
		badProvider("standby: ports out of range", func(p *P) {
			withStandby(privateapi.StandbyAlb_LISTENER)(p)
			p.StandbyPort, p.BuiltListenerPort = jsii.Number(0), jsii.Number(65536)
		}, rules.PortRange, rules.PortRange),
		badProvider("standby: what is wrong for both ALBs is said once", func(p *P) {
			withStandby(privateapi.StandbyAlb_BUILT)(p)
			p.HealthCheck = &elbv2.HealthCheck{Protocol: elbv2.Protocol_TCP, Path: jsii.String("up")}
		}, rules.HealthCheck, rules.HealthCheck),
		badProvider("standby: no path that both ALBs answer", func(p *P) {
			withStandby(privateapi.StandbyAlb_BUILT)(p)
			p.HealthCheck = nil
		}, rules.HealthCheck),
	}
}

// An API answers without the ALB that stands by, so what is measured of it is no sign that the API is unavailable.
func TestStandbyIsMeasuredAsSpare(t *testing.T) {
	defer cdktest.Recover(t)
	provider := newProvider(cdktest.Stack(t), withStandby(privateapi.StandbyAlb_BUILT))
	addQuoteRoute(provider)
	var got []bool
	for _, resource := range provider.MetricResources() {
		if resource.Kind == cloudwatch.ApplicationLoadBalancer {
			got = append(got, resource.Spare)
		}
	}
	if !slices.Equal(got, []bool{false, true}) {
		t.Errorf("the ALBs are spare: %v, want the second alone", got)
	}
}
