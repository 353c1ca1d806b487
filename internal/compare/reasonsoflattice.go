package compare

// reasonsOfLattice are those of VPC Lattice.
var reasonsOfLattice = []Reason{
	{
		ID: "lattice-no-tcp", Short: "a service of VPC Lattice takes HTTP, HTTPS and TLS, not plain TCP",
		Long:   "Listeners have the protocols HTTP, HTTPS and TLS_PASSTHROUGH. Other TCP passes by a resource configuration and a resource gateway, which this module does not build.",
		AWS:    "a listener has the protocol HTTP, HTTPS or TLS_PASSTHROUGH",
		Change: "take privatelink-targets",
		Source: latticeGuide + "listeners.html",
	},
	{
		ID: "lattice-passthrough", Short: "VPC Lattice passes TLS through without rules and without identity",
		Long:   "A TLS_PASSTHROUGH listener needs a domain name, which the client sends as SNI. It forwards all connections to one TCP target group; policies see anonymous callers only.",
		AWS:    "a TLS listener has the default rule only, and its auth policy takes no authenticated principals",
		Change: "enough if targets end TLS themselves; else take privatelink-targets",
		Source: latticeGuide + "tls-listeners.html",
	},
	{
		ID: "lattice-no-websocket", Short: "VPC Lattice has no WebSockets",
		Long:   "A request to upgrade a connection fails; and a connection would end after ten minutes.",
		AWS:    "VPC Lattice doesn't support WebSockets",
		Change: "take any other option",
		Source: latticeGuide + "listeners.html",
	},
	{
		ID: "lattice-ten-minutes", Short: "VPC Lattice ends connections after ten minutes",
		Long:   "A stream or a download that takes longer is cut. Clients that open a new connection for the next request do not notice.",
		AWS:    "the maximum connection duration is 10 minutes, and cannot be adjusted",
		Change: "split long requests, or take PrivateLink, whose connections may last",
		Source: latticeGuide + "quotas.html",
	},
	{
		ID: "lattice-idle", Short: "VPC Lattice closes idle connections after ten minutes at most",
		Long:   "The idle timeout is one minute by default; IdleTimeoutSeconds of a service raises it to ten.",
		AWS:    "the idle timeout is 1 minute by default",
		Change: "send something in between, or take PrivateLink",
		Source: latticeGuide + "quotas.html",
	},
	{
		ID: "lattice-idle-set", Short: "IdleTimeoutSeconds of the service must be set: by default idle connections end after a minute",
		Long:   "The idle timeout is one minute by default; IdleTimeoutSeconds of a service raises it to ten.",
		AWS:    "the idle timeout is 1 minute by default",
		Change: "set IdleTimeout of the API",
		Source: latticeGuide + "quotas.html",
	},
	{
		ID: "lattice-one-region", Short: "VPC Lattice connects within one Region",
		Long:   "Callers, service network and service are in one Region.",
		AWS:    "services, service networks and associations are Regional",
		Change: "take PrivateLink with SupportedRegions, or peering between Regions",
		Source: latticeGuide + "what-is-vpc-lattice.html",
	},
	{
		ID: "lattice-inside-the-vpc", Short: "an association admits callers inside of the VPC only: others need a service-network endpoint",
		Long: "Traffic that enters a VPC by VPN, Direct Connect, peering or a transit gateway cannot use the VPC's association. A service-network endpoint takes it; " +
			"it needs a free /28 block in each zone, and which names it has is not verified.",
		AWS:    "clients outside of the VPC connect through a VPC endpoint of type service network",
		Change: "add a service-network endpoint, which costs nothing, and records for its names",
		Source: privateLinkGuide + "access-with-service-network-endpoint.html",
	},
	{
		ID: "lattice-no-mtls", Short: "VPC Lattice ends TLS itself and asks for no client certificate",
		Long:   "An HTTPS listener has no property for mutual TLS. TLS_PASSTHROUGH lets targets do it, without rules and identity.",
		AWS:    "an HTTPS listener has a certificate of the service alone",
		Change: "let callers sign (SigV4), or pass TLS through",
		Source: latticeGuide + "https-listeners.html", Inferred: true,
	},
	{
		ID: "lattice-no-web-acl", Short: "a web ACL needs an internal ALB behind each service of VPC Lattice",
		Long:   "AWS WAF is not associated with VPC Lattice. With an ALB as the target, its web ACL inspects requests; an ALB can be the target of two services.",
		AWS:    "a web ACL is associated with an ALB, and not with a service of VPC Lattice",
		Change: "use ALBs as targets, which are in the cost where a web ACL is needed",
		Source: "https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html",
	},
	{
		ID: "lattice-ten-rules", Short: "a listener of VPC Lattice has 10 rules by default",
		Long:   "A service with more routes needs a higher quota, or an ALB as its target that has them. CloudFormation knows no method PATCH in rules.",
		AWS:    "10 rules for each listener, adjustable",
		Change: "ask for a higher quota, or use an ALB as the target",
		Source: latticeGuide + "quotas.html",
	},
	{
		ID: "unsigned-callers", Short: "VPC Lattice knows callers that sign only: unsigned ones are a VPC or an account",
		Long: "Who calls is known by the signature of the request (SigV4, with payload UNSIGNED-PAYLOAD). Callers that cannot sign are let in by " +
			"SourceVpc or SourceVpcOwnerAccount, and the API cannot tell them apart.",
		AWS:    "requests that are not signed are those of an anonymous principal",
		Change: "let callers sign, or ask them for a token",
		Source: latticeGuide + "sigv4-authenticated-requests.html",
	},
	{
		ID: "share-invitation", Short: "an account outside of the organization accepts the share by hand",
		Long:   "AWS RAM invites accounts that are not in the organization, and CloudFormation has no resource that accepts.",
		AWS:    "accounts outside of the organization must accept an invitation",
		Change: "accept it once for each account: aws ram accept-resource-share-invitation",
		Source: "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
	},
}
