// Package deploytime finds the longest chain of resources that CloudFormation creates one after another: the minimum time of
// a deployment, however many other resources it creates in parallel. It imports neither jsii nor awscdk.
package deploytime

import (
	"slices"
	"strings"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// typical is the approximate time that AWS takes to create a resource. AWS documents none of these: they are orders of
// magnitude that people report, and only good for comparing chains. A type that is not here is quick.
var typical = map[string]time.Duration{
	"AWS::ElasticLoadBalancingV2::LoadBalancer": 150 * time.Second,
	"AWS::EC2::VPCEndpoint":                     90 * time.Second,
	"AWS::EC2::NatGateway":                      100 * time.Second,
	"AWS::EC2::VPCEndpointService":              20 * time.Second,
	"AWS::Route53::HostedZone":                  40 * time.Second,
	"AWS::Route53::RecordSet":                   35 * time.Second,
	"AWS::CertificateManager::Certificate":      120 * time.Second,
	"AWS::ECS::Service":                         120 * time.Second,
	"AWS::IAM::Role":                            20 * time.Second,
	"AWS::IAM::Policy":                          15 * time.Second,
	"AWS::Lambda::Function":                     10 * time.Second,
}

const quick = 5 * time.Second

// Chain is a list of resources, each of which waits for the one before it.
type Chain struct {
	Resources []*assembly.Resource
	Takes     time.Duration
}

// String returns the types in order, such as "LoadBalancer > Listener", and how long they take.
func (c Chain) String() string {
	names := make([]string, len(c.Resources))
	for i, r := range c.Resources {
		names[i] = r.Type[strings.LastIndex(r.Type, ":")+1:]
	}
	return strings.Join(names, " > ") + ", about " + c.Takes.String()
}

// Longest returns the slowest chain of a stack, and the one with the most resources.
func Longest(stack *assembly.Stack) (slowest, deepest Chain) {
	w := &walk{stack: stack, slowest: map[string]Chain{}, deepest: map[string]Chain{}}
	for _, r := range stack.Resources() {
		slow, deep := w.to(r)
		if slow.Takes > slowest.Takes {
			slowest = slow
		}
		if len(deep.Resources) > len(deepest.Resources) {
			deepest = deep
		}
	}
	return slowest, deepest
}

// walk remembers the chains that end in each resource.
type walk struct {
	stack            *assembly.Stack
	slowest, deepest map[string]Chain
}

// to returns the slowest and the deepest chain that end in a resource. CloudFormation rejects circular dependencies; if a
// template has one, the chain ends where the circle closes.
func (w *walk) to(r *assembly.Resource) (slow, deep Chain) {
	if slow, ok := w.slowest[r.ID]; ok {
		return slow, w.deepest[r.ID]
	}
	w.slowest[r.ID], w.deepest[r.ID] = Chain{}, Chain{}
	for _, before := range w.before(r) {
		s, d := w.to(before)
		if s.Takes > slow.Takes {
			slow = s
		}
		if len(d.Resources) > len(deep.Resources) {
			deep = d
		}
	}
	takes, ok := typical[r.Type]
	if !ok {
		takes = quick
	}
	slow = Chain{append(slices.Clip(slow.Resources), r), slow.Takes + takes}
	deep = Chain{append(slices.Clip(deep.Resources), r), deep.Takes + takes}
	w.slowest[r.ID], w.deepest[r.ID] = slow, deep
	return slow, deep
}

// before returns the resources that one waits for, by DependsOn or by a reference.
func (w *walk) before(r *assembly.Resource) []*assembly.Resource {
	list := r.Implicit()
	for _, id := range r.DependsOn {
		if other := w.stack.Resource(id); other != nil && !slices.Contains(list, other) {
			list = append(list, other)
		}
	}
	return slices.DeleteFunc(list, func(other *assembly.Resource) bool { return other == r })
}
