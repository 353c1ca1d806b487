package awserrors

// public are the errors of EC2 and AWS WAF about what faces the internet.
var public = []Error{
	{
		Says:  []string{"Gateway.NotAttached: Network … has no Internet gateway attached"},
		Cause: "An address is mapped into a VPC without a gateway, or before it is attached",
		Do:    "Attach the gateway first; deploy again",
	},
	{
		Says:  []string{"Resource.AlreadyAssociated: Elastic IP address […] is already associated"},
		Cause: "The address is in use; CloudFormation makes the new association before the old one goes",
		Do:    "Another address, or two deployments",
	},
	{
		Says:  []string{"DependencyViolation: Network … has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."},
		Cause: "A public ALB, a NAT gateway or an address is still there when the gateway goes",
		Do:    "Delete these first; interfaces go minutes later",
	},
	{
		Says:  []string{"WAFAssociatedItemException: AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource."},
		Cause: "A web ACL or an IP set is deleted while an ALB, or another web ACL, uses it",
		Do:    "End the association first; wait a minute, and delete again",
	},
	{
		Says:  []string{"WAFDuplicateItemException: AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one."},
		Cause: "A name of a web ACL or an IP set is taken: a replacement keeps the name of what it replaces",
		Do:    "Remove the physical name, or take another one",
	},
	{
		Says:  []string{"WAFNonexistentItemException: AWS WAF couldn’t perform the operation because your resource doesn’t exist."},
		Cause: "An IP set, a rule group, a web ACL or a load balancer was deleted outside of CDK, or is of another Region",
		Do:    "Compare the ARN; deploy what defines it first",
		Rule:  "publicRuleGroup",
	},
	{
		Says: []string{
			"WAFInvalidParameterException: Error reason: The parameter contains formatting that is not valid., field: IP_ADDRESS, parameter: …",
			"WAFInvalidParameterException: Error reason: You have used the same name or priority for more than one rule., field: RULE, parameter: …",
			"WAFInvalidParameterException: Error reason: You have used none or multiple values for a field that requires exactly one value., field: RULE, parameter: …",
			"WAFInvalidParameterException: Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: RESOURCE_ARN, parameter: …",
		},
		Cause: "The text names the field. A block with host bits, two clients of one name, a rule without its action, a resource that takes no web ACL",
		Do:    "Correct it; [the web ACL](public.md#the-web-acl) has what the constructs make",
		Rule:  "webAcl",
	},
}
