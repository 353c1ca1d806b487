package awserrors

// stacks are the errors of CloudFormation itself.
var stacks = []Error{
	{
		Says:  []string{"ValidationError: Stack:… is in … state and can not be updated."},
		Cause: "The stack is busy, or in a state in which it takes no deployment",
		Do:    "[A stack is stuck](runbook.md#a-stack-is-stuck), by that state",
	},
	{
		Says: []string{
			"ValidationError: Export … cannot be updated as it is in use by …",
			"ValidationError: Export … cannot be deleted as it is in use by …",
		},
		Cause: "Another stack imports what would change or go: mostly a consumer of this app and account",
		Do:    "Deploy that stack first, without the reference: `cdk deploy Checkout --exclusively`. If the value is replaced, undo that",
	},
	{
		Says:  []string{"ValidationError: Export with name … is already exported by …"},
		Cause: "Two stacks of the account and Region export one name",
		Do:    "Another name; CDK's own have that of their stack",
	},
	{
		Says:  []string{"AlreadyExistsException: Stack […] already exists", "AlreadyExistsException: ChangeSet … already exists"},
		Cause: "Somebody else deploys at this moment, or left a change set",
		Do:    "Look who; `cdk deploy` replaces a change set of its own name",
	},
	{
		Says: []string{
			"ChangeSetNotFound: ChangeSet […] does not exist",
			"InvalidChangeSetStatus: ChangeSet […] cannot be executed in its current status of […]",
		},
		Cause: "The change set was executed or deleted, has failed, or another deployment made it out of date",
		Do:    "Prepare it again ([before you deploy a change](runbook.md#before-you-deploy-a-change))",
	},
	{
		Says:  []string{"ValidationError: No updates are to be performed."},
		Cause: "The template is the one that is deployed",
		Do:    "Nothing. Did you synthesise what you meant?",
	},
	{
		Says:  []string{"ValidationError: Template rules failed: …"},
		Cause: "A rule of the template refuses a parameter before anything changes: a service name of another Region, or a phase of a migration that skips one",
		Do:    "The text has the rule's description; correct the parameter, or go by the [phases](migrating.md#the-phases)",
	},
	{
		Says: []string{
			"ValidationError: Unable to fetch parameters […] from parameter store for this account.",
			"ValidationError: Parameters […] referenced by template have types not supported by CloudFormation.",
			"ValidationError: Incorrect format is used in the following SSM reference: […]",
			"ValidationError: AccessDenied. User doesn't have permission to call ssm:GetParameters",
			"ValidationError: Parameter … failed to satisfy constraint: …",
		},
		Cause: "A parameter that the template names is missing, secret, of another Region, not shared, or not readable by the role that deploys; or its value has another form",
		Do:    "Publish the [contract](contract.md#two-ssm-parameters) first. A shared one is named by its ARN, in the same Region",
	},
	{
		Says: []string{
			"ValidationError: Fn::GetStackOutput of …: …",
			"ValidationError: Fn::GetStackOutput: User: … is not authorized to perform: cloudformation:DescribeStacks on resource: …",
			"ValidationError: Output … not found in stack …",
		},
		Cause: "The stack of the other account is not deployed, has not that output yet, or its role does not trust this account",
		Do:    "Deploy the other stack first; both stacks have an account and a Region, and stand in one `Stage`",
	},
	{
		Says: []string{
			"ValidationError: Circular dependency between resources: […]",
			"ValidationError: Template format error: Unresolved resource dependencies […] in the Resources block of the template",
			"ValidationError: Template error: … cannot be resolved: …",
			"ValidationError: Template error: … in a rule is not a condition",
			"ValidationError: Template error: resource … does not support attribute type … in Fn::GetAtt",
		},
		Cause: "The template, by an escape hatch or another construct of the stack",
		Do:    "Synthesis finds most of them, if [validation](testing.md#what-validates-the-templates) is on. A cycle: give the two constructs stacks of their own",
	},
	{
		Says: []string{
			"Properties validation failed for resource … with message: …",
			"Exactly one of … and … must be specified and not empty",
		},
		Cause: "A property has a value that its type does not take: by an escape hatch, or known at deployment only",
		Do:    "Correct the value that the text names",
	},
	{
		Says:  []string{"ValidationError: Update of resource type is not permitted. The new template modifies resource type of the following resources: […]"},
		Cause: "A logical ID has another type than before: a construct was exchanged for another one with the same ID",
		Do:    "Another ID; what is connected must not be exchanged ([a resource was renamed](runbook.md#a-resource-was-renamed))",
	},
}
