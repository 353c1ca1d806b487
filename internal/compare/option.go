package compare

// OptionID names an option.
type OptionID string

// The options, in the order in which they are shown.
const (
	Shared          OptionID = "privatelink-shared"
	Own             OptionID = "privatelink"
	Targets         OptionID = "privatelink-targets"
	Lattice         OptionID = "lattice"
	Peering         OptionID = "peering"
	TransitGateway  OptionID = "transit-gateway"
	Central         OptionID = "central-endpoints"
	Public          OptionID = "public-alb"
	ResourceGateway OptionID = "resource-endpoint"
)

// Option is a way from the VPCs of consumers to services.
type Option struct {
	ID OptionID
	// Title is what it is, in a few words.
	Title string
	// Path is how a request travels.
	Path string
	// Summary is what is particular of it, in two or three sentences.
	Summary string
	// Fixed is what it costs a month without traffic, as a formula of S services, D front doors, P provider VPCs with A ALBs (one each, up to
	// 100 target groups), V consumer VPCs and Z zones.
	Fixed string
	// PerGB is what a GB passes that is charged.
	PerGB string
	// Build is what of this module builds it; empty if nothing does.
	Build string
	// Source is where AWS describes it.
	Source string
}

// Options are all options that are compared, in order. [ResourceGateway] is not: it has a line only.
func Options() []Option { return options[:len(options)-1] }

// FindOption is an option by its ID, [ResourceGateway] too.
func FindOption(id string) (Option, bool) {
	for _, o := range options {
		if string(o.ID) == id {
			return o, true
		}
	}
	return Option{}, false
}

// AllOptions are the options that have a long form.
func AllOptions() []Option { return options }

