package compare

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// readListeners finds what clients speak, for how long connections may be idle, and what the front does.
func (t *templates) readListeners() {
	spoken := map[Protocol][]Evidence{}
	var idle, layer7, mutual []Evidence
	longest := 0
	see := func(seconds network.Property, isSet bool, usual int) {
		if n := seconds.Int(); isSet && n > usual && n > longest {
			longest, idle = n, []Evidence{evidenceOf(seconds, fmt.Sprintf("idle connections are kept for %d seconds", n))}
		}
	}
	for _, lb := range t.net.LoadBalancers() {
		seconds, isSet := lb.IdleTimeout()
		see(seconds, isSet, albIdle)
	}
	for _, l := range t.net.Listeners() {
		seconds, isSet := l.IdleTimeout()
		see(seconds, isSet, nlbIdle)
		for _, p := range t.protocolsOf(l) {
			spoken[p] = append(spoken[p], evidenceOf(l.Protocol(), l.Protocol().Literal()))
		}
		if mode := l.MutualAuthenticationMode(); mode.Literal() == "verify" {
			mutual = append(mutual, evidenceOf(mode, "verify"))
		}
	}
	for _, l := range t.net.LatticeListeners() {
		switch p := l.Protocol(); p.Literal() {
		case "HTTP", "HTTPS":
			spoken[HTTP] = append(spoken[HTTP], evidenceOf(p, p.Literal()))
		case "TLS_PASSTHROUGH":
			spoken[TLS] = append(spoken[TLS], evidenceOf(p, p.Literal()))
		}
	}
	checks := t.healthCheckPaths()
	for _, r := range t.net.ListenerRules() {
		for _, c := range r.Conditions {
			isCheck := len(c.Patterns) == 1 && checks[c.Patterns[0].Literal()]
			if kind := c.Kind(); kind != "" && kind != network.HostHeader && kind != network.SourceIP && !isCheck {
				layer7 = append(layer7, evidenceOf(c.Field, kind))
			}
		}
	}
	if len(spoken) > 0 && !t.given["protocols"] {
		t.given["protocols"] = true
		for _, p := range protocols {
			if len(spoken[p]) > 0 {
				t.mesh.Protocols = append(t.mesh.Protocols, p)
				t.mesh.Evidence["protocols"] = append(t.mesh.Evidence["protocols"], few(spoken[p])...)
			}
		}
	}
	t.number("longestIdle", &t.mesh.LongestIdle, longest, idle...)
	t.answer(MutualTLS, Yes, mutual...)
	t.answer(Layer7, Yes, layer7...)
}

// healthCheckPaths are the paths by which NLBs check the health of ALBs. A rule for one is no route of a service.
func (t *templates) healthCheckPaths() map[string]bool {
	paths := map[string]bool{}
	for _, tg := range t.net.TargetGroups() {
		if path := tg.HealthCheckPath().Literal(); path != "" && tg.TargetType().Literal() == "alb" {
			paths[path] = true
		}
	}
	return paths
}

// protocolsOf are the protocols of a listener that clients speak: a TCP listener in front of an ALB passes on what the ALB takes.
func (t *templates) protocolsOf(l *network.Listener) []Protocol {
	switch l.Protocol().Literal() {
	case "HTTP", "HTTPS":
		for _, actions := range t.net.ActionsOf(l) {
			for _, tg := range t.groupsOf(actions) {
				if tg.ProtocolVersion().Literal() == "GRPC" {
					return []Protocol{GRPC}
				}
			}
		}
		return []Protocol{HTTP}
	case "TLS":
		return []Protocol{TLS}
	case "TCP_UDP", "TCP_QUIC":
		t.note("what is not TCP does not matter at listener %s: ways for it are not compared", network.FullName(l.Resource))
		return []Protocol{TCP}
	case "TCP":
		for _, actions := range t.net.ActionsOf(l) {
			for _, tg := range t.groupsOf(actions) {
				if tg.TargetType().Literal() == "alb" {
					return nil
				}
			}
		}
		return []Protocol{TCP}
	case "":
		t.note("listener %s, whose protocol only the deployment knows, has one of those that clients speak", network.FullName(l.Resource))
	default:
		t.note("listener %s does not matter: ways for %s are not compared", network.FullName(l.Resource), l.Protocol().Literal())
	}
	return nil
}

