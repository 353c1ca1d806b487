package compare

// reasonsOfAccess are those of who may call, and who is known to call.
var reasonsOfAccess = []Reason{
	{
		ID: "one-list-for-a-door", Short: "who may connect to a front door reaches all services behind it",
		Long: "Principals belong to an endpoint service, so the services of one front door share them. Names do not resolve for consumers that have no record, but the address and the " +
			"Host header reach them. Services with other callers belong to another tier, which has another door.",
		AWS:    "permissions are those of the endpoint service",
		Change: "split services into tiers by who may call them: --tiers",
		Source: privateLinkGuide + "configure-endpoint-service.html", Inferred: true,
	},
	{
		ID: "central-one-principal", Short: "to the provider the central VPC is the only consumer: it cannot tell teams apart",
		Long:   "The endpoint belongs to the account of the central VPC, so that account is the principal. Which team calls is decided by the central VPC, by CIDR blocks.",
		AWS:    "the principal is that which creates the endpoint; security groups cannot be referenced to PrivateLink endpoints over a transit gateway",
		Change: "take endpoints in each consumer VPC, or ask callers for a token",
		Source: transitGatewayGuide + "tgw-vpc-attachments.html", Inferred: true,
	},
	{
		ID: "no-principals-by-route", Short: "a route knows no accounts or roles: security groups and blocks decide who calls",
		Long:   "A peering or an attachment is accepted once, for the whole VPC. Afterwards rules of security groups decide, by group where that is possible, else by CIDR block.",
		AWS:    "security groups and network ACLs control traffic over a peering connection",
		Change: "take PrivateLink, whose services list principals, or VPC Lattice, whose policies do",
		Source: peeringGuide + "vpc-peering-security-groups.html", Inferred: true,
	},
	{
		ID: "addresses-are-no-principals", Short: "an allow-list knows addresses, and not who has them",
		Long:   "Whatever leaves by the same NAT gateway is let in. Addresses change hands, and a list of them grows old.",
		AWS:    "rules of security groups and IP sets match source addresses",
		Change: "take PrivateLink or VPC Lattice, or ask callers for a certificate",
		Source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html", Inferred: true,
	},
	{
		ID: "identity-by-token", Short: "who calls is known by a client certificate or a token that the ALB verifies",
		Long: "The network says which endpoint or address calls, and not which workload. An ALB verifies client certificates (mTLS) or JSON Web Tokens, and passes on who it was; " +
			"callers must have one.",
		AWS:    "an ALB verifies client certificates against a trust store, and JWTs against a JWKS endpoint",
		Change: "give callers certificates or tokens; or take VPC Lattice, where callers sign by their role",
		Source: albGuide + "mutual-authentication.html",
	},
	{
		ID: "identity-at-the-target", Short: "targets must find out themselves who calls: by mTLS, or by the endpoint in proxy protocol",
		Long:   "The NLB passes connections on. Targets may end mTLS, as TLS passes through a TCP listener, and read the ID of the endpoint from proxy protocol version 2.",
		AWS:    "a TCP listener passes encrypted traffic to the targets without decrypting it",
		Change: "end mTLS in the targets; or take an option with an ALB, or VPC Lattice",
		Source: nlbGuide + "load-balancer-listeners.html",
	},
	{
		ID: "public-addresses", Short: "the API has public addresses: whether that may be is for you to say",
		Long:   "Calls between AWS's own public addresses stay in AWS's network. What remains is a name that resolves everywhere, and an ALB that is one rule away from everyone.",
		AWS:    "an internet-facing load balancer has a publicly resolvable name and public addresses",
		Change: "decide it: --may-be-public yes",
		Source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#load-balancer-scheme",
	},
	{
		ID: "accepter-role", Short: "the other account accepts the connection, by a role or by hand",
		Long:   "CloudFormation accepts a peering connection by a role of the other account that it may assume.",
		AWS:    "the owner of the accepter VPC must accept the request",
		Change: "define the role there (NewAccepterRole)",
		Source: peeringGuide + "accept-vpc-peering-connection.html",
	},
}
