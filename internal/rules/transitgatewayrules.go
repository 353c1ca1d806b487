package rules

import (
	"net/netip"
	"regexp"
)

const (
	transitGuide = "https://docs.aws.amazon.com/vpc/latest/tgw/"
	transitVpcs  = transitGuide + "tgw-vpc-attachments.html"
)

// The rules of transit gateway hubs.
var (
	TransitSegment = Rule{
		ID: "privateapi:transitSegment", Severity: Error,
		Summary: "A segment of a hub has a name of its own, and reaches segments of that hub.",
		AWS:     "InvalidRouteTableID.NotFound: the transit gateway has no such route table",
		Fix:     "name a segment of the hub",
		Source:  transitGuide + "tgw-route-tables.html",
	}
	TransitSegmentQuota = Rule{
		ID: "privateapi:transitSegmentQuota", Severity: Warning,
		Summary: "By default, a transit gateway has at most 20 route tables, one for each segment.",
		AWS:     "TransitGatewayRouteTableLimitExceeded",
		Fix:     "request a higher quota first, or use fewer segments",
		Source:  transitGuide + "transit-gateway-quotas.html",
	}
	TransitAsn = Rule{
		ID: "privateapi:transitAsn", Severity: Error,
		Summary: "The AmazonSideAsn is a private number: 64512-65534, or 4200000000-4294967294.",
		AWS:     "InvalidParameterValue: the ASN is not a private ASN",
		Fix:     "use a private ASN, or leave it out for 64512; changing it replaces the transit gateway",
		Source:  cfnEc2 + "aws-resource-ec2-transitgateway.html",
	}
	TransitShare = Rule{
		ID: "privateapi:transitShare", Severity: Error,
		Summary: "A hub is shared with accounts, organizational units and organizations.",
		AWS:     "InvalidParameterException: the principal is malformed, or the resource type cannot be shared with it",
		Fix:     "use an account ID of 12 digits, or the ARN of an organization or an organizational unit",
		Source:  "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
	}
	TransitNotShared = Rule{
		ID: "privateapi:transitNotShared", Severity: Error,
		Summary: "A spoke of another account attaches to a hub that is shared with the account.",
		AWS:     "InvalidTransitGatewayID.NotFound: the transit gateway does not exist in the account of the spoke",
		Fix:     "add the account to ShareWith of the hub",
		Source:  transitGuide + "tgw-transit-gateways.html",
	}
)

// The rules of spokes.
var (
	TransitRegion = Rule{
		ID: "privateapi:transitRegion", Severity: Error,
		Summary: "A hub, its spokes and their VPCs are in one Region.",
		AWS:     "InvalidTransitGatewayID.NotFound: the transit gateway does not exist in the Region",
		Fix:     "define a hub in the Region of the VPC; hubs of two Regions need a peering attachment, which the constructs do not define",
		Source:  transitVpcs,
	}
	TransitScope = Rule{
		ID: "privateapi:transitScope", Severity: Error,
		Summary: "The attachment belongs to the account of the VPC, and its association with a segment to the account of the hub.",
		AWS:     "InvalidVpcID.NotFound, or InvalidRouteTableID.NotFound: the stack is of another account",
		Fix:     "define the Spoke in a stack of the VPC's account, and set HubScope to a stack of the hub's account that is deployed after it",
		Source:  transitGuide + "tgw-route-tables.html",
	}
	TransitCycle = Rule{
		ID: "privateapi:transitCycle", Severity: Error,
		Summary: "The association is in a stack that is deployed after the attachment, which waits for the hub and the VPC.",
		AWS:     "is not involved: CDK allows no cycle of stacks",
		Fix:     "set HubScope to another stack of the hub's account and Region, for associations alone",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/resources.html",
	}
	TransitZone = Rule{
		ID: "privateapi:transitZone", Severity: Error,
		Summary: "The attachment has a subnet in each Availability Zone of the clients' subnets.",
		AWS:     "drops the packets: resources in a zone without an attachment subnet cannot reach the transit gateway, whatever the routes say",
		Fix:     "add a subnet of the zone to Subnets, or a block to SubnetCidrBlocks",
		Source:  transitVpcs,
	}
	TransitSubnet = Rule{
		ID: "privateapi:transitSubnet", Severity: Error,
		Summary: "The subnets of an attachment are one for each zone, each with a block of /16 to /28 of the VPC that no other subnet has.",
		AWS:     "InvalidSubnet.Range or InvalidSubnet.Conflict: the CIDR is invalid, or conflicts with another subnet",
		Fix:     "list one free block of the VPC for each zone of RouteSubnets, such as a /28",
		Source:  "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
	}
	TransitPublicSubnet = Rule{
		ID: "privateapi:transitPublicSubnet", Severity: Warning,
		Summary: "The subnets of an attachment are private, small, and of its own.",
		AWS:     "routes what comes from the transit gateway by the route table of the public subnet, whose default route leads to the internet gateway",
		Fix:     "set SubnetCidrBlocks, or select private subnets by Subnets",
		Source:  transitGuide + "tgw-best-design-practices.html",
	}
	TransitTwice = Rule{
		ID: "privateapi:transitTwice", Severity: Error,
		Summary: "A VPC has one attachment to a transit gateway.",
		AWS:     "DuplicateTransitGatewayAttachment: the VPC is attached to the transit gateway already",
		Fix:     "use the Spoke that exists, with more Destinations",
		Source:  transitGuide + "transit-gateway-quotas.html",
	}
	TransitOverlap = Rule{
		ID: "privateapi:transitOverlap", Severity: Error,
		Summary: "Spokes of segments that reach each other have blocks that do not overlap.",
		AWS:     "attaches the VPC, but does not propagate its route, and says nothing",
		Fix:     "use VPCs whose blocks do not overlap, or PrivateLink, which does not route between them",
		Source:  transitVpcs,
	}
	TransitIdentical = Rule{
		ID: "privateapi:transitIdentical", Severity: Warning,
		Summary: "The spokes that one segment reaches have blocks that do not overlap.",
		AWS:     "propagates only one of two identical blocks to the route table of the segment, and prefers the longer prefix of others",
		Fix:     "use VPCs whose blocks do not overlap, or let the segment reach one of the two",
		Source:  transitVpcs,
	}
	TransitDestination = Rule{
		ID: "privateapi:transitDestination", Severity: Error,
		Summary: "The destinations of a spoke lie outside of its own VPC; a block that has the VPC within it is one, too.",
		AWS:     "never sends the packets to the transit gateway, by the local route, or InvalidParameterValue: the destination is more specific than the local route",
		Fix:     "list the blocks of the other spokes",
		Source:  routeTables,
	}
	TransitReach = Rule{
		ID: "privateapi:transitReach", Severity: Error,
		Summary: "The segments of the clients' spoke and of the API's reach each other.",
		AWS:     "drops the packets: the route table of the client's segment has no route to the VPC of the API",
		Fix:     "name the segment of the API in Reaches of the clients' segment",
		Source:  transitGuide + "tgw-route-tables.html",
	}
)

