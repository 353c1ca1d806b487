package compare

// reasonsOfRoutes are those of networks that are routed to each other.
var reasonsOfRoutes = []Reason{
	{
		ID: "separate-blocks", Short: "CIDR blocks of VPCs that are routed to each other must not overlap",
		Long: "A peering connection between overlapping VPCs goes to the state failed, whichever subnets would be routed. A transit gateway attaches such a VPC " +
			"and does not propagate its routes, without an error.",
		AWS:    "you cannot create a VPC peering connection between VPCs with matching or overlapping CIDR blocks",
		Change: "take PrivateLink or VPC Lattice, or give one VPC other addresses",
		Source: peeringGuide + "vpc-peering-basics.html",
	},
	{
		ID: "central-blocks", Short: "consumer VPCs must not overlap each other or the central VPC",
		Long: "The gateway routes replies to each consumer by its block, so of two that overlap only one gets them. Provider VPCs are behind PrivateLink and may overlap. " +
			"Central endpoints are out where templates show that consumers overlap; where only some VPCs are said to, it depends on which.",
		AWS:    "a transit gateway does not propagate the route of a VPC whose block overlaps another's",
		Change: "take endpoints in each consumer VPC, where blocks may overlap",
		Source: transitGatewayGuide + "tgw-vpc-attachments.html",
	},
	{
		ID: "routes-join-networks", Short: "routes connect whole VPCs, both ways: only security groups keep workloads apart",
		Long:   "Both sides learn the other's CIDR blocks, and keep them apart for good. A security group that is too wide on either side opens what has nothing to do with the API.",
		AWS:    "a peering connection routes traffic between the VPCs as if they were in the same network",
		Change: "decide it: --may-route yes, or --shared-team yes where one team owns both sides; else take PrivateLink or VPC Lattice",
		Source: peeringGuide + "what-is-vpc-peering.html",
	},
	{
		ID: "peering-not-transitive", Short: "nothing passes through a VPC to its peer: callers on-premises cannot",
		Long:   "A VPN or Direct Connect connection of one VPC does not lead to a VPC that it is peered with.",
		AWS:    "if VPC A has a VPN connection to a corporate network, resources in VPC B cannot use it",
		Change: "take a transit gateway, or an interface endpoint, which callers on-premises reach",
		Source: peeringGuide + "vpc-peering-basics.html",
	},
	{
		ID: "peering-is-pairwise", Short: "each pair of a consumer VPC and a provider VPC has a connection, with routes on both sides",
		Long:   "The number of connections is that of pairs that call. Each has routes in the route tables of both VPCs, so that more than a handful are hard to keep.",
		AWS:    "peering is a one-to-one relationship between two VPCs",
		Change: "fine for a few pairs; for more, take another option",
		Source: peeringGuide + "vpc-peering-basics.html",
	},
	{
		ID: "region-references", Short: "between Regions, security groups name CIDR blocks, and traffic is priced between Regions",
		Long:   "A security group of another Region cannot be named in a rule. The price of traffic between Regions is not in this comparison.",
		AWS:    "you cannot reference the security group of a peer VPC in another Region",
		Change: "name CIDR blocks",
		Source: peeringGuide + "vpc-peering-security-groups.html",
	},
	{
		ID: "private-link-regions", Short: "the service lists the Regions of its consumers, and some zones take no part",
		Long: "An endpoint of another Region needs SupportedRegions of the service, and a permission of its own (vpce:AllowMultiRegion). The NLB keeps its default idle timeout. " +
			"What AWS charges for traffic between the Regions is not verified, and not in the cost.",
		AWS:    "service providers share services with consumers of other Regions by adding supported Regions",
		Change: "set SupportedRegions of the provider",
		Source: privateLinkGuide + "privatelink-share-your-services.html",
	},
	{
		ID: "gateway-one-region", Short: "a transit gateway is of one Region: gateways of several are peered with static routes",
		Long:   "Each Region has a gateway, and peering attachments between them, whose routes are static. Security groups cannot be named across them. This module does not build it.",
		AWS:    "transit gateway peering uses static routes",
		Change: "peer gateways, or use PrivateLink with SupportedRegions",
		Source: transitGatewayGuide + "tgw-peering.html",
	},
	{
		ID: "names-on-premises", Short: "callers on-premises need a resolver endpoint for the name",
		Long:   "They reach the endpoint's addresses by VPN or Direct Connect. Private zones answer in VPCs: an inbound endpoint of Route 53 Resolver answers on-premises. It is not in the cost.",
		AWS:    "inbound endpoints let DNS resolvers on your network forward queries to Route 53 Resolver",
		Change: "add an inbound endpoint, and forward the zone to it",
		Source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-overview-DSN-queries-to-vpc.html",
	},
	{
		ID: "central-names", Short: "zones of the endpoints are associated with every consumer VPC, or shared by a Route 53 Profile",
		Long:   "A transit gateway resolves no names. Each consumer VPC needs the zone of each service, or one profile, which costs 0.75 USD an hour.",
		AWS:    "private hosted zones answer in the VPCs that they are associated with",
		Change: "use a Route 53 Profile (constructs/route53profile)",
		Source: whitepaper + "centralized-access-to-vpc-private-endpoints.html",
	},
}
