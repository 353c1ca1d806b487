package main

// sayLeft prints what stays when the stacks are gone, and how to remove it.
func (o *operator) sayLeft() {
	o.say("\nWhat stays, and how to remove it:")
	for _, a := range []*account{o.pricing, o.checkout} {
		at := " --region " + o.region + " --profile " + a.profile
		o.say("  %s, %s", a.team, a.id)
		o.say("    log groups of CDK's Lambda functions; delete each that this lists:")
		o.say("      aws logs describe-log-groups --log-group-name-prefix /aws/lambda/%s- --query 'logGroups[].logGroupName' --output text%s", a.team, at)
		o.say("      aws logs delete-log-group --log-group-name NAME%s", at)
		repositories := []string{}
		for _, i := range images {
			if i.team == a.team {
				repositories = append(repositories, i.repository)
			}
		}
		for _, repository := range unique(repositories) {
			o.say("    the ECR repository %s with its images:", repository)
			o.say("      aws ecr delete-repository --repository-name %s --force%s", repository, at)
		}
		o.say("    the stack CDKToolkit and its bucket, which other CDK apps of the account may need: docs/deploy-aws.md")
	}
}
