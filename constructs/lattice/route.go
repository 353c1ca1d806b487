package lattice

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// RouteOptions say which requests go where. A route has at least one condition: Path or PathPrefix, Method, or Headers.
//
// See https://docs.aws.amazon.com/vpc-lattice/latest/ug/listener-rules.html
type RouteOptions struct {
	// The path of the requests: the whole of it, without wildcards.
	//
	// Default: - any path.
	Path *string

	// The beginning of the path of the requests.
	//
	// Default: - any path.
	PathPrefix *string

	// Whether the case of the path matters.
	//
	// Default: false, which is VPC Lattice's own.
	CaseSensitive *bool

	// The method of the requests: CONNECT, DELETE, GET, HEAD, OPTIONS, POST, PUT or TRACE. CloudFormation has no PATCH.
	//
	// Default: - any method.
	Method *string

	// Headers of the requests, up to 5, which all match.
	//
	// Default: - any headers.
	Headers *[]*HeaderMatch

	// The priority of the route, 1 to 100: the route with the smallest number that matches gets the request. Routes that can match the same
	// requests each need one.
	//
	// Default: - a number derived from the id, in an order without meaning.
	Priority *float64

	// Where the requests go.
	//
	// Default: - none; one of Target, Targets and FixedResponse is required.
	Target ITarget

	// Where the requests go, by weight.
	//
	// Default: - none.
	Targets *[]*WeightedTarget

	// The status with which the requests end: 404 or 500.
	//
	// Default: - none.
	FixedResponse *float64
}

// HeaderMatch is a condition on a header: Name, and one of Exact, Prefix and Contains.
type HeaderMatch struct {
	// The name of the header, up to 40 characters.
	//
	// Required.
	Name *string

	// The whole value.
	//
	// Default: - none.
	Exact *string

	// The beginning of the value.
	//
	// Default: - none.
	Prefix *string

	// A part of the value.
	//
	// Default: - none.
	Contains *string

	// Whether the case of the value matters.
	//
	// Default: false.
	CaseSensitive *bool
}

// WeightedTarget is one of several targets of a route.
type WeightedTarget struct {
	// The ID of the target within its route, such as Blue. Another ID defines another target group.
	//
	// Required.
	Id *string

	// Where the requests go.
	//
	// Required.
	Target ITarget

	// The share of the requests relative to the other weights, 1 to 999.
	//
	// Default: 1.
	Weight *float64
}

// Route is a rule of an API's listener.
type Route interface {
	// Rule returns the rule.
	Rule() awsvpclattice.CfnRule

	// TargetGroups returns the target groups of the route's targets, in their order.
	TargetGroups() *[]awsvpclattice.CfnTargetGroup
}

type definedRoute struct {
	rule   *onecall.Item[awsvpclattice.CfnRule]
	groups []*onecall.Item[awsvpclattice.CfnTargetGroup]
}

var _ Route = (*definedRoute)(nil)

func (r *definedRoute) Rule() awsvpclattice.CfnRule { return r.rule.Object() }

func (r *definedRoute) TargetGroups() *[]awsvpclattice.CfnTargetGroup {
	groups := []awsvpclattice.CfnTargetGroup{}
	for _, group := range r.groups {
		groups = append(groups, group.Object())
	}
	return &groups
}

func (a *api) AddRoute(id *string, options *RouteOptions) Route {
	refusal.RequireScope("AddRoute", a, id)
	options = prop.Or(prop.Copy(options), &RouteOptions{}) // the caller may change its own
	constructID := jsii.String("Route" + *id)              // for messages
	r := &rules.Report{}
	check.Embedded(r, "", options)
	refusal.Of(r, a, constructID) // what is nil cannot be asked for more
	plan := a.planRoute(r, *id, options)
	refusal.Of(r, a, constructID)

	defer func() { // what CDK alone refuses
		if problem := recover(); problem != nil {
			a.batch.Drop()
			a.removeRoute(plan)
			panic(fmt.Errorf("%s: %v", refusal.ChildPath(a, constructID), problem))
		}
	}()
	defined := a.defineRoute(plan)
	a.matches = append(a.matches, plan.match)
	a.plan.claimTargets(plan.groups()...)
	a.batch.Flush(append(a.wanted(plan.groups()...), defined.rule)...)
	a.attach(plan.groups()...)
	a.measure(*id, defined.groups...)
	refusal.Warn(r, defined.Rule())
	return defined
}

// defineRoute defines the target groups and the rule of a route.
//
// VPC Lattice knows a rule by its priority: CloudFormation cannot create one at the priority of another that it deletes or moves in the same
// deployment. So the construct of a rule is named after what decides its priority, which is the id of the route unless the route has a
// Priority (ADR 5).
func (a *api) defineRoute(plan *routePlan) *definedRoute {
	defined := &definedRoute{}
	action := &awsvpclattice.CfnRule_ActionProperty{}
	if plan.fixedResponse != nil {
		action.FixedResponse = &awsvpclattice.CfnRule_FixedResponseProperty{StatusCode: plan.fixedResponse}
	} else {
		weighted := []any{}
		for _, target := range plan.targets {
			group := a.defineTargetGroup(target.constructID, target.group)
			defined.groups = append(defined.groups, group)
			weighted = append(weighted, &awsvpclattice.CfnRule_WeightedTargetGroupProperty{
				TargetGroupIdentifier: onecall.Get(group, awsvpclattice.CfnTargetGroup.AttrArn).Placeholder(), Weight: target.weight,
			})
		}
		action.Forward = &awsvpclattice.CfnRule_ForwardProperty{TargetGroups: weighted}
	}
	defined.rule = onecall.Add(a.batch, awsvpclattice.NewCfnRule, plan.constructID(), &awsvpclattice.CfnRuleProps{
		ServiceIdentifier:  a.serviceArn(),
		ListenerIdentifier: onecall.Get(a.listener, awsvpclattice.CfnListener.AttrArn).Placeholder(),
		Priority:           jsii.Number(float64(plan.match.Priority)),
		Match:              &awsvpclattice.CfnRule_MatchProperty{HttpMatch: plan.httpMatch},
		Action:             action,
	})
	ready := asConstruct(defined.rule)
	a.ready = append(a.ready, ready)
	for _, association := range a.associations {
		onecall.WaitFor(a.batch, association, ready)
	}
	return defined
}

// removeRoute takes what was made of a route out of the tree, so that its IDs are free again.
func (a *api) removeRoute(plan *routePlan) {
	for _, target := range plan.targets {
		a.Node().TryRemoveChild(&target.constructID)
	}
	a.Node().TryRemoveChild(jsii.String(plan.constructID()))
}
