package network

// RouteTargetKind is what a route sends packets to.
type RouteTargetKind string

// The targets of routes.
const (
	ToNothing        RouteTargetKind = "nothing"
	ToPeering        RouteTargetKind = "a peering connection"
	ToTransitGateway RouteTargetKind = "a transit gateway"
	ToLocal          RouteTargetKind = "its own VPC"
	ToGateway        RouteTargetKind = "an internet gateway or a virtual private gateway"
	ToNatGateway     RouteTargetKind = "a NAT gateway"
	ToInterface      RouteTargetKind = "a network interface"
	ToInstance       RouteTargetKind = "an instance"
	ToEndpoint       RouteTargetKind = "a VPC endpoint"
	ToCarrierGateway RouteTargetKind = "a carrier gateway"
	ToLocalGateway   RouteTargetKind = "a local gateway"
	ToEgressOnly     RouteTargetKind = "an egress-only internet gateway"
	ToCoreNetwork    RouteTargetKind = "a core network"
	ToOdbNetwork     RouteTargetKind = "an ODB network"
)

// routeTargets are the properties that name the target of a route.
var routeTargets = []struct {
	name string
	kind RouteTargetKind
}{
	{"VpcPeeringConnectionId", ToPeering},
	{"TransitGatewayId", ToTransitGateway},
	{"GatewayId", ToGateway},
	{"NatGatewayId", ToNatGateway},
	{"NetworkInterfaceId", ToInterface},
	{"InstanceId", ToInstance},
	{"VpcEndpointId", ToEndpoint},
	{"CarrierGatewayId", ToCarrierGateway},
	{"LocalGatewayId", ToLocalGateway},
	{"EgressOnlyInternetGatewayId", ToEgressOnly},
	{"CoreNetworkArn", ToCoreNetwork},
	{"OdbNetworkArn", ToOdbNetwork},
}

// Target is what the route sends packets to, and the property that says so. EC2 takes one target.
func (r *Route) Target() (RouteTargetKind, Property) {
	for _, target := range routeTargets {
		p := property(r.Resource, target.name)
		switch {
		case p.IsAbsent():
		case target.kind == ToGateway && p.Literal() == "local":
			return ToLocal, p
		default:
			return target.kind, p
		}
	}
	return ToNothing, Whole(r.Resource)
}

// RouteTableId is the route table of the route.
func (r *Route) RouteTableId() Property { return property(r.Resource, "RouteTableId") }

// DestinationCidrBlock is the IPv4 block of packets that the route takes; absent for others.
func (r *Route) DestinationCidrBlock() Property { return property(r.Resource, "DestinationCidrBlock") }

// DestinationPrefixListId is the prefix list with the blocks of packets that the route takes.
func (r *Route) DestinationPrefixListId() Property {
	return property(r.Resource, "DestinationPrefixListId")
}

// Destination is the property that says which packets the route takes.
func (r *Route) Destination() Property {
	for _, p := range []Property{r.DestinationCidrBlock(), r.DestinationPrefixListId()} {
		if !p.IsAbsent() {
			return p
		}
	}
	return property(r.Resource, "DestinationIpv6CidrBlock")
}

// IsIPv6 reports whether the route takes packets of IPv6 alone.
func (r *Route) IsIPv6() bool {
	return r.DestinationCidrBlock().IsAbsent() && r.DestinationPrefixListId().IsAbsent()
}
