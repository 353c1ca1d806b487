package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// attachmentAcls finds whether the network ACLs of the attachments' subnets allow requests and responses. Inbound rules are for packets
// from workloads to the gateway, with the address of the workload; outbound rules for packets from the gateway to workloads of other
// subnets, with theirs.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
func (t *trace) attachmentAcls(w way, to network.Node) result {
	worst := passes("the network ACLs of the attachments' subnets allow requests and responses").concerningSubnets(t.n.AttachmentNode(w.own), t.n.AttachmentNode(w.other))
	request := portRange{t.port, t.port}
	for _, client := range t.subnetsOf(t.client) {
		for _, server := range t.subnetsOf(to) {
			for _, side := range []struct {
				a         *network.GatewayAttachment
				by, local location // whose zone the packets keep, and the workload in the VPC of the attachment
				d         network.Direction
				ports     portRange
				what      string
			}{
				{w.own, client, client, network.Ingress, request, "requests into"},
				{w.other, client, server, network.Egress, request, "requests out of"},
				{w.other, server, server, network.Ingress, ephemeral, "responses into"},
				{w.own, server, client, network.Egress, ephemeral, "responses out of"},
			} {
				for _, subnet := range t.zonalSubnets(side.a, side.by.id) {
					if side.d == network.Egress && network.Equal(subnet, side.local.id) == network.Yes {
						continue // from the gateway to a workload of the same subnet
					}
					at := t.newLocation(subnet, side.a.VpcId().Value, !network.IsIdentified(subnet))
					if !t.hasAcl(at) {
						continue
					}
					r := t.aclAllows(at, side.d, side.ports, side.local)
					if client.maybe || server.maybe || at.maybe {
						r = r.ifCertain()
					}
					if r.verdict != proof.Reachable {
						r.message = fmt.Sprintf("%s %s: %s", side.what, network.NameOf(subnet), r.message)
					}
					worst = t.worse(worst, r)
					if !t.run.left.Steps(1) {
						return worst
					}
				}
			}
		}
	}
	return worst.relatedTo(t.n.AttachmentNode(w.own))
}
