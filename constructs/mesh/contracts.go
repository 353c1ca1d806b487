package mesh

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// checkContract reads the contract of a connection as its import will, and checks that it is the right one. One that is not looked up yet says
// nothing, and one that is a token is refused by the import.
func (p *consumerPlan) checkContract(api *mesh.Api, json string) {
	if _, isPending := contract.IsPending(json); isPending || token.IsString(json) {
		return
	}
	property := fmt.Sprintf("Contracts[%q]", api.Name)
	read := &rules.Report{}
	c := contract.Parse(read, json)
	for _, problem := range read.Problems() {
		problem.Property = property + "." + problem.Property
		p.report.AddProblem(problem)
	}
	if c == nil {
		return
	}
	if transport := api.Door.Tier.Transport; c.Service.Transport != transport {
		p.report.Add(rules.MeshContract, property+".service.transport", "is %q, but tier %s is over %s", c.Service.Transport, api.Door.Tier.Name, transport)
	}
	if name := c.Service.Name; contract.IsKnown(name) && name != api.Name {
		p.report.Add(rules.MeshContract, property+".service.name", "is %q", name)
	}
	for _, service := range byName(api.Services) {
		if !slices.Contains(c.Service.DomainNames, service.DomainName) && !slices.ContainsFunc(c.Service.DomainNames, isUnknown) {
			p.report.Add(rules.MeshContract, property+".service.domainNames", "lacks %q, the name of %s", service.DomainName, service.Name)
		}
	}
}

func isUnknown(text string) bool { return !contract.IsKnown(text) }
