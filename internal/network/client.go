package network

// ClientsOf are the nodes that are meant to call a node: those in the security groups that its ingress rules name, those
// with an egress rule to one of its groups, and, if a rule names CIDR blocks, every workload of its VPC.
func (n *Network) ClientsOf(node Node) []Node {
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
