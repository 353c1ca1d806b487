package alb

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// RouteOptions say which requests go where. The packages that build APIs have a type of the same fields, with their
// documentation, and convert it to this one.
type RouteOptions struct {
	Targets             *[]elbv2.IApplicationLoadBalancerTarget
	PathPatterns        *[]*string
	HostHeaders         *[]*string
	Priority            *float64
	Port                *float64
	Protocol            elbv2.ApplicationProtocol
	ProtocolVersion     elbv2.ApplicationProtocolVersion
	TargetType          elbv2.TargetType
	TargetPeers         *[]awsec2.IConnectable
	HealthCheck         *elbv2.HealthCheck
	DeregistrationDelay awscdk.Duration
}

// AddRoute sends requests that match to targets, and opens the security groups of the ALB and the targets to each other.
// It panics if AWS would not accept the rule.
func (b *LoadBalancer) AddRoute(id *string, options *RouteOptions) elbv2.ApplicationTargetGroup {
	refusal.RequireScope("AddRoute", b.scope, id)
	if options == nil {
		options = &RouteOptions{}
	}
	// The prefix keeps the IDs of routes apart from those of the ALB's other parts.
	constructID := jsii.String("Route" + *id)
	r := &rules.Report{}
	check.Embedded(r, "", options)
	refusal.Of(r, b.scope, constructID) // what is nil cannot be asked for more
	plan := b.planRoute(r, *id, options)
	refusal.Of(r, b.scope, constructID)

	defer func() { // CDK checks a target only when it is attached
		if problem := recover(); problem != nil {
			b.scope.Node().TryRemoveChild(constructID)
			if !r.HasErrors() {
				problem = fmt.Errorf("%s: %v", refusal.ChildPath(b.scope, constructID), problem)
			}
			panic(problem)
		}
	}()
	group := elbv2.NewApplicationTargetGroup(b.scope, constructID, plan.targetGroup)
	b.attach(r, group, plan)
	refusal.Of(r, b.scope, constructID)
	elbv2.NewApplicationListenerRule(group, jsii.String("Rule"), &elbv2.ApplicationListenerRuleProps{
		Listener:     b.listener,
		Priority:     jsii.Number(float64(plan.match.Priority)),
		Conditions:   conditions(b.plan.stack, plan),
		TargetGroups: &[]elbv2.IApplicationTargetGroup{group},
	})
	refusal.Warn(r, group)
	b.routes = append(b.routes, plan.match)
	return group
}

// conditions returns what the rule matches: every path if the route has no patterns, because a rule needs a condition.
func conditions(stack *answers.Stack, plan *routePlan) *[]elbv2.ListenerCondition {
	var list []elbv2.ListenerCondition
	if len(*plan.hosts) > 0 {
		list = append(list, condition(stack, "host-header", elbv2.ListenerCondition_HostHeaders, plan.hosts))
	}
	if len(*plan.paths) > 0 {
		list = append(list, condition(stack, "path-pattern", elbv2.ListenerCondition_PathPatterns, plan.paths))
	}
	return &list
}

// condition is a condition of a listener rule. If its values are literals, all constructs of an app share it.
func condition(stack *answers.Stack, field string, define func(*[]*string) elbv2.ListenerCondition, values *[]*string) elbv2.ListenerCondition {
	if token.AnyIn(values) {
		return define(values)
	}
	question := strings.Join(append([]string{"condition", field}, token.Literals(values)...), "\n")
	return answers.OfApp(stack, question, func() elbv2.ListenerCondition { return define(values) })
}
