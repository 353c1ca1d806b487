package rules

import "fmt"

// The rules of the ALB's listener rules and target groups.
var (
	RouteCondition = Rule{
		ID: "privateapi:routeCondition", Severity: Error,
		Summary: "A listener rule has at most five values of up to 128 characters each, with five wildcards in total; a path begins with / or *, a " +
			"host has only letters after the last dot, and a method is in capitals.",
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
	SourceIPCondition = Rule{
		ID: "privateapi:sourceIpCondition", Severity: Warning,
		Summary: "A source-ip condition sees the address of the NLB: PrivateLink hides those of the clients.",
		AWS:     "compares the condition with the address of an NLB node, which is the same for all clients",
		Fix:     "remove the condition, and distinguish clients by a header, a token or a certificate",
		Source:  networkLB + "edit-target-group-attributes.html",
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
	WeightedForward = Rule{
		ID: "privateapi:weightedForward", Severity: Error,
		Summary: fmt.Sprintf("A listener rule forwards to at most %d target groups, each of them once; weights are whole numbers %s, not all of them 0, "+
			"and stickiness lasts %v seconds.", MaxForwardGroups, TargetGroupWeights.between(), StickinessDurations),
		AWS:    "rejects the listener rule, or answers every request with 503 if all weights are 0",
		Fix:    fmt.Sprintf("list at most %d target groups, with weights %s", MaxForwardGroups, TargetGroupWeights.between()),
		Source: elbAPI + "API_ForwardActionConfig.html",
	}
	TargetGroupLoadBalancer = Rule{
		ID: "privateapi:targetGroupLoadBalancer", Severity: Error,
		Summary: "A target group belongs to one load balancer.",
		AWS:     "TargetGroupAssociationLimit: The following target groups cannot be associated with more than one load balancer",
		Fix:     "define a target group for each load balancer",
		Source:  applicationL + "load-balancer-target-groups.html",
	}
	TargetsUnknown = Rule{
		ID: "privateapi:targetsUnknown", Severity: Warning,
		Summary: "A route to an imported target group sets TargetPeers: its targets, and so their security groups, are unknown.",
		AWS:     "drops requests and health checks, unless security group rules of the targets and of the ALB allow them",
		Fix:     "set TargetPeers to the targets, and Port to their port",
		Source:  applicationL + "load-balancer-update-security-groups.html",
	}
	RouteAction = Rule{
		ID: "privateapi:routeAction", Severity: Error,
		Summary: fmt.Sprintf("An Action is a fixed response with a status 2XX, 4XX or 5XX and at most %d bytes, or a redirect.", MaxResponseBodyLength),
		AWS:     "rejects the listener rule",
		Fix:     "use ListenerAction_FixedResponse or ListenerAction_Redirect",
		Source:  applicationL + "rule-action-types.html",
	}
	JwtValidation = Rule{
		ID: "privateapi:jwtValidation", Severity: Error,
		Summary: fmt.Sprintf("JWT validation needs an HTTPS listener, an issuer and an https:// JWKS endpoint of at most %d characters, and has at most %d "+
			"additional claims of %d values.", MaxJwtTextLength, MaxJwtClaims, MaxJwtClaims),
		AWS:    "rejects the listener rule",
		Fix:    "set JwtIssuer, and JwtJwksEndpoint with a URL such as https://id.company.com/.well-known/jwks.json",
		Source: elbAPI + "API_JwtValidationActionConfig.html",
	}
	JwksEgress = Rule{
		ID: "privateapi:jwksEgress", Severity: Error,
		Summary: "The security groups of an ALB that validates JWTs allow traffic to the JWKS endpoint.",
		AWS:     "cannot fetch the keys, and rejects every request",
		Fix:     "set JwksPeer, such as Peer_AnyIpv4(): the ALB is opened to it on the port of the JWKS endpoint",
		Source:  applicationL + "listener-verify-jwt.html",
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
		Summary: "Targets are in the VPC of the provider.",
		AWS:     "rejects the target: it is not in the VPC of the target group",
		Fix:     "place the targets in the VPC of the provider, or give their VPC a provider of its own",
		Source:  applicationL + "load-balancer-target-groups.html",
	}
	StackCycle = Rule{
		ID: "privateapi:stackCycle", Severity: Error,
		Summary: "Targets are not in a stack that the provider's stack depends on.",
		AWS:     "is not involved: CDK allows no cycle of stacks",
		Fix:     "define the provider in the stack of the targets, or the targets in a stack of their own",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/stacks.html",
	}
	TargetPeers = Rule{
		ID: "privateapi:targetPeers", Severity: Error,
		Summary: "A route or a listener to instances sets TargetPeers, so that security group rules can allow traffic from the load balancer.",
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
