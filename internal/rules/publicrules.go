package rules

import "fmt"

const (
	wafGuide = "https://docs.aws.amazon.com/waf/latest/developerguide/"
	wafAPI   = "https://docs.aws.amazon.com/waf/latest/APIReference/"
	elbGuide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/"
)

// PrivateLinkClient is the name under which the web ACL of a public API lets the requests in that come over PrivateLink.
const PrivateLinkClient = "PrivateLink"

const (
	// MaxWebACLReferences is how many IP sets and rule groups a web ACL refers to.
	MaxWebACLReferences = 50
	// MaxIPSetBlocks is how many blocks an IP set has.
	MaxIPSetBlocks = 10000
	// MaxClientNameLength is the maximum length of the name of a client of a public API.
	MaxClientNameLength = 64
)

// The rules of APIs behind an internet-facing ALB.
var (
	PublicSubnets = Rule{
		ID: "privateapi:publicSubnets", Severity: Error,
		Summary: "An internet-facing ALB is in subnets with a route to an internet gateway.",
		AWS:     "accepts the subnets; connections from the internet time out",
		Fix:     "select public subnets, or leave VpcSubnets out",
		Source:  elbGuide + "how-elastic-load-balancing-works.html#load-balancer-scheme",
	}
	PublicScheme = Rule{
		ID: "privateapi:publicScheme", Severity: Error,
		Summary: "The scheme of an ALB is never changed in place.",
		AWS:     "replaces the ALB, which fails once a listener forwards: target groups cannot be associated with more than one load balancer",
		Fix:     "add a second, internal ALB, move the NLB to it, and delete this one: a Migration does so, from Phase_WATCH to Phase_INTERNAL",
		Source:  cfnEc2 + "aws-resource-elasticloadbalancingv2-loadbalancer.html",
	}
	PublicName = Rule{
		ID: "privateapi:publicName", Severity: Error,
		Summary: "A public API has an internet-facing ALB, whose DNS name does not begin with internal-.",
		AWS:     "resolves the name of an internal ALB to private addresses, which nobody reaches over the internet",
		Fix:     "supply the DNS name of an internet-facing ALB; import an internal one with routedapi.Api_FromAttributes",
		Source:  elbGuide + "how-elastic-load-balancing-works.html#load-balancer-scheme",
	}
	PublicZone = Rule{
		ID: "privateapi:publicZone", Severity: Error,
		Summary: "The records of a public API are in a public hosted zone.",
		AWS:     "answers in the VPCs of a private zone only, so that nobody on the internet resolves the name",
		Fix:     "use the public hosted zone; the private one is for a PrivateApiConsumer",
		Source:  route53 + "hosted-zones-private.html",
	}
	PublicClients = Rule{
		ID: "privateapi:publicClients", Severity: Error,
		Summary: "A public API names its clients, or says that everyone is one.",
		AWS:     "lets nobody in: the security group of the ALB has no inbound rule",
		Fix:     "list AllowedClients, each with its addresses; or set AllowEveryone",
		Source:  groupRules,
	}
	PublicEveryone = Rule{
		ID: "privateapi:publicEveryone", Severity: Error,
		Summary: "The blocks of named clients are not everyone on the internet.",
		AWS:     "lets everyone in, whatever the client is called",
		Fix:     "list the addresses of the clients' NAT gateways, each with /32; AllowEveryone opens the API to everyone",
		Source:  groupRules,
	}
	PublicClientName = Rule{
		ID: "privateapi:publicClientName", Severity: Error,
		Summary: fmt.Sprintf("A client has a name of its own, of at most %d letters, digits and hyphens; %s and All are none.", MaxClientNameLength, PrivateLinkClient),
		AWS:     "WAFInvalidParameterException: the name of a rule must match ^[0-9A-Za-z_-]{1,128}$, and be unique in the web ACL",
		Fix:     "use a name such as Checkout",
		Source:  wafAPI + "API_Rule.html",
	}
	PublicBlock = Rule{
		ID: "privateapi:publicBlock", Severity: Error,
		Summary: "A client on the internet has public IPv4 addresses.",
		AWS:     "never matches the rule: a packet from the internet to an IPv4 ALB has a public IPv4 address",
		Fix:     "use the address of the NAT gateway of the client, with /32",
		Source:  "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
	}
	PublicBlockTwice = Rule{
		ID: "privateapi:publicBlockTwice", Severity: Error,
		Summary: "A block is one client's: a security group has no two equal rules.",
		AWS:     "InvalidPermission.Duplicate: the specified rule already exists",
		Fix:     "list the block once",
		Source:  ec2API + "errors-overview.html",
	}
	PublicWebAclLimits = Rule{
		ID: "privateapi:publicWebAclLimits", Severity: Error,
		Summary: fmt.Sprintf("A web ACL refers to at most %d IP sets and rule groups, and an IP set has at most %d blocks.", MaxWebACLReferences, MaxIPSetBlocks),
		AWS:     "WAFLimitsExceededException; neither quota can be raised",
		Fix:     "put clients together, or use larger blocks",
		Source:  wafGuide + "limits.html",
	}
	PublicRuleGroup = Rule{
		ID: "privateapi:publicRuleGroup", Severity: Error,
		Summary: "A managed rule group is one of AWS's that needs no settings, and is listed once.",
		AWS:     "WAFNonexistentItemException, or WAFInvalidParameterException",
		Fix:     "use a name such as AWSManagedRulesSQLiRuleSet; for other rule groups and for settings, supply WebAclArn",
		Source:  wafGuide + "aws-managed-rule-groups-list.html",
	}
	PublicWebAclPrivateLink = Rule{
		ID: "privateapi:publicWebAclPrivateLink", Severity: Warning,
		Summary: "A web ACL with an allow-list by address lets the subnets of the NLB in.",
		AWS:     "blocks requests over PrivateLink: they come from the addresses of the NLB",
		Fix:     "allow the blocks of the NLB's subnets in your web ACL, if it has a list of addresses",
		Source:  networkLB + "edit-target-group-attributes.html#client-ip-preservation",
	}
)

// Public returns the rules that APIs behind an internet-facing ALB enforce, besides those of [All].
func Public() []Rule {
	return []Rule{
		PublicZone, PublicName, PublicClients, PublicEveryone, PublicClientName, PublicBlock, PublicBlockTwice, PublicSubnets, PublicScheme,
		PublicWebAclLimits, PublicRuleGroup, PublicWebAclPrivateLink,
	}
}