var options = []Option{
	{
		ID: Shared, Title: "PrivateLink, one front door for many services",
		Path: "client > interface endpoint > endpoint service > NLB > ALB > targets",
		Summary: "The services of one provider and one tier share an NLB, an ALB and an endpoint service, and the ALB tells them apart by host name. " +
			"A consumer VPC has one endpoint for each front door, however many services stand behind it. " +
			"They share one list of principals: whoever may connect reaches every service of the door.",
		Fixed: "D x (NLB + ALB) + calls of doors x Z endpoint-hours", PerGB: "endpoint, NLCU, LCU",
		Build: "PrivateApiProvider with several routes, or constructs/mesh", Source: privateLinkGuide + "privatelink-share-your-services.html",
	},
	{
		ID: Own, Title: "PrivateLink, a front door for each service",
		Path: "client > interface endpoint > endpoint service > NLB > ALB > targets",
		Summary: "Each service has an NLB, an ALB and an endpoint service of its own, so each has a list of principals of its own. " +
			"A consumer VPC has one endpoint for each service that it calls: the cost grows with services times consumers.",
		Fixed: "S x (NLB + ALB) + calls x Z endpoint-hours", PerGB: "endpoint, NLCU, LCU",
		Build: "PrivateApiProvider", Source: privateLinkGuide + "privatelink-share-your-services.html",
	},
	{
		ID: Targets, Title: "PrivateLink, NLB straight to targets",
		Path: "client > interface endpoint > endpoint service > NLB > targets",
		Summary: "An NLB forwards TCP or TLS to addresses or instances, without an ALB. It takes what is not HTTP, and by proxy protocol version 2 " +
			"it is the one way over PrivateLink by which targets learn the client's address and endpoint.",
		Fixed: "S x NLB + calls x Z endpoint-hours", PerGB: "endpoint, NLCU",
		Build: "PrivateNlbProvider", Source: privateLinkGuide + "create-endpoint-service.html",
	},
	{
		ID: Lattice, Title: "VPC Lattice services",
		Path: "client > association of its VPC > service network > service > targets",
		Summary: "Each service is one of VPC Lattice, shared by AWS RAM. A VPC joins one service network, and pays nothing for it, so that the cost grows " +
			"with services alone. Policies decide each call, by the identity of callers that sign. Connections end after ten minutes.",
		Fixed: "S x service-hours", PerGB: "VPC Lattice, and requests above 300,000 an hour of a service",
		Build: "constructs/lattice", Source: latticeGuide + "what-is-vpc-lattice.html",
	},
	{
		ID: Peering, Title: "VPC peering",
		Path: "client > peering connection > internal ALB > targets",
		Summary: "Each pair of a consumer VPC and a provider VPC is peered, and both have routes to each other. Peering costs nothing but traffic between zones. " +
			"Both sides know the other's CIDR blocks, which must not overlap, and only security groups keep their workloads apart.",
		Fixed: "A x ALB", PerGB: "traffic between zones, LCU",
		Build: "constructs/routedapi over constructs/vpcpeering", Source: peeringGuide + "what-is-vpc-peering.html",
	},
	{
		ID: TransitGateway, Title: "Transit gateway",
		Path: "client > attachment > gateway route table > attachment > internal ALB > targets",
		Summary: "Every VPC is attached to one gateway, whose route tables decide which reach each other. It is the way where VPCs are attached anyway; " +
			"for APIs alone each attachment costs more than the endpoints of two services. CIDR blocks must not overlap.",
		Fixed: "(P + V) x attachment + A x ALB", PerGB: "transit gateway, LCU",
		Build: "constructs/routedapi over constructs/transitgateway", Source: transitGatewayGuide + "what-is-transit-gateway.html",
	},
	{
		ID: Central, Title: "Central endpoints behind a transit gateway",
		Path: "client > attachment > gateway > attachment of a central VPC > interface endpoint > endpoint service > NLB > ALB > targets",
		Summary: "The endpoints of all services stand once, in a central VPC, and consumers reach them over a gateway. Each consumer saves its endpoints, " +
			"and pays for its attachment and for each GB through the gateway. To a provider, the central VPC is the only consumer.",
		Fixed: "S x (NLB + ALB) + S x Z endpoint-hours + (V + 1) x attachment", PerGB: "transit gateway, endpoint, NLCU, LCU",
		Source: whitepaper + "centralized-access-to-vpc-private-endpoints.html",
	},
	{
		ID: Public, Title: "Public ALB with a web ACL and an allow-list",
		Path: "client > NAT gateway > internet gateway > internet-facing ALB > targets",
		Summary: "Where people start. The ALB has public addresses, and its security group and web ACL let in the addresses of the consumers' NAT gateways. " +
			"Traffic stays in AWS's network, but the API is one rule away from everyone.",
		Fixed: "A x (ALB + Z addresses + web ACL with a rule) + V x Z x (NAT gateway + address)", PerGB: "NAT gateway, LCU, and requests to the web ACL",
		Build: "constructs/publicapi, with the way out", Source: albGuide + "application-load-balancers.html",
	},
	{
		ID: ResourceGateway, Title: "Resource endpoints",
		Path: "client > resource endpoint > resource gateway > address or name",
		Summary: "A resource configuration names an address or a name behind a resource gateway, and consumers reach it without a load balancer, over TCP. " +
			"It suits a database. It has no health check, no host names and no routes, so for an API the front would still be needed. Not compared.",
		Fixed: "calls x Z resource-endpoint-hours", PerGB: "resource endpoint",
		Source: privateLinkGuide + "privatelink-access-resources.html",
	},
}

const (
	privateLinkGuide    = "https://docs.aws.amazon.com/vpc/latest/privatelink/"
	latticeGuide        = "https://docs.aws.amazon.com/vpc-lattice/latest/ug/"
	peeringGuide        = "https://docs.aws.amazon.com/vpc/latest/peering/"
	transitGatewayGuide = "https://docs.aws.amazon.com/vpc/latest/tgw/"
	albGuide            = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/"
	nlbGuide            = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/"
	whitepaper          = "https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/"
	decisionMap         = "https://aws.github.io/aws-networking-best-practices/decisions/"
)
