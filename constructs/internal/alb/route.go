package alb

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// RouteOptions say which requests go where. The packages that build APIs have a type of the same fields, with their
// documentation, and convert it to this one: documentation shows no fields of an alias of an internal type.
type RouteOptions struct {
	Targets             *[]elbv2.IApplicationLoadBalancerTarget
	TargetGroups        *[]*elbv2.WeightedTargetGroup
	Weight              *float64
	StickinessDuration  awscdk.Duration
	Action              elbv2.ListenerAction
	PathPatterns        *[]*string
	HostHeaders         *[]*string
	Conditions          *[]elbv2.ListenerCondition
	Priority            *float64
	JwtIssuer           *string
	JwtJwksEndpoint     *string
	JwtAdditionalClaims *[]*elbv2.CfnListenerRule_JwtValidationActionAdditionalClaimProperty
	JwksPeer            awsec2.IPeer
	Port                *float64
	Protocol            elbv2.ApplicationProtocol
	ProtocolVersion     elbv2.ApplicationProtocolVersion
	TargetType          elbv2.TargetType
	TargetPeers         *[]awsec2.IConnectable
	HealthCheck         *elbv2.HealthCheck
	DeregistrationDelay awscdk.Duration
}

// Route is a listener rule, and the target group that was defined for it.
type Route struct {
	group *onecall.Item[elbv2.ApplicationTargetGroup] // nil without targets of its own
	rule  *onecall.Item[elbv2.ApplicationListenerRule]
}

// TargetGroup returns the target group of the route's own targets; nil if it has none.
func (r *Route) TargetGroup() elbv2.ApplicationTargetGroup {
	if r.group == nil {
		return nil
	}
	return r.group.Object()
}

// ListenerRule returns the listener rule.
func (r *Route) ListenerRule() elbv2.ApplicationListenerRule { return r.rule.Object() }

// AddRoute sends requests that match to targets, and opens the security groups of the ALB and the targets to each other.
// It panics if AWS would not accept the rule.
func (b *LoadBalancer) AddRoute(id *string, options *RouteOptions) *Route {
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
			b.batch.Drop()
			b.scope.Node().TryRemoveChild(constructID)
			if !r.HasErrors() {
				problem = fmt.Errorf("%s: %v", refusal.ChildPath(b.scope, constructID), problem)
			}
			panic(problem)
		}
	}()
	route := b.defineRoute(r, constructID, plan)
	if route.group != nil {
		refusal.Warn(r, route.TargetGroup())
	} else if len(r.Warnings()) > 0 {
		refusal.Warn(r, route.ListenerRule())
	}
	b.routes = append(b.routes, plan.match)
	b.claimGroups(plan)
	b.measure(*id, route, plan)
	return route
}

// defineRoute defines the target group of a route's own targets, the openings, and the listener rule.
//
// ELB knows a rule by its priority: CloudFormation cannot create one at the priority of another that it deletes or moves
// in the same deployment. So the construct of a rule is named after what decides its priority, which is the id of the
// route unless the route has a Priority (ADR 5).
func (b *LoadBalancer) defineRoute(r *rules.Report, id *string, plan *routePlan) *Route {
	route := &Route{}
	var scope onecall.Scope
	if plan.targetGroup != nil {
		route.group = onecall.Add(b.batch, elbv2.NewApplicationTargetGroup, *id, plan.targetGroup)
		scope = route.group
		b.attach(r, route.group, plan)
		refusal.Of(r, b.scope, id)
	}
	b.openToGroups(plan)
	b.openToJwks(plan)
	b.checkOpenings(r)
	if plan.match.Explicit {
		route.rule = b.defineRule(b.batch, fmt.Sprint("Rule", plan.match.Priority), route.group, plan)
	} else {
		if scope == nil {
			scope = onecall.Use(b.batch, constructs.NewConstruct(b.scope, id))
		}
		route.rule = b.defineRule(scope, "Rule", route.group, plan)
	}
	if route.group == nil {
		b.batch.Flush()
	} else {
		b.batch.Flush(route.group)
	}
	return route
}
