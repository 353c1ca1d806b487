package rules

const (
	updateBehaviors = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html"
	refactoring     = "https://docs.aws.amazon.com/cdk/v2/guide/refactor.html"

	// inUse is what AWS says instead of deleting what consumers use.
	inUse = "ExistingVpcEndpointConnections for a service, ResourceInUse for a load balancer"
	// oneByOne is the way to what AWS does not change in place.
	oneByOne = "define a second provider with the new value, move the consumers to it, then remove the first"
)

// Rules of the file itself.
var (
	LockForm = Rule{
		ID: "privateapi:lock", Severity: Error,
		Summary: "A lock is JSON with the members of its version, and no others.",
		AWS:     "never sees the lock: what is misread in it is not held",
		Fix:     "docs/privateapi.lock.schema.json describes it; privateapi lock writes it",
		Source:  updateBehaviors,
	}
	LockVersion = Rule{
		ID: "privateapi:lockVersion", Severity: Error,
		Summary: "The version of a lock is 1.",
		AWS:     "never sees the lock: what another version means is not known here",
		Fix:     "update this module, or write the lock with the version of the module that reads it",
		Source:  updateBehaviors,
	}
	LockPending = Rule{
		ID: "privateapi:lockPending", Severity: Error,
		Summary: "A lock has no placeholder of a lookup that has no answer yet.",
		AWS:     "never sees the placeholder: the next synthesis has another value in its place",
		Fix:     "run cdk synth with credentials once, so that cdk.context.json has the answer",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/context.html",
	}
)

// Rules of what consumers hold in place.
var (
	LockGone = Rule{
		ID: "privateapi:lockGone", Severity: Error,
		Summary: "What consumers hold in place stays in its stack, with its logical ID and its type.",
		AWS:     "deletes it, or refuses to: " + inUse,
		Fix:     "define it under its old construct path again; if it is to go, end the connections first, then rewrite the lock",
		Source:  privateLink + "delete-endpoint-service.html",
	}
	LockMoved = Rule{
		ID: "privateapi:lockMoved", Severity: Error,
		Summary: "What consumers hold in place keeps its logical ID and its stack if its construct is renamed or moved.",
		AWS:     "creates it again under the new logical ID and deletes the old one, or refuses to: " + inUse,
		Fix:     "restore the old construct path; or move what is deployed before: cdk refactor --unstable=refactor",
		Source:  refactoring,
	}
	LockStack = Rule{
		ID: "privateapi:lockStack", Severity: Error,
		Summary: "A stack of what consumers hold in place keeps its name, its account and its Region.",
		AWS:     "takes it for another stack: creates all of its resources again, and keeps the old stack until somebody deletes it",
		Fix:     "restore its stack name and environment; or move what is deployed before: cdk refactor --unstable=refactor",
		Source:  refactoring,
	}
	LockReplaced = Rule{
		ID: "privateapi:lockReplaced", Severity: Error,
		Summary: "What consumers hold in place keeps the value of each property whose change replaces it.",
		AWS:     "creates another resource and deletes the old one, or refuses to: " + inUse,
		Fix:     "restore the value; or define a second resource with the new one, move the consumers to it, then remove the first",
		Source:  updateBehaviors,
	}
	LockUnknown = Rule{
		ID: "privateapi:lockUnknown", Severity: Error,
		Summary: "A value whose change replaces what consumers hold in place is one that can be compared with the locked one.",
		AWS:     "replaces the resource if the deployment finds another value",
		Fix:     "if the change set replaces nothing (cdk deploy --method=prepare-change-set), rewrite the lock; else restore the value",
		Source:  updateBehaviors,
	}
	LockMissing = Rule{
		ID: "privateapi:lockMissing", Severity: Warning,
		Summary: "What consumers hold in place is in the lock.",
		AWS:     "replaces or deletes it with the next deployment that asks for it",
		Fix:     "after its deployment, rewrite the lock: privateapi lock",
		Source:  updateBehaviors,
	}
)

