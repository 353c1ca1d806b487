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
	TargetAddress = Rule{
		ID: "privateapi:targetAddress", Severity: Error,
		Summary: "An IP target has a private address, or one of the VPC.",
		AWS:     "rejects the target: public addresses cannot be registered",
		Fix:     "use an address of the VPC, of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
		Source:  applicationL + "target-group-register-targets.html",
	}
	TargetZone = Rule{
		ID: "privateapi:targetZone", Severity: Warning,
		Summary: "An IP target outside of the VPC has the Availability Zone all.",
		AWS:     "rejects the target, unless a secondary CIDR block of the VPC has the address",
		Fix:     "set the Availability Zone of the IP target to all",
		Source:  elbAPI + "API_TargetDescription.html",
	}
	TargetVpc = Rule{
		ID: "privateapi:targetVpc", Severity: Error,
		Summary: "The targets of a route are in the VPC of the provider.",
		AWS:     "rejects the target: it is not in the VPC of the target group",
		Fix:     "place the targets in the VPC of the provider, or give their VPC a provider of its own",
		Source:  applicationL + "load-balancer-target-groups.html",
	}
	StackCycle = Rule{
		ID: "privateapi:stackCycle", Severity: Error,
		Summary: "The targets of a route are not in a stack that the provider's stack depends on.",
		AWS:     "is not involved: CDK allows no cycle of stacks",
		Fix:     "define the provider in the stack of the targets, or the targets in a stack of their own",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/stacks.html",
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
