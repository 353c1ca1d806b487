package mesh

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// checkQuotas warns of what is above the default quotas of AWS. The app of a team shows the warnings about that team alone, so what is of an account is a
// warning of each team that adds to it.
func (p *Plan) checkQuotas(r *rules.Report) {
	p.checkConsumerQuotas(r)
	groups := map[string]int{}
	own := map[*Provider]int{}
	for _, door := range p.Doors {
		if door.Tier.Transport == Lattice {
			groups[door.Provider.Account] += len(door.Services)
			own[door.Provider] += len(door.Services)
		}
	}
	for i, provider := range p.Declaration.Providers {
		if n := groups[provider.Account]; own[provider] > 0 && n > rules.MaxLatticeTargetGroupsOfAccount {
			r.Add(rules.MeshLatticeQuota, jsondoc.At("providers", i), "account %s has %d services of VPC Lattice, each with a target group", provider.Account, n)
		}
	}
}

// used is what the connections of a consumer, or of all consumers of an account, need.
type used struct{ endpoints, associations, names, networks int }

func (p *Plan) checkConsumerQuotas(r *rules.Report) {
	consumers, accounts := map[*Consumer]*used{}, map[string]*used{}
	for _, consumer := range p.Declaration.Consumers {
		own, all := p.usedBy(consumer), accounts[consumer.Account]
		if all == nil {
			all = &used{}
			accounts[consumer.Account] = all
		}
		all.names, all.networks = all.names+own.names, all.networks+own.networks
		consumers[consumer] = own
	}
	for i, consumer := range p.Declaration.Consumers {
		path, own, all := jsondoc.At("consumers", i), consumers[consumer], accounts[consumer.Account]
		if own.endpoints > rules.MaxEndpointsPerVpc {
			r.Add(rules.EndpointQuota, path, "%s connects to %d front doors, each by an endpoint", consumer.Name, own.endpoints)
		}
		if own.associations > rules.MaxLatticeServicesOfNetwork {
			r.Add(rules.MeshLatticeQuota, path, "%s has %d services in its service network", consumer.Name, own.associations)
		}
		if own.networks > 0 && all.networks > rules.MaxLatticeServiceNetworks {
			r.AddWithFix(rules.MeshLatticeQuota, path, "request a higher quota first, or give several VPCs one service network by ServiceNetwork",
				"%d consumers of account %s call services over VPC Lattice, each by a service network", all.networks, consumer.Account)
		}
		if own.names > 0 && all.names > rules.MaxHostedZones {
			r.Add(rules.MeshHostedZoneQuota, path, "the consumers of account %s call %d names", consumer.Account, all.names)
		}
	}
}

func (p *Plan) usedBy(consumer *Consumer) *used {
	u := &used{}
	for _, connection := range p.ConnectionsOf(consumer.Name) {
		u.names += len(connection.Services)
		if connection.Door.Tier.Transport == PrivateLink {
			u.endpoints++
			continue
		}
		u.associations += len(connection.Services)
		u.networks = 1
	}
	return u
}
