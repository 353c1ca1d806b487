package network

import "slices"

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

// AdmittedBy are the nodes in the security groups that the ingress rules of a node name, those with an egress rule to one
// of its groups, and, if a rule names CIDR blocks, every workload of its VPC.
func (n *Network) AdmittedBy(node Node) []Node {
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
	byAddress := false
	for _, id := range node.Groups {
		for _, caller := range n.Callers(id) {
			add(n.Holders(caller))
		}
		g := n.SecurityGroup(id)
		if g == nil {
			continue // defined elsewhere
		}
		for _, rule := range g.Rules[Ingress] {
			if !rule.NamesGroup() {
				byAddress = true
				continue
			}
			add(n.Holders(GroupID{Value: rule.Group}))
		}
		if g.Open[Ingress] {
			add(n.WorkloadsWith(id))
		}
	}
	if byAddress {
		add(n.WorkloadsIn(node.VPC))
	}
	return list
}