// groupsOf are the target groups of the templates to which actions forward.
func (t *templates) groupsOf(actions network.Actions) []*network.TargetGroup {
	var list []*network.TargetGroup
	for _, forward := range actions.Forwards {
		if group := t.net.TargetGroup(forward.TargetGroup.Value); group != nil {
			list = append(list, group)
		}
	}
	return list
}

// block is a block of addresses of a VPC.
type block struct {
	netip.Prefix
	vpc string
	at  network.Property
}

// readBlocks compares the blocks of the VPCs of consumers and providers. Two that overlap are enough; that none do is known only if all blocks are.
func (t *templates) readBlocks() {
	all := maps.Clone(t.callers)
	maps.Copy(all, t.owners)
	blocks, areKnown := t.blocksOf(all)
	t.answer(OverlappingBlocks, Yes, overlaps(blocks)...)
	if areKnown && len(all) > 1 {
		var apart []Evidence
		for _, b := range blocks {
			apart = append(apart, evidenceOf(b.at, b.String()))
		}
		t.answer(OverlappingBlocks, No, apart...)
	}
	of, areKnown := t.blocksOf(t.callers)
	if among := overlaps(of); len(among) > 0 {
		t.mesh.ConsumersOverlap = Answer{Yes, few(among)}
	} else if areKnown {
		t.mesh.ConsumersOverlap = Answer{Is: No}
	}
}

// blocksOf are the blocks of VPCs, and whether those of all are known.
func (t *templates) blocksOf(vpcs map[string]network.Property) (blocks []block, areKnown bool) {
	areKnown = true
	for _, key := range slices.Sorted(maps.Keys(vpcs)) {
		vpc := t.net.VPC(vpcs[key].Value)
		if vpc == nil {
			areKnown = false
			continue
		}
		found := t.net.AddressesIn(vpcs[key].Value).Blocks
		areKnown = areKnown && len(found) > 0
		for _, prefix := range found {
			blocks = append(blocks, block{prefix, key, vpc.CidrBlock()})
		}
	}
	return blocks, areKnown
}

// overlaps are the pairs of blocks of different VPCs that overlap.
func overlaps(blocks []block) (found []Evidence) {
	for i, a := range blocks {
		for _, b := range blocks[i+1:] {
			if a.vpc != b.vpc && a.Overlaps(b.Prefix) {
				found = append(found, evidenceOf(a.at, fmt.Sprintf("%s overlaps %s of %s", a.Prefix, b.Prefix, b.vpc)))
			}
		}
	}
	return found
}

// readNetworks finds what connects VPCs already.
func (t *templates) readNetworks() {
	var attached, routed []Evidence
	for _, a := range t.net.GatewayAttachments() {
		attached = append(attached, evidenceOf(network.Whole(a.Resource), "is an attachment to a transit gateway"))
	}
	for _, c := range t.net.PeeringConnections() {
		routed = append(routed, evidenceOf(network.Whole(c.Resource), "is a peering connection"))
	}
	t.answer(HasTransitGateway, Yes, attached...)
	t.answer(MayRoute, Yes, append(routed, attached...)...)
}

// readAccess finds who is let in, and what must be known of them.
func (t *templates) readAccess() {
	principals := map[string]bool{}
	var granted, inspected, addressed []Evidence
	for _, p := range t.net.AllPermissions() {
		for _, principal := range p.AllowedPrincipals().Items() {
			if name := network.NameOf(principal.Value); name != "*" {
				principals[name] = true
				granted = append(granted, evidenceOf(principal, name))
			}
		}
	}
	for _, a := range t.net.WebAclAssociations() {
		inspected = append(inspected, evidenceOf(network.Whole(a.Resource), "associates a web ACL"))
	}
	for _, tg := range t.net.TargetGroups() {
		if is, by := tg.ProxyProtocol(); is == network.Yes {
			addressed = append(addressed, evidenceOf(by, "proxy protocol version 2 is on"))
		}
	}
	t.number("principals", &t.mesh.Principals, len(principals), granted...)
	t.answer(WebACL, Yes, inspected...)
	t.answer(ClientAddress, Yes, addressed...)
}
