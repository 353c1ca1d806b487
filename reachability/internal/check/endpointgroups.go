package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// groupKey identifies a security group, whichever way the templates name it.
type groupKey struct {
	group *network.SecurityGroup
	id    string
}

// endpointSecurityGroup finds an endpoint with a security group of another VPC, or with one that is listed twice.
func endpointSecurityGroup(p *pass) {
	for _, e := range p.endpoints {
		listed := map[groupKey]bool{}
		for _, item := range e.SecurityGroupIds().Items() {
			group := p.DefinedGroup(item.Value)
			id, _ := item.Text()
			key := groupKey{group, id}
			if listed[key] {
				p.reportWithFix("remove it", at{item}, "the security group is listed twice")
			}
			listed[key] = key != groupKey{}
			if group != nil && network.IsCertain(group.Resource) && network.Equal(group.VpcId().Value, e.VpcId().Value) == network.No {
				p.report(at{item, group.VpcId()}, "the security group belongs to %s, and the endpoint to %s", network.NameOf(group.VpcId().Value), network.NameOf(e.VpcId().Value))
			}
		}
	}
}

// securityGroupQuota warns of an endpoint with more security groups than a network interface has by default.
func securityGroupQuota(p *pass) {
	for _, e := range p.endpoints {
		if groups := e.SecurityGroupIds(); groups.IsList() {
			p.values(groups, func(report *rules.Report, property string) {
				rules.CheckSecurityGroups(report, property, len(groups.Items()))
			})
		}
	}
}
