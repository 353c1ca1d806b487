package rules

// The rules of the hops between VPCs: over a peering connection, or over a transit gateway.
var (
	PathPeering = Rule{
		ID: "privateapi:pathPeeringConnection", Severity: Error,
		Summary: "The peering connection connects the client's VPC and that of what it calls, is accepted, and no blocks of theirs overlap.",
		AWS:     "drops the packets: a route to a connection that is not active is a blackhole, and one of VPCs with blocks that overlap fails",
		Fix:     "connect the two VPCs themselves, accept the connection, and give the VPCs blocks that do not overlap",
		Source:  peeringGuide + "vpc-peering-basics.html",
	}
	PathGatewayAttachment = Rule{
		ID: "privateapi:pathGatewayAttachment", Severity: Error,
		Summary: "Both VPCs are attached to the transit gateway, with a subnet in each Availability Zone of the client and of what it calls.",
		AWS:     "drops packets from Availability Zones without a subnet of the attachment; refuses an attachment of an account that the gateway is not shared with",
		Fix:     "attach both VPCs with a subnet in each zone, share the transit gateway, and set AutoAcceptSharedAttachments to enable",
		Source:  transitGuide + "tgw-vpc-attachments.html",
	}
	PathGatewayRoute = Rule{
		ID: "privateapi:pathGatewayRoute", Severity: Error,
		Summary: "The client's attachment is associated with a route table of the transit gateway whose most specific route leads to the other attachment.",
		AWS:     "drops the packets, or sends them to another attachment: the connection times out",
		Fix:     "associate the attachment, and propagate the other VPC's attachment to its route table",
		Source:  transitGuide + "tgw-route-tables.html",
	}
	PathGatewayRouteBack = Rule{
		ID: "privateapi:pathGatewayRouteBack", Severity: Error,
		Summary: "The attachment of what the client calls is associated with a route table whose most specific route leads back to the client's attachment.",
		AWS:     "drops the responses, or sends them to another attachment: the connection times out",
		Fix:     "associate the attachment, and propagate the client's attachment to its route table",
		Source:  transitGuide + "tgw-route-tables.html",
	}
	PathRouteBack = Rule{
		ID: "privateapi:pathRouteBack", Severity: Error,
		Summary: "The most specific route in each subnet of what the client calls leads back to the client's VPC.",
		AWS:     "drops the responses, or sends them elsewhere: the connection times out",
		Fix:     "route the client's addresses to the same peering connection or transit gateway, in the route tables of all subnets",
		Source:  vpcGuide + "route-tables-priority.html",
	}
	PathAttachmentNetworkAcl = Rule{
		ID: "privateapi:pathAttachmentNetworkAcl", Severity: Error,
		Summary: "The network ACLs of the attachments' subnets allow requests and responses.",
		AWS:     "drops requests or responses: the connection times out",
		Fix:     "use subnets of their own for attachments, with a network ACL that allows everything",
		Source:  transitGuide + "tgw-nacls.html",
	}
)
