package awserrors

// sharing are the errors of Resource Access Manager and Parameter Store.
var sharing = []Error{
	{
		Says:  []string{"OperationNotPermittedException: The resource you are attempting to share can only be shared within your AWS Organization. This error may also occur if you have not enabled sharing with your AWS organization, or that onboarding process is still in progress."},
		Cause: "The account is outside of the organization and `AllowExternalPrincipals` is off, or sharing within the organization is not switched on",
		Do:    "`aws ram enable-sharing-with-aws-organization`, once, in the management account; or `AllowExternalPrincipals`, and the other account accepts",
	},
	{
		Says: []string{
			"OperationNotPermittedException: You cannot share … with IAM users or roles",
			"InvalidParameterException: the resource type cannot be shared with IAM users and roles",
			"OperationNotPermittedException: You cannot share the resource …, which your account does not own",
			"MalformedArnException: You cannot share the selected resource type.",
			"OperationNotPermittedException: The sharing of service network … is disabled",
		},
		Cause: "What is shared, or with whom: resources of the own account go to accounts, units and organizations",
		Do:    "`ShareWith` with an account ID, or the ARN of a unit or an organization; the owner shares",
		Rule:  "latticeShare",
	},
	{
		Says:  []string{"InvalidParameterException: Principal ID … is malformed. Verify the ID and try again."},
		Cause: "RAM takes an account as its ID, not as the ARN of its root",
		Do:    "`111111111111`",
		Rule:  "profileShare",
	},
	{
		Says: []string{
			"UnknownResourceException: … could not be found.",
			"UnknownResourceException: The resource … could not be found.",
			"UnknownResourceException: ResourceShare … could not be found.",
			"UnknownResourceException: Permission … could not be found.",
			"ResourceShareInvitationArnNotFoundException: ResourceShareInvitation … could not be found.",
		},
		Cause: "The organization, the unit, the resource, the share or the permission does not exist, or not in this account and Region. An invitation is for one account, and ends after a while",
		Do:    "Compare the ARN; have the owner share again",
	},
	{
		Says:  []string{"InvalidParameterException: Resource share name can contain only alphabetic characters, numbers, spaces, periods, and dashes."},
		Cause: "The name of a share of your own",
		Do:    "Use these characters",
	},
	{
		Says: []string{
			"InvalidParameterException: 1 validation error detected: …",
			"ValidationException: 1 validation error detected: …",
		},
		Cause: "A value does not have the form that the API takes. The text names the parameter",
		Do:    "Correct the value; literal ones are checked by the constructs",
	},
	{
		Says: []string{
			"AccessDeniedException: User: … is not authorized to perform: ssm:… on resource: … because no identity-based policy allows the ssm:… action",
			"AccessDeniedException: User: … is not authorized to perform: ssm:… on resource: … because no resource-based policy allows the ssm:… action",
		},
		Cause: "The parameters of a contract are not shared with the account, or the role that deploys may not read them",
		Do:    "[Publish](contract.md#publish) to the account, accept the invitation, and allow `ssm:GetParameters`",
	},
	{
		Says: []string{
			"OperationNotPermittedException: The parameter … is not in the advanced tier, so that it cannot be shared",
			"InvalidParameterException: only parameters of the advanced tier can be shared",
			"ValidationException: The parameter … is not in …",
		},
		Cause: "Only parameters of the advanced tier are shared, and only in their Region",
		Do:    "Let the [contract](contract.md#two-ssm-parameters) make them; deploy both sides in one Region",
		Rule:  "parameterTier",
	},
	{
		Says: []string{
			"ValidationException: Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html",
			"ValidationException: Advanced tier parameters support a maximum parameter value of 8192 characters.",
		},
		Cause: "The contract has too many names or zones",
		Do:    "Share it, which takes the advanced tier; beyond 8 KB, publish several contracts",
		Rule:  "contractSize",
	},
	{
		Says:  []string{"ValidationException: This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter."},
		Cause: "A contract is not shared any more",
		Do:    "Keep the tier, or remove the contract, deploy, and define it again: who reads it fails in between",
	},
	{
		Says: []string{
			"ValidationException: Parameter name must not be an ARN: …",
			`ValidationException: Parameter value can't nest another parameter. Do not use "…}}}" in the value.`,
		},
		Cause: "The name or the value of a parameter of your own",
		Do:    "A name that begins with `/`; a value without `{{` and `}}`",
	},
}
