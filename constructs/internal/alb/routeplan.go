package alb

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/targets"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// routePlan is a route with all defaults filled in and all rules checked, except those that CDK checks when a target is
// attached.
type routePlan struct {
	match rules.Route // what is compared with other routes

	hosts, paths *[]*string // never nil
	conditions   []elbv2.ListenerCondition

	jwt    *jwtPlan             // nil if no JWT is validated
	action elbv2.ListenerAction // instead of a forward; nil if the route has targets

	targetGroup *elbv2.ApplicationTargetGroupProps // nil without targets of its own
	weight      *float64                           // of that target group
	groups      []*groupPlan
	stickiness  awscdk.Duration

	targetType elbv2.TargetType
	targets    []elbv2.IApplicationLoadBalancerTarget
	peers      []awsec2.IConnectable
	hasPeers   bool

	port            *float64 // of targets that have none of their own
	hasPort         bool     // the caller gave the port
	healthCheckPort *float64 // nil unless health checks have a port of their own
}

// planRoute checks a route against the rules of ELB and against the routes before it.
func (b *LoadBalancer) planRoute(r *rules.Report, id string, o *RouteOptions) *routePlan {
	b.checkTargets(r, o)
	conditions := b.planConditions(r, o)
	checkRoute(r, o, conditions)
	targets.Check(r, b.plan.place(), prop.Elements(o.Targets), prop.Elements(o.TargetPeers))
	plan := &routePlan{
		hosts: prop.Or(o.HostHeaders, &[]*string{}), paths: prop.Or(o.PathPatterns, &[]*string{}), conditions: prop.Elements(o.Conditions),
		jwt: b.planJwt(r, o), action: o.Action, groups: b.planGroups(r, o), weight: o.Weight, stickiness: o.StickinessDuration,
		targetType: o.TargetType, targets: prop.Elements(o.Targets),
		peers: prop.Elements(o.TargetPeers), hasPeers: o.TargetPeers != nil,
		port: prop.Or(o.Port, jsii.Number(80)), hasPort: o.Port != nil,
		healthCheckPort: ownHealthCheckPort(o.HealthCheck),
	}
	plan.match = b.planMatch(r, id, o, conditions)
	if o.Protocol == elbv2.ApplicationProtocol_HTTPS {
		plan.port = prop.Or(o.Port, jsii.Number(defaultPort))
	}
	if len(*plan.hosts)+len(*plan.paths)+len(plan.conditions) == 0 {
		plan.paths = jsii.Strings("/*")
	}
	if len(plan.targets) > 0 {
		plan.targetGroup = b.ownGroup(o, plan.port)
	}
	b.checkListener(r, o, plan)
	return plan
}

// ownGroup returns the target group of a route's own targets.
func (b *LoadBalancer) ownGroup(o *RouteOptions, port *float64) *elbv2.ApplicationTargetGroupProps {
	group := &elbv2.ApplicationTargetGroupProps{
		Vpc:                 b.plan.vpc,
		TargetType:          o.TargetType,
		HealthCheck:         o.HealthCheck,
		DeregistrationDelay: o.DeregistrationDelay,
	}
	if o.TargetType != elbv2.TargetType_LAMBDA {
		group.Protocol = prop.EnumOr(o.Protocol, elbv2.ApplicationProtocol_HTTP)
		group.ProtocolVersion = o.ProtocolVersion
		group.Port = port
	}
	return group
}

// planMatch decides the priority of a route and checks it against the routes before it.
func (b *LoadBalancer) planMatch(r *rules.Report, id string, o *RouteOptions, conditions conditionsPlan) rules.Route {
	match := rules.Route{
		ID: id, Paths: token.Literals(o.PathPatterns), Hosts: token.Literals(o.HostHeaders), Further: conditions.texts,
		Opaque: token.AnyIn(o.PathPatterns) || token.AnyIn(o.HostHeaders),
	}
	if priority, ok := token.LiteralNumber(o.Priority); ok {
		rules.CheckPriority(r, "Priority", priority)
		match.Priority, match.Explicit = int(priority), true
	} else if o.Priority != nil {
		r.AddWithFix(rules.RoutePriority, "Priority", "set a number", "is known only at deploy time, and CDK needs it at synthesis")
	}
	if b.plan.existing != nil && o.Priority == nil {
		r.AddWithFix(rules.RoutePriority, "Priority", "set a priority that no rule of your Listener has",
			"is missing, and only you know the other rules of your Listener")
	}
	if o.Priority == nil {
		match.Priority = rules.DerivePriority(id)
	}
	b.checkAgainstHealthCheck(r, match)
	b.checkAgainstRoutes(r, match)
	return match
}

