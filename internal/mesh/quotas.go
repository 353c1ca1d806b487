package mesh

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// checkQuotas warns of what is above the default quotas of AWS.
func (p *Plan) checkQuotas(r *rules.Report) {
	zones := map[string]int{}
	for i, consumer := range p.Declaration.Consumers {
		path := jsondoc.At("consumers", i)
		endpoints, associations := 0, 0
		for _, connection := range p.ConnectionsOf(consumer.Name) {
			zones[consumer.Account] += len(connection.Services)
			if connection.Door.Tier.Transport == PrivateLink {
				endpoints++
			} else {
				associations += len(connection.Services)
			}
		}
		if endpoints > rules.MaxEndpointsPerVpc {
			r.Add(rules.EndpointQuota, path, "%s connects to %d front doors, each by an endpoint", consumer.Name, endpoints)
		}
		if associations > rules.MaxLatticeServicesOfNetwork {
			r.Add(rules.MeshLatticeQuota, path, "%s has %d services in its service network", consumer.Name, associations)
		}
	}
	for i, consumer := range p.Declaration.Consumers {
		if n := zones[consumer.Account]; n > rules.MaxHostedZones {
			r.Add(rules.MeshHostedZoneQuota, jsondoc.At("consumers", i), "the consumers of account %s call %d names", consumer.Account, n)
			delete(zones, consumer.Account) // once for an account
		}
	}
	groups := map[string]int{}
	for _, door := range p.Doors {
		if door.Tier.Transport == Lattice {
			groups[door.Provider.Account] += len(door.Services)
		}
	}
	for i, provider := range p.Declaration.Providers {
		if n := groups[provider.Account]; n > rules.MaxLatticeTargetGroupsOfAccount {
			r.Add(rules.MeshLatticeQuota, jsondoc.At("providers", i), "account %s has %d services of VPC Lattice, each with a target group", provider.Account, n)
			delete(groups, provider.Account)
		}
	}
}
