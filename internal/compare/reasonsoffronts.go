package compare

// reasonsOfFronts are those of load balancers.
var reasonsOfFronts = []Reason{
	{
		ID: "alb-http-only", Short: "an ALB takes HTTP, gRPC and WebSocket, not plain TCP or TLS",
		Long:   "The front of this option is an ALB, which ends each connection and reads requests. What is not HTTP needs a load balancer that passes connections on.",
		AWS:    "listeners of an ALB have the protocols HTTP and HTTPS",
		Change: "take privatelink-targets, or over routes an NLB in the place of the ALB",
		Source: albGuide + "load-balancer-listeners.html",
	},
	{
		ID: "nlb-no-layer-7", Short: "an NLB routes no paths, headers or methods",
		Long:   "Without an ALB nothing reads requests: one listener forwards to one group of targets, and each service needs a port or an NLB of its own.",
		AWS:    "an NLB works at the fourth layer of the OSI model",
		Change: "take privatelink or privatelink-shared, or let the targets route",
		Source: nlbGuide + "introduction.html",
	},
	{
		ID: "nlb-no-web-acl", Short: "a web ACL cannot be associated with an NLB",
		Long:   "AWS WAF inspects HTTP requests where they end: on an ALB, and on other services that are not in this path.",
		AWS:    "a web ACL is associated with an ALB, an API Gateway stage, CloudFront and others, and not with an NLB",
		Change: "take privatelink or privatelink-shared",
		Source: "https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html",
	},
	{
		ID: "web-acl-sees-the-nlb", Short: "a web ACL sees the NLB's addresses: its rules by address, country or rate do not tell callers apart",
		Long: "Requests over PrivateLink come from the private addresses of the NLB. Rules that read requests work; an IP set, a country or a rate for each " +
			"address judges all consumers as one.",
		AWS:    "for traffic over PrivateLink the source is the private address of the load balancer",
		Change: "use rules that read requests, or rate rules with a header or a token as their key",
		Source: nlbGuide + "edit-target-group-attributes.html", Inferred: true,
	},
	{
		ID: "client-is-the-nlb", Short: "the API sees the NLB's address in place of the client's",
		Long: "Over PrivateLink the connection to the ALB comes from the NLB, so the last entry of X-Forwarded-For is the NLB's address. Preservation of the client's " +
			"address has no effect on it, and a target group of type alb has no attribute for proxy protocol.",
		AWS:    "client IP preservation has no effect on inbound traffic from AWS PrivateLink",
		Change: "take privatelink-targets with proxy protocol version 2, VPC Lattice, or a way by route; or ask callers for a certificate or a token",
		Source: nlbGuide + "edit-target-group-attributes.html",
	},
	{
		ID: "proxy-protocol", Short: "targets must read proxy protocol version 2 to see the client's address",
		Long: "The NLB sends a header in front of each connection, health checks too, with the client's address and the ID of the endpoint. " +
			"A target that does not know it answers 400 or closes the connection.",
		AWS:    "proxy protocol version 2 has the client's address and the ID of the VPC endpoint",
		Change: "run servers that read it, such as NGINX, Envoy or HAProxy",
		Source: nlbGuide + "edit-target-group-attributes.html",
	},
	{
		ID: "nat-hides-client", Short: "the API sees the NAT gateway's address in place of the client's",
		Long:   "A client without a public address leaves its VPC by a NAT gateway, and all clients of a zone share its address. X-Forwarded-For has that one.",
		AWS:    "a NAT gateway replaces the source address by its own",
		Change: "give clients public addresses, which is worse; or take VPC Lattice or a way by route",
		Source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
	},
	{
		ID: "alb-idle", Short: "an ALB closes connections that are idle for more than 4,000 seconds",
		Long:   "The idle timeout of an ALB is 60 seconds by default and 4,000 at most.",
		AWS:    "idle_timeout.timeout_seconds is between 1 and 4,000",
		Change: "send data in between, or take privatelink-targets",
		Source: albGuide + "application-load-balancers.html#connection-idle-timeout",
	},
	{
		ID: "idle-set", Short: "the idle timeout must be set: by default idle connections end sooner",
		Long:   "By default an ALB closes a connection that is idle for 60 seconds, and an NLB one that is idle for 350.",
		AWS:    "idle_timeout.timeout_seconds of an ALB is 60, and tcp.idle_timeout.seconds of an NLB 350",
		Change: "set both; the NLB's must be the longer one",
		Source: nlbGuide + "network-load-balancers.html",
	},
	{
		ID: "nlb-idle", Short: "an NLB forgets connections that are idle for more than 6,000 seconds",
		Long:   "The idle timeout of a TCP listener is 350 seconds by default and 6,000 at most. Afterwards packets of the connection are answered by a reset.",
		AWS:    "tcp.idle_timeout.seconds is between 60 and 6,000",
		Change: "use TCP keep-alive, which counts as traffic",
		Source: nlbGuide + "network-load-balancers.html",
	},
	{
		ID: "mtls-health-check", Short: "with mTLS on the ALB, health checks need a listener of their own",
		Long: "The NLB checks the health of the ALB without a client certificate, which a listener with verify refuses. " +
			"No page of AWS says so in these words.",
		AWS:    "a listener with mutual TLS in the mode verify ends handshakes without a certificate",
		Change: "add a second HTTP listener for the checks, open to the NLB alone",
		Source: albGuide + "mutual-authentication.html", Inferred: true,
	},
	{
		ID: "nothing-to-share", Short: "each service has a front door of its own here: there is nothing to share",
		Long:   "An ALB forwards to targets that its VPC reaches, so services of different VPCs, and of different tiers, stand behind different doors. This option then is the same as privatelink.",
		AWS:    "the targets of an ALB are in its VPC, or are addresses that it routes to",
		Change: "bring services into fewer VPCs, or let one team own the front of several",
		Source: albGuide + "load-balancer-target-groups.html", Inferred: true,
	},
}
