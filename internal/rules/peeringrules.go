package rules

import "net/netip"

const routeTables = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html"

// The rules of networks between VPCs, whatever they are made of.
var (
	NetworkBlock = Rule{
		ID: "privateapi:networkBlock", Severity: Error,
		Summary: "Routes between VPCs lead to IPv4 blocks, never to every address.",
		AWS:     "has no IPv6 route between the two VPCs, or sends what was meant for the internet to the network",
		Fix:     "list the IPv4 blocks of the VPCs",
		Source:  routeTables,
	}
	NetworkBlockRequired = Rule{
		ID: "privateapi:networkBlockRequired", Severity: Error,
		Summary: "Routes need the IPv4 blocks of the VPC to which they lead.",
		AWS:     "MissingParameter: the request must contain a destination",
		Fix:     "set CidrBlocks, or import the VPC with its VpcCidrBlock",
		Source:  routeTables,
	}
	NetworkRouteTable = Rule{
		ID: "privateapi:networkRouteTable", Severity: Error,
		Summary: "Routes are added to the route tables of the subnets, which an import has to name.",
		AWS:     "drops the packets: the route table of the subnet has no route",
		Fix:     "import the subnet with its RouteTableId, or the VPC with PrivateSubnetRouteTableIds",
		Source:  routeTables,
	}
	NetworkVpc = Rule{
		ID: "privateapi:networkVpc", Severity: Error,
		Summary: "The VPCs of the consumer and of the API are the two ends of the network between them.",
		AWS:     "drops the packets: the network does not lead from the VPC of the consumer to the VPC of the API, and peering is not transitive",
		Fix:     "pass the network that connects the two VPCs to Over",
		Source:  peeringGuide + "vpc-peering-basics.html",
	}
	NetworkDestination = Rule{
		ID: "privateapi:networkDestination", Severity: Error,
		Summary: "The routes of the network lead to the subnets of the API's load balancer.",
		AWS:     "drops the packets: the route table of the client's subnet has no route to the ALB",
		Fix:     "add the blocks of the API's subnets to those that the network routes",
		Source:  routeTables,
	}
)

// The rules of VPC peering connections.
var (
	PeeringOverlap = Rule{
		ID: "privateapi:peeringOverlap", Severity: Error,
		Summary: "No block of one VPC of a peering connection overlaps a block of the other, even if no route leads there.",
		AWS:     "the status of the VPC peering connection goes to failed: the VPCs have matching or overlapping CIDR blocks",
		Fix:     "use VPCs whose blocks do not overlap, or PrivateLink, which does not route between them",
		Source:  peeringGuide + "invalid-peering-configurations.html",
	}
	PeeringSelf = Rule{
		ID: "privateapi:peeringSelf", Severity: Error,
		Summary: "A peering connection has two VPCs.",
		AWS:     "InvalidParameterValue: the VPC cannot be peered with itself",
		Fix:     "use the API itself as the Service of consumers in its VPC: they need no network",
		Source:  peeringGuide + "vpc-peering-basics.html",
	}
	PeeringRole = Rule{
		ID: "privateapi:peeringRole", Severity: Error,
		Summary: "The account of the accepter has a role by which CloudFormation accepts the connection.",
		AWS:     "User is not authorized: cannot accept peering pcx-…, and the stack fails",
		Fix:     "define a role in the accepter's account with NewAccepterRole, and set AccepterRole",
		Source:  cfnEc2 + "aws-resource-ec2-vpcpeeringconnection.html",
	}
	PeeringRoleAccount = Rule{
		ID: "privateapi:peeringRoleAccount", Severity: Error,
		Summary: "The role that accepts a peering connection is of the account of the accepter's VPC.",
		AWS:     "User is not authorized to accept the connection: the VPC is not of the account of the role",
		Fix:     "use a role of the accepter's account",
		Source:  cfnEc2 + "aws-resource-ec2-vpcpeeringconnection.html",
	}
	PeeringAccount = Rule{
		ID: "privateapi:peeringAccount", Severity: Error,
		Summary: "The accounts that may request connections are named by their IDs of 12 digits.",
		AWS:     "MalformedPolicyDocument: invalid principal in policy",
		Fix:     "use an account ID of 12 digits",
		Source:  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
	}
	PeeringScope = Rule{
		ID: "privateapi:peeringScope", Severity: Error,
		Summary: "The request belongs to the account and the Region of the requester's VPC, and the routes back to those of the accepter's.",
		AWS:     "InvalidVpcID.NotFound, or InvalidRouteTableID.NotFound: the stack is of another account or Region",
		Fix:     "define the VpcPeering in a stack of the requester's account and Region, and set AccepterScope to a stack of the accepter's that is deployed after it",
		Source:  peeringGuide + "create-vpc-peering-connection.html",
	}
	PeeringCycle = Rule{
		ID: "privateapi:peeringCycle", Severity: Error,
		Summary: "The routes back are in a stack that is deployed after the connection, which waits for its two VPCs and the role.",
		AWS:     "is not involved: CDK allows no cycle of stacks",
		Fix:     "set AccepterScope to another stack of the accepter's account and Region, for the routes back alone",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/resources.html",
	}
)

// Peering returns the rules that VPC peering connections enforce, besides those of [All] and [Routed].
func Peering() []Rule {
	return []Rule{
		NetworkBlock, NetworkBlockRequired, NetworkRouteTable, NetworkVpc, NetworkDestination,
		PeeringOverlap, PeeringSelf, PeeringRole, PeeringRoleAccount, PeeringAccount, PeeringScope, PeeringCycle,
	}
}

// CheckNetworkBlock reports anything but an IPv4 block without host bits that is not every address.
func CheckNetworkBlock(r *Report, property, block string) {
	CheckCIDR(r, property, block)
	switch prefix, err := netip.ParsePrefix(block); {
	case err != nil: // reported as no block
	case !prefix.Addr().Is4():
		r.Add(NetworkBlock, property, "%q is IPv6", block)
	case prefix.Bits() == 0:
		r.Add(NetworkBlock, property, "%q is every address", block)
	}
}
