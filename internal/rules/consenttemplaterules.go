package rules

// Rules that templates break about consent and names across accounts, where the constructs cannot.
var (
	ProfileTwice = Rule{
		ID: "privateapi:profileTwice", Severity: Error,
		Summary: "A VPC has at most one Route 53 Profile.",
		AWS:     "rejects the second association",
		Fix:     "keep one of the two associations, and associate the hosted zones of both with its profile",
		Source:  "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_AssociateProfile.html",
	}
)
