package rules

// What the ALB's listener rules and target groups demand.
var (
	RouteCondition = Rule{
		ID: "privateapi:routeCondition", Severity: Error,
		Summary: "A listener rule matches paths that begin with / or *, and host names, each of at most 128 characters and five in all.",
		AWS:     "refuses the listener rule",
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
		Summary: "Two routes that can match one request say which of them is tried first.",
		AWS:     "would send the request to whichever rule has the smaller priority",
		Fix:     "set Priority on both routes: the smaller one is tried first",
		Source:  applicationL + "listener-rules.html",
	}
	DeregistrationDelay = Rule{
		ID: "privateapi:deregistrationDelay", Severity: Error,
		Summary: "Targets that are removed finish their requests within " + DeregistrationDelays.String() + " seconds.",
		AWS:     "refuses the attribute deregistration_delay.timeout_seconds",
		Fix:     "give " + DeregistrationDelays.String() + " seconds, or nothing for 300",
		Source:  applicationL + "edit-target-group-attributes.html",
	}
	TargetPeers = Rule{
		ID: "privateapi:targetPeers", Severity: Error,
		Summary: "The ALB is opened to instances whose security group is known.",
		AWS:     "drops requests and health checks: no security group lets them pass",
		Fix:     "give the instance, or its security group, as TargetPeers",
		Source:  applicationL + "load-balancer-update-security-groups.html",
	}
	RouteTarget = Rule{
		ID: "privateapi:routeTarget", Severity: Error,
		Summary: "The targets of one route are of one type, which a Lambda function shares with nothing else.",
		AWS:     "refuses the target",
		Fix:     "set TargetType to TargetType_LAMBDA for a Lambda function, and split a route of mixed targets",
		Source:  applicationL + "load-balancer-target-groups.html",
	}
)
