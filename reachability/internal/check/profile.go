package check

import "github.com/cdk-private-api/cdk-private-api-go/internal/network"

// profileTwice finds a VPC with two Route 53 Profiles.
func profileTwice(p *pass) {
	first := map[vpcKey]*network.ProfileVPC{}
	for _, a := range certain(p.ProfileVPCs(), func(a *network.ProfileVPC) *network.Resource { return a.Resource }) {
		vpc, ok := p.vpcKey(a.VpcId().Value)
		if !ok {
			continue
		}
		if before := first[vpc]; before != nil {
			p.report(at{a.VpcId(), before.VpcId()}, "VPC %s is associated with two Route 53 Profiles", network.NameOf(a.VpcId().Value))
			continue
		}
		first[vpc] = a
	}
}
