package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// nlbsOfServices are the NLBs that an endpoint service names.
func (f *facts) nlbsOfServices() []*network.LoadBalancer {
	var list []*network.LoadBalancer
	for _, lb := range f.loadBalancers {
		if lb.Kind() == network.NetworkKind && len(f.EndpointServicesBehind(lb)) > 0 {
			list = append(list, lb)
		}
	}
	return list
}

// nlbSecurityGroup warns of an endpoint service's NLB without a security group.
func nlbSecurityGroup(p *pass) {
	for _, lb := range p.nlbsOfServices() {
		if lb.SecurityGroups().IsEmpty() {
			service := p.EndpointServicesBehind(lb)[0]
			p.report(at{lb.SecurityGroups(), network.Whole(service.Resource)}, "the NLB of an endpoint service has no security group")
		}
	}
}

// logsPrefix finds a prefix of logs that contains the one that ELB adds.
func logsPrefix(p *pass) {
	for _, lb := range p.loadBalancers {
		for _, prefix := range lb.LogPrefixes() {
			p.text(prefix, rules.CheckLogsPrefix)
		}
	}
}
