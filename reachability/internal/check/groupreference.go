package check

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// reference is a rule of a security group that names another group; the templates define both.
type reference struct {
	network.Rule
	own, peer *network.SecurityGroup
}

// references are the rules that name groups.
func (p *pass) references() []reference {
	var list []reference
	for _, own := range p.SecurityGroups() {
		if !network.IsCertain(own.Resource) {
			continue
		}
		for _, rule := range slices.Concat(own.Rules[network.Ingress], own.Rules[network.Egress]) {
			if peer := p.DefinedGroup(rule.Group); peer != nil && network.IsCertain(rule.Resource) && network.IsCertain(peer.Resource) {
				list = append(list, reference{rule, own, peer})
			}
		}
	}
	return list
}

// routedReferences finds a rule that names a group of another Region.
func routedReferences(p *pass) {
	for _, r := range p.references() {
		if own, other := r.own.Stack.Region, r.peer.Stack.Region; differ(own, other) {
			p.report(at{r.GroupProperty(), network.Whole(r.peer.Resource)}, "%s is in %s, and names %s in %s", network.DisplayName(r.own.Resource), own,
				network.DisplayName(r.peer.Resource), other)
		}
	}
}

// groupReferenceOut warns of an outbound rule that names a group to which only a transit gateway leads.
func groupReferenceOut(p *pass) {
	for _, r := range p.references() {
		from, to := r.own.VpcId(), r.peer.VpcId()
		mayBePeered := func(c *network.PeeringConnection) bool { return c.Connects(from.Value, to.Value) != network.No }
		if r.Direction != network.Egress || network.Equal(from.Value, to.Value) != network.No || slices.ContainsFunc(p.PeeringConnections(), mayBePeered) {
			continue
		}
		if gateway, ok := p.gatewayBetween(from.Value, to.Value); ok {
			p.report(at{r.GroupProperty(), gateway}, "%s is in %s, to which %s alone leads", network.DisplayName(r.peer.Resource), network.NameOf(to.Value),
				network.NameOf(gateway.Value))
		}
	}
}

// gatewayBetween is the gateway to which two VPCs are attached, as the attachment of the first one names it.
func (p *pass) gatewayBetween(a, b network.Value) (gateway network.Property, ok bool) {
	for _, one := range p.AttachmentsOf(a) {
		gateway = one.TransitGatewayId()
		isOther := func(other *network.GatewayAttachment) bool { return network.Identical(other.VpcId().Value, b) }
		if network.IsCertain(one.Resource) && slices.ContainsFunc(p.certainAttachmentsTo(gateway.Value), isOther) {
			return gateway, true
		}
	}
	return network.Property{}, false
}
