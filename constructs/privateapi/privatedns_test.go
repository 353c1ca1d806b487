package privateapi_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// namedService imports a service with a private DNS name, for clients that call it by some names.
func namedService(scope awscdk.Stack, privateDnsName *string, names ...string) privateapi.IPrivateLinkService {
	return privateapi.PrivateApiService_FromAttributes(scope, jsii.String("Named"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String(serviceName), PrivateDnsName: privateDnsName, DomainNames: jsii.Strings(names...),
	})
}

func privateDnsRefusals() []refusal {
	type (
		C = privateapi.PrivateApiConsumerProps
		A = privateapi.PrivateApiServiceAttributes
	)
	bad := func(name string, edit func(*C), broken ...rules.Rule) refusal {
		return refusal{"private DNS: " + name, broken, func(stack awscdk.Stack) {
			newConsumer(stack, func(p *C) { p.DnsMode = privateapi.DnsMode_PRIVATE_DNS }, edit)
		}}
	}
	service := func(name string, edit func(*A), broken ...rules.Rule) refusal {
		return refusal{"private DNS: " + name, broken, func(stack awscdk.Stack) {
			attrs := &A{ServiceName: jsii.String(serviceName)}
			edit(attrs)
			privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Named"), attrs)
		}}
	}
	verify := func(name string, broken rules.Rule, verifications func(awscdk.Stack, privateapi.PrivateApiProvider)) refusal {
		return refusal{"private DNS: " + name, []rules.Rule{broken}, func(stack awscdk.Stack) {
			verifications(stack, newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.PrivateDnsName = jsii.String(domain) }))
		}}
	}
	return []refusal{
		bad("another name than clients call", func(p *C) {
			p.Service = namedService(p.Vpc.Stack(), jsii.String("api.pricing.company.com"), domain)
		}, rules.PrivateDnsAnswers),
		bad("one of two names", func(p *C) {
			p.Service = namedService(p.Vpc.Stack(), jsii.String(domain), domain, "api.pricing.company.com")
		}, rules.PrivateDnsAnswers),
		bad("the domain of a wildcard", func(p *C) {
			p.Service = namedService(p.Vpc.Stack(), jsii.String("*.pricing.company.com"), "pricing.company.com")
		}, rules.PrivateDnsAnswers),
		bad("names of the consumer that it does not answer", func(p *C) {
			p.Service, p.DomainNames = namedService(p.Vpc.Stack(), jsii.String(domain)), jsii.Strings("api.company.com")
		}, rules.PrivateDnsAnswers),
		bad("another name in the contract of the service", func(p *C) {
			p.Service = contractService(p.Vpc.Stack(), `"privateDnsName": "api.pricing.company.com", `)
		}, rules.PrivateDnsAnswers),
		bad("no name in the contract of the service", func(p *C) { p.Service = contractService(p.Vpc.Stack(), "") }, rules.PrivateDnsMissing),
		service("a name that cannot be verified", func(a *A) { a.PrivateDnsName = jsii.String("api.company.internal") }, rules.PrivateDnsName),
		service("a name of a service that provides none", func(a *A) {
			a.PrivateDnsName, a.ProvidesPrivateDns = jsii.String(domain), jsii.Bool(false)
		}, rules.Contradiction),
		{"private DNS: a verification of a provider without a name", []rules.Rule{rules.VerificationName}, func(stack awscdk.Stack) {
			newProvider(stack).VerifyPrivateDnsBy(stack)
		}},
		verify("a verification that is nil", rules.Required, func(_ awscdk.Stack, p privateapi.PrivateApiProvider) { p.VerifyPrivateDnsBy(nil) }),
		verify("two verifications", rules.VerificationTwice, func(stack awscdk.Stack, p privateapi.PrivateApiProvider) {
			p.VerifyPrivateDnsBy(stack)
			p.VerifyPrivateDnsBy(stack)
		}),
	}
}

// contractService is a service that a contract describes.
func contractService(stack awscdk.Stack, members string) privateapi.IPrivateApiService {
	text := fmt.Sprintf(`{"version": 1, "service": {"name": "pricing", "transport": "privatelink", "account": "222222222222", "region": "eu-west-1", "ports": [443],
		%s"domainNames": [%q]}, "deployed": {"serviceName": %q}}`, members, domain, serviceName)
	return privateapi.PrivateApiService_FromContract(stack, jsii.String("Contract"), jsii.String(text), nil)
}

func privateDnsPasses() []passing {
	type C = privateapi.PrivateApiConsumerProps
	good := func(name string, edit func(*C)) passing {
		return passing{"private DNS: " + name, func(stack awscdk.Stack) {
			newConsumer(stack, func(p *C) { p.DnsMode = privateapi.DnsMode_PRIVATE_DNS }, edit)
		}}
	}
	return []passing{
		good("the name that clients call", func(p *C) { p.Service = namedService(p.Vpc.Stack(), jsii.String(domain), domain) }),
		good("the name that clients call, by the contract", func(p *C) {
			p.Service = contractService(p.Vpc.Stack(), fmt.Sprintf(`"privateDnsName": %q, `, domain))
		}),
		good("a wildcard for the name that clients call", func(p *C) {
			p.Service = namedService(p.Vpc.Stack(), jsii.String("*.internal.company.com"), domain)
		}),
		good("one of two names, which is all that clients call", func(p *C) {
			p.Service, p.DomainNames = namedService(p.Vpc.Stack(), jsii.String(domain), domain, "api.pricing.company.com"), jsii.Strings(domain)
		}),
		good("a name that is a token", func(p *C) {
			p.Service = namedService(p.Vpc.Stack(), textToken(p.Vpc.Stack(), "Name"), domain)
			p.DomainNames = &[]*string{textToken(p.Vpc.Stack(), "Called")}
		}),
		good("a connection that is accepted", func(p *C) {
			p.Service, p.ConnectionAccepted = pendingService(p.Vpc.Stack()), jsii.Bool(true)
		}),
		good("a connection that is accepted, to a service that accepts by itself", func(p *C) {
			p.Service, p.ConnectionAccepted = namedService(p.Vpc.Stack(), jsii.String(domain), domain), jsii.Bool(true)
		}),
	}
}

// With acceptance, the name takes two deployments, which differ in one property of the endpoint: EC2 changes it in place.
func TestPrivateDnsAfterAcceptance(t *testing.T) {
	defer cdktest.Recover(t)
	deployment := func(mode privateapi.DnsMode, isAccepted bool) cdktest.Assembly {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.Service, p.DnsMode, p.ConnectionAccepted = pendingService(stack), mode, jsii.Bool(isAccepted)
			p.Clients = &[]awsec2.IConnectable{newClient(stack, p.Vpc)}
		})
		return cdktest.Synth(t, stack)
	}
	got := cdktest.Changes(t, deployment(privateapi.DnsMode_NONE, false), deployment(privateapi.DnsMode_PRIVATE_DNS, true))
	cdktest.GoldenText(t, "private-dns-after-acceptance.txt", got)
}
