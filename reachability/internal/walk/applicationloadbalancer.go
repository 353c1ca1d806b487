package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// throughALB takes a request through the listener of an ALB and its rules. The ALB receives it on a port, from some
// addresses.
func (t *trace) throughALB(alb loadBalancer, port int, from sources) {
	listener, r := t.albListener(alb, port, from)
	t.take(proof.HopAlbListener, r)
	if listener == nil {
		return
	}
	if listener.Protocol().Literal() == "HTTPS" {
		t.take(proof.HopCertificate, t.certificate(listener))
	}
	request := network.Request{Host: t.domain, Path: t.path, Route: t.route, Sources: from.Addresses}
	t.enter(alb)
	if !t.run.left.Steps(len(t.n.RulesOf(listener)) + len(t.n.UnplacedListenerRules())) {
		return
	}
	t.oneOf(alb, t.n.Outcomes(listener, request))
}

// albListener returns the listener on a port; nil if the request ends there.
func (t *trace) albListener(alb loadBalancer, port int, from sources) (*network.Listener, result) {
	var related []proof.Evidence
	for _, listener := range t.n.ListenersOf(alb.LoadBalancer) {
		switch listener.ListensOn(port) {
		case network.Maybe:
			continue
		case network.No:
			related = append(related, cite.Property(listener.Port()))
			continue
		}
		protocol, ok := listener.Protocol().Text()
		switch {
		case !ok:
			return nil, undecided(listener.Protocol())
		case t.speaks != "" && protocol != t.speaks:
			return listener, blocks(
				fmt.Sprintf("VPC Lattice speaks %s to the ALB, by the protocol of the target group, and the protocol of the listener is %s", t.speaks, protocol),
				"give both the same protocol",
			).at(listener.Protocol())
		case t.speaks == "" && protocol == "HTTP" && t.port == 443:
			return listener, blocks("clients use TLS on port 443, and the ALB answers plain HTTP", "give the listener the protocol HTTPS and a certificate").
				breaks(rules.CertificateRequired).at(listener.Protocol())
		}
		if r, found := t.restriction(alb, listener, from); found {
			return listener, r
		}
		return listener, passes("%s %d%s", protocol, port, certificatesOf(listener)).at(listener.Port()).atResource(alb.Resource)
	}
	if t.n.HasUndecidedPort(alb.LoadBalancer) {
		return nil, unknown("the port of a listener of the ALB is unknown", "write it into the template").atResource(alb.Resource)
	}
	return nil, blocks(
		fmt.Sprintf("%s has no listener on port %d", alb.node.Name, port),
		fmt.Sprintf("give its listener port %d, or give the target group the port of the listener", port),
	).breaks(rules.OnePort).related(related...).related(cite.Resource(alb.Resource)).unless(t.unplacedListeners())
}

// certificatesOf says that nobody before the targets checks the certificates of clients; one that verifies them is a restriction.
func certificatesOf(listener *network.Listener) string {
	if listener.MutualAuthenticationMode().Literal() != "passthrough" {
		return ""
	}
	return "; it passes certificates of clients on unverified, or none: the targets must verify X-Amzn-Mtls-Clientcert"
}

// restriction finds what accepts only some clients or requests: mutual TLS, or a web ACL.
func (t *trace) restriction(alb loadBalancer, listener *network.Listener, from sources) (r result, found bool) {
	mode := listener.MutualAuthenticationMode()
	if mode.IsUndecided() {
		return undecided(mode), true
	}
	webACLs := t.n.WebAcls(alb.LoadBalancer)
	if mode.Literal() == "verify" && (len(webACLs) == 0 || !t.assumes(proof.AssumeMutualTLS)) {
		return assumable(
			"the listener rejects clients without a certificate that its trust store verifies", proof.AssumeMutualTLS, "give the client such a certificate",
		).at(mode), true
	}
	if len(webACLs) > 0 {
		return t.webAcl(webACLs, from)
	}
	return result{}, false
}
