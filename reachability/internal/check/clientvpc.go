package check

import "github.com/cdk-private-api/cdk-private-api-go/internal/network"

// clientVPC warns of an endpoint that admits a security group of another VPC, which the templates do not connect with the
// endpoint's.
func clientVPC(p *pass) {
	for _, e := range p.endpoints {
		if isAPIEndpoint(e) {
			for _, id := range e.SecurityGroupIds().Items() {
				p.clientsElsewhere(e, p.DefinedGroup(id.Value))
			}
		}
	}
}

// clientsElsewhere reports the rules of a group of an endpoint that name a group of another VPC.
func (p *pass) clientsElsewhere(e *network.Endpoint, group *network.SecurityGroup) {
	if group == nil || !network.IsCertain(group.Resource) {
		return
	}
	own := e.VpcId()
	for _, rule := range group.Rules[network.Ingress] {
		client := p.DefinedGroup(rule.Group)
		if client == nil || !network.IsCertain(client.Resource) || !network.IsCertain(rule.Resource) {
			continue
		}
		vpc := client.VpcId()
		if isOtherVPC(own, vpc) && !vpc.IsAbsent() && !p.MayConnect(own.Value, vpc.Value) {
			p.report(at{rule.GroupProperty(), vpc, own}, "clients with %s are in VPC %s, but the endpoint is in VPC %s",
				network.DisplayName(client.Resource), network.NameOf(vpc.Value), network.NameOf(own.Value))
		}
	}
}
