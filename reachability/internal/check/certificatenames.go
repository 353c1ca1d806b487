package check

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// certificateNames finds a name of an API that no certificate of its ALB's listener covers: one that a rule of the listener
// is for, or the private DNS name of the endpoint service. Which names clients call, a path tells.
func certificateNames(p *pass) {
	for _, lb := range p.apiPath().loadBalancers {
		if lb.Kind() != network.Application {
			continue
		}
		for _, l := range p.ListenersOf(lb) {
			names, ok := p.certifiedNames(l)
			if !ok {
				continue
			}
			for _, host := range p.namesOf(lb, l) {
				p.text(host, func(report *rules.Report, property, domain string) {
					rules.CheckCertificateNames(report, property, strings.ToLower(domain), names)
				})
			}
		}
	}
}

// certifiedNames are the names that the certificates of a listener cover; ok is false unless all of them are known.
func (p *pass) certifiedNames(l *network.Listener) (names []string, ok bool) {
	certificates := slices.Concat(l.Certificates(), p.MoreCertificates(l))
	if !network.IsCertain(l.Resource) || l.Protocol().Literal() != "HTTPS" || len(certificates) == 0 || !p.allCertificatesPlaced {
		return nil, false
	}
	for _, arn := range certificates {
		own, ok := namesOfCertificate(arn.Value)
		if !ok {
			return nil, false
		}
		names = append(names, own...)
	}
	return names, true
}

// namesOfCertificate are the names that a certificate covers; ok is false unless the templates have all of them.
func namesOfCertificate(arn network.Value) (names []string, ok bool) {
	defined, isDefined := network.CertificateNames(arn)
	for _, property := range defined {
		name, isText := property.Text()
		if !isText {
			return nil, false
		}
		names = append(names, name)
	}
	return names, isDefined
}

// namesOf are the names of APIs that a listener of an ALB serves: the hosts of its rules that are one name, and the private
// DNS names of endpoint services in front.
func (p *pass) namesOf(lb *network.LoadBalancer, l *network.Listener) []network.Property {
	var list []network.Property
	for _, rule := range p.RulesOf(l) {
		for _, c := range rule.Conditions {
			if !network.IsCertain(rule.Resource) || c.Kind() != network.HostHeader {
				continue
			}
			for _, host := range c.Patterns {
				if !strings.ContainsAny(host.Literal(), "*?") {
					list = append(list, host)
				}
			}
		}
	}
	for _, e := range p.albTargets {
		if e.alb != lb || e.port().Int() != l.Port().Int() {
			continue
		}
		for _, nlb := range p.forwardersTo(e.tg) {
			for _, service := range p.EndpointServicesBehind(nlb) {
				list = append(list, service.PrivateDnsName())
			}
		}
	}
	return list
}
