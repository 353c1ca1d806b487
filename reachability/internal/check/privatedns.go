package check

import (
	"iter"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// withPrivateDNS are the endpoints with private DNS to services of the templates.
func (f *facts) withPrivateDNS() iter.Seq2[*network.Endpoint, *network.EndpointService] {
	return func(yield func(*network.Endpoint, *network.EndpointService) bool) {
		for _, e := range f.endpoints {
			service := f.EndpointServiceOf(e)
			if service == nil || !e.PrivateDnsEnabled().Is(true) || !network.IsCertain(service.Resource) {
				continue
			}
			if !yield(e, service) {
				return
			}
		}
	}
}

// privateDNSMissing finds private DNS on an endpoint to a service without a private DNS name.
func privateDNSMissing(p *pass) {
	for e, service := range p.withPrivateDNS() {
		if service.PrivateDnsName().IsAbsent() && !p.MayBeChangedByCustomResource(service.Resource) {
			p.report(at{e.PrivateDnsEnabled(), network.Whole(service.Resource)}, "PrivateDnsEnabled is true, but the service has no PrivateDnsName")
		}
	}
}

// privateDNSAcceptance finds private DNS on an endpoint whose connection must be accepted first.
func privateDNSAcceptance(p *pass) {
	for e, service := range p.withPrivateDNS() {
		if service.AcceptanceRequired().Is(true) && !p.isAccepted(e) {
			p.report(at{e.PrivateDnsEnabled(), service.AcceptanceRequired()}, "PrivateDnsEnabled is true, but the provider must accept the connection first")
		}
	}
}

// isAccepted reports whether the connection of an endpoint is accepted already, as people say.
func (f *facts) isAccepted(e *network.Endpoint) bool {
	for name, state := range f.given.Connections {
		if network.IsNamed(name, e.Resource) && strings.EqualFold(state, "available") {
			return true
		}
	}
	return slices.Contains(f.given.Assume, proof.AssumeAccepted)
}

// dnsModes finds a VPC in which both the private DNS name of a service and a hosted zone of that name resolve.
func dnsModes(p *pass) {
	for e, service := range p.withPrivateDNS() {
		name := strings.TrimPrefix(network.DomainName(service.PrivateDnsName().Value), "*.")
		if zone := p.zoneIn(e.VpcId().Value, name); zone != nil {
			p.report(at{e.PrivateDnsEnabled(), zone.NameProperty()}, "the VPC also has a hosted zone for %s, the private DNS name of the service", service.PrivateDnsName())
		}
	}
}

// privateDNSTwice finds two endpoints of one VPC with private DNS to one service.
func privateDNSTwice(p *pass) {
	const enough = 4 // of endpoints that look alike and may differ
	seen := map[[2]string][]*network.Endpoint{}
	for _, e := range p.endpoints {
		if !e.PrivateDnsEnabled().Is(true) || e.ServiceName().IsAbsent() {
			continue
		}
		key := [2]string{e.ServiceName().String(), e.VpcId().String()}
		if first := sameServiceAndVPC(seen[key], e); first != nil {
			p.report(at{e.PrivateDnsEnabled(), first.PrivateDnsEnabled()}, "two endpoints to %s have private DNS in the same VPC", e.ServiceName())
		} else if len(seen[key]) < enough {
			seen[key] = append(seen[key], e)
		}
	}
}

// sameServiceAndVPC is the first endpoint that is certain to be in the VPC of another and to connect to its service.
func sameServiceAndVPC(list []*network.Endpoint, e *network.Endpoint) *network.Endpoint {
	for _, other := range list {
		if network.Same(other.ServiceName().Value, e.ServiceName().Value) == network.Yes && network.Same(other.VpcId().Value, e.VpcId().Value) == network.Yes {
			return other
		}
	}
	return nil
}

// privateDNSName finds a private DNS name that is not a domain name, or that nobody can verify.
func privateDNSName(p *pass) {
	for _, s := range p.services {
		p.text(s.PrivateDnsName(), rules.CheckPrivateDnsName)
	}
}

// txtRecord finds a record set for the verification of a private DNS name that AWS does not find.
func txtRecord(p *pass) {
	for _, record := range p.TxtRecords() {
		if !network.IsCertain(record.Resource) {
			continue
		}
		if problem, where, wrong := record.Problem(p.Network); wrong {
			p.report(at{where, record.Service.PrivateDnsName()}, "the TXT record of %s %s", record.Service.PrivateDnsName(), problem)
		}
	}
}
