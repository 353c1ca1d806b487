package privateapi_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// warning builds something that deploys but often surprises, and has the annotation that says so.
type warning struct {
	name  string
	rule  rules.Rule
	build func(awscdk.Stack)
	want  string
}

func consumerWarnings() []warning {
	type C = privateapi.PrivateApiConsumerProps
	consumer := func(edit func(*C)) func(awscdk.Stack) { return func(stack awscdk.Stack) { newConsumer(stack, edit) } }
	return []warning{
		{
			"consumer: a wildcard hides its siblings", rules.ParentZone, consumer(func(p *C) { p.DomainNames = jsii.Strings("*.pricing.company.com") }),
			`DomainNames[0]: the zone for "*.pricing.company.com" hides every other name below pricing.company.com from its VPCs. AWS: answers NXDOMAIN for all other names in the zone. Fix: use the full name of the API`,
		},
		{
			"consumer: a domain of two labels hides the company", rules.ParentZone, consumer(func(p *C) { p.DomainNames = jsii.Strings("company.com") }),
			`DomainNames[0]: the zone for "company.com" hides every other name below company.com from its VPCs`,
		},
		{
			"consumer: a policy is forced", rules.EndpointPolicyForced, consumer(func(p *C) { p.EndpointPolicy, p.ForceEndpointPolicy = endpointPolicy(), jsii.Bool(true) }),
			`ForceEndpointPolicy: emits a policy for ` + serviceName,
		},
		{"consumer: private DNS of a provider of this app", rules.PrivateDnsUnverified, consumer(func(p *C) {
			props := providerProps(p.Vpc.Stack())
			props.PrivateDnsName = jsii.String("api.pricing.company.com")
			p.Service = privateapi.NewPrivateApiProvider(p.Vpc.Stack(), jsii.String("Provider"), props)
			p.DnsMode = privateapi.DnsMode_PRIVATE_DNS
		}), `DnsMode: is PRIVATE_DNS for a provider of this app`},
		{"consumer: a policy is for an unknown service", rules.EndpointPolicyUnverified, consumer(func(p *C) {
			p.Service = privateapi.PrivateApiService_FromAttributes(p.Vpc.Stack(), jsii.String("Unknown"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: textToken(p.Vpc.Stack(), "Name"), DomainNames: jsii.Strings(domain),
			})
			p.EndpointPolicy = endpointPolicy()
		}), `EndpointPolicy: is set for a service whose name is known only at deploy time`},
	}
}

func routeWarnings() []warning {
	type R = privateapi.RouteOptions
	to := targets(ipTarget("10.0.0.6"))
	routes := func(options ...*R) func(awscdk.Stack) {
		return func(stack awscdk.Stack) {
			provider := newProvider(stack)
			for i, id := range []string{"First", "Second"}[:len(options)] {
				provider.AddRoute(jsii.String(id), options[i])
			}
		}
	}
	return []warning{
		{
			"route: four values in one condition", rules.RouteConditionValues, routes(&R{Targets: to, PathPatterns: jsii.Strings("/a", "/b", "/c", "/d")}),
			"PathPatterns: 4 values in one condition",
		},
		{"route: a wider one has a smaller priority", rules.RouteShadowed, routes(
			&R{Targets: to, PathPatterns: jsii.Strings("/v1/*"), Priority: jsii.Number(10)}, &R{Targets: to, PathPatterns: jsii.Strings("/v1/quotes"), Priority: jsii.Number(20)},
		), "PathPatterns: route First has a smaller Priority and matches every request of this route"},
		{"route: wider than one with a larger priority", rules.RouteShadowed, routes(
			&R{Targets: to, PathPatterns: jsii.Strings("/v1/quotes"), Priority: jsii.Number(20)}, &R{Targets: to, Priority: jsii.Number(10)},
		), "Priority: this route has a smaller Priority and matches every request of route First"},
		{"route: one more rule than by default", rules.RuleQuota, func(stack awscdk.Stack) { addRoutes(newProvider(stack), rules.MaxRules) }, "AddRoute: the ALB has 101 listener rules"},
	}
}

func TestWarnings(t *testing.T) {
	defer cdktest.Recover(t)
	covered := map[string]bool{}
	for _, tc := range append(consumerWarnings(), routeWarnings()...) {
		cdktest.Run(t, tc.name, func(t *testing.T) {
			covered[tc.rule.ID] = true
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { tc.build(stack) })
			metadata := strings.ReplaceAll(cdktest.Synth(t, stack).Manifest(t), `\"`, `"`)
			for _, want := range []string{tc.want, "[ack: " + tc.rule.ID + "]"} {
				if !strings.Contains(metadata, want) {
					t.Errorf("annotations = %s\nwant them to contain %s", metadata, want)
				}
			}
		})
	}
	for _, rule := range rules.All() {
		if rule.Severity == rules.Warning && !covered[rule.ID] {
			t.Errorf("no case for %s", rule.ID)
		}
	}
	cdktest.Run(t, "none for common props", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newProvider(stack)
		props := consumerProps(stack)
		props.Clients = &[]awsec2.IConnectable{newClient(stack, props.Vpc)}
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), props)
		if metadata := cdktest.Synth(t, stack).Manifest(t); strings.Contains(metadata, "privateapi:") {
			t.Errorf("annotations = %s, want none of ours", metadata)
		}
	})
}
