package walk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// networkFits are the protocols of target groups to which a listener of an NLB can forward, by the listener's protocol.
var networkFits = map[string][]string{"TCP": {"TCP", "TCP_UDP"}, "TLS": {"TCP", "TLS"}, "TCP_UDP": {"TCP_UDP"}}

// fits are the protocols of target groups to which a forwarder can forward.
func (f forwarder) fits() []string {
	if f.isNetwork() {
		return networkFits[f.listener.Protocol().Literal()]
	}
	return []string{"HTTP", "HTTPS"}
}

// targetGroup finds whether a load balancer can forward to a target group.
func (t *trace) targetGroup(from forwarder, group network.Property) result {
	r, _, isReference := group.Reference()
	tg := t.n.TargetGroup(group.Value)
	switch {
	case !isReference:
		return groupElsewhere(from, group)
	case tg == nil:
		return blocks(network.DisplayName(r)+" is not a target group", "forward to a target group").atResource(from.actions.List.Resource)
	case tg.TargetType().IsUndecided():
		return undecided(tg.TargetType())
	}
	forwards := passes("forwards to %s", network.DisplayName(tg.Resource)).atResource(tg.Resource)
	if isFunctionGroup(tg) && !from.isNetwork() {
		return forwards
	}
	if r, wrong := wrongProtocol(from, tg); wrong {
		return r
	}
	if r, wrong := otherVpc(tg, from.node); wrong {
		return r
	}
	if tg.Port().IsAbsent() {
		return blocks(network.DisplayName(tg.Resource)+" has no port", "set Port").at(tg.Port())
	}
	if r, wrong := t.sharedGroup(tg, from.loadBalancer); wrong {
		return r
	}
	if r, wrong := otherFamily(tg, from.loadBalancer); wrong {
		return r
	}
	if r, found := http2(from, tg); found {
		return r
	}
	return forwards
}

// http2 finds a target group that takes requests of HTTP/2 or gRPC only: an ALB answers others with 464.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
func http2(from forwarder, tg *network.TargetGroup) (r result, found bool) {
	p := tg.ProtocolVersion()
	version := p.Literal()
	switch {
	case from.isNetwork() || p.IsAbsent() || version == "HTTP1":
		return result{}, false
	case p.IsUndecided():
		return undecided(p), true
	}
	if protocol := from.listener.Protocol(); protocol.IsLiteral() && protocol.Literal() != "HTTPS" {
		return blocks(
			fmt.Sprintf("%s has the protocol version %s, and its listener speaks %s: ELB refuses it", network.DisplayName(tg.Resource), version, protocol.Literal()),
			"use an HTTPS listener, or ProtocolVersion HTTP1",
		).at(p, protocol), true
	}
	accepts, attribute := from.AcceptsHTTP2()
	switch accepts {
	case network.No:
		return blocks(
			fmt.Sprintf("%s has the protocol version %s, and %s does not accept HTTP/2", network.DisplayName(tg.Resource), version, from.node.Name),
			"set routing.http2.enabled to true, or use ProtocolVersion HTTP1",
		).at(attribute, p), true
	case network.Maybe:
		return undecided(attribute), true
	}
	client := map[string]string{"HTTP2": "HTTP/2", "GRPC": "gRPC over HTTP/2"}[version]
	if client == "" {
		return blocks(fmt.Sprintf("%s is not a protocol version", version), "use HTTP1, HTTP2 or GRPC").at(p), true
	}
	return assumable(
		fmt.Sprintf("%s takes only %s, and what the client speaks is not in the templates: the ALB answers HTTP/1.1 with 464", network.DisplayName(tg.Resource), client),
		proof.AssumeHTTP2, "make sure that the client speaks "+client+", or use ProtocolVersion HTTP1",
	).at(p), true
}

// otherFamily finds a target group for IPv6: only requests over IPv4 are followed, and a load balancer needs to be dualstack.
func otherFamily(tg *network.TargetGroup, lb loadBalancer) (r result, found bool) {
	p, family := tg.IpAddressType(), lb.IpAddressType()
	switch {
	case p.IsAbsent() || p.Literal() == "ipv4":
		return result{}, false
	case p.IsUndecided():
		return undecided(p), true
	case tg.TargetType().Literal() == "alb":
		return blocks(network.DisplayName(tg.Resource)+" is of type alb and of the address type ipv6, and an NLB forwards to an ALB over IPv4", "set IpAddressType to ipv4").
			at(p), true
	case family.IsUndecided():
		return undecided(family), true
	case family.IsAbsent() || family.Literal() == "ipv4":
		return blocks(
			fmt.Sprintf("%s has IPv6 targets, and %s is not dualstack: ELB refuses it", network.DisplayName(tg.Resource), lb.node.Name),
			"set IpAddressType of the target group to ipv4, or of the load balancer to dualstack",
		).at(p, family), true
	}
	return unknown(network.DisplayName(tg.Resource)+" has IPv6 targets, and paths over IPv6 are not followed", "set IpAddressType to ipv4").at(p), true
}

// isFunctionGroup reports whether a target group has the type lambda.
func isFunctionGroup(tg *network.TargetGroup) bool { return tg.TargetType().Literal() == "lambda" }

// wrongProtocol finds a target group whose protocol does not fit the listener.
func wrongProtocol(from forwarder, tg *network.TargetGroup) (r result, found bool) {
	protocol, ok := tg.Protocol().Text()
	if !ok && !tg.Protocol().IsAbsent() {
		return undecided(tg.Protocol()), true
	}
	fits := from.fits()
	if slices.Contains(fits, protocol) {
		return result{}, false
	}
	return blocks(
		fmt.Sprintf("%s has the protocol %q, and %s can forward only to %s", network.DisplayName(tg.Resource), protocol, from.node.Name, strings.Join(fits, " or ")),
		"use "+strings.Join(fits, " or "),
	).at(tg.Protocol()), true
}

// otherVpc finds a target group in another VPC than its load balancer.
func otherVpc(tg *network.TargetGroup, lb network.Node) (r result, found bool) {
	p := tg.VpcId()
	switch {
	case p.IsUnknown() && network.Same(p.Value, lb.VPC) != network.Yes:
		return undecided(p), true
	case p.IsAbsent():
		return blocks(network.DisplayName(tg.Resource)+" has no VPC, and only a target group of functions needs none", "set VpcId").at(p), true
	case network.Equal(p.Value, lb.VPC) != network.No:
		return result{}, false
	}
	return blocks(
		fmt.Sprintf("%s is in %s, and %s is in %s", network.DisplayName(tg.Resource), network.NameOf(p.Value), lb.Name, network.NameOf(lb.VPC)),
		"use one VPC for both",
	).breaks(rules.LoadBalancerVpc).at(p), true
}

// sharedGroup finds a target group to which another load balancer forwards too, which ELB refuses.
func (t *trace) sharedGroup(tg *network.TargetGroup, lb loadBalancer) (r result, found bool) {
	for _, by := range t.n.ForwardedBy(tg.Ref()) {
		other := by.LoadBalancer
		if other.Resource == lb.Resource || other.Kind() != lb.Kind() { // one of another kind has a problem of its own
			continue
		}
		r = blocks(
			fmt.Sprintf("%s and %s forward to %s, and a target group can have only one load balancer",
				lb.node.Name, network.DisplayName(other.Resource), network.DisplayName(tg.Resource)),
			"give each load balancer a target group of its own",
		).atResource(tg.Resource).related(cite.Resource(other.Resource))
		if other.Exists != network.Yes {
			r = r.until(other.Existence())
		}
		return r, true
	}
	return result{}, false
}
