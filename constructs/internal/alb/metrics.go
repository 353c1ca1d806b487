package alb

import (
	"fmt"

	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// measuredGroup is a target group of a route: one of its own, or one that exists.
type measuredGroup struct {
	label    string
	own      *onecall.Item[elbv2.ApplicationTargetGroup]
	existing elbv2.IApplicationTargetGroup
}

// measure notes the target groups of a route.
func (b *LoadBalancer) measure(id string, route *Route, plan *routePlan) {
	if route.group != nil {
		b.measured = append(b.measured, measuredGroup{label: id, own: route.group})
	}
	for i, group := range plan.groups {
		label := id
		if route.group != nil || len(plan.groups) > 1 {
			label = fmt.Sprintf("%s %d", id, i+1)
		}
		b.measured = append(b.measured, measuredGroup{label: label, existing: group.given.TargetGroup})
	}
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
		resources = append(resources, metrics.ApplicationTargetGroup(name.Object(), names[i].Object()).Named(group.label))
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