// checkAgainstHealthCheck reports a path or a priority that the rule for health checks has already.
func (b *LoadBalancer) checkAgainstHealthCheck(r *rules.Report, match rules.Route) {
	healthCheck := b.plan.healthCheck
	if healthCheck == nil || healthCheck.answeredBy != listenerRule {
		return
	}
	for i, path := range match.Paths {
		if path == healthCheck.Path {
			r.AddWithFix(rules.RouteOverlap, fmt.Sprintf("PathPatterns[%d]", i), "use another path, or set HealthCheck.Path on the provider",
				"%q is the path at which the ALB answers health checks", path)
		}
	}
	if match.Explicit && match.Priority == rules.HighestPriority {
		r.Add(rules.RoutePriority, "Priority", "%d is the rule that answers health checks", rules.HighestPriority)
	}
}

// checkAgainstRoutes reports an ID, a priority or requests that another route has already.
func (b *LoadBalancer) checkAgainstRoutes(r *rules.Report, match rules.Route) {
	for _, other := range b.routes {
		switch {
		case match.ID == other.ID:
			r.AddWithFix(rules.Contradiction, "id", "give each route its own id", "%q is the id of another route", match.ID)
		case match.Explicit && match.Priority == other.Priority:
			r.Add(rules.RoutePriority, "Priority", "%d is the priority of route %s", match.Priority, other.ID)
		case match.Priority == other.Priority:
			r.AddWithFix(rules.RoutePriority, "Priority", "set Priority on one of them",
				"is derived from the id, and route %s has the same one, %d", other.ID, other.Priority)
		case !match.Explicit && len(match.Further) > 0: // which needs a priority anyway
		case !match.Opaque && !other.Opaque && match.Overlaps(other):
			checkOverlap(r, match, other)
		}
	}
}

// checkOverlap reports two routes that match the same requests, unless both have a priority. If they do, it warns of one
// that gets no requests.
func checkOverlap(r *rules.Report, match, other rules.Route) {
	isExplicit := match.Explicit && other.Explicit
	contains, isContained := match.Contains(other), other.Contains(match)
	property := conditionOf(match)
	switch {
	case isExplicit && isContained && other.Priority < match.Priority:
		r.Add(rules.RouteShadowed, property, "route %s has a smaller Priority and matches every request of this route", other.ID)
	case isExplicit && contains && match.Priority < other.Priority:
		r.Add(rules.RouteShadowed, property, "this route has a smaller Priority and matches every request of route %s", other.ID)
	case isExplicit:
	case contains && isContained:
		r.AddWithFix(rules.RouteOverlap, property, "list the targets of both in one route, or change the conditions of one", "route %s has the same conditions", other.ID)
	case property == "Priority":
		r.Add(rules.RouteOverlap, property, "must be set here and on route %s: without conditions, this route matches its requests too", other.ID)
	default:
		r.Add(rules.RouteOverlap, property, "matches requests of route %s too", other.ID)
	}
}

// conditionOf returns the property that distinguishes a route from others: without conditions, only its priority does.
func conditionOf(match rules.Route) string {
	switch {
	case len(match.Paths) > 0:
		return "PathPatterns"
	case len(match.Hosts) > 0:
		return "HostHeaders"
	case len(match.Further) > 0:
		return "Conditions"
	}
	return "Priority"
}

