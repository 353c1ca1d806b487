package placement

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
)

// Group is a security group of this app.
type Group struct {
	VPC   VPC
	Stack *answers.Stack
}

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

func groupOf(stack *answers.Stack, group awsec2.SecurityGroup) Group {
	return answers.Of(stack, group, "placement", func() Group {
		var resource awsec2.CfnSecurityGroup
		jsii.UnsafeCast(group.Node().DefaultChild(), &resource)
		return Group{VPCOfID(stack, resource.VpcId()), answers.StackOf(group)}
	})
}
