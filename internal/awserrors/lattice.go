package awserrors

// lattice are the errors of VPC Lattice, and of ECS about its targets.
var lattice = []Error{
	{
		Says: []string{
			"ResourceNotFoundException: The … '…' does not exist",
			"AccessDeniedException: User: … is not authorized to perform: vpc-lattice:… on resource: … because no resource-based policy allows the vpc-lattice:… action",
		},
		Cause: "The service or the network is not shared with the account, its invitation is not accepted, or the ARN is of another Region",
		Do:    "[Share and accept](lattice.md#sharing-and-accepting), then deploy again",
		Rule:  "latticeConsumerShared",
	},
	{
		Says:  []string{"AccessDeniedException: The caller must own either the service … or the service network …"},
		Cause: "Both the service and the network of an association are shared with the account, and it owns neither",
		Do:    "The owner of one of them associates the two",
	},
	{
		Says:  []string{"ConflictException: VPC … is already associated with service network …"},
		Cause: "A VPC has one service network",
		Do:    "Use that one: `ServiceNetwork_FromAttributes` ([the service network](lattice.md#the-service-network-of-a-vpc))",
		Rule:  "latticeServiceNetwork",
	},
	{
		Says:  []string{"ConflictException: Service … is already associated with service network …"},
		Cause: "Another consumer, of this app or another one, has associated the service with the same network",
		Do:    "One consumer for a service and a network: add the clients to it",
	},
	{
		Says:  []string{"ConflictException: Another service with the custom domain name '…' is associated with service network …"},
		Cause: "Two services of one name in a network",
		Do:    "Another name, or end the other association first",
	},
	{
		Says:  []string{"ConflictException: A … with the name '…' already exists"},
		Cause: "A physical name is taken; the constructs set none, so one of your own",
		Do:    "Remove the name, or take another one",
	},
	{
		Says:  []string{"ConflictException: Target group … is already used by another service"},
		Cause: "A target group belongs to one service",
		Do:    "A target group for each service",
		Rule:  "latticeTargetGroupService",
	},
	{
		Says:  []string{"ConflictException: The priority … is already used by another rule of the listener"},
		Cause: "A priority moved between routes in one deployment, or was set twice",
		Do:    "Two deployments, or another priority",
		Rule:  "latticePriority",
	},
	{
		Says:  []string{"ConflictException: The service … already has a listener on port …"},
		Cause: "Two listeners of one port, or a listener got another ID in the code",
		Do:    "Change the ID back",
	},
	{
		Says: []string{
			"ConflictException: Service … has service network(s) associated",
			"ConflictException: ServiceNetwork … has service(s) associated",
			"ConflictException: ServiceNetwork … has VPC(s) associated",
			"ConflictException: ServiceNetwork … has VPC endpoint(s) associated",
			"ConflictException: TargetGroup … is used by listener …",
		},
		Cause: "What is deleted is still in use, by another stack or account, or by an association that is about to go",
		Do:    "[End the associations](lattice.md#sharing-and-accepting) first; wait a minute, and delete again",
	},
	{
		Says: []string{
			"ServiceQuotaExceededException: The limit of 10 rules per listener is exceeded",
			"ServiceQuotaExceededException: The limit of 10 target groups per service is exceeded",
			"ServiceQuotaExceededException: The limit of 2 listeners per service is exceeded",
		},
		Cause: "A quota of VPC Lattice",
		Do:    "Fewer routes, a second service, or a higher quota ([quotas](limits.md#quotas-that-matter))",
		Rule:  "latticeQuota",
	},
	{
		Says: []string{
			"ValidationException: A certificate requires a custom domain name",
			"ValidationException: The certificate … is not an issued one of this account and Region for '…'",
			"ValidationException: An HTTPS listener of … requires a certificate for its custom domain name '…'",
		},
		Cause: "The certificate is of another account or Region, not issued, or has not the name",
		Do:    "`aws acm describe-certificate`, in the account and Region of the service",
	},
	{
		Says: []string{
			"ValidationException: A TLS_PASSTHROUGH listener requires a service with a custom domain name",
			"ValidationException: The default action of a TLS_PASSTHROUGH listener must be a forward action to a TCP target group",
			"ValidationException: The only rule allowed for a TLS_PASSTHROUGH listener is the default rule",
			"ValidationException: The protocol of target group … is not one that a … listener can forward to",
		},
		Cause: "A listener that passes TLS through has one TCP target group, one name and no routes",
		Do:    "Let `NewApi` define it ([targets](lattice.md#targets)), or end TLS at the listener",
		Rule:  "latticeTargetProtocol",
	},
	{
		Says: []string{
			"ValidationException: A fixed response must have the status code 404 or 500, not …",
			"ValidationException: A rule must match a method, a path or headers",
		},
		Cause: "A route that VPC Lattice cannot have",
		Do:    "[Routes](lattice.md#routes) has what it takes",
		Rule:  "latticeFixedResponse",
	},
	{
		Says: []string{
			"ValidationException: … Target Group does not support health check config",
			"ValidationException: A health check of a TCP target group requires a protocol and a protocol version",
			"ValidationException: A target group of type … requires a …",
		},
		Cause: "A target group has settings that its type does not take, or lacks those that it needs: by an escape hatch",
		Do:    "Remove the escape hatch; [targets](lattice.md#targets) has what each type takes",
		Rule:  "latticeHealthCheck",
	},
	{
		Says: []string{
			"ValidationException: The VPC '…' does not exist",
			"ValidationException: The security group … is not one of the VPC …",
		},
		Cause: "The VPC is of another account, or the security group of another VPC",
		Do:    "A VPC of the account that deploys, and groups of that VPC",
	},
	{
		Says: []string{
			"ValidationException: The policy exceeds 10 KB",
			"ValidationException: The policy is not valid: …",
			"ValidationException: The policy must not contain newlines or blank lines",
			"ResourceNotFoundException: There is no auth policy of …",
		},
		Cause: "The auth policy: too many callers in it, values that only the deployment knows, or somebody deleted it by hand",
		Do:    "List accounts or an organization rather than roles ([who may call](lattice.md#who-may-call)); deploy again",
		Rule:  "latticeAuthPolicySize",
	},
	{
		Says:  []string{"ValidationException: A service network or a … must be specified"},
		Cause: "A list of associations was asked for without a filter",
		Do:    "Give `--service-identifier`, `--service-network-identifier` or `--vpc-identifier`",
	},
	{
		Says: []string{
			"InvalidParameterException: ECS is unable to assume the role '…'",
			"InvalidParameterException: … is not a VPC Lattice target group of type IP of this account",
			"InvalidParameterException: The task definition has no port mapping with the name '…'",
		},
		Cause: "An ECS service as a target: its role does not trust ECS, its target group is another one's, or the name of the port is missing",
		Do:    "Let [`ecstarget`](lattice.md#an-ecs-service) define it, and name the port mapping",
		Rule:  "latticePortName",
	},
}
