package rules

// Rules that templates can break in route tables, and in the rules of security groups at both ends of a network.
var (
	RouteTargets = Rule{
		ID: "privateapi:routeTargets", Severity: Error,
		Summary: "A route has one destination and one target.",
		AWS:     "MissingParameter, or InvalidParameterCombination: the request must contain exactly one destination and one target",
		Fix:     "keep one destination and one target, and add a route for each of the others",
		Source:  cfnEc2 + "aws-resource-ec2-route.html",
	}
	RouteBack = Rule{
		ID: "privateapi:routeBack", Severity: Warning,
		Summary: "Packets are routed both ways: to a VPC, and back from it.",
		AWS:     "drops every answer: no route table of the other VPC has a route back",
		Fix:     "add routes to the blocks of this VPC to the route tables of the other VPC",
		Source:  peeringGuide + "vpc-peering-routing.html",
	}
	GroupReferenceOut = Rule{
		ID: "privateapi:groupReferenceOut", Severity: Warning,
		Summary: "Over a transit gateway, outbound rules name CIDR blocks: only inbound rules may name security groups at the other end.",
		AWS:     "ignores the rule: no packet over a transit gateway matches it",
		Fix:     "use CidrIp with the blocks of the other VPC, or a VPC peering connection",
		Source:  transitVpcs + "#vpc-attachment-security",
	}
)

// Rules that templates of transit gateways can break.
var (
	TransitOption = Rule{
		ID: "privateapi:transitOption", Severity: Error,
		Summary: "An option of a transit gateway, or of an attachment to it, is enable or disable.",
		AWS:     "InvalidParameterValue: the option has no such value",
		Fix:     "use enable or disable",
		Source:  cfnEc2 + "aws-resource-ec2-transitgateway.html",
	}
	TransitDefaultTable = Rule{
		ID: "privateapi:transitDefaultTable", Severity: Warning,
		Summary: "VPCs that must not all reach each other have route tables of their own at the transit gateway.",
		AWS:     "associates every attachment with the default route table and propagates it there: every VPC is routed to every other, those of other accounts too",
		Fix:     "set DefaultRouteTableAssociation and DefaultRouteTablePropagation to disable, and add route tables, associations and propagations",
		Source:  transitGuide + "how-transit-gateways-work.html",
	}
	TransitAcceptance = Rule{
		ID: "privateapi:transitAcceptance", Severity: Warning,
		Summary: "A transit gateway that is shared with other accounts accepts what they attach.",
		AWS:     "leaves each attachment in the state pendingAcceptance: CloudFormation has no resource that accepts it",
		Fix:     "set AutoAcceptSharedAttachments to enable, and share the gateway with the accounts that may attach their VPCs",
		Source:  transitGuide + "acceptance-tgw-attach.html",
	}
	TransitAttachmentType = Rule{
		ID: "privateapi:transitAttachmentType", Severity: Warning,
		Summary: "AWS::EC2::TransitGatewayAttachment changes its subnets in place.",
		AWS:     "replaces the attachment when SubnetIds of an AWS::EC2::TransitGatewayVpcAttachment change: a VPC has one attachment, so the new one fails",
		Fix:     "use AWS::EC2::TransitGatewayAttachment",
		Source:  cfnEc2 + "aws-resource-ec2-transitgatewayattachment.html",
	}
	TransitAttachmentZone = Rule{
		ID: "privateapi:transitAttachmentZone", Severity: Error,
		Summary: "An attachment has one subnet in each Availability Zone.",
		AWS:     "DuplicateSubnetsInSameZone: the subnets are in the same Availability Zone",
		Fix:     "keep one subnet for each zone: all subnets of the zone can use it",
		Source:  transitVpcs,
	}
	TransitAssociation = Rule{
		ID: "privateapi:transitAssociation", Severity: Warning,
		Summary: "An attachment is associated with a route table of the transit gateway.",
		AWS:     "drops every packet of the VPC: without an association, the gateway has no route for it",
		Fix:     "add an AWS::EC2::TransitGatewayRouteTableAssociation, or set DefaultRouteTableAssociation of the gateway to enable",
		Source:  transitGuide + "how-transit-gateways-work.html",
	}
)
