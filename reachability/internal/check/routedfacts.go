package check

import (
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// routedFacts are what routes packets between VPCs, as far as it is certain to be deployed as the templates have it.
type routedFacts struct {
	routes      []*network.Route
	peerings    []*network.PeeringConnection
	gateways    []*network.TransitGateway
	attachments []*network.GatewayAttachment
}

func newRoutedFacts(n *network.Network) routedFacts {
	return routedFacts{
		routes:      certain(n.Routes(), func(r *network.Route) *network.Resource { return r.Resource }),
		peerings:    certain(n.PeeringConnections(), func(c *network.PeeringConnection) *network.Resource { return c.Resource }),
		gateways:    certain(n.TransitGateways(), func(g *network.TransitGateway) *network.Resource { return g.Resource }),
		attachments: certain(n.GatewayAttachments(), func(a *network.GatewayAttachment) *network.Resource { return a.Resource }),
	}
}

// certainAttachmentsTo are the attachments to a gateway that are certain to be deployed.
func (f *facts) certainAttachmentsTo(gateway network.Value) []*network.GatewayAttachment {
	return certain(f.AttachmentsTo(gateway), func(a *network.GatewayAttachment) *network.Resource { return a.Resource })
}

// gatewayOf is the gateway of an attachment, if the templates define it for certain; else nil.
func (f *facts) gatewayOf(a *network.GatewayAttachment) *network.TransitGateway {
	if g := f.TransitGateway(a.TransitGatewayId().Value); g != nil && network.IsCertain(g.Resource) {
		return g
	}
	return nil
}

// overlapping are blocks of two VPCs that are certain to overlap.
func (f *facts) overlapping(a, b network.Value) (own, other network.Property, ok bool) {
	own, other, ok, _ = f.OverlappingBlocks(a, b)
	return own, other, ok && network.IsCertain(own.Resource) && network.IsCertain(other.Resource)
}

// isPartOf reports whether a block is certain to overlap one of a VPC, all of whose blocks are known.
func (f *facts) isPartOf(block netip.Prefix, vpc network.Value) bool {
	return network.Cover(block, f.AddressesIn(vpc).Blocks) != network.None
}

// identified is what a value names: a resource, or an ID as text. The zero identified is unknown.
type identified struct {
	resource *network.Resource
	id       string
}

func identify(v network.Value) identified {
	if r, _, ok := v.Reference(); ok {
		return identified{resource: r}
	}
	text, _ := v.Text()
	return identified{id: text}
}

func (i identified) isKnown() bool { return i != identified{} }
