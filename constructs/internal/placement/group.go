package placement

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
)

// Group is a security group of this app.
type Group struct {
	VPC   VPC
	group awsec2.SecurityGroup
}

// Stack is the stack of the group.
func (g Group) Stack() *answers.Stack { return answers.StackOf(g.group) }

// GroupsOf returns the security groups of something that a construct in a stack opens, as far as this app defines them.
func GroupsOf(stack *answers.Stack, connectable awsec2.IConnectable) []Group {
	if group, isGroup := connectable.(awsec2.SecurityGroup); isGroup {
		return []Group{groupOf(stack, group)}
	}
	return answers.Of(stack, connectable, "security groups", func() (groups []Group) {
		defer func() {
			if recover() != nil { // such as a function outside of a VPC
				groups = nil
			}
		}()
		for _, group := range prop.Elements(connectable.Connections().SecurityGroups()) {
			if own, isOwn := group.(awsec2.SecurityGroup); isOwn {
				groups = append(groups, groupOf(stack, own))
			}
		}
		return groups
	})
}

// groupOf reads the VPC of a security group of this app, in one call.
func groupOf(stack *answers.Stack, group awsec2.SecurityGroup) Group {
	return answers.Of(stack, group, "placement", func() (g Group) {
		defer func() {
			if recover() != nil { // its default child is another construct, so its VPC is unknown
				g = Group{group: group}
			}
		}()
		b := onecall.In(group)
		child := onecall.Get(onecall.Get(onecall.Use(b, group), awsec2.SecurityGroup.Node), constructs.Node.DefaultChild)
		resource := onecall.As(child, func(c constructs.IConstruct) (resource awsec2.CfnSecurityGroup) {
			jsii.UnsafeCast(c, &resource)
			return resource
		})
		return Group{VPCOfID(stack, onecall.Get(resource, awsec2.CfnSecurityGroup.VpcId).Object()), group}
	})
}

// TakesRules is false for a security group that is imported as immutable, to which CDK adds no rules. Its class is the only thing that
// says so. Scope is that of the construct that asks.
func TakesRules(scope constructs.Construct, group awsec2.ISecurityGroup) bool {
	if _, isOwn := group.(awsec2.SecurityGroup); isOwn {
		return true
	}
	return answers.Of(answers.StackOf(scope), group, "takes rules", func() bool {
		return *onecall.ClassName(onecall.Use(onecall.In(scope), group)).Object() != "ImmutableImport"
	})
}
