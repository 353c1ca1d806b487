package network

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// ClientsOf are the nodes that are meant to call a node: those that its security groups admit or that have an egress rule
// to one of them. If there is none, every workload of its VPC may be meant to. A group that nothing has stands for what may
// have it only if there is no such workload.
func (n *Network) ClientsOf(node Node) []Node {
	clients := n.AdmittedBy(node)
	if slices.ContainsFunc(clients, n.isHeld) {
		return clients
	}
	if candidates := n.WorkloadsIn(node.VPC); len(candidates) > 0 {
		return candidates
	}
	return clients
}

// isHeld reports whether a node is more than a security group that nothing has.
func (n *Network) isHeld(node Node) bool {
	if n.securityGroups.by[node.Resource] == nil {
		return true
	}
	return len(n.Members(GroupID{Value: node.Resource.Ref()}, node.Resource)) > 0
}

// IsHeldByOthers reports whether a node is a security group that something has which is no workload, such as a load balancer.
func (n *Network) IsHeldByOthers(node Node) bool {
	if n.securityGroups.by[node.Resource] == nil {
		return false
	}
	return len(n.othersWith[resourceKey(node.Resource)]) > 0
}

// AdmitsAddresses reports whether an ingress rule of a node names a CIDR block or a prefix list that may have addresses of another.
func (n *Network) AdmitsAddresses(node, client Node) bool {
	theirs := n.AddressesOf(client).Blocks
	for _, id := range node.Groups {
		g := n.SecurityGroup(id)
		if g == nil {
			continue
		}
		for _, rule := range g.Rules[Ingress] {
			if rule.NamesGroup() {
				continue
			}
			block, ok := Block(rule.CidrIp)
			if !ok && rule.CidrIp.Kind() == assembly.Absent && rule.PrefixList.Kind() == assembly.Absent {
				continue // IPv6
			}
			if !ok || len(theirs) == 0 || slices.ContainsFunc(theirs, block.Overlaps) {
				return true
			}
		}
	}
	return false
}

// AdmittedBy are those whom the security groups of a node admit by group, and, if a rule names CIDR blocks, every workload of its VPC.
func (n *Network) AdmittedBy(node Node) []Node {
	list := n.AdmittedByGroup(node)
	if !n.admitsBlocks(node) {
		return list
	}
	seen := map[*Resource]bool{}
	for _, one := range list {
		seen[one.Resource] = true
	}
	for _, client := range n.WorkloadsIn(node.VPC) {
		if !seen[client.Resource] {
			list = append(list, client)
		}
	}
	return list
}

// admitsBlocks reports whether an ingress rule of a node names no group.
func (n *Network) admitsBlocks(node Node) bool {
	return slices.ContainsFunc(node.Groups, func(id GroupID) bool {
		g := n.SecurityGroup(id)
		return g != nil && slices.ContainsFunc(g.Rules[Ingress], func(rule Rule) bool { return !rule.NamesGroup() })
	})
}

// AdmittedByGroup are the nodes in the security groups that the ingress rules of a node name, and those with an egress rule to
// one of its groups.
func (n *Network) AdmittedByGroup(node Node) []Node {
	var list []Node
	seen := map[*Resource]bool{}
	add := func(clients []Node) {
		for _, client := range clients {
			if !seen[client.Resource] {
				seen[client.Resource] = true
				list = append(list, client)
			}
		}
	}
	for _, id := range node.Groups {
		for _, caller := range n.Callers(id) {
			add(n.Holders(caller))
		}
		g := n.SecurityGroup(id)
		if g == nil {
			continue // defined elsewhere
		}
		for _, rule := range g.Rules[Ingress] {
			if rule.NamesGroup() {
				add(n.Holders(GroupID{Value: rule.Group}))
			}
		}
		if g.Open[Ingress] {
			add(n.WorkloadsWith(id))
		}
	}
	return list
}
