package walk

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/budget"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// Inventory lists what the templates have that a question can be about.
func Inventory(n *network.Network, facts proof.Facts, left *budget.Budget) proof.Inventory {
	list := proof.Inventory{Services: []string{}, Endpoints: []string{}, Clients: []proof.Client{}, Names: []string{}, Unread: []string{}}
	for _, s := range n.EndpointServices() {
		list.Services = append(list.Services, network.DisplayName(s.Resource))
	}
	for _, s := range n.LatticeServices() {
		list.Services = append(list.Services, network.DisplayName(s.Resource))
	}
	seen := map[*network.Resource]bool{}
	addClients := func(nodes []network.Node) {
		for _, node := range nodes {
			if !seen[node.Resource] {
				seen[node.Resource] = true
				list.Clients = append(list.Clients, cite.Client(node))
			}
		}
	}
	addClients(n.Workloads())
	for _, to := range destinations(n, facts) {
		list.Endpoints = append(list.Endpoints, network.DisplayName(to.resource()))
		clients := to.clients()
		if !left.Steps(1 + len(clients)) {
			break
		}
		addClients(clients)
		e := &expansion{n: n, q: proof.Question{Facts: facts}, to: to, routes: to.front().routes()}
		list.Names = append(list.Names, e.names()...)
	}
	for _, u := range n.UnreadNestedStacks() {
		list.Unread = append(list.Unread, u.String())
	}
	slices.Sort(list.Unread)
	slices.Sort(list.Services)
	slices.Sort(list.Endpoints)
	slices.Sort(list.Names)
	list.Names = slices.DeleteFunc(slices.Compact(list.Names), func(name string) bool { return name == "" })
	slices.SortFunc(list.Clients, func(a, b proof.Client) int { return strings.Compare(a.String(), b.String()) })
	return list
}
