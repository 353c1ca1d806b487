package awserrors

// loadBalancing are the errors of Elastic Load Balancing, and of ECS about target groups.
var loadBalancing = []Error{
	{
		Says:  []string{"OperationNotPermitted: Load balancer '…' cannot be deleted because deletion protection is enabled"},
		Cause: "Protection is on by default",
		Do:    "Deploy with `DeletionProtection: jsii.Bool(false)`, then delete. Where no deployment is taken any more, [by hand](deploy-aws.md#what-aws-does-not-delete)",
	},
	{
		Says:  []string{"ResourceInUse: Load balancer '…' cannot be deleted because it is currently associated with another service"},
		Cause: "An endpoint service uses the NLB, with or without connections",
		Do:    "The service goes first: [delete in the right order](runbook.md#delete-in-the-right-order)",
	},
	{
		Says:  []string{"ResourceInUse: Load balancer '…' is a target of a target group"},
		Cause: "The ALB is still the target of an NLB, of this stack or of another one",
		Do:    "Delete the provider that forwards to it first",
	},
	{
		Says:  []string{"InvalidConfigurationRequest: You cannot set security groups of …, which was created without security groups"},
		Cause: "AWS adds no first security group to an NLB, and takes away none that is the last",
		Do:    "Undo the change. An NLB with groups is a new NLB: [replace the provider](runbook.md#replace-a-provider)",
	},
	{
		Says:  []string{"InvalidSubnet: VPC … has no internet gateway"},
		Cause: "An internet-facing ALB in a VPC without a gateway",
		Do:    "A private API wants none of it: make the ALB internal. For a [public one](public.md), add the gateway",
	},
	{
		Says:  []string{"ValidationError: At least two subnets in two different Availability Zones must be specified"},
		Cause: "An ALB has one subnet, or two of one zone. In a stack without an environment, CDK sees two zones where there is one",
		Do:    "Select subnets in two zones",
		Rule:  "twoAvailabilityZones",
	},
	{
		Says:  []string{"InvalidTarget: '…' is not an Application Load Balancer in the VPC of the target group", "TooManyTargets: A target group of type alb takes one Application Load Balancer"},
		Cause: "The target group of an NLB takes one ALB, of its own VPC",
		Do:    "Let the provider define the target group; give it the `Listener` of an ALB in `Vpc`",
	},
	{
		Says: []string{
			"ValidationError: If the target type is ALB, the target must have at least one listener that matches the target group port or any specified port overrides",
			"ValidationError: The port of an Application Load Balancer as a target must be that of the target group",
		},
		Cause: "The target group was deployed before the listener of the ALB, or one port was changed without the other",
		Do:    "One port for both, and a dependency on the listener: the constructs have both. With an existing `Listener`, do not change its port outside",
		Rule:  "onePort",
	},
	{
		Says:  []string{"TargetGroupAssociationLimit: The following target groups cannot be associated with more than one load balancer: …"},
		Cause: "A load balancer is replaced, and its target group is not: CloudFormation makes the new one first. Or a target group of your own has another load balancer",
		Do:    "Undo what replaces it; a target group for each load balancer",
		Rule:  "targetGroupLoadBalancer",
	},
	{
		Says:  []string{"InvalidParameterException: The target group with targetGroupArn … does not have an associated load balancer."},
		Cause: "An ECS service was deployed before the rule that has its target group",
		Do:    "Let it be a target of `AddRoute`, which adds the dependency; with a `TargetGroup` of your own, add it",
	},
	{
		Says: []string{
			"ValidationError: An action of type jwt-validation requires an HTTPS listener",
			"ValidationError: An order must be specified for each of several actions",
			"ValidationError: The last action of a rule must be one of …",
		},
		Cause: "A rule with token validation was changed by an escape hatch or by hand",
		Do:    "Let `JwtIssuer` and `JwtJwksEndpoint` of the route make it",
	},
	{
		Says: []string{
			"ValidationError: The JwksEndpoint must be a full URL, including the HTTPS protocol, the domain, and the path",
			"ValidationError: The … must have from 1 to … characters",
			"ValidationError: At most … additional claims can be specified",
			"ValidationError: The claim … is validated by default",
			"ValidationError: The Format of a claim must be one of …",
			"ValidationError: A claim must have from 1 to … values",
			"ValidationError: A value of the format … can't include spaces",
		},
		Cause: "The configuration of token validation, mostly by a value that only the deployment knows: the constructs check literal ones",
		Do:    "Correct the value; [the forms](providing.md#validating-json-web-tokens)",
	},
	{
		Says:  []string{"CertificateNotFound: Certificate ARN is not valid"},
		Cause: "The certificate is of another account or Region, is not issued yet, or was deleted",
		Do:    "`aws acm describe-certificate` in the account and Region of the load balancer; [the certificate expires](runbook.md#the-certificate-expires)",
		Rule:  "certificateArn",
	},
	{
		Says:  []string{"PriorityInUse: Priority is currently in use"},
		Cause: "Two rules of one listener have a priority at some moment of the deployment: it moved between constructs, or another stack took it",
		Do:    "[Two deployments](deploy.md#priorities-of-routes), or another `Priority`",
		Rule:  "routePriority",
	},
	{
		Says:  []string{"DuplicateListener: A listener already exists on this port for this load balancer"},
		Cause: "Two listeners of one port; or a listener got another ID, and the old one still stands",
		Do:    "Change the ID back",
		Rule:  "listenerPort",
	},
}
