package main

// printRemains prints what is left when the stacks are deleted, and how to delete it.
func (o *operator) printRemains() {
	o.print("\nWhat is left, and how to delete it:")
	for _, a := range []*account{o.pricing, o.checkout} {
		at := " --region " + o.region + " --profile " + a.profile
		o.print("  %s, %s", a.team, a.id)
		o.print("    log groups of CDK's Lambda functions; delete each that this lists:")
		o.print("      aws logs describe-log-groups --log-group-name-prefix /aws/lambda/%s- --query 'logGroups[].logGroupName' --output text%s", a.team, at)
		o.print("      aws logs delete-log-group --log-group-name NAME%s", at)
		repositories := []string{}
		for _, i := range images {
			if i.team == a.team {
				repositories = append(repositories, i.repository)
			}
		}
		for _, repository := range unique(repositories) {
			o.print("    the ECR repository %s with its images:", repository)
			o.print("      aws ecr delete-repository --repository-name %s --force%s", repository, at)
		}
		o.print("    the stack CDKToolkit and its bucket, which other CDK apps in the account may need: docs/deploy-aws.md")
	}
}