// checkListener reports what the ALB or its listener has no room for.
func (b *LoadBalancer) checkListener(r *rules.Report, o *RouteOptions, plan *routePlan) {
	groups := b.ownGroups + len(b.groups)
	if plan.targetGroup != nil {
		groups++
	}
	for _, group := range plan.groups {
		if !b.groups[group.name] {
			groups++
		}
	}
	rules.CheckTargetGroupCount(r, "AddRoute", groups)
	count := len(b.routes) + 1
	if b.plan.healthCheck != nil && b.plan.healthCheck.answeredBy == listenerRule {
		count++
	}
	if count == rules.MaxRules+1 { // once
		rules.CheckRuleCount(r, "AddRoute", count)
	}
	if o.ProtocolVersion == elbv2.ApplicationProtocolVersion_GRPC && b.plan.protocol == elbv2.ApplicationProtocol_HTTP {
		r.Add(rules.GRPCListener, "ProtocolVersion", "is GRPC, but the Listener listens with HTTP")
	}
}

// textsOf returns the values of a list, with "" for those that are not known; none if the list is one token.
func textsOf(list *[]*string) []string {
	var texts []string
	for _, element := range token.Elements(list) {
		text, _ := token.Literal(element)
		texts = append(texts, text)
	}
	return texts
}

// checkRoute checks the options that depend on nothing else.
func checkRoute(r *rules.Report, o *RouteOptions, conditions conditionsPlan) {
	check.NoNil(r, "Targets", o.Targets)
	check.NoNil(r, "TargetPeers", o.TargetPeers)
	check.NoNil(r, "PathPatterns", o.PathPatterns)
	check.NoNil(r, "HostHeaders", o.HostHeaders)
	check.Each(o.PathPatterns, "PathPatterns", func(property, v string) { rules.CheckPathPattern(r, property, v) })
	check.Each(o.HostHeaders, "HostHeaders", func(property, v string) { rules.CheckHostHeader(r, property, v) })
	paths, hosts := textsOf(o.PathPatterns), textsOf(o.HostHeaders)
	property := "PathPatterns and HostHeaders"
	if len(conditions.values) > 0 {
		property = "PathPatterns, HostHeaders and Conditions"
	}
	rules.CheckConditions(r, property, slices.Concat(paths, hosts, conditions.values))
	rules.CheckConditionValues(r, "PathPatterns", len(paths))
	rules.CheckConditionValues(r, "HostHeaders", len(hosts))
	check.Port(r, "Port", o.Port)
	if o.TargetType == elbv2.TargetType_LAMBDA {
		for _, name := range check.Set(
			check.Property{Name: "Port", IsSet: o.Port != nil},
			check.Property{Name: "Protocol", IsSet: o.Protocol != ""},
			check.Property{Name: "ProtocolVersion", IsSet: o.ProtocolVersion != ""},
			check.Property{Name: "DeregistrationDelay", IsSet: o.DeregistrationDelay != nil},
		) {
			r.AddWithFix(rules.RouteTarget, name, "leave it out", "is set for a Lambda function")
		}
	}
	checkEnums(r, o)
	checkRouteHealthCheck(r, o)
	if seconds, ok := token.LiteralNumber(prop.Seconds(o.DeregistrationDelay)); ok {
		rules.CheckDeregistrationDelay(r, "DeregistrationDelay", seconds)
	}
}

func checkEnums(r *rules.Report, o *RouteOptions) {
	switch o.TargetType {
	case "", elbv2.TargetType_INSTANCE, elbv2.TargetType_IP, elbv2.TargetType_LAMBDA:
	case elbv2.TargetType_ALB:
		r.AddWithFix(rules.RouteTarget, "TargetType", "leave it out", "is ALB, which only an NLB can have as its target")
	default:
		r.Add(rules.KnownValue, "TargetType", "%q is not one of its values", o.TargetType)
	}
	switch o.Protocol {
	case "", elbv2.ApplicationProtocol_HTTP, elbv2.ApplicationProtocol_HTTPS:
	default:
		r.Add(rules.KnownValue, "Protocol", "%q is not one of its values", o.Protocol)
	}
	switch o.ProtocolVersion {
	case "", elbv2.ApplicationProtocolVersion_HTTP1, elbv2.ApplicationProtocolVersion_HTTP2, elbv2.ApplicationProtocolVersion_GRPC:
	default:
		r.Add(rules.KnownValue, "ProtocolVersion", "%q is not one of its values", o.ProtocolVersion)
	}
}
