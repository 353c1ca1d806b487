package mesh

import (
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// checkSize reports more resources than one stack takes, where a provider does not split its own.
func (p *providerPlan) checkSize() {
	if p.stacks.splits {
		return
	}
	shares := prop.IsTrue(p.props.ShareContracts)
	n := 0
	for _, door := range p.mesh.plan.DoorsOf(p.provider.Name) {
		n += door.Resources(shares)
	}
	if n > rules.MaxStackResources {
		p.report.Add(rules.MeshStack, "scope", "would have %d resources of %s in one stack", n, p.provider.Name)
	}
}

// checkSize reports more resources than one stack takes, whether the connections of a consumer are split into stacks or not: nothing splits the
// rules of clients.
func (p *consumerPlan) checkSize() {
	clients := len(prop.Elements(p.props.Clients))
	all := 0
	if p.needsServiceNetwork() {
		all = mesh.NetworkResources
	}
	for _, stack := range p.mesh.plan.StacksOfConsumer(p.consumer.Name) {
		own := 0
		for _, connection := range p.mesh.plan.ConnectionsOf(p.consumer.Name) {
			if stack.Has(connection.Door) {
				own += connection.Resources(clients)
			}
		}
		all += own
		if p.stacks.splits && own > rules.MaxStackResources {
			p.report.AddWithFix(rules.MeshStack, "Clients", "name fewer clients, such as one security group that all of them have",
				"of %d would make %d resources in stack %s-%s", clients, own, p.stacks.id, stack.Name)
		}
	}
	if !p.stacks.splits && all > rules.MaxStackResources {
		p.report.Add(rules.MeshStack, "scope", "would have %d resources of %s in one stack", all, p.consumer.Name)
	}
}
