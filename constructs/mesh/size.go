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
	checkSize(p.report, n, p.provider.Name)
}

// checkSize reports more resources than one stack takes, whether the connections of a consumer are split into stacks or not.
func (p *consumerPlan) checkSize() {
	clients := len(prop.Elements(p.props.Clients))
	n := 0
	if p.needsServiceNetwork() {
		n = mesh.NetworkResources
	}
	for _, stack := range p.mesh.plan.StacksOfConsumer(p.consumer.Name) {
		of := 0
		for _, connection := range p.mesh.plan.ConnectionsOf(p.consumer.Name) {
			if stack.Has(connection.Door) {
				of += connection.Resources(clients)
			}
		}
		if p.stacks.splits {
			checkSize(p.report, of, stack.Name)
		}
		n += of
	}
	if !p.stacks.splits {
		checkSize(p.report, n, p.consumer.Name)
	}
}

func checkSize(r *rules.Report, n int, of string) {
	if n > rules.MaxStackResources {
		r.Add(rules.MeshStack, "scope", "would have %d resources of %s in one stack", n, of)
	}
}
