package privateapi_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// movingFrom is a consumer that moves from PrivateLink to a tunnel, with an edit.
func movingFrom(edit func(*privateapi.PrivateApiConsumerProps, *tunnelService)) func(awscdk.Stack) {
	return func(stack awscdk.Stack) {
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			service := newTunnelService(stack)
			p.Service, p.Previous = service, p.Service
			edit(p, service)
		})
	}
}

func previousRefusals() []refusal {
	type C = privateapi.PrivateApiConsumerProps
	type T = tunnelService
	bad := func(name string, edit func(*C, *T), broken ...rules.Rule) refusal {
		return refusal{"consumer that moves: " + name, broken, movingFrom(edit)}
	}
	return []refusal{
		bad("no service", func(p *C, _ *T) { p.Service = nil }, rules.Required),
		bad("the same service", func(p *C, _ *T) { p.Previous = p.Service }, rules.PreviousService),
		bad("another service over the same transport", func(p *C, _ *T) {
			p.Service = newProvider(p.Vpc.Stack(), func(p *privateapi.PrivateApiProviderProps) {
				p.Vpc = vpcOf(p.Vpc.Stack(), "ProviderVpc", "eu-west-1a", "eu-west-1b")
			})
		}, rules.PreviousService),
		bad("private DNS", func(p *C, _ *T) { p.DnsMode = privateapi.DnsMode_PRIVATE_DNS }, rules.PreviousService, rules.PrivateDnsMissing),
		bad("no DNS", func(p *C, _ *T) { p.DnsMode = privateapi.DnsMode_NONE }, rules.PreviousService),
		bad("other names", func(_ *C, t *T) { t.names = jsii.Strings("api.pricing.company.com") }, rules.PreviousNames, rules.PreviousNames),
		bad("a name that is lost", func(p *C, _ *T) {
			p.Previous = privateapi.PrivateApiService_FromAttributes(p.Vpc.Stack(), jsii.String("Two"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings(domain, "quote."+domain),
			})
		}, rules.PreviousNames),
		bad("a name that neither has", func(p *C, _ *T) { p.DomainNames = jsii.Strings(domain, "quote."+domain) }, rules.PreviousNames, rules.PreviousNames),
		bad("another port", func(_ *C, t *T) { t.ports = numbers(8443) }, rules.PreviousNames),
		bad("what an endpoint takes, between two ways without one", func(p *C, t *T) {
			route := newRoutedService(p.Vpc.Stack())
			route.ports = t.ports
			p.Previous, p.EndpointPolicy = route, endpointPolicy()
		}, rules.Contradiction),
	}
}

// previousPasses are consumers that move, without an annotation.
func previousPasses() []passing {
	type C = privateapi.PrivateApiConsumerProps
	type T = tunnelService
	good := func(name string, edit func(*C, *T)) passing {
		return passing{"consumer that moves: " + name, movingFrom(edit)}
	}
	return []passing{
		good("one name of several that both have", func(p *C, t *T) {
			t.names, p.DomainNames = jsii.Strings("*.pricing.internal.company.com", "api.other.company.com"), jsii.Strings(domain)
		}),
		good("names that are tokens", func(p *C, t *T) { t.names = &[]*string{textToken(p.Vpc.Stack(), "Name")} }),
		good("names that are not known", func(p *C, t *T) { t.names, p.DomainNames = nil, jsii.Strings(domain) }),
		good("a port that is a token", func(p *C, t *T) { t.ports = &[]*float64{numberToken(p.Vpc.Stack(), "Port")} }),
		good("one more port", func(_ *C, t *T) { t.ports = numbers(443, 8443) }),
		good("subnets of the endpoint that is left", func(p *C, _ *T) { p.Subnets = &awsec2.SubnetSelection{AvailabilityZones: jsii.Strings("eu-west-1a")} }),
	}
}
