package rules

const (
	peeringGuide = "https://docs.aws.amazon.com/vpc/latest/peering/"
	groupRules   = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"
)

// The rules of APIs that clients reach by route.
var (
	RoutedVpc = Rule{
		ID: "privateapi:routedVpc", Severity: Error,
		Summary: "Clients of another VPC reach an API by route over a network that connects the two VPCs.",
		AWS:     "drops the packets: the route table of the client's subnet has no route to the ALB",
		Fix:     "set Service to Over of the API, with a VpcPeering or a Spoke",
		Source:  "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
	}
	RoutedInternal = Rule{
		ID: "privateapi:routedInternal", Severity: Error,
		Summary: "An API that clients reach by route has an internal ALB.",
		AWS:     "resolves the name of an internet-facing ALB to public addresses, which no peering connection or transit gateway leads to",
		Fix:     "use a listener of a second, internal ALB; " + schemeStays,
		Source:  "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#load-balancer-scheme",
	}
	RoutedBlocks = Rule{
		ID: "privateapi:routedBlocks", Severity: Error,
		Summary: "Where no outbound rule can name the security group of the ALB, clients are let out to the blocks of its subnets.",
		AWS:     "drops the packets: over a transit gateway, from another Region, and in CloudFormation from another account, an outbound rule needs a CIDR block",
		Fix:     "set CidrBlocks of the API to the IPv4 blocks of the subnets of its ALB",
		Source:  "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security",
	}
	RoutedBlockForm = Rule{
		ID: "privateapi:routedBlockForm", Severity: Error,
		Summary: "The ALB of an API that clients reach by route has IPv4 addresses, and so have its clients.",
		AWS:     "never matches the rule: no packet of the API has an IPv6 address",
		Fix:     "use IPv4 blocks",
		Source:  groupRules,
	}
	RoutedEveryone = Rule{
		ID: "privateapi:routedEveryone", Severity: Error,
		Summary: "An API names its clients: no rule lets every address in.",
		AWS:     "lets in whatever has a route to the ALB, now and later",
		Fix:     "list the blocks of the clients' subnets, or name their security groups",
		Source:  groupRules,
	}
	RoutedClientForm = Rule{
		ID: "privateapi:routedClientForm", Severity: Error,
		Summary: "A security group is named by its ID, sg-<id>, and its owner by an account ID of 12 digits.",
		AWS:     "InvalidGroupId.Malformed, or InvalidGroup.NotFound",
		Fix:     "supply the ID of the security group, and the ID of the account that owns it",
		Source:  peeringGuide + "vpc-peering-security-groups.html",
	}
	RoutedClientTwice = Rule{
		ID: "privateapi:routedClientTwice", Severity: Error,
		Summary: "A client is let in once: a security group has no two equal rules.",
		AWS:     "InvalidPermission.Duplicate: the specified rule already exists",
		Fix:     "name the client in one place",
		Source:  ec2API + "errors-overview.html",
	}
	RoutedReferences = Rule{
		ID: "privateapi:routedReferences", Severity: Error,
		Summary: "Between Regions, security group rules name CIDR blocks.",
		AWS:     "rejects the rule: the security group is not in a VPC that a peering connection or a transit gateway connects in the Region",
		Fix:     "use CidrBlocks",
		Source:  peeringGuide + "vpc-peering-security-groups.html",
	}
	RoutedOwner = Rule{
		ID: "privateapi:routedOwner", Severity: Error,
		Summary: "The rules of the ALB's security group belong to the account and the Region of the API.",
		AWS:     "InvalidGroup.NotFound: the security group does not exist in the account and Region of the stack",
		Fix:     "define the ClientAccess in a stack of the account and Region of the API",
		Source:  groupRules,
	}
	RoutedClients = Rule{
		ID: "privateapi:routedClients", Severity: Error,
		Summary: "The ALB lets in the clients of a consumer of another account or Region, which cannot add the rule itself.",
		AWS:     "drops the packets: no rule of the ALB's security group allows the clients",
		Fix:     "set AllowedCidrs or AllowedSecurityGroups of the API, or define a ClientAccess in a stack that is deployed after the clients",
		Source:  peeringGuide + "vpc-peering-security-groups.html",
	}
	RouteOwner = Rule{
		ID: "privateapi:routeOwner", Severity: Error,
		Summary: "A route table has one route for each block, so two networks cannot lead to one block.",
		AWS:     "RouteAlreadyExists: a route for the specified CIDR block already exists in this route table",
		Fix:     "let one of the two networks lead to the block, or give one a more specific block",
		Source:  ec2API + "errors-overview.html",
	}
)

// Routed returns the rules that APIs reached by route enforce, besides those of [All], in the order of a request's path.
func Routed() []Rule {
	return []Rule{
		RoutedVpc, RoutedInternal, RoutedBlocks, RoutedBlockForm, RouteOwner,
		RoutedClients, RoutedClientForm, RoutedClientTwice, RoutedReferences, RoutedOwner, RoutedEveryone,
	}
}
