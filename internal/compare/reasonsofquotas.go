package compare

// reasonsOfQuotas are those of numbers that AWS limits.
var reasonsOfQuotas = []Reason{
	{
		ID: "quota-fixed", Short: "a quota that cannot be raised is exceeded",
		Long:   "AWS does not raise it. The finding says which quota, and what the mesh needs.",
		AWS:    "the quota is not adjustable",
		Change: "divide the mesh: more provider VPCs, or another option for a part of it",
		Source: "https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html",
	},
	{
		ID: "quota-raise", Short: "a quota must be raised first",
		Long:   "AWS raises it on request, by Service Quotas. The finding says which quota, and what the mesh needs.",
		AWS:    "the quota is adjustable",
		Change: "ask for the number that the finding has, in the account that it is about",
		Source: "https://docs.aws.amazon.com/servicequotas/latest/userguide/request-quota-increase.html",
	},
	{
		ID: "auth-policy-size", Short: "an auth policy that lists all accounts is too long",
		Long:   "An auth policy has 10,240 bytes at most. A statement for everyone of an organization (aws:PrincipalOrgID), or for VPCs, takes the place of a list of accounts.",
		AWS:    "an auth policy has 10 KB at most, and that cannot be adjusted",
		Change: "name the organization in place of accounts",
		Source: latticeGuide + "auth-policies.html",
	},
	{
		ID: "port-allocation", Short: "an NLB opens about 55,000 connections to each address of the ALB",
		Long: "Over PrivateLink the NLB's nodes are the source of all connections, so ports run out: 55,000 at a time, or opened in a minute, for each target. Then clients are reset, and " +
			"PortAllocationErrorCount counts. That the addresses of an ALB count as targets is inferred.",
		AWS:    "when client IP preservation is disabled, a load balancer supports 55,000 simultaneous connections to each unique target",
		Change: "give the NLB secondary addresses (secondary_ips.auto_assigned.per_subnet), divide services over more front doors, or keep connections open",
		Source: nlbGuide + "load-balancer-troubleshooting.html", Inferred: true,
	},
}
