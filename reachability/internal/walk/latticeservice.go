package walk

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// throughName takes a request to a service of VPC Lattice by its name, and through TLS.
func (t *trace) throughName(s *network.LatticeService) {
	t.take(proof.HopServiceDomain, t.serviceDomain(s))
	listener, r := t.serviceListener(s)
	t.take(proof.HopServiceListener, r)
	if listener != nil && listener.Protocol().Literal() == "HTTPS" {
		t.take(proof.HopServiceCertificate, t.serviceCertificate(s))
	}
}

// serviceDomain finds whether a service answers to the name that is called: VPC Lattice finds the service by it.
func (t *trace) serviceDomain(s *network.LatticeService) result {
	p := s.CustomDomainName()
	name := network.DisplayName(s.Resource)
	switch own := network.DomainName(p.Value); {
	case t.domain == "":
		return passes("VPC Lattice generates a name for %s", name).atResource(s.Resource)
	case p.IsAbsent():
		return blocks(
			fmt.Sprintf("%s has no custom domain name, so it answers to its generated name only, and not to %s", name, t.domain),
			"set CustomDomainName to "+t.domain+", and CertificateArn",
		).at(p).atResource(s.Resource)
	case own == "":
		return undecided(p)
	case own == t.domain:
		return passes("%s answers to %s", name, t.domain).at(p)
	case strings.HasPrefix(own, "*."):
		return unknown(fmt.Sprintf("whether a service with the custom domain name %s answers to %s is not known", own, t.domain), "use the name itself").at(p)
	default:
		return blocks(fmt.Sprintf("%s answers to %s, and not to %s", name, own, t.domain), "call "+own+", or give the service the name").at(p)
	}
}

// serviceListener returns the listener on the port that the client calls. If the only listener has another port, the walk goes
// on behind it. It returns nil if no listener is known.
func (t *trace) serviceListener(s *network.LatticeService) (*network.LatticeListener, result) {
	name := network.DisplayName(s.Resource)
	listeners := t.n.LatticeListenersOf(s)
	t.run.left.Steps(len(listeners))
	var open *network.Property
	var related []proof.Evidence
	var found *network.LatticeListener
	for _, l := range listeners {
		is, undecidedBy := l.ListensOn(t.port)
		switch {
		case is == network.Maybe:
			open = &undecidedBy
		case is == network.No:
			related = append(related, cite.Property(l.Port()))
		case found != nil:
			return found, secondListener(name, found, l)
		default:
			found = l
		}
	}
	switch {
	case found != nil:
		return found, t.servicePort(s, found)
	case open != nil:
		return nil, undecided(*open)
	}
	var only *network.LatticeListener
	if len(listeners) == 1 {
		only = listeners[0]
	}
	return only, blocks(
		fmt.Sprintf("%s has no listener on port %d", name, t.port), fmt.Sprintf("add a listener on port %d, or call another port", t.port),
	).related(related...).related(cite.Resource(s.Resource)).unless(owners(t.n.UnplacedLatticeListeners(), (*network.LatticeListener).ServiceIdentifier))
}

// secondListener is the result for a port on which two listeners of a service listen, which VPC Lattice refuses.
func secondListener(service string, a, b *network.LatticeListener) result {
	r := blocks(
		fmt.Sprintf("%s and %s both listen on one port of %s, which VPC Lattice refuses", network.DisplayName(a.Resource), network.DisplayName(b.Resource), service), "keep one of them",
	).at(a.Port(), b.Port())
	if a.Exists == network.Yes && b.Exists == network.Yes {
		return r
	}
	r.verdict, r.fix, r.uses = proof.Unknown, "make their conditions exclude each other", nil
	for _, l := range []*network.LatticeListener{a, b} {
		if l.Exists != network.Yes {
			r.settle = append(r.settle, cite.Settle(l.Existence()))
		}
	}
	return r
}

// servicePort finds whether a listener on the port of the request speaks the client's protocol.
func (t *trace) servicePort(s *network.LatticeService, l *network.LatticeListener) result {
	p := l.Protocol()
	protocol, ok := p.Text()
	switch {
	case !ok:
		return undecided(p)
	case protocol == "HTTP" && t.port == 443:
		return blocks("clients use TLS on port 443, and the listener speaks plain HTTP", "give the listener the protocol HTTPS, and the service a certificate").at(p)
	}
	if domain := s.CustomDomainName(); protocol == passthrough && domain.IsAbsent() {
		return blocks("a listener that passes TLS through needs a custom domain name, by which clients name the service", "set CustomDomainName of the service").at(p, domain)
	}
	return passes("%s %d", protocol, t.port).at(p).atResource(l.Resource)
}

// serviceCertificate finds whether the certificate of a service covers the name. VPC Lattice has one itself for generated
// names.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-byoc.html
func (t *trace) serviceCertificate(s *network.LatticeService) result {
	arn := s.CertificateArn()
	switch {
	case t.domain == "":
		return passes("VPC Lattice has a certificate for generated names").atResource(s.Resource)
	case arn.IsAbsent():
		return blocks("the service has no certificate for its custom domain name", "set CertificateArn").at(arn).atResource(s.Resource)
	}
	if r, wrong := wrongCertificateFor(arn, "the service", "VPC Lattice"); wrong {
		return r
	}
	if key := network.CertificateKey(arn.Value); key.IsLiteral() && key.Literal() != "RSA_2048" {
		return blocks(fmt.Sprintf("the key of the certificate is %s, and VPC Lattice takes RSA_2048 alone", key.Literal()), "request a certificate with KeyAlgorithm RSA_2048").at(key, arn)
	} else if key.IsUndecided() {
		return undecided(key)
	}
	r, names := t.covers(arn)
	if r.verdict == proof.Blocked {
		return blocks(fmt.Sprintf("the certificate covers %s, and not %s", strings.Join(names, ", "), t.domain), "use a certificate for "+t.domain).
			at(arn)
	}
	if r.verdict == proof.Reachable {
		r = r.at(arn)
	}
	return r
}
