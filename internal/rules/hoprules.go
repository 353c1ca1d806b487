package rules

const (
	vpcGuide        = "https://docs.aws.amazon.com/vpc/latest/userguide/"
	troubleshootALB = applicationL + "load-balancer-troubleshooting.html"
)

// What a call needs of the consumer: the name, the way to the endpoint, and a service behind it.
var (
	PathHostedZone = Rule{
		ID: "privateapi:pathHostedZone", Severity: Error,
		Summary: "The name that a client calls is answered in its VPC, by a private hosted zone or by the endpoint's private DNS.",
		AWS:     "the name does not resolve: NXDOMAIN, or whatever public DNS answers",
		Fix:     "associate a private hosted zone of the name with the client's VPC, or enable private DNS on the endpoint",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	PathRecord = Rule{
		ID: "privateapi:pathRecord", Severity: Error,
		Summary: "The zone that answers a name has a record of it, which leads to an endpoint of the client's VPC.",
		AWS:     "the name does not resolve, or leads to where the API is not",
		Fix:     "give the zone an alias record of the name, with a DNS name and hosted zone ID of the endpoint's DnsEntries",
		Source:  route53 + "routing-to-vpc-interface-endpoint.html",
	}
	PathRoute = Rule{
		ID: "privateapi:pathRoute", Severity: Error,
		Summary: "The client is in the endpoint's VPC, where the route between them is always there.",
		AWS:     "the connection times out, unless peering or a transit gateway leads there and back",
		Fix:     "give the client's VPC an endpoint of its own",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	PathClientEgress = Rule{
		ID: "privateapi:pathClientEgress", Severity: Error,
		Summary: "A security group of the client lets it out to the endpoint on the port of the API.",
		AWS:     "drops what the client sends: the connection times out",
		Fix:     "add an egress rule to the client's security group: TCP, the port of the API, to the endpoint's security group",
		Source:  vpcGuide + "security-group-rules.html",
	}
	PathClientNetworkAcl = Rule{
		ID: "privateapi:pathClientNetworkAcl", Severity: Error,
		Summary: "The network ACLs between the client and the endpoint let the call pass, and the answer to its ephemeral port.",
		AWS:     "drops the call or its answer: the connection times out",
		Fix: "let the client's subnet out to the port of the API and in from it to ports 1024 to 65535, and the endpoint's subnet the " +
			"other way round",
		Source: vpcGuide + "custom-network-acl.html",
	}
	PathEndpointIngress = Rule{
		ID: "privateapi:pathEndpointIngress", Severity: Error,
		Summary: "A security group of the endpoint lets the client in on the port of the API.",
		AWS:     "drops what the client sends: the connection times out",
		Fix:     "add an ingress rule to the endpoint's security group: TCP, the port of the API, from the client's security group",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	PathEndpointZones = Rule{
		ID: "privateapi:pathEndpointZones", Severity: Error,
		Summary: "The subnets of the endpoint are in Availability Zones in which the service is, by their IDs.",
		AWS:     "InvalidParameter: The VPC endpoint service does not support the availability zone of the subnet",
		Fix:     "select subnets in the Availability Zones of the service's load balancers",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	PathEndpointService = Rule{
		ID: "privateapi:pathEndpointService", Severity: Error,
		Summary: "The service that the endpoint names exists, in the endpoint's Region or in one that the service supports.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist",
		Fix:     "give the name of the service as the provider's stack has it, and ServiceRegion if the service is in another Region",
		Source:  privateLink + "create-endpoint-service.html",
	}
	PathAllowedPrincipal = Rule{
		ID: "privateapi:pathAllowedPrincipal", Severity: Error,
		Summary: "The consumer's account is among the principals that the service allows.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist, as for a service that is not there",
		Fix:     "add arn:aws:iam::<account>:root to AllowedPrincipals of the service's permissions",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	PathAcceptance = Rule{
		ID: "privateapi:pathAcceptance", Severity: Error,
		Summary: "The provider accepts the connection, or does not require acceptance.",
		AWS:     "leaves the connection in pendingAcceptance: the endpoint carries no traffic",
		Fix:     "accept the connection, or set AcceptanceRequired to false and list the accounts",
		Source:  privateLink + "configure-endpoint-service.html",
	}
)

// What a call needs of the NLB.
var (
	PathNlbIngress = Rule{
		ID: "privateapi:pathNlbIngress", Severity: Error,
		Summary: "The NLB's security groups do not hold back what comes over PrivateLink.",
		AWS:     "drops the connection: enforced rules see the private IP address of the client, never a security group of its",
		Fix: "set EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic to off, or let in the CIDR blocks of the consumers on the port of " +
			"the listener",
		Source: networkLB + "load-balancer-security-groups.html",
	}
	PathNlbListener = Rule{
		ID: "privateapi:pathNlbListener", Severity: Error,
		Summary: "The NLB has a listener on the port that the client calls.",
		AWS:     "drops what no listener takes: the connection fails",
		Fix:     "call the port of the listener, or add a TCP listener on the port that is called",
		Source:  networkLB + "load-balancer-listeners.html",
	}
	PathNlbTargetGroup = Rule{
		ID: "privateapi:pathNlbTargetGroup", Severity: Error,
		Summary: "The NLB's listener forwards to a target group that has targets and that AWS accepts there.",
		AWS:     "refuses the listener or the target, or has nothing to forward to: the connection fails",
		Fix:     "forward to a TCP target group of type alb with the ALB as its only target, or to one of type ip or instance with targets",
		Source:  albTarget,
	}
	PathNlbHealthCheck = Rule{
		ID: "privateapi:pathNlbHealthCheck", Severity: Error,
		Summary: "The NLB's health check can pass: something answers its port, protocol and path with a code that it takes for healthy.",
		AWS:     "marks the target unhealthy, in every Availability Zone",
		Fix:     "check a path that a listener rule answers for every host, over the protocol and on the port of the ALB's listener",
		Source:  albTarget,
	}
	PathNlbEgress = Rule{
		ID: "privateapi:pathNlbEgress", Severity: Error,
		Summary: "The NLB's security groups let it out to the ALB, for requests and for health checks.",
		AWS:     "drops requests and health checks: the connection times out",
		Fix:     "add an egress rule to the NLB's security group: TCP, the port of the ALB's listener, to the ALB's security group",
		Source:  networkLB + "load-balancer-security-groups.html",
	}
	PathNlbNetworkAcl = Rule{
		ID: "privateapi:pathNlbNetworkAcl", Severity: Error,
		Summary: "The network ACLs between the NLB and the ALB let requests pass, and the answers to ephemeral ports.",
		AWS:     "drops requests or their answers: the connection times out",
		Fix:     "let the subnets of both load balancers reach each other, on the port of the ALB's listener and on ports 1024 to 65535",
		Source:  vpcGuide + "custom-network-acl.html",
	}
)

// What a call needs of the ALB and of the targets.
var (
	PathAlbIngress = Rule{
		ID: "privateapi:pathAlbIngress", Severity: Error,
		Summary: "The ALB's security groups let the NLB in on the port of the listener.",
		AWS:     "drops requests and health checks: the connection times out",
		Fix:     "add an ingress rule to the ALB's security group: TCP, the port of its listener, from the NLB's security group",
		Source:  networkLB + "load-balancer-security-groups.html",
	}
	PathAlbListener = Rule{
		ID: "privateapi:pathAlbListener", Severity: Error,
		Summary: "The ALB has a listener on the port to which the NLB forwards, with the protocol that the client speaks.",
		AWS:     "refuses the target, or nothing answers there: the connection fails",
		Fix:     "make the port of the target that of the ALB's HTTPS listener",
		Source:  albTarget,
	}
	PathCertificate = Rule{
		ID: "privateapi:pathCertificate", Severity: Error,
		Summary: "A certificate of the ALB's listener covers the name that the client calls.",
		AWS:     "presents the default certificate: the client refuses a certificate that is not valid for the name",
		Fix:     "add a certificate of the name to the listener, or call a name that its certificate has",
		Source:  applicationL + "https-listener-certificates.html",
	}
	PathAlbRule = Rule{
		ID: "privateapi:pathAlbRule", Severity: Error,
		Summary: "The first listener rule that matches host and path, or the default action, forwards to targets.",
		AWS:     "answers itself, as the rule or the default action says",
		Fix:     "add a rule for the host and the path, with a smaller priority than the rule that takes the request now",
		Source:  applicationL + "listener-rules.html",
	}
	PathTargetGroup = Rule{
		ID: "privateapi:pathTargetGroup", Severity: Error,
		Summary: "The target group to which the request is forwarded has targets.",
		AWS:     "answers 503 Service Temporarily Unavailable",
		Fix:     "register targets: name the target group in the service's LoadBalancers, or list Targets",
		Source:  troubleshootALB,
	}
	PathTargetHealthCheck = Rule{
		ID: "privateapi:pathTargetHealthCheck", Severity: Error,
		Summary: "The health check of the targets can pass: it asks a port on which they listen, and is let through to them.",
		AWS:     "marks every target unhealthy; ECS stops the tasks and starts others, without end",
		Fix:     "check the port and a path on which the target answers, and let the load balancer in on that port",
		Source:  applicationL + "target-group-health-checks.html",
	}
	PathLoadBalancerEgress = Rule{
		ID: "privateapi:pathLoadBalancerEgress", Severity: Error,
		Summary: "The security groups of the last load balancer let it out to the targets.",
		AWS:     "answers 504 Gateway Timeout; through an NLB alone the connection times out",
		Fix:     "add an egress rule to the load balancer's security group: TCP, the target's port, to the target's security group",
		Source:  applicationL + "load-balancer-update-security-groups.html",
	}
	PathTargetNetworkAcl = Rule{
		ID: "privateapi:pathTargetNetworkAcl", Severity: Error,
		Summary: "The network ACLs between the load balancer and the targets let requests pass, and the answers to ephemeral ports.",
		AWS:     "answers 504 Gateway Timeout; through an NLB alone the connection times out",
		Fix:     "let the subnets of both reach each other, on the target's port and on ports 1024 to 65535",
		Source:  vpcGuide + "custom-network-acl.html",
	}
	PathTargetIngress = Rule{
		ID: "privateapi:pathTargetIngress", Severity: Error,
		Summary: "The security groups of the target let the load balancer in.",
		AWS:     "answers 504 Gateway Timeout; through an NLB alone the connection times out",
		Fix:     "add an ingress rule to the target's security group: TCP, the target's port, from the load balancer's security group",
		Source:  applicationL + "load-balancer-update-security-groups.html",
	}
	PathTarget = Rule{
		ID: "privateapi:pathTarget", Severity: Error,
		Summary: "Something listens on the port to which requests are forwarded: a container with that port.",
		AWS:     "refuses the service, or answers 502 Bad Gateway; through an NLB alone the connection is reset",
		Fix:     "map the port in the task definition's PortMappings, and name the container and the port in the service's LoadBalancers",
		Source:  troubleshootALB,
	}
)
