package walk

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
)

// certificate finds whether a certificate of the listener covers the domain, as far as the templates define certificates.
func (t *trace) certificate(listener *network.Listener) result {
	own := listener.Certificates()
	all := append(own, t.n.MoreCertificates(listener)...)
	at := listener.CertificatesProperty()
	switch {
	case len(own) > 1:
		return blocks(
			"the listener has several certificates, and CloudFormation accepts one",
			"keep the first, and add the others with AWS::ElasticLoadBalancingV2::ListenerCertificate",
		).breaks(rules.CertificateRequired).at(at)
	case t.domain == "" && len(all) > 0:
		return t.withoutName().at(at)
	case len(all) == 0:
		return blocks("the HTTPS listener has no certificate", rules.CertificateRequired.Fix).breaks(rules.CertificateRequired).at(at)
	}
	var names []string
	var imported, undecidedName *network.Property
	for _, arn := range all {
		covered, isDefined := network.CertificateNames(arn.Value)
		if !isDefined {
			imported = &arn
		}
		for _, p := range covered {
			name, ok := p.Text()
			switch {
			case !ok:
				undecidedName = &p
			case coversDomain(name, t.domain):
				return passes("the certificate covers %s", name).at(at)
			default:
				names = append(names, name)
			}
		}
	}
	switch {
	case imported != nil:
		return passes("the names of certificate %s are not in the templates: make sure that it covers %s", *imported, t.domain).at(at)
	case undecidedName != nil:
		r, v := undecidedName.Resource, undecidedName.Value
		return unknownUntil(v, "what certificate %s covers is unknown: %s", network.DisplayName(r), cite.Why(v)).atResource(r)
	}
	return blocks(
		fmt.Sprintf("the listener's certificates cover %s, and not %s", strings.Join(names, ", "), t.domain), "add a certificate for "+t.domain,
	).breaks(rules.CertificateRequired).at(at)
}

// withoutName is the result for requests whose name is not known.
func (t *trace) withoutName() result {
	if _, isAlone := t.expected.(published); isAlone {
		return unknown(
			"no template has the name that clients call, so whether a certificate covers it is unknown",
			"ask about a name, give the names of the certificate as a fact, or load the consumer's templates",
		)
	}
	return unknown("the client calls the endpoint's own name, and no certificate is known to cover it", "add an alias record for the API's name")
}

// coversDomain reports whether a name of a certificate covers a domain. A wildcard stands for one label.
func coversDomain(name, domain string) bool {
	name, domain = strings.ToLower(name), strings.ToLower(domain)
	if suffix, ok := strings.CutPrefix(name, "*."); ok {
		_, parent, _ := strings.Cut(domain, ".")
		return parent == suffix
	}
	return name == domain
}
