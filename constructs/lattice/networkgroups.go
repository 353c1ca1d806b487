package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// groupsIn returns the security groups for a consumer in a stack, and as it adds rules to them: nil if that is the same. The stack of the
// service network must not depend on those of clients, so another stack imports the groups, once for all of its consumers.
func (n *network) groupsIn(consumer *link.Consumer, stack *answers.Stack) (groups, here []*onecall.Item[awsec2.ISecurityGroup]) {
	if n.given != nil {
		return link.Known(stack, n.given)
	}
	groups = through(consumer.Batch, n.groups)
	if stack == n.stack {
		return groups, nil
	}
	if imported := n.here[stack]; imported != nil {
		return groups, through(consumer.Batch, imported)
	}
	id := *awscdk.Names_NodeUniqueId(n.scope.Node()) + n.id
	scope := onecall.Use(consumer.Batch, stack.Construct())
	for _, group := range groups {
		groupID := onecall.Get(group, awsec2.ISecurityGroup.SecurityGroupId).Placeholder()
		here = append(here, onecall.Import2(scope, awsec2.SecurityGroup_FromSecurityGroupId, id, groupID, &awsec2.SecurityGroupImportOptions{}))
	}
	return groups, here
}

// through returns items of another batch for use in this one.
func through[R any](b *onecall.Batch, items []*onecall.Item[R]) []*onecall.Item[R] {
	list := make([]*onecall.Item[R], len(items))
	for i, item := range items {
		list[i] = onecall.Through(b, item)
	}
	return list
}
