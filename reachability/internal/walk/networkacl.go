package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// ephemeral are the ports to which responses go: those of load balancers, Lambda and every operating system are within
// 1024 to 65535.
// https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
var ephemeral = portRange{1024, 65535}

// acls finds whether the network ACLs between two nodes allow requests to a port, and the responses: an ACL is stateless.
// Subnets without an ACL in the templates have EC2's default one, which allows everything.
func (t *trace) acls(from, to network.Node, port int) result {
	if !t.n.HasAcls() && !slices.ContainsFunc(slices.Concat(from.Subnets, to.Subnets), isDefinedElsewhere) {
		return passes("no network ACL in the templates, so EC2's default allows everything").concerningSubnets(from, to)
	}
	if p := t.n.UnplacedAcl(); p != nil {
		return undecided(*p)
	}
	worst := passes("network ACLs allow requests and responses between the subnets of %s and %s", from.Name, to.Name).concerningSubnets(from, to)
	for _, a := range t.subnetsOf(from) {
		for _, b := range t.subnetsOf(to) {
			if !t.hasAcl(a) && !t.hasAcl(b) || network.Equal(a.id, b.id) == network.Yes {
				continue // traffic within a subnet passes no ACL
			}
			worst = t.aclsBetween(a, b, port, worst)
			if worst.verdict == proof.Blocked || !t.run.left.Steps(1) {
				return worst.relatedTo(from)
			}
		}
	}
	if worst.verdict == proof.Unknown {
		return worst.relatedTo(from)
	}
	return worst
}

// relatedTo points at a node if nothing else is cited.
func (r result) relatedTo(node network.Node) result {
	if len(r.evidence) == 0 && node.Resource != nil {
		return r.related(cite.Resource(node.Resource))
	}
	return r
}

// aclsBetween follows a request from subnet a to subnet b and the response back. It returns the worst result so far.
func (t *trace) aclsBetween(a, b location, port int, worst result) result {
	request := portRange{port, port}
	for _, check := range []struct {
		at, other location
		d         network.Direction
		ports     portRange
		what      string
	}{
		{a, b, network.Egress, request, "requests out of"},
		{b, a, network.Ingress, request, "requests into"},
		{b, a, network.Egress, ephemeral, "responses out of"},
		{a, b, network.Ingress, ephemeral, "responses into"},
	} {
		r := t.aclAllows(check.at, check.d, check.ports, check.other)
		if a.maybe || b.maybe {
			r = r.ifCertain()
		}
		// What can be assumed must not hide what cannot.
		hides := r.verdict == proof.Unknown && worst.verdict == proof.Unknown && r.assumption == "" && worst.assumption != ""
		if r.verdict.WorseThan(worst.verdict) || hides {
			r.message = fmt.Sprintf("%s %s: %s", check.what, network.NameOf(check.at.id), r.message)
			worst = r
		}
	}
	return worst
}

// location is a subnet that a node is in, or may be in.
type location struct {
	id     network.Value
	vpc    network.Value
	blocks network.Addresses
	maybe  bool
	// isPartial says that it has other blocks too, which are not known.
	isPartial bool
	// internet are public addresses at the other end of the internet; nil for a subnet.
	internet *network.Internet
}

func (t *trace) newLocation(subnet, vpc network.Value, maybe bool) location {
	node := network.Node{VPC: vpc, Subnets: []network.Value{subnet}}
	return location{id: subnet, vpc: vpc, blocks: t.n.AddressesOf(node), maybe: maybe}
}

// subnetsOf are the subnets of a node; if it names none, those of its VPC that have an ACL.
func (t *trace) subnetsOf(node network.Node) []location {
	if node.PrefixList != nil {
		return []location{{blocks: t.n.AddressesOf(node), isPartial: node.PrefixList.IsPartial}}
	}
	var list []location
	known := len(node.Subnets) > 0
	for _, subnet := range node.Subnets {
		isKnown := network.IsIdentified(subnet)
		known = known && isKnown
		list = append(list, t.newLocation(subnet, node.VPC, !isKnown))
	}
	if known {
		return list
	}
	for _, subnet := range t.n.AssociatedSubnets(node.VPC) {
		list = append(list, t.newLocation(subnet, node.VPC, true))
	}
	return append(list, location{vpc: node.VPC, blocks: t.n.AddressesIn(node.VPC), maybe: true})
}

// isDefinedElsewhere reports whether a subnet is given by its ID: its ACL is not in the templates.
func isDefinedElsewhere(subnet network.Value) bool {
	_, isID := subnet.Text()
	return isID
}

// hasAcl reports whether the templates say something about the ACL of a location.
func (t *trace) hasAcl(at location) bool {
	return t.n.AclAssociation(at.id) != nil || t.n.HasDefaultAclEntries(at.vpc) || isDefinedElsewhere(at.id)
}

// aclAllows finds whether the ACL of a subnet allows a range of ports, to or from another subnet.
func (t *trace) aclAllows(at location, d network.Direction, ports portRange, other location) result {
	association := t.n.AclAssociation(at.id)
	isDefault := association == nil || association.UsesDefaultAcl()
	acl, changed := t.n.DefaultAcl(at.vpc, d)
	switch {
	case association == nil && isDefinedElsewhere(at.id):
		return assumable(
			fmt.Sprintf("subnet %s is defined elsewhere, and so is its network ACL", at.id), proof.AssumeNetworkACL,
			fmt.Sprintf("load the template that defines it, or make sure that it allows %s", ports),
		)
	case isDefault && !changed:
		return passes("the default network ACL")
	case !isDefault:
		own, ok := t.n.Acl(association, d)
		if !ok {
			id := association.NetworkAclId()
			return unknownUntil(id.Value, "network ACL %s is not in the templates", id).at(id)
		}
		acl = own
	}
	w := aclWalk{NetworkAcl: acl, ports: ports, left: t.run.left, hint: "use the CIDR blocks of whole subnets in the entries"}
	if other.internet != nil {
		r := w.internet(t.n, other.internet)
		if association != nil && association.Exists == network.Maybe && r.verdict == proof.Blocked {
			r.verdict = proof.Unknown
		}
		return r
	}
	if len(other.blocks.Blocks) == 0 {
		return w.anyBlock()
	}
	if other.isPartial {
		return w.allOf(other.blocks.Blocks)
	}
	worst := passes("%s allows it", acl.Name())
	for _, block := range other.blocks.Blocks {
		r := w.block(block)
		if r.verdict == proof.Blocked && !other.blocks.Exact && len(other.blocks.Blocks) > 1 {
			r = r.ifCertain()
		}
		if r.verdict.WorseThan(worst.verdict) {
			worst = r
		}
	}
	if association != nil && association.Exists == network.Maybe && worst.verdict == proof.Blocked {
		worst.verdict = proof.Unknown
	}
	return worst
}
