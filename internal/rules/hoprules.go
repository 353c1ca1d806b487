package rules

const (
	vpcGuide        = "https://docs.aws.amazon.com/vpc/latest/userguide/"
	troubleshootALB = applicationL + "load-balancer-troubleshooting.html"
)

// The rules of the hops on the consumer's side: the name, the network up to the endpoint, and the service behind it. The ID
// of each rule of a hop begins with "privateapi:path".
var (
	PathHostedZone = Rule{
		ID: "privateapi:pathHostedZone", Severity: Error,
		Summary: "The name that a client calls resolves in its VPC, through a private hosted zone or the endpoint's private DNS.",
		AWS:     "answers NXDOMAIN, or what public DNS has for the name",
		Fix:     "associate a private hosted zone for the name with the client's VPC, or enable private DNS on the endpoint",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	PathRecord = Rule{
		ID: "privateapi:pathRecord", Severity: Error,
		Summary: "The hosted zone has a record for the name, which resolves to an endpoint in the client's VPC, or to an internal ALB.",
		AWS:     "answers NXDOMAIN, or the address of something else",
		Fix:     "add an alias record for the name, with a DNS name and hosted zone ID from the endpoint's DnsEntries",
		Source:  route53 + "routing-to-vpc-interface-endpoint.html",
	}
	PathRoute = Rule{
		ID: "privateapi:pathRoute", Severity: Error,
		Summary: "The client is in the VPC of what it calls, or the most specific route of its subnet leads to what connects the two VPCs.",
		AWS:     "drops the packets, or sends them elsewhere: the connection times out",
		Fix:     "create an endpoint in the client's VPC, or route the addresses to a peering connection or a transit gateway",
		Source:  vpcGuide + "route-tables-priority.html",
	}
	PathClientEgress = Rule{
		ID: "privateapi:pathClientEgress", Severity: Error,
		Summary: "A security group of the client allows traffic to the endpoint or the ALB on the port of the API.",
		AWS:     "drops the client's packets: the connection times out",
		Fix:     "add an egress rule to the client's security group: TCP, the port of the API, to the security group of the endpoint or the ALB; over a transit gateway, to its CIDR blocks",
		Source:  vpcGuide + "security-group-rules.html",
	}
	PathClientNetworkAcl = Rule{
		ID: "privateapi:pathClientNetworkAcl", Severity: Error,
		Summary: "The network ACLs between the client and the endpoint or the ALB allow requests, and responses to ephemeral ports.",
		AWS:     "drops requests or responses: the connection times out",
		Fix: "allow the port of the API from the client's subnet to the endpoint's, and ports 1024 to 65535 back, in the network ACLs " +
			"of both subnets",
		Source: vpcGuide + "custom-network-acl.html",
	}
	PathEndpointIngress = Rule{
		ID: "privateapi:pathEndpointIngress", Severity: Error,
		Summary: "A security group of the endpoint allows traffic from the client on the port of the API.",
		AWS:     "drops the client's packets: the connection times out",
		Fix:     "add an ingress rule to the endpoint's security group: TCP, the port of the API, from the client's security group",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	PathEndpointZones = Rule{
		ID: "privateapi:pathEndpointZones", Severity: Error,
		Summary: "The endpoint's subnets are in Availability Zones of the service, compared by zone ID.",
		AWS:     "InvalidParameter: The VPC endpoint service does not support the availability zone of the subnet",
		Fix:     "select subnets in the Availability Zones of the service's NLBs",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	PathEndpointService = Rule{
		ID: "privateapi:pathEndpointService", Severity: Error,
		Summary: "The service that the endpoint names exists, in the endpoint's Region or with support for that Region.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist",
		Fix:     "set ServiceName to the name in the provider's stack, and ServiceRegion if the service is in another Region",
		Source:  privateLink + "create-endpoint-service.html",
	}
	PathAllowedPrincipal = Rule{
		ID: "privateapi:pathAllowedPrincipal", Severity: Error,
		Summary: "The service allows the consumer's account as a principal.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist, the same error as for a missing service",
		Fix:     "add arn:aws:iam::<account>:root to AllowedPrincipals of the service's permissions",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	PathAcceptance = Rule{
		ID: "privateapi:pathAcceptance", Severity: Error,
		Summary: "The provider accepts the connection, or does not require acceptance.",
		AWS:     "leaves the connection in pendingAcceptance: the endpoint carries no traffic",
		Fix:     "accept the connection, or set AcceptanceRequired to false and allow only the consumers' accounts",
		Source:  privateLink + "configure-endpoint-service.html",
	}
)

// The rules of the hops at the NLB.
var (
	PathNlbIngress = Rule{
		ID: "privateapi:pathNlbIngress", Severity: Error,
		Summary: "The NLB's security groups do not block traffic from PrivateLink.",
		AWS:     "drops the packets: enforced rules match the client's private IP address, never its security groups",
		Fix: "set EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic to off, or allow the consumers' CIDR blocks on the listener's " +
			"port",
		Source: networkLB + "load-balancer-security-groups.html",
	}
	PathNlbListener = Rule{
		ID: "privateapi:pathNlbListener", Severity: Error,
		Summary: "The NLB has a listener on the port that the client calls.",
		AWS:     "accepts no connection on that port: the connection fails",
		Fix:     "call the listener's port, or add a TCP listener on the port that clients call",
		Source:  networkLB + "load-balancer-listeners.html",
	}
	PathNlbTargetGroup = Rule{
		ID: "privateapi:pathNlbTargetGroup", Severity: Error,
		Summary: "The NLB's listener forwards to a target group that has targets, of a type that AWS accepts there.",
		AWS:     "refuses the listener or the target, or has no target to forward to: the connection fails",
		Fix:     "forward to a TCP target group of type alb with the ALB as its only target, or to one of type ip or instance with targets",
		Source:  albTarget,
	}
	PathNlbHealthCheck = Rule{
		ID: "privateapi:pathNlbHealthCheck", Severity: Error,
		Summary: "The NLB's health check can succeed: its port, protocol and path get a response with a code that counts as healthy.",
		AWS:     "marks the target unhealthy, in every Availability Zone",
		Fix:     "use the protocol and port of the ALB's listener, and a path that a listener rule answers for every host",
		Source:  albTarget,
	}
	PathNlbEgress = Rule{
		ID: "privateapi:pathNlbEgress", Severity: Error,
		Summary: "The NLB's security groups allow traffic to the ALB, for requests and health checks.",
		AWS:     "drops requests and health checks: the connection times out",
		Fix:     "add an egress rule to the NLB's security group: TCP, the port of the ALB's listener, to the ALB's security group",
		Source:  networkLB + "load-balancer-security-groups.html",
	}
	PathNlbNetworkAcl = Rule{
		ID: "privateapi:pathNlbNetworkAcl", Severity: Error,
		Summary: "The network ACLs between the NLB and the ALB allow requests, and responses to ephemeral ports.",
		AWS:     "drops requests or responses: the connection times out",
		Fix:     "allow the port of the ALB's listener and ports 1024 to 65535 between the subnets of both load balancers",
		Source:  vpcGuide + "custom-network-acl.html",
	}
)

// The rules of the hops at the ALB and the targets.
var (
	PathAlbIngress = Rule{
		ID: "privateapi:pathAlbIngress", Severity: Error,
		Summary: "The ALB's security groups allow traffic from the NLB, from VPC Lattice or from the client on the listener's port.",
		AWS:     "drops requests and health checks: the connection times out",
		Fix:     "add an ingress rule to the ALB's security group: TCP, the port of its listener, from the NLB's security group",
		Source:  networkLB + "load-balancer-security-groups.html",
	}
	PathAlbListener = Rule{
		ID: "privateapi:pathAlbListener", Severity: Error,
		Summary: "The ALB has a listener on the port that the NLB forwards to, for the client's protocol.",
		AWS:     "refuses the target, or accepts no connection on that port: the connection fails",
		Fix:     "register the ALB on the port of its HTTPS listener",
		Source:  albTarget,
	}
	PathCertificate = Rule{
		ID: "privateapi:pathCertificate", Severity: Error,
		Summary: "A certificate of the ALB's listener covers the name that the client calls.",
		AWS:     "presents the default certificate, which the client rejects, as it is not valid for the name",
		Fix:     "add a certificate for the name to the listener, or call a name that its certificate covers",
		Source:  applicationL + "https-listener-certificates.html",
	}
	PathAlbRule = Rule{
		ID: "privateapi:pathAlbRule", Severity: Error,
		Summary: "The first listener rule that matches host and path, or the default action, forwards to targets.",
		AWS:     "returns the response of the rule or of the default action",
		Fix:     "add a rule for the host and the path, with a lower priority number than the rule that matches now",
		Source:  applicationL + "listener-rules.html",
	}
	PathJwtKeys = Rule{
		ID: "privateapi:pathJwtKeys", Severity: Error,
		Summary: "The security groups of an ALB that validates JWTs allow traffic to the JWKS endpoint.",
		AWS:     "cannot fetch the keys, and rejects every request",
		Fix:     "allow TCP 443 to the addresses of the JWKS endpoint in the egress rules of the ALB's security group",
		Source:  applicationL + "listener-verify-jwt.html",
	}
	PathTargetGroup = Rule{
		ID: "privateapi:pathTargetGroup", Severity: Error,
		Summary: "The request is forwarded to a target group that has targets.",
		AWS:     "returns 503 Service Temporarily Unavailable",
		Fix:     "register targets: add the target group to the ECS service's LoadBalancers, or set Targets",
		Source:  troubleshootALB,
	}
	PathTargetHealthCheck = Rule{
		ID: "privateapi:pathTargetHealthCheck", Severity: Error,
		Summary: "The targets' health check can succeed: its port is one that they listen on, and network rules allow it.",
		AWS:     "marks every target unhealthy; ECS stops the tasks and starts new ones, again and again",
		Fix:     "check a port and a path that the target responds to, and allow the load balancer on that port",
		Source:  applicationL + "target-group-health-checks.html",
	}
	PathLoadBalancerEgress = Rule{
		ID: "privateapi:pathLoadBalancerEgress", Severity: Error,
		Summary: "The security groups of the last load balancer allow traffic to the targets.",
		AWS:     "returns 504 Gateway Timeout; behind an NLB without an ALB, the connection times out",
		Fix:     "add an egress rule to the load balancer's security group: TCP, the target's port, to the target's security group",
		Source:  applicationL + "load-balancer-update-security-groups.html",
	}
	PathTargetNetworkAcl = Rule{
		ID: "privateapi:pathTargetNetworkAcl", Severity: Error,
		Summary: "The network ACLs between the load balancer and the targets allow requests, and responses to ephemeral ports.",
		AWS:     "returns 504 Gateway Timeout; behind an NLB without an ALB, the connection times out",
		Fix:     "allow the target's port and ports 1024 to 65535 between the subnets of both",
		Source:  vpcGuide + "custom-network-acl.html",
	}
	PathTargetIngress = Rule{
		ID: "privateapi:pathTargetIngress", Severity: Error,
		Summary: "The target's security groups allow traffic from the load balancer.",
		AWS:     "returns 504 Gateway Timeout; behind an NLB without an ALB, the connection times out",
		Fix:     "add an ingress rule to the target's security group: TCP, the target's port, from the load balancer's security group",
		Source:  applicationL + "load-balancer-update-security-groups.html",
	}
	PathTarget = Rule{
		ID: "privateapi:pathTarget", Severity: Error,
		Summary: "The target listens on the port that requests are forwarded to: a container with that port.",
		AWS:     "refuses the ECS service, or returns 502 Bad Gateway; behind an NLB without an ALB, the connection is reset",
		Fix:     "map the port in the task definition's PortMappings, and set the container and the port in the ECS service's LoadBalancers",
		Source:  troubleshootALB,
	}
)
