package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
)

// acceptorTwice finds an endpoint service with two acceptors.
func acceptorTwice(p *pass) {
	for _, s := range p.services {
		acceptors := certain(p.AcceptorsOf(s), func(a *network.Acceptor) *network.Resource { return a.Resource })
		for i, a := range acceptors {
			if i > 0 {
				p.report(at{network.Whole(a.Resource), network.Whole(acceptors[0].Resource)}, "%s accepts connections to %s too", network.DisplayName(acceptors[0].Resource), network.DisplayName(s.Resource))
			}
		}
	}
}

// contractTerms finds a contract that says something else than the endpoint service that it is of: one that the templates publish, and one
// that people gave.
func contractTerms(p *pass) {
	for _, c := range p.PublishedContracts() {
		if !network.IsCertain(c.Resource) || !network.IsCertain(c.Service.Resource) {
			continue
		}
		for _, d := range p.Differences(c.Terms, c.Service) {
			p.report(at{c.Value(), d.At}, "%s is %s, and %s has %s", d.Field, d.Says, network.DisplayName(c.Service.Resource), d.Is)
		}
		for _, file := range p.Contracts() {
			if isOf(file, c) {
				p.givenTerms(file, c.Service)
			}
		}
	}
	for _, file := range p.Contracts() {
		if s := p.EndpointServiceNamed(p.given.Services[file.Locator()]); s != nil && file.Service.Transport == contract.PrivateLink {
			p.givenTerms(file, s)
		}
	}
}

// isOf reports whether a contract that people gave is of the service of one that the templates publish.
func isOf(file *network.Contract, c network.PublishedContract) bool {
	return file.Service.Transport == contract.PrivateLink && file.Service.Name == c.Terms.Name && file.Service.Account == c.Service.Stack.Account && file.Service.Region == c.Service.Stack.Region
}

// givenTerms reports what a contract that people gave says, and its service contradicts.
func (p *pass) givenTerms(file *network.Contract, s *network.EndpointService) {
	for _, d := range p.Differences(file.Service, s) {
		p.report(at{d.At}, "the contract of %s has %s %s, and %s has %s", file.Service.Name, d.Field, d.Says, network.DisplayName(s.Resource), d.Is)
		found := &p.found[len(p.found)-1]
		found.Evidence = append(found.Evidence, cite.Contract(file, d.Field, d.Says))
	}
}

// parameterTier finds an entry of Parameter Store that is shared and in the standard tier.
func parameterTier(p *pass) {
	shared := p.SharedParameters()
	for _, parameter := range p.StoredParameters() {
		if arn, isShared := shared[parameter.Resource]; isShared && parameter.IsStandard() && network.IsCertain(parameter.Resource) {
			p.report(at{parameter.Tier(), arn}, "%s is shared, and Tier is not Advanced", network.DisplayName(parameter.Resource))
		}
	}
}
