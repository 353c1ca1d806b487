package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// serviceLoadBalancer finds an endpoint service without a load balancer, or with one that it cannot have.
func serviceLoadBalancer(p *pass) {
	for _, s := range p.services {
		nlbs, gateways := s.NetworkLoadBalancerArns(), s.GatewayLoadBalancerArns()
		switch {
		case nlbs.IsEmpty() && gateways.IsEmpty():
			p.report(at{network.Whole(s.Resource)}, "the endpoint service has no load balancer")
		case nlbs.HasItem() && gateways.HasItem():
			p.report(at{gateways, nlbs}, "the endpoint service has both Network and Gateway Load Balancers")
		}
		p.loadBalancerKind(nlbs, network.NetworkKind)
		p.loadBalancerKind(gateways, network.Gateway)
	}
}

// loadBalancerKind reports load balancers in a list that are not of the kind that the list is for.
func (p *pass) loadBalancerKind(arns network.Property, want network.LoadBalancerKind) {
	for _, arn := range arns.Items() {
		lb := p.loadBalancer(arn.Value)
		if isCertain(lb) && lb.Kind() != network.UndecidedKind && lb.Kind() != want {
			p.report(at{arn, lb.Type()}, "%s names %s, a load balancer of type %s", arns.Path(), network.DisplayName(lb.Resource), lb.Kind())
		}
	}
}

// serviceOfLoadBalancer finds an NLB that belongs to another endpoint service already.
func serviceOfLoadBalancer(p *pass) {
	for _, s := range p.services {
		for _, arn := range s.NetworkLoadBalancerArns().Items() {
			lb := p.loadBalancer(arn.Value)
			if lb == nil {
				continue
			}
			if first := p.EndpointServicesBehind(lb)[0]; first != s {
				p.report(at{arn, network.Whole(first.Resource)}, "load balancer %s already belongs to endpoint service %s",
					network.DisplayName(lb.Resource), network.DisplayName(first.Resource))
			}
		}
	}
}

// payer finds a value that EC2 does not know: the owner of an endpoint pays unless the service's owner does.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointServicePayerResponsibility.html
func payer(p *pass) {
	for _, s := range p.services {
		if of := s.PayerResponsibility(); of.IsLiteral() && of.Literal() != "ServiceOwner" {
			p.reportWithFix("use ServiceOwner, or remove PayerResponsibility: then the owner of an endpoint pays", at{of}, "PayerResponsibility is %s", of)
		}
	}
}

// crossRegionIdleTimeout finds a TCP idle timeout on the NLB of a service that can be reached from other Regions.
func crossRegionIdleTimeout(p *pass) {
	const standard = "350" // seconds
	for _, s := range p.services {
		other := otherRegion(s)
		if other == "" {
			continue
		}
		for _, arn := range s.NetworkLoadBalancerArns().Items() {
			lb := p.loadBalancer(arn.Value)
			if lb == nil {
				continue
			}
			for _, l := range p.ListenersOf(lb) {
				timeout, _ := l.IdleTimeout()
				if seconds, ok := timeout.Text(); ok && seconds != standard && network.IsCertain(l.Resource) {
					p.report(at{timeout, s.SupportedRegions()}, "tcp.idle_timeout.seconds is %s, but clients in %s can reach the service", seconds, other)
				}
			}
		}
	}
}

// otherRegion is a Region from which a service can be reached, other than its own; "" if none is known.
func otherRegion(s *network.EndpointService) string {
	other := ""
	for _, supported := range s.SupportedRegions().Items() {
		if region := supported.Literal(); differ(region, s.Stack.Region) {
			other = region
		}
	}
	return other
}
