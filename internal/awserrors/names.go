package awserrors

// names are the errors of Route 53 and its Profiles.
var names = []Error{
	{
		Says:  []string{"ConflictingDomainExists: the VPC is associated with another zone with that name"},
		Cause: "The VPC has a private hosted zone of that name: of another consumer, another app, or private DNS of an endpoint",
		Do:    "One consumer for a name in a VPC: [add the clients to it](zones.md#one-name-one-consumer)",
		Rule:  "hostedZoneTwice",
	},
	{
		Says:  []string{"InvalidChangeBatch: RRSet with DNS name … is not permitted in zone …"},
		Cause: "The name of a record is not in its zone",
		Do:    "A zone that has the name, or a name in the zone",
		Rule:  "hostedZoneName",
	},
	{
		Says:  []string{"InvalidChangeBatch: Tried to create resource record set … but it already exists"},
		Cause: "Somebody made the record by hand, another stack has it, or it got another ID in the code: CloudFormation creates before it deletes",
		Do:    "Change the ID back; or delete the record that nobody defines, and deploy at once",
		Rule:  "nameTwice",
	},
	{
		Says: []string{
			"InvalidChangeBatch: Tried to delete resource record set … but it was not found",
			"InvalidChangeBatch: Tried to delete resource record set … but the values provided do not match the current values",
		},
		Cause: "The record was deleted or changed outside of CloudFormation",
		Do:    "Put it back as the template has it, then delete or deploy again; `cdk drift` shows the difference",
	},
	{
		Says: []string{
			"InvalidChangeBatch: … cannot be created as other RRSets exist with the same name and type.",
			"InvalidChangeBatch: … cannot be created as a non-… set exists with the same name and type.",
		},
		Cause: "`RoutingPolicy` changed: Route 53 takes no weighted record beside a simple one, nor the reverse",
		Do:    "[Choose the policy in the first deployment](consuming.md#a-part-of-the-queries-first), or go by `DnsMode_NONE`",
	},
	{
		Says: []string{
			"InvalidChangeBatch: … cannot be created as a failover … set exists with the same name and type.",
			"InvalidChangeBatch: …, failover PRIMARY needs a health check, or an alias that evaluates the health of its target",
		},
		Cause: "A name has one primary and one secondary record, and the primary one a health",
		Do:    "Let `RoutingPolicy_FAILOVER` of the consumer make both",
	},
	{
		Says:  []string{"InvalidChangeBatch: RRSet of type … with DNS name … is not permitted as it conflicts with other records with the same DNS name in zone …"},
		Cause: "A CNAME stands beside another record of its name",
		Do:    "Delete the CNAME, which somebody made by hand; the constructs make alias records",
	},
	{
		Says: []string{
			"InvalidInput: 1 validation error detected: Value '…' at 'changeBatch.changes.1.member.resourceRecordSet.weight' failed to satisfy constraint: Member must have value less than or equal to 255",
			"InvalidInput: 1 validation error detected: Value '…' at 'changeBatch.changes.1.member.resourceRecordSet.weight' failed to satisfy constraint: Member must have value greater than or equal to 0",
		},
		Cause: "A weight that only the deployment knows is not from 0 to 255",
		Do:    "Correct `Weight` or `PreviousWeight`",
		Rule:  "recordWeight",
	},
	{
		Says:  []string{"InvalidInput: Invalid request: … in Change with [Action=…, Name=…, Type=…,"},
		Cause: "A record has two routing policies, or neither values nor an alias: changed by an escape hatch",
		Do:    "Remove the escape hatch",
	},
	{
		Says:   []string{"HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted."},
		Cause:  "Somebody added records to the zone of a consumer",
		Do:     "[Delete them](deploy-aws.md#what-aws-does-not-delete) (4), then delete again",
		Source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html",
	},
	{
		Says: []string{
			`ResourceNotFoundException: Can't find the resource with ID "…".`,
			"AccessDeniedException: User: … is not authorized to perform: route53profiles:… on resource: … because no resource-based policy allows the route53profiles:… action",
		},
		Cause: "The profile is not shared with the account, its invitation is not accepted, or its share allows to associate VPCs alone",
		Do:    "[Who may do what](zones.md#who-may-do-what): `ShareWith`, and `PermissionArn` for zones",
		Rule:  "profilePermission",
	},
	{
		Says:  []string{"ResourceExistsException: The resource … has already been associated with the profile …"},
		Cause: "The VPC has a profile, maybe of another team",
		Do:    "Put the zones into that profile, or give the VPC a consumer of its own",
		Rule:  "profileTwice",
	},
	{
		Says:  []string{"ConflictException: The resource … has already been associated with the profile …"},
		Cause: "The zone is in the profile already",
		Do:    "One consumer for a name and a profile; if somebody associated it by hand, undo that",
		Rule:  "profileZoneTwice",
	},
	{
		Says:  []string{"ConflictException: The profile … is associated with VPCs"},
		Cause: "VPCs, also of other accounts, still have the profile that is to be deleted",
		Do:    "Their owners remove them first",
	},
	{
		Says:  []string{"InvalidParameterException: The resource … is not a private hosted zone"},
		Cause: "A public zone was given",
		Do:    "A profile takes the zones of consumers",
	},
}
