package awserrors

// functions are the errors about Lambda functions, schedules and roles.
var functions = []Error{
	{
		Says: []string{
			"UnauthorizedOperation: You are not authorized to perform this operation. User: … is not authorized to perform: ec2:… on resource: * because no identity-based policy allows it",
			"UnauthorizedOperation: You are not authorized to perform this operation. User: … is not authorized to perform: ec2:… on resource: arn:…:ec2:…:…:…/… because no identity-based policy allows it",
		},
		Cause: "The role of the acceptor or the verifier was changed, is new and not everywhere yet, or an SCP or a boundary denies the call",
		Do:    "Deploy again; `cdk drift` shows a changed policy. Else ask who owns the SCP",
	},
	{
		Says:  []string{"AccessDeniedException: User: … is not authorized to perform: lambda:InvokeFunction on resource: … because no identity-based policy allows the lambda:InvokeFunction action"},
		Cause: "The role of the schedule, or yours, may not invoke the function",
		Do:    "[The acceptor is silent](runbook.md#the-acceptor-is-silent)",
	},
	{
		Says: []string{
			"InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
			"ValidationException: The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
		},
		Cause: "A new role is not everywhere yet, or its trust policy was changed",
		Do:    "Deploy again; then look at its trust policy",
	},
	{
		Says:  []string{"AccessDenied: User: … is not authorized to perform: sts:AssumeRole on resource: …"},
		Cause: "A role of the bootstrap, of the accepter of a peering, or of an output of another stack does not trust who deploys",
		Do:    "`cdk bootstrap --trust ACCOUNT` in the account of the role; of an accepter, deploy its stack first",
	},
	{
		Says:  []string{"Modifying service token is not allowed."},
		Cause: "The function of a custom resource is another one: the verification got another ID, or moved to another stack",
		Do:    "Change the ID back; or remove the verification, deploy, and define it anew. The name stays verified meanwhile",
	},
	{
		Says:   []string{"…: AWS looks for a TXT record … with the value \"…\", in public DNS"},
		Cause:  "The verification has not found the record of a private DNS name in time",
		Do:     "[When it fails](private-dns.md#when-it-fails)",
		Source: "constructs/dnsverification/handler.js",
	},
}
