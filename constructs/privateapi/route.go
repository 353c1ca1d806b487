package privateapi

import (
	"fmt"

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

	// Which route is tried first, 2 to 50000, 1 too for an existing Listener; the smallest number wins. Two routes that can match one request need one
	// each.
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

	// What stands behind targets that bring no security group: security groups or CIDR blocks, to which the ALB is
	// opened on Port. Addresses of IP targets are opened without it, and so are Fargate services and instances that are
	// defined in this app.
	//
	// Default: - none.
	TargetPeers *[]awsec2.IConnectable

	// How the ALB checks the targets. A Port of its own is opened to them too.
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
	refuse(r, p, jsii.String(routeID(*id)))

	group := elbv2.NewApplicationTargetGroup(p, jsii.String(routeID(*id)), options.targetGroupProps(p.plan.props.Vpc))
	if p.attach(r, group, options); len(r.Problems()) > 0 {
		// Of what type a target is, it tells only when it is attached.
		p.Node().TryRemoveChild(jsii.String(routeID(*id)))
		refuse(r, p, jsii.String(routeID(*id)))
	}
	p.routes = append(p.routes, route)
	elbv2.NewApplicationListenerRule(group, jsii.String("Rule"), &elbv2.ApplicationListenerRuleProps{
		Listener:     p.listener,
		Priority:     jsii.Number(float64(route.Priority)),
		Conditions:   options.conditions(),
		TargetGroups: &[]elbv2.IApplicationTargetGroup{group},
	})
	return group
}

// routeID keeps the ids of routes apart from those of the provider's own children.
func routeID(id string) string { return "Route" + id }

// planRoute checks a route against the rules of a listener and against the routes before it.
func (p *privateApiProvider) planRoute(r *rules.Report, id string, options *RouteOptions) rules.Route {
	options.validate(r)
	route := rules.Route{ID: id, Paths: literals(options.PathPatterns), Hosts: literals(options.HostHeaders)}
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
		case route.Overlaps(other) && (!route.Explicit || !other.Explicit):
			r.Add(rules.RouteOverlap, "PathPatterns", "matches requests of route %s too", other.ID)
		}
	}
}

// answersHealthChecks reports whether the listener of the routes has the rule that answers health checks.
func (plan *providerPlan) answersHealthChecks() bool {
	return plan.props.Listener == nil && !plan.ownHealthListener
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
		}{{"Port", o.Port != nil}, {"Protocol", o.Protocol != ""}, {"ProtocolVersion", o.ProtocolVersion != ""}} {
			if property.given {
				r.AddWithFix(rules.RouteTarget, property.name, "leave it out", "is given for a Lambda function")
			}
		}
	}
	if o.TargetType == elbv2.TargetType_ALB {
		r.AddWithFix(rules.RouteTarget, "TargetType", "leave it out", "is ALB, which only an NLB can have behind it")
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
func (o *RouteOptions) conditions() *[]elbv2.ListenerCondition {
	var conditions []elbv2.ListenerCondition
	if o.HostHeaders != nil && len(*o.HostHeaders) > 0 {
		conditions = append(conditions, elbv2.ListenerCondition_HostHeaders(o.HostHeaders))
	}
	if o.PathPatterns != nil && len(*o.PathPatterns) > 0 {
		conditions = append(conditions, elbv2.ListenerCondition_PathPatterns(o.PathPatterns))
	}
	if len(conditions) == 0 {
		conditions = append(conditions, elbv2.ListenerCondition_PathPatterns(jsii.Strings("/*")))
	}
	return &conditions
}

// attach registers the targets and opens the ALB to those that CDK does not open it to.
func (p *privateApiProvider) attach(r *rules.Report, group elbv2.ApplicationTargetGroup, options *RouteOptions) {
	for i, target := range *options.Targets {
		attached := target.AttachToApplicationTargetGroup(group)
		property := fmt.Sprintf("Targets[%d]", i)
		isLambda := attached.TargetType == elbv2.TargetType_LAMBDA
		if isLambda != (options.TargetType == elbv2.TargetType_LAMBDA) {
			r.Add(rules.RouteTarget, property, "is of type %s, but TargetType is %q", attached.TargetType, options.TargetType)
			return
		}
		group.AddLoadBalancerTarget(attached)
		if address, port, ok := addressOf(attached); ok {
			p.openTo(peerOfAddress(address), valueOr(port, options.port()), options)
		}
		if connectable, ok := target.(awsec2.IConnectable); ok {
			p.openHealthCheckTo(connectable, options)
		}
	}
	if options.TargetPeers != nil {
		for _, peer := range *options.TargetPeers {
			p.openTo(peer, options.port(), options)
		}
	}
}

// openTo opens the ALB to targets, and the targets to it if they have a security group, on their port and on the port
// of their health check.
func (p *privateApiProvider) openTo(targets awsec2.IConnectable, port *float64, options *RouteOptions) {
	p.listener.Connections().AllowTo(targets, awsec2.Port_Tcp(port), jsii.String("Requests from ALB to targets"))
	p.openHealthCheckTo(targets, options)
}

func (p *privateApiProvider) openHealthCheckTo(targets awsec2.IConnectable, options *RouteOptions) {
	if options.HealthCheck == nil {
		return
	}
	text, ok := literal(options.HealthCheck.Port)
	if !ok {
		return
	}
	if port, ok := rules.PortNumber(text); ok && port != *options.port() {
		p.listener.Connections().AllowTo(targets, awsec2.Port_Tcp(jsii.Number(port)), jsii.String("Health checks from ALB to targets"))
	}
}

// addressOf returns the IP address of a target, and its port if it has one of its own.
func addressOf(attached *elbv2.LoadBalancerTargetProps) (address string, port *float64, ok bool) {
	target, isMap := attached.TargetJson.(map[string]any)
	if attached.TargetType != elbv2.TargetType_IP || !isMap {
		return "", nil, false
	}
	address, ok = target["id"].(string)
	if number, isNumber := target["port"].(float64); isNumber {
		port = jsii.Number(number)
	}
	return address, port, ok
}

// literals returns the strings of a list that are not tokens. A list with a token in it counts as empty, and then
// matches everything: what is unknown is never taken for distinct.
func literals(list *[]*string) []string {
	var values []string
	for _, element := range elements(list) {
		value, ok := literal(element)
		if !ok {
			return nil
		}
		values = append(values, value)
	}
	return values
}
