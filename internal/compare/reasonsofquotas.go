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
}
