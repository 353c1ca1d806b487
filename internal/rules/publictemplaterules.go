package rules

// Rules of the template of an internet-facing ALB. The constructs enforce WebAclPrivateLink where they build the web ACL, and cannot break the
// others.
var (
	WebAclPrivateLink = Rule{
		ID: "privateapi:webAclPrivateLink", Severity: Error,
		Summary: "A web ACL with an allow-list by address lets the NLB of an endpoint service in.",
		AWS: "answers 403 Forbidden to requests over PrivateLink, and to the health checks of the NLB: they come from the addresses of the NLB, " +
			"whoever calls",
		Fix:    "add an IP set named PrivateLink with the CIDR blocks of the NLB's subnets, and allow it in the web ACL",
		Source: networkLB + "edit-target-group-attributes.html#client-ip-preservation",
	}
	WebAclSource = Rule{
		ID: "privateapi:webAclSource", Severity: Warning,
		Summary: "A web ACL behind an endpoint service tells callers apart by what they prove, not by an address, a country or a rate of an address.",
		AWS: "sees the addresses of the NLB, whoever calls: a set or a country has all consumers or none, and a rate by address counts all of them " +
			"together; X-Forwarded-For is what the caller writes",
		Fix:    "identify callers by mTLS or JWT validation, aggregate a rate by a header that they prove, or give each consumer an endpoint service of its own",
		Source: networkLB + "edit-target-group-attributes.html#client-ip-preservation",
	}
	PublicIngress = Rule{
		ID: "privateapi:publicIngress", Severity: Warning,
		Summary: "The security group of an internet-facing ALB names the addresses of its clients.",
		AWS:     "lets everyone on the internet in",
		Fix:     "list the addresses of the clients' NAT gateways, each with /32",
		Source:  vpcGuide + "security-group-rules.html",
	}
	PublicWebAcl = Rule{
		ID: "privateapi:publicWebAcl", Severity: Warning,
		Summary: "AWS WAF inspects the requests to an internet-facing ALB.",
		AWS:     "forwards every request that security groups let in",
		Fix:     "associate a web ACL of AWS WAF with the ALB, if none is from elsewhere, such as by AWS Firewall Manager",
		Source:  "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16",
	}
)
