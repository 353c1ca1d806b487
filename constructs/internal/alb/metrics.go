package alb

import (
	"fmt"
	"slices"

	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
)

// measuredGroup is a target group of a route: one of its own, or one that exists.
type measuredGroup struct {
	label     string
	own       *onecall.Item[elbv2.ApplicationTargetGroup]
	existing  elbv2.IApplicationTargetGroup
	name      string // of one that exists, by which routes share it
	unchecked bool
	spare     bool // one of several among which each of its routes divides requests
}

// measure notes the target groups of a route. The first has the label of the route whatever others there are, so that one more renames nothing. A
// group that exists, and that several routes have, is measured once.
func (b *LoadBalancer) measure(id string, route *Route, plan *routePlan) {
	var groups []measuredGroup
	if route.group != nil {
		groups = append(groups, measuredGroup{own: route.group, unchecked: plan.isUnchecked()})
	}
	for _, group := range plan.groups {
		groups = append(groups, measuredGroup{existing: group.given.TargetGroup, name: group.name})
	}
	for i, group := range groups {
		group.label, group.spare = id, len(groups) > 1
		if i > 0 {
			group.label = fmt.Sprintf("%s %d", id, i+1)
		}
		if at := slices.IndexFunc(b.measured, func(m measuredGroup) bool { return m.own == nil && m.name == group.name }); group.own == nil && at >= 0 {
			b.measured[at].spare = b.measured[at].spare && group.spare
			continue
		}
		b.measured = append(b.measured, group)
	}
}

// isUnchecked reports whether ELB does not check the route's own targets, which it does for Lambda only on request.
func (p *routePlan) isUnchecked() bool {
	check := p.targetGroup.HealthCheck
	return p.targetType == elbv2.TargetType_LAMBDA && (check == nil || !prop.IsTrue(check.Enabled))
}

// MetricResources returns the ALB and the target groups of its routes. It takes one call, but for what exists.
func (b *LoadBalancer) MetricResources() []metrics.Resource {
	name := b.fullName()
	names := make([]*onecall.Item[*string], len(b.measured))
	wanted := []onecall.Wanted{name}
	for i, group := range b.measured {
		names[i] = group.fullName()
		wanted = append(wanted, names[i])
	}
	b.batch.Flush(wanted...)
	resources := []metrics.Resource{metrics.ApplicationLoadBalancer(name.Object())}
	for i, group := range b.measured {
		resource := metrics.ApplicationTargetGroup(name.Object(), names[i].Object()).Named(group.label)
		resource.Unchecked, resource.Spare = group.unchecked, group.spare
		resources = append(resources, resource)
	}
	return resources
}

// fullName is app/<name>/<id>.
func (b *LoadBalancer) fullName() *onecall.Item[*string] {
	if b.plan.existing == nil {
		return onecall.Get(b.loadBalancer, elbv2.ApplicationLoadBalancer.LoadBalancerFullName)
	}
	return onecall.Known(metrics.Behind(*b.plan.existing.loadBalancer.LoadBalancerArn(), "loadbalancer/"))
}

// fullName is targetgroup/<name>/<id>.
func (g measuredGroup) fullName() *onecall.Item[*string] {
	if g.own != nil {
		return onecall.Get(g.own, elbv2.ApplicationTargetGroup.TargetGroupFullName)
	}
	const kind = "targetgroup/"
	return onecall.Known(jsii.String(kind + *metrics.Behind(*g.existing.TargetGroupArn(), kind)))
}
