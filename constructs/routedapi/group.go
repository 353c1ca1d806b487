package routedapi

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// groupOf is the security group of an ALB that is built, which consumers in other stacks import: the stack of the API must not depend on
// their clients.
type groupOf struct {
	stack  *answers.Stack
	group  *onecall.Item[awsec2.ISecurityGroup]
	id     *onecall.Item[*string]
	path   *onecall.Item[*string]
	copies map[*answers.Stack]*onecall.Item[awsec2.ISecurityGroup]
	latest *copyOf
}

// copyOf is an import that a batch is about to make.
type copyOf struct {
	batch *onecall.Batch
	stack *answers.Stack
	group *onecall.Item[awsec2.ISecurityGroup]
}

func newGroupOf(stack *answers.Stack, group *onecall.Item[awsec2.ISecurityGroup]) *groupOf {
	return &groupOf{
		stack: stack, group: group, copies: map[*answers.Stack]*onecall.Item[awsec2.ISecurityGroup]{},
		id:   onecall.Get(group, awsec2.ISecurityGroup.SecurityGroupId),
		path: onecall.Get(onecall.Get(group, awsec2.ISecurityGroup.Node), constructs.Node.Path),
	}
}

// wanted is what imports need, which the call that makes the group fetches.
func (g *groupOf) wanted() []onecall.Wanted { return []onecall.Wanted{g.group, g.id, g.path} }

// in returns the group as a consumer in a stack adds rules to it: an import, once for all consumers of the stack, by the call that makes the
// consumer.
func (g *groupOf) in(stack *answers.Stack, b *onecall.Batch) *onecall.Item[awsec2.ISecurityGroup] {
	if made, ok := g.copies[stack]; ok {
		return onecall.Through(b, made)
	}
	if g.latest == nil || g.latest.batch != b {
		id := strings.ReplaceAll(*g.path.Object(), "/", "-")
		g.latest = &copyOf{b, stack, onecall.Import2(
			onecall.Use(b, stack.Construct()), awsec2.SecurityGroup_FromSecurityGroupId, id, g.id.Object(), &awsec2.SecurityGroupImportOptions{Mutable: jsii.Bool(true)},
		)}
	}
	return g.latest.group
}

// made notes the import that the last batch made.
func (g *groupOf) made() {
	if g.latest != nil {
		g.copies[g.latest.stack], g.latest = g.latest.group, nil
	}
}

// gateOf returns the security group of the ALB, and as a consumer in a stack adds rules to it.
func (p *connectionPlan) gateOf(consumer *link.Consumer) (groups, here []*onecall.Item[awsec2.ISecurityGroup]) {
	group := p.api.SecurityGroup()
	a := p.api.defined()
	switch {
	case a != nil && a.built != nil && a.stackOf() != p.stack:
		return []*onecall.Item[awsec2.ISecurityGroup]{onecall.Known(group)}, []*onecall.Item[awsec2.ISecurityGroup]{a.built.in(p.stack, consumer.Batch)}
	case (a == nil || a.built != nil) && p.api.stackOf() == p.stack:
		return []*onecall.Item[awsec2.ISecurityGroup]{onecall.Known(group)}, nil
	}
	return link.Known(p.stack, []awsec2.ISecurityGroup{group}) // of an ALB that exists, in whatever stack
}
