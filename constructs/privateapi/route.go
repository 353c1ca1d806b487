package privateapi

import (
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// RouteOptions say which requests go where.
type RouteOptions struct {
	// Where requests go: a Fargate service (or its LoadBalancerTarget), or what awselasticloadbalancingv2targets has for
	// IP addresses, instances and Lambda functions. All of one route are of one type.
	//
	// Required.
	Targets *[]elbv2.IApplicationLoadBalancerTarget

	// Paths, with * for any characters and ? for one, such as /v1/*. At most five values together with HostHeaders.
	//
	// Default: - every path.
	PathPatterns *[]*string

	// Host names, with * and ? as in paths. Several names of one provider can so go to several services.
	//
	// Default: - every host.
	HostHeaders *[]*string

	// Which route is tried first: the one with the smallest number, from 1 to 50000. Two routes that can match one request
	// need one each. 1 is taken where a rule of the ALB answers health checks.
	//
	// Default: - derived from the id, so that adding or removing a route changes no other one. Required for an existing
	// Listener.
	Priority *float64

	// The port of the targets, unless they bring their own, as Fargate services do. Not for Lambda.
	//
	// Default: 80, or 443 with HTTPS.
	Port *float64

	// How the ALB talks to the targets. Not for Lambda.
	//
	// Default: ApplicationProtocol_HTTP.
	Protocol elbv2.ApplicationProtocol

	// The version of HTTP.
	//
	// Default: ApplicationProtocolVersion_HTTP1.
	ProtocolVersion elbv2.ApplicationProtocolVersion

	// The type of the targets. TargetType_LAMBDA is required for a Lambda function.
	//
	// Default: - that of the targets.
	TargetType elbv2.TargetType

	// What stands behind targets that bring no security group: instances, security groups or CIDR blocks. The ALB and
	// they are opened to each other on the ports of the targets, or on Port. IP targets, Fargate services and Auto Scaling
	// groups need none; instances do, and so do services of ECS on instances of a capacity provider, which CDK does not
	// open.
	//
	// Default: - none.
	TargetPeers *[]awsec2.IConnectable

	// How the ALB checks the targets. A Port of its own is opened too.
	//
	// Default: - ELB's: a GET of / on the port of the traffic that answers 200.
	HealthCheck *elbv2.HealthCheck

	// How long the ALB lets requests finish at a target that is being removed.
	//
	// Default: - 300 seconds, which is ELB's own.
	DeregistrationDelay awscdk.Duration
}

func (p *privateApiProvider) AddRoute(id *string, options *RouteOptions) elbv2.ApplicationTargetGroup {
	requireScope("AddRoute", p, id)
	if options == nil {
		options = &RouteOptions{}
	}
	r := &rules.Report{}
	route := p.planRoute(r, *id, options)
	routeID := jsii.String(routeID(*id))
	refuse(r, p, routeID)

	defer func() { // what a target cannot do, it or CDK tells only when it is attached
		if problem := recover(); problem != nil {
			p.Node().TryRemoveChild(routeID)
			if !r.HasErrors() {
				problem = fmt.Errorf("%s: %v", childPath(p, routeID), problem)
			}
			panic(problem)
		}
	}()
	group := elbv2.NewApplicationTargetGroup(p, routeID, options.targetGroupProps(p.plan.props.Vpc))
	p.attach(r, group, options)
	refuse(r, p, routeID)
	elbv2.NewApplicationListenerRule(group, jsii.String("Rule"), &elbv2.ApplicationListenerRuleProps{
		Listener:     p.listener,
		Priority:     jsii.Number(float64(route.Priority)),
		Conditions:   options.conditions(p.plan.home),
		TargetGroups: &[]elbv2.IApplicationTargetGroup{group},
	})
	p.routes = append(p.routes, route)
	return group
}

// routeID keeps the ids of routes apart from those of the provider's own children.
func routeID(id string) string { return "Route" + id }

// planRoute checks a route against the rules of a listener and against the routes before it.
func (p *privateApiProvider) planRoute(r *rules.Report, id string, options *RouteOptions) rules.Route {
	options.validate(r)
	route := rules.Route{
		ID: id, Paths: literals(options.PathPatterns), Hosts: literals(options.HostHeaders),
		Opaque: hasTokens(options.PathPatterns) || hasTokens(options.HostHeaders),
	}
	if priority, ok := literalNumber(options.Priority); ok {
		rules.CheckPriority(r, "Priority", priority)
		route.Priority, route.Explicit = int(priority), true
	} else if options.Priority != nil {
		r.AddWithFix(rules.RoutePriority, "Priority", "give a number", "is decided at deploy time, and CDK needs to know it")
	}
	if p.plan.props.Listener != nil && options.Priority == nil {
		r.AddWithFix(rules.RoutePriority, "Priority", "give a priority that no rule of your Listener has",
			"is missing, and only you know the other rules of your Listener")
	}
	p.checkAgainstRoutes(r, route)
	if options.Priority == nil {
		route.Priority = rules.DerivePriority(id, p.priorityTaken)
	}
	return route
}

// checkAgainstRoutes reports what two routes of one listener cannot share.
func (p *privateApiProvider) checkAgainstRoutes(r *rules.Report, route rules.Route) {
	for i, path := range route.Paths {
		if p.plan.answersHealthChecks() && path == p.plan.healthCheck.path {
			r.AddWithFix(rules.RouteOverlap, fmt.Sprintf("PathPatterns[%d]", i), "use another path, or set HealthCheck.Path on the provider",
				"%q is the path at which the ALB answers health checks", path)
		}
	}
	if route.Explicit && route.Priority == rules.HighestPriority && p.plan.answersHealthChecks() {
		r.Add(rules.RoutePriority, "Priority", "1 is the rule that answers health checks")
	}
	for _, other := range p.routes {
		switch {
		case route.ID == other.ID:
			r.AddWithFix(rules.Contradiction, "id", "give each route an id of its own", "%q is the id of another route", route.ID)
		case route.Explicit && route.Priority == other.Priority:
			r.Add(rules.RoutePriority, "Priority", "%d is the priority of route %s", route.Priority, other.ID)
		case !route.Opaque && !other.Opaque && route.Overlaps(other) && (!route.Explicit || !other.Explicit):
			r.Add(rules.RouteOverlap, conditionOf(route), "matches requests of route %s too", other.ID)
		}
	}
}

// conditionOf returns the property by which a route is told from others.
func conditionOf(route rules.Route) string {
	if len(route.Paths) == 0 && len(route.Hosts) > 0 {
		return "HostHeaders"
	}
	return "PathPatterns"
}

// answersHealthChecks reports whether the listener of the routes has the rule that answers health checks.
func (plan *providerPlan) answersHealthChecks() bool {
	return plan.healthCheck.answered == answeredByRule
}

func (p *privateApiProvider) priorityTaken(priority int) bool {
	for _, route := range p.routes {
		if route.Priority == priority {
			return true
		}
	}
	return false
}

func (o *RouteOptions) validate(r *rules.Report) {
	if o.Targets == nil || len(*o.Targets) == 0 {
		r.AddWithFix(rules.Required, "Targets", "supply where requests go", "is empty")
	}
	checkNoNil(r, "Targets", o.Targets, func(t elbv2.IApplicationLoadBalancerTarget) bool { return t == nil })
	checkNoNil(r, "TargetPeers", o.TargetPeers, func(c awsec2.IConnectable) bool { return c == nil })
	checkNoNil(r, "PathPatterns", o.PathPatterns, isNilString)
	checkNoNil(r, "HostHeaders", o.HostHeaders, isNilString)
	checkEach(o.PathPatterns, "PathPatterns", func(property, v string) { rules.CheckPathPattern(r, property, v) })
	checkEach(o.HostHeaders, "HostHeaders", func(property, v string) { rules.CheckHostHeader(r, property, v) })
	if n := len(elements(o.PathPatterns)) + len(elements(o.HostHeaders)); n > 5 {
		r.Add(rules.RouteCondition, "PathPatterns", "and HostHeaders have %d values", n)
	}
	checkPort(r, "Port", o.Port)
	if o.TargetType == elbv2.TargetType_LAMBDA {
		for _, property := range []struct {
			name  string
			given bool
		}{{"Port", o.Port != nil}, {"Protocol", o.Protocol != ""}, {"ProtocolVersion", o.ProtocolVersion != ""}, {"DeregistrationDelay", o.DeregistrationDelay != nil}} {
			if property.given {
				r.AddWithFix(rules.RouteTarget, property.name, "leave it out", "is given for a Lambda function")
			}
		}
	}
	o.checkEnums(r)
	if seconds, ok := literalNumber(durationSeconds(o.DeregistrationDelay)); ok {
		rules.CheckDeregistrationDelay(r, "DeregistrationDelay", seconds)
	}
}

func (o *RouteOptions) checkEnums(r *rules.Report) {
	switch o.TargetType {
	case "", elbv2.TargetType_INSTANCE, elbv2.TargetType_IP, elbv2.TargetType_LAMBDA:
	case elbv2.TargetType_ALB:
		r.AddWithFix(rules.RouteTarget, "TargetType", "leave it out", "is ALB, which only an NLB can have behind it")
	default:
		r.Add(rules.KnownValue, "TargetType", "%q is none of its values", o.TargetType)
	}
	switch o.Protocol {
	case "", elbv2.ApplicationProtocol_HTTP, elbv2.ApplicationProtocol_HTTPS:
	default:
		r.Add(rules.KnownValue, "Protocol", "%q is none of its values", o.Protocol)
	}
	switch o.ProtocolVersion {
	case "", elbv2.ApplicationProtocolVersion_HTTP1, elbv2.ApplicationProtocolVersion_HTTP2, elbv2.ApplicationProtocolVersion_GRPC:
	default:
		r.Add(rules.KnownValue, "ProtocolVersion", "%q is none of its values", o.ProtocolVersion)
	}
}

func (o *RouteOptions) targetGroupProps(vpc awsec2.IVpc) *elbv2.ApplicationTargetGroupProps {
	props := &elbv2.ApplicationTargetGroupProps{
		Vpc:                 vpc,
		TargetType:          o.TargetType,
		HealthCheck:         o.HealthCheck,
		DeregistrationDelay: o.DeregistrationDelay,
	}
	if o.TargetType != elbv2.TargetType_LAMBDA {
		props.Protocol = stringOr(o.Protocol, elbv2.ApplicationProtocol_HTTP)
		props.ProtocolVersion = o.ProtocolVersion
		props.Port = o.port()
	}
	return props
}

// port returns the port of the targets that bring none of their own.
func (o *RouteOptions) port() *float64 {
	if o.Protocol == elbv2.ApplicationProtocol_HTTPS {
		return valueOr(o.Port, jsii.Number(443))
	}
	return valueOr(o.Port, jsii.Number(80))
}

// conditions returns what the rule matches on: every path, if nothing is given, because a rule needs a condition.
func (o *RouteOptions) conditions(home *home) *[]elbv2.ListenerCondition {
	var conditions []elbv2.ListenerCondition
	if o.HostHeaders != nil && len(*o.HostHeaders) > 0 {
		conditions = append(conditions, home.condition(elbv2.ListenerCondition_HostHeaders, "host-header", o.HostHeaders))
	}
	if o.PathPatterns != nil && len(*o.PathPatterns) > 0 {
		conditions = append(conditions, home.condition(elbv2.ListenerCondition_PathPatterns, "path-pattern", o.PathPatterns))
	}
	if len(conditions) == 0 {
		conditions = append(conditions, home.condition(elbv2.ListenerCondition_PathPatterns, "path-pattern", jsii.Strings("/*")))
	}
	return &conditions
}

// attach registers the targets, and opens the ALB and those to each other that CDK does not: it knows the security groups
// of Fargate services and Auto Scaling groups, and neither addresses nor instances.
func (p *privateApiProvider) attach(r *rules.Report, group elbv2.ApplicationTargetGroup, options *RouteOptions) {
	ports := map[float64]bool{}
	for i, target := range *options.Targets {
		attached := target.AttachToApplicationTargetGroup(group)
		property := fmt.Sprintf("Targets[%d]", i)
		isLambda := attached.TargetType == elbv2.TargetType_LAMBDA
		if isLambda != (options.TargetType == elbv2.TargetType_LAMBDA) {
			r.Add(rules.RouteTarget, property, "is of type %s, but TargetType is %q", attached.TargetType, options.TargetType)
			return
		}
		group.AddLoadBalancerTarget(attached)
		port := portOf(attached, options)
		if attached.TargetJson != nil || options.Port != nil { // what registers itself has its own port opened
			ports[*port] = true
		}
		connectable, isConnectable := target.(awsec2.IConnectable)
		address, isAddress := addressOf(attached)
		switch {
		case isAddress:
			peer := peerOfAddress(address)
			p.openToAddress(peer, port, requestsToTargets)
			if port := healthCheckPortOf(options); port != nil {
				p.openToAddress(peer, port, healthChecksOfTargets)
			}
		case isConnectable:
			p.openHealthCheckTo(connectable, options)
		case attached.TargetType == elbv2.TargetType_INSTANCE && attached.TargetJson != nil && options.TargetPeers == nil:
			r.Add(rules.TargetPeers, property, "is an instance, and a target does not tell its security group")
			return
		}
	}
	if options.TargetPeers != nil {
		for _, peer := range *options.TargetPeers {
			for _, port := range slices.Sorted(maps.Keys(ports)) {
				p.openTo(peer, jsii.Number(port))
			}
			p.openHealthCheckTo(peer, options)
		}
	}
}

// openTo opens the ALB to targets, and the targets to it if they have a security group. The rules stand in the targets'
// stack, which may depend on the ALB's and not the other way.
func (p *privateApiProvider) openTo(targets awsec2.IConnectable, port *float64) {
	targets.Connections().AllowFrom(p.listener, p.plan.home.tcp(port), jsii.String(requestsToTargets))
}

// openToAddress opens the ALB to an address, which has no rules of its own.
func (p *privateApiProvider) openToAddress(peer awsec2.IPeer, port *float64, what string) {
	if p.loadBalancerGroup != nil {
		p.loadBalancerGroup.AddEgressRule(peer, p.plan.home.tcp(port), jsii.String(what), nil)
		return
	}
	if p.connections == nil {
		p.connections = p.listener.Connections()
	}
	p.connections.AllowTo(peer, p.plan.home.tcp(port), jsii.String(what))
}

const (
	requestsToTargets     = "Requests from ALB to targets"
	healthChecksOfTargets = "Health checks from ALB to targets"
)

// openHealthCheckTo opens the port of health checks that have one of their own.
func (p *privateApiProvider) openHealthCheckTo(targets awsec2.IConnectable, options *RouteOptions) {
	if port := healthCheckPortOf(options); port != nil {
		targets.Connections().AllowFrom(p.listener, p.plan.home.tcp(port), jsii.String(healthChecksOfTargets))
	}
}

// healthCheckPortOf returns the port of health checks that have one of their own, else nil.
func healthCheckPortOf(options *RouteOptions) *float64 {
	if options.HealthCheck == nil {
		return nil
	}
	text, ok := literal(options.HealthCheck.Port)
	if !ok {
		return nil
	}
	if port, ok := rules.PortNumber(text); ok {
		return &port
	}
	return nil
}

// addressOf returns the IP address of a target that is one.
func addressOf(attached *elbv2.LoadBalancerTargetProps) (string, bool) {
	target, _ := attached.TargetJson.(map[string]any)
	address, ok := target["id"].(string)
	return address, ok && attached.TargetType == elbv2.TargetType_IP
}

// portOf returns the port of a target: its own, or that of the route.
func portOf(attached *elbv2.LoadBalancerTargetProps, options *RouteOptions) *float64 {
	if target, ok := attached.TargetJson.(map[string]any); ok {
		if port, ok := target["port"].(float64); ok {
			return &port
		}
	}
	return options.port()
}
