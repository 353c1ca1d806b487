package awserrors

// networks are the errors of EC2 about peering connections, transit gateways and routes.
var networks = []Error{
	{
		Says:  []string{"VpcPeeringConnectionAlreadyExists: A VPC peering connection between the VPCs already exists."},
		Cause: "Two VPCs have one connection. A change of its properties makes the new one before the old one goes",
		Do:    "Remove it, deploy, define it anew; calls fail in between ([how it ends](peering.md#how-it-ends))",
	},
	{
		Says:  []string{"VpcPeeringConnection failed to stabilize"},
		Cause: "AWS failed the connection: CIDR blocks overlap, or the other side did not accept in time",
		Do:    "`aws ec2 describe-vpc-peering-connections` has `Status.Message`. [When CIDR blocks meet](routed.md#when-cidr-blocks-meet)",
	},
	{
		Says:  []string{"UnauthorizedOperation: You are not authorized to perform this operation. User: … is not authorized to perform: ec2:AcceptVpcPeeringConnection on resource: … because no identity-based policy allows the ec2:AcceptVpcPeeringConnection action"},
		Cause: "The accepter's role does not allow this VPC or this connection",
		Do:    "Deploy the accepter's stack, with its role, before the connection ([two accounts](peering.md#two-accounts))",
	},
	{
		Says: []string{
			"OperationNotPermitted: Peering … is not active. Peering options can be added only to active peerings.",
			"OperationNotPermitted: User … cannot modify … peering options on …",
		},
		Cause: "Options are set before the connection is accepted, or by the other side",
		Do:    "Each side sets its own, after acceptance; the constructs set none",
	},
	{
		Says:  []string{"InvalidVpc.Range: The CIDR '…' overlaps with the CIDR block of a peer VPC of …"},
		Cause: "A block is added to a VPC that a peer has",
		Do:    "Another block ([when CIDR blocks meet](routed.md#when-cidr-blocks-meet))",
	},
	{
		Says:  []string{"InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID '…' does not exist"},
		Cause: "The connection was deleted, by either owner, or is of another Region",
		Do:    "If it was deleted outside of CDK, remove it from the code, deploy, and define it anew",
	},
	{
		Says: []string{
			"RouteAlreadyExists: The route identified by … already exists.",
			"RouteAlreadyExists: Route … already exists in Transit Gateway Route Table ….",
		},
		Cause: "Another stack, or a person, routes the block in that table",
		Do:    "One owner for a block of a table: delete the other route, and deploy at once",
		Rule:  "routeOwner",
	},
	{
		Says:  []string{"InvalidParameterValue: The destination CIDR block … is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance."},
		Cause: "The block of the other side is within the VPC's own: they overlap",
		Do:    "[When CIDR blocks meet](routed.md#when-cidr-blocks-meet)",
		Rule:  "transitDestination",
	},
	{
		Says: []string{
			"InvalidParameterCombination: The request must contain exactly one of gatewayId, localGatewayId, carrierGatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, vpcEndpointId, coreNetworkArn or instanceId",
			"MissingParameter: The request must contain exactly one of gatewayId, localGatewayId, carrierGatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, vpcEndpointId, coreNetworkArn or instanceId",
			"InvalidParameterCombination: Exactly one of TransitGatewayAttachmentId and Blackhole must be specified",
		},
		Cause: "A route of your own with two targets, or none",
		Do:    "One target",
		Rule:  "routeTargets",
	},
	{
		Says:  []string{"InvalidParameterValue: route table … and network gateway … belong to different networks"},
		Cause: "A route to a gateway of another VPC",
		Do:    "A gateway of the VPC",
	},
	{
		Says: []string{
			"InvalidTransitGatewayID.NotFound: Transit Gateway … was deleted or does not exist.",
			"InvalidTransitGatewayID.NotFound: The transitGateway ID '…' does not exist.",
		},
		Cause: "The gateway is not shared with the account, its invitation is not accepted, or it is of another Region",
		Do:    "[Share and accept](transit-gateway.md#sharing-and-accepting), then deploy again",
		Rule:  "transitNotShared",
	},
	{
		Says: []string{
			"InvalidTransitGatewayAttachmentID.NotFound: Transit Gateway Attachment … was deleted or does not exist.",
			"InvalidRouteTableID.NotFound: Transit Gateway Route Table … was deleted or does not exist.",
			"InvalidRoute.NotFound: Route … does not exist in Transit Gateway Route Table ….",
			"InvalidSubnetID.NotFound: Subnet … was deleted or does not exist.",
		},
		Cause: "It was deleted outside of CDK, or the stack is of another account or Region than what it names",
		Do:    "Only the owner of the gateway has its tables: `HubScope`. What was deleted by hand, remove from the code, deploy, and define anew",
		Rule:  "transitScope",
	},
	{
		Says:  []string{"DuplicateTransitGatewayAttachment: … has non-deleted Transit Gateway Attachments with same VPC ID."},
		Cause: "A VPC has one attachment to a gateway: of another stack, or the one that is being replaced",
		Do:    "One spoke for a VPC; remove the old one and deploy, before you define the new one",
		Rule:  "transitTwice",
	},
	{
		Says: []string{
			"DuplicateSubnetsInSameZone: Duplicate Subnets for same AZ",
			"InvalidSubnetID.NotFound: … is not attached but supplied in RemoveSubnets",
			"InsufficientSubnetsException: Insufficient Subnets",
		},
		Cause: "An attachment has one subnet in each zone, and one at least",
		Do:    "Let the spoke choose its subnets",
		Rule:  "transitAttachmentZone",
	},
	{
		Says: []string{
			"Resource.AlreadyAssociated: Transit Gateway Attachment … is already associated to a route table.",
			"TransitGatewayRouteTablePropagation.Duplicate: Propagation … already exists in Transit Gateway Route Table ….",
		},
		Cause: "An attachment is in one segment, and moves to another one: CloudFormation makes the new association first. Or somebody associated it by hand",
		Do:    "Two deployments: remove the spoke, then define it in the other segment ([how it ends](transit-gateway.md#how-it-ends))",
	},
	{
		Says: []string{
			"InvalidparameterValue: Transit Gateway Attachment … is not associated with route table ….",
			"InvalidparameterValue: Propagation … does not exist in Transit Gateway Route Table ….",
		},
		Cause: "Somebody ended it by hand, and CloudFormation wants to",
		Do:    "[A stack is stuck](runbook.md#a-stack-is-stuck): put it back, or skip that resource",
	},
	{
		Says:  []string{"IncorrectState: … is in invalid state"},
		Cause: "The attachment is not available: it waits for acceptance, comes or goes",
		Do:    "The owner of the gateway accepts it, or wait, and deploy again",
	},
	{
		Says: []string{
			"IncorrectState: … has non-deleted VPC Attachments: ….",
			"IncorrectState: … has associated attachments",
			"IncorrectState: … is set as default association route table for …",
		},
		Cause: "The gateway, or a segment of it, is deleted and still has spokes, maybe of other accounts",
		Do:    "Spokes first, the hub last ([how it ends](transit-gateway.md#how-it-ends))",
	},
	{
		Says:  []string{"InvalidParameterCombination: enable … conflicts with … null"},
		Cause: "A gateway of your own has a default table switched on and none named",
		Do:    "Let the hub switch both off, which is its default",
	},
	{
		Says:  []string{"DependencyViolation: The subnet '…' has dependencies and cannot be deleted."},
		Cause: "Interfaces of an endpoint, a load balancer or an attachment are in the subnet; they go some minutes after their owner",
		Do:    "Wait and delete again; [who uses it](deploy-aws.md#what-aws-does-not-delete) (3)",
	},
	{
		Says: []string{
			"MissingParameter: Missing required parameter in request: ….",
			"InvalidParameterValue: Value (…) for parameter … is invalid. …",
			"InvalidParameterValue: The filter '…' is invalid",
		},
		Cause: "A call with a parameter missing, of another form, or a filter with a typo",
		Do:    "In a command, compare it with the reference of the CLI; in a template, a value that only the deployment knows",
	},
}
