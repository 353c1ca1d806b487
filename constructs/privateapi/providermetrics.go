package privateapi

import (
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// measured is the endpoint service of a provider.
func (p *privateLinkProvider) measured() metrics.Subject {
	return metrics.Subject{Resource: metrics.EndpointService(p.ServiceId()), Construct: p.self, Stack: p.link.stack}
}

// networkName is the full name of the NLB.
func (p *privateLinkProvider) networkName() *onecall.Item[*string] {
	return onecall.Get(p.networkLoadBalancer, elbv2.CfnLoadBalancer.AttrLoadBalancerFullName)
}

// MetricResources are the endpoint service, the NLB, and each ALB with the target groups of its routes. The target groups of the NLB have no
// metrics: AWS does not count an ALB that is a target.
func (p *privateApiProvider) MetricResources() []metrics.Resource {
	name := p.networkName()
	p.batch.Flush(name)
	resources := []metrics.Resource{metrics.EndpointService(p.ServiceId()), metrics.NetworkLoadBalancer(name.Object())}
	resources = append(resources, p.main.loadBalancer.MetricResources()...)
	if p.standby == nil {
		return resources
	}
	for _, resource := range p.standby.loadBalancer.MetricResources() {
		if resource.Label == "" {
			resource.Label = p.standby.name // of the two ALBs
		}
		resource.Spare = true
		resources = append(resources, resource)
	}
	return resources
}

// MetricResources are the endpoint service, the NLB, and the target groups of its listeners.
func (p *privateNlbProvider) MetricResources() []metrics.Resource {
	name := p.networkName()
	wanted := []onecall.Wanted{name}
	groups := make([]*onecall.Item[*string], len(p.added))
	for i, listener := range p.added {
		groups[i] = onecall.Get(listener.targetGroup, elbv2.NetworkTargetGroup.TargetGroupFullName)
		wanted = append(wanted, groups[i])
	}
	p.batch.Flush(wanted...)
	resources := []metrics.Resource{metrics.EndpointService(p.ServiceId()), metrics.NetworkLoadBalancer(name.Object())}
	for i, listener := range p.added {
		resources = append(resources, metrics.NetworkTargetGroup(name.Object(), groups[i].Object()).Named(listener.id))
	}
	return resources
}
