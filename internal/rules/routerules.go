package rules

// What the ALB's listener rules and target groups demand.
var (
	RouteCondition = Rule{
		ID: "privateapi:routeCondition", Severity: Error,
		Summary: "A listener rule matches paths that begin with / or *, and host names, each of at most 128 characters and five in all.",
		AWS:     "rejects the listener rule",
		Fix:     "write paths like /v1/* and hosts like api.company.com; split a route of more than five values",
		Source:  applicationL + "rule-condition-types.html",
	}
	RoutePriority = Rule{
		ID: "privateapi:routePriority", Severity: Error,
		Summary: "A listener rule has a priority " + RulePriorities.between() + " that no other rule of the listener has.",
		AWS:     "PriorityInUse: Priority is currently in use",
		Fix:     "choose another Priority",
		Source:  applicationL + "listener-rules.html",
	}
	RouteOverlap = Rule{
		ID: "privateapi:routeOverlap", Severity: Error,
		Summary: "Two routes that can match the same request have a Priority each.",
		AWS:     "would send the request to the rule with the smaller priority number",
		Fix:     "set Priority on both routes: the smaller one is tried first",
		Source:  applicationL + "listener-rules.html",
	}
	DeregistrationDelay = Rule{
		ID: "privateapi:deregistrationDelay", Severity: Error,
		Summary: "Targets that are removed finish their requests within " + DeregistrationDelays.String() + " seconds.",
		AWS:     "rejects the attribute deregistration_delay.timeout_seconds",
		Fix:     "use " + DeregistrationDelays.String() + " seconds, or leave it out for 300",
		Source:  applicationL + "edit-target-group-attributes.html",
	}
	TargetPeers = Rule{
		ID: "privateapi:targetPeers", Severity: Error,
		Summary: "A route to instances names their security group, so that the ALB can be opened to it.",
		AWS:     "drops requests and health checks: no security group lets them pass",
		Fix:     "set TargetPeers to the instance, or to its security group",
		Source:  applicationL + "load-balancer-update-security-groups.html",
	}
	RouteTarget = Rule{
		ID: "privateapi:routeTarget", Severity: Error,
		Summary: "All targets of a route are of one type; Lambda functions have routes of their own.",
		AWS:     "rejects the target",
		Fix:     "set TargetType to TargetType_LAMBDA for a Lambda function, and split a route of mixed targets",
		Source:  applicationL + "load-balancer-target-groups.html",
	}
)
