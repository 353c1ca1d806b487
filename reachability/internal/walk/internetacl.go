package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// aclCheck is one direction of the network ACL of a subnet.
type aclCheck struct {
	at, other location
	d         network.Direction
	ports     portRange
	what      string
}

// aclsAllow finds whether the network ACLs allow all of some directions; name is what they are of.
func (t *trace) aclsAllow(name string, checks []aclCheck) result {
	if p := t.n.UnplacedAcl(); p != nil {
		return undecided(*p)
	}
	worst := passes("network ACLs allow requests and responses over the internet in the subnets of %s", name)
	for _, c := range checks {
		worst = worst.concerningValues([]network.Value{c.at.id})
		if !t.hasAcl(c.at) {
			continue
		}
		r := t.aclAllows(c.at, c.d, c.ports, c.other)
		if c.at.maybe || c.other.maybe {
			r = r.ifCertain()
		}
		if r.verdict != proof.Reachable {
			r.message = fmt.Sprintf("%s %s: %s", c.what, network.NameOf(c.at.id), r.message)
		}
		if worst = t.worse(worst, r); !t.run.left.Steps(1) {
			break
		}
	}
	return worst
}

// clientAclOut finds whether the network ACLs of the client's subnets allow requests to public addresses, and responses. Between a client
// and a NAT gateway in one subnet there is none.
func (t *trace) clientAclOut(e exit, to network.Node) result {
	var checks []aclCheck
	internet := location{internet: to.Internet}
	nat := t.n.NatGateway(e.target.Value)
	for _, at := range t.subnetsOf(t.client) {
		if nat != nil && network.Equal(at.id, nat.SubnetId().Value) == network.Yes {
			continue
		}
		checks = append(checks,
			aclCheck{at, internet, network.Egress, portRange{t.port, t.port}, "requests out of"},
			aclCheck{at, internet, network.Ingress, ephemeral, "responses into"},
		)
	}
	return t.aclsAllow(t.client.Name, checks).relatedTo(t.client)
}

// natAcl finds whether the network ACL of a NAT gateway's subnet allows what it takes from the client and sends out, and the responses,
// which come to ports 1024 to 65535.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
func (t *trace) natAcl(e exit, nat *network.NatGateway, to network.Node) result {
	node := t.n.NatGatewayNode(nat)
	internet := location{internet: to.Internet}
	requests := portRange{t.port, t.port}
	var checks []aclCheck
	for _, at := range t.subnetsOf(node) {
		for _, client := range t.subnetsOf(t.client) {
			if network.Equal(client.id, at.id) == network.Yes || !e.isFrom(client.id) {
				continue
			}
			checks = append(checks,
				aclCheck{at, client, network.Ingress, requests, "requests into"},
				aclCheck{at, client, network.Egress, ephemeral, "responses out of"},
			)
		}
		checks = append(checks,
			aclCheck{at, internet, network.Egress, requests, "requests out of"},
			aclCheck{at, internet, network.Ingress, ephemeral, "responses into"},
		)
	}
	return t.aclsAllow(node.Name, checks).relatedTo(node)
}

// isFrom reports whether packets of a subnet go this way, or may.
func (e exit) isFrom(subnet network.Value) bool {
	for _, own := range e.from {
		if network.Equal(own, subnet) == network.Yes {
			return true
		}
	}
	return !network.IsIdentified(subnet)
}

// aclIn finds whether the network ACLs of an ALB's subnets allow requests from public addresses, and responses.
func (t *trace) aclIn(alb loadBalancer, from network.Node) result {
	var checks []aclCheck
	internet := location{internet: from.Internet}
	for _, at := range t.subnetsOf(alb.node) {
		checks = append(checks,
			aclCheck{at, internet, network.Ingress, portRange{t.port, t.port}, "requests into"},
			aclCheck{at, internet, network.Egress, ephemeral, "responses out of"},
		)
	}
	return t.aclsAllow(alb.node.Name, checks).relatedTo(alb.node)
}

// internet evaluates the entries for each of some public addresses.
func (w aclWalk) internet(n *network.Network, of *network.Internet) result {
	worst := passes("%s allows it", w.Name())
	w.hint = "use 0.0.0.0/0 in the entries, or the address itself as ADDRESS/32"
	for _, address := range of.All() {
		r := w.evaluate(func(entry *network.NetworkAclEntry) network.Tristate {
			if entry.CidrBlock().IsAbsent() {
				return network.No // an entry of IPv6
			}
			return n.IsIn(address, entry.CidrBlock().Value)
		})
		if r.verdict.WorseThan(worst.verdict) {
			worst = r
		}
	}
	return worst
}
