package link

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
)

// Known returns security groups that exist as items, and as a consumer in a stack adds rules to them. One of another stack is imported,
// once for all consumers of the stack, so that its rules are in their stack: its own must not depend on those of the clients.
func Known(stack *answers.Stack, list []awsec2.ISecurityGroup) (groups, here []*onecall.Item[awsec2.ISecurityGroup]) {
	for _, group := range list {
		groups = append(groups, onecall.Known(group))
		here = append(here, onecall.Known(in(stack, group)))
	}
	return groups, here
}

func in(stack *answers.Stack, group awsec2.ISecurityGroup) awsec2.ISecurityGroup {
	if answers.StackOf(group) == stack {
		return group
	}
	name := answers.Of(stack, group, "unique ID", func() *string { return awscdk.Names_NodeUniqueId(group.Node()) })
	return answers.Import(stack, *name, func(scope awscdk.Stack, id *string) awsec2.ISecurityGroup {
		return awsec2.SecurityGroup_FromSecurityGroupId(scope, id, group.SecurityGroupId(), &awsec2.SecurityGroupImportOptions{
			Mutable: jsii.Bool(placement.TakesRules(scope, group)),
		})
	})
}