// TransitGateway returns the rules that hubs and spokes enforce, besides those of [All], [Routed] and [Peering].
func TransitGateway() []Rule {
	return []Rule{
		TransitSegment, TransitSegmentQuota, TransitAsn, TransitShare, TransitNotShared,
		TransitRegion, TransitScope, TransitCycle, TransitZone, TransitSubnet, TransitPublicSubnet, TransitTwice,
		TransitOverlap, TransitIdentical, TransitDestination, TransitReach,
	}
}

// MaxTransitRouteTables is the default quota of route tables of a transit gateway.
const MaxTransitRouteTables = 20

var segmentName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{0,62}$`)

// CheckTransitSegmentName reports a name that cannot be part of a construct ID.
func CheckTransitSegmentName(r *Report, property, name string) {
	if !segmentName.MatchString(name) {
		r.AddWithFix(TransitSegment, property, "use up to 63 letters, digits and hyphens, of which the first is a letter", "%q is not a name", name)
	}
}

// CheckTransitShare reports whatever a transit gateway cannot be shared with.
func CheckTransitShare(r *Report, property, principal string) {
	if !IsAccountID(principal) && !organizationARN.MatchString(principal) {
		r.Add(TransitShare, property, "%q is not an account, an organization or an organizational unit", principal)
	}
}

// CheckTransitAsn reports a number that is not a private ASN.
func CheckTransitAsn(r *Report, property string, asn float64) {
	isPrivate := asn >= 64512 && asn <= 65534 || asn >= 4200000000 && asn <= 4294967294
	if !isPrivate || asn != float64(int64(asn)) {
		r.Add(TransitAsn, property, "%.15g is not a private ASN", asn)
	}
}

// CheckTransitSubnet reports a block that no subnet can have, and one that is known to lie outside of the VPC's blocks.
func CheckTransitSubnet(r *Report, property, block string, vpc []netip.Prefix) {
	prefix, err := netip.ParsePrefix(block)
	if err != nil {
		return // reported as no block
	}
	if prefix.Bits() < 16 || prefix.Bits() > 28 {
		r.Add(TransitSubnet, property, "%q has a prefix of /%d", block, prefix.Bits())
	}
	for _, own := range vpc {
		if own.Bits() <= prefix.Bits() && own.Contains(prefix.Addr()) {
			return
		}
	}
	if len(vpc) > 0 {
		r.Add(TransitSubnet, property, "%q is not a part of the VPC's %s", block, vpc[0])
	}
}
