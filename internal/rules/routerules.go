package rules

import "fmt"

// The rules of the ALB's listener rules and target groups.
var (
	RouteCondition = Rule{
		ID: "privateapi:routeCondition", Severity: Error,
		Summary: "A listener rule has at most five path and host patterns of up to 128 characters each, with five wildcards in total; a path begins " +
			"with / or *, and a host has only letters after the last dot.",
		AWS:    "rejects the listener rule",
		Fix:    "write paths like /v1/* and hosts like api.company.com; split a route with more than five values",
		Source: applicationL + "rule-condition-types.html",
	}
	RouteConditionValues = Rule{
		ID: "privateapi:routeConditionValues", Severity: Warning,
		Summary: "A condition of a listener rule has at most three values: so says the guide, while the quotas only limit a rule to five.",
		AWS:     "may reject the listener rule",
		Fix:     "split the route, or use a wildcard",
		Source:  applicationL + "rule-condition-types.html",
	}
	RuleQuota = Rule{
		ID: "privateapi:ruleQuota", Severity: Warning,
		Summary: fmt.Sprintf("By default, an ALB can have %d listener rules besides the default rules.", MaxRules),
		AWS:     "TooManyRules",
		Fix:     "request a higher quota of rules per Application Load Balancer first",
		Source:  applicationL + "load-balancer-limits.html",
	}
	TargetGroupQuota = Rule{
		ID: "privateapi:targetGroupQuota", Severity: Error,
		Summary: fmt.Sprintf("An ALB forwards to at most %d target groups.", MaxTargetGroups),
		AWS:     "TooManyTargetGroups; the quota cannot be raised",
		Fix:     "use another ALB for some of the routes",
		Source:  applicationL + "load-balancer-limits.html",
	}
	GRPCListener = Rule{
		ID: "privateapi:grpcListener", Severity: Error,
		Summary: "A route to gRPC targets needs an HTTPS listener.",
		AWS:     "rejects the listener rule",
		Fix:     "use an HTTPS listener, or another ProtocolVersion",
		Source:  applicationL + "load-balancer-target-groups.html",
	}
	RoutePriority = Rule{
		ID: "privateapi:routePriority", Severity: Error,
		Summary: "A listener rule has a priority " + RulePriorities.between() + " that no other rule of its listener has.",
		AWS:     "PriorityInUse: Priority is currently in use",
		Fix:     "choose another Priority",
		Source:  applicationL + "listener-rules.html",
	}
	RouteOverlap = Rule{
		ID: "privateapi:routeOverlap", Severity: Error,
		Summary: "Two routes that can match the same request each set Priority.",
		AWS:     "would send the request to the rule with the smaller priority number",
		Fix:     "set Priority on both routes: the smaller one is tried first",
		Source:  applicationL + "listener-rules.html",
	}
	RouteShadowed = Rule{
		ID: "privateapi:routeShadowed", Severity: Warning,
		Summary: "A listener rule matches some request that no earlier rule matches.",
		AWS:     "applies the earlier rule to every request that this rule matches",
		Fix:     "give the narrower rule the lower Priority, or remove it",
		Source:  applicationL + "listener-rules.html",
	}
	DeregistrationDelay = Rule{
		ID: "privateapi:deregistrationDelay", Severity: Error,
		Summary: "The deregistration delay of a target group is " + DeregistrationDelays.between() + " seconds.",
		AWS:     "rejects the attribute deregistration_delay.timeout_seconds",
		Fix:     "use " + DeregistrationDelays.String() + " seconds, or omit it for 300",
		Source:  applicationL + "edit-target-group-attributes.html",
	}
	TargetPeers = Rule{
		ID: "privateapi:targetPeers", Severity: Error,
		Summary: "A route to instances sets TargetPeers, so that security group rules can allow traffic from the ALB.",
		AWS:     "drops requests and health checks: no security group rule allows them",
		Fix:     "set TargetPeers to the instance, or to its security group",
		Source:  applicationL + "load-balancer-update-security-groups.html",
	}
	RouteTarget = Rule{
		ID: "privateapi:routeTarget", Severity: Error,
		Summary: "All targets of a route have the same type; a Lambda function needs a route of its own.",
		AWS:     "rejects the target",
		Fix:     "set TargetType to TargetType_LAMBDA for a Lambda function, and split a route whose targets have several types",
		Source:  applicationL + "load-balancer-target-groups.html",
	}
)