// Rules of changes that CloudFormation makes in place, and that AWS refuses or that cut consumers off.
var (
	LockNlbGroups = Rule{
		ID: "privateapi:lockNlbGroups", Severity: Error,
		Summary: "An NLB that was created with security groups keeps at least one; one that was created without gets none.",
		AWS:     "InvalidConfigurationRequest: You cannot set security groups on a Network Load Balancer which was created without any security groups; ValidationError for an empty list",
		Fix:     "keep one security group, or none, as before; or " + oneByOne,
		Source:  networkLB + "load-balancer-security-groups.html",
	}
	LockNlbSubnets = Rule{
		ID: "privateapi:lockNlbSubnets", Severity: Error,
		Summary: "The NLB of an endpoint service keeps its subnets while endpoints are connected.",
		AWS:     "removes no subnet from an NLB with active VPC endpoint associations",
		Fix:     "keep the subnets, and add others if needed; or " + oneByOne,
		Source:  networkLB + "availability-zones.html",
	}
	LockVpc = Rule{
		ID: "privateapi:lockVpc", Severity: Error,
		Summary: "A load balancer stays in its VPC.",
		AWS:     "accepts only subnets of the VPC in which the load balancer was created, though a change set says that it changes in place",
		Fix:     "restore the subnets; or " + oneByOne,
		Source:  elbAPI + "API_SetSubnets.html",
	}
	LockServiceNlbs = Rule{
		ID: "privateapi:lockServiceNlbs", Severity: Error,
		Summary: "An endpoint service keeps its load balancers while endpoints are connected.",
		AWS:     "ExistingVpcEndpointConnections: removes no load balancer from a service with connections",
		Fix:     "keep the load balancers, and add others if needed; or " + oneByOne,
		Source:  ec2API + "API_ModifyVpcEndpointServiceConfiguration.html",
	}
	LockPayer = Rule{
		ID: "privateapi:lockPayer", Severity: Error,
		Summary: "An endpoint service whose owner pays for the endpoints stays so.",
		AWS:     "does not set the payer back to the owners of the endpoints",
		Fix:     "keep PayerResponsibility: ServiceOwner; or " + oneByOne,
		Source:  ec2API + "API_ModifyVpcEndpointServicePayerResponsibility.html",
	}
	LockPrivateDnsName = Rule{
		ID: "privateapi:lockPrivateDnsName", Severity: Error,
		Summary: "An endpoint service with a private DNS name keeps it.",
		AWS:     "changes it in place, and wants the new name to be verified: consumers with private DNS call the old one",
		Fix:     "restore the name; or " + oneByOne,
		Source:  ec2API + "API_ModifyVpcEndpointServiceConfiguration.html",
	}
	LockPrivateDns = Rule{
		ID: "privateapi:lockPrivateDns", Severity: Error,
		Summary: "An endpoint with private DNS keeps it.",
		AWS:     "changes the endpoint in place: the private DNS name of the service no longer resolves to it",
		Fix:     "keep PrivateDnsEnabled: true; or let clients call another name first",
		Source:  ec2API + "API_ModifyVpcEndpoint.html",
	}
	LockPort = Rule{
		ID: "privateapi:lockPort", Severity: Error,
		Summary: "A listener keeps the port and the protocol that consumers call.",
		AWS:     "changes the listener in place: calls to the old port fail from then on",
		Fix:     "restore the port and the protocol; or add a second listener, move the consumers to it, then remove the first",
		Source:  elbAPI + "API_ModifyListener.html",
	}
	LockRecordNames = Rule{
		ID: "privateapi:lockRecordNames", Severity: Error,
		Summary: "A group of records that lead to an API keeps their names.",
		AWS:     "deletes a record in place: its name does not resolve from then on",
		Fix:     "restore the record; or add one with the new name, let clients change to it, then remove the old one",
		Source:  "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordsetgroup.html",
	}
	LockAssociationGroups = Rule{
		ID: "privateapi:lockAssociationGroups", Severity: Error,
		Summary: "The association of a VPC with a service network that has security groups keeps at least one.",
		AWS:     "removes the last security group of an association only with the association",
		Fix:     "keep one security group",
		Source:  "https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_UpdateServiceNetworkVpcAssociation.html",
	}
)

// Lock returns the rules of the lock against replacement, which templates are compared with.
func Lock() []Rule {
	return []Rule{
		LockForm, LockVersion, LockPending,
		LockGone, LockMoved, LockStack, LockReplaced, LockUnknown, LockMissing,
		LockNlbGroups, LockNlbSubnets, LockVpc, LockServiceNlbs, LockPayer, LockPrivateDnsName, LockPrivateDns, LockPort, LockRecordNames, LockAssociationGroups,
	}
}
