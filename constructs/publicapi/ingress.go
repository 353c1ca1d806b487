package publicapi

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// everyone is every IPv4 address.
const everyone = "0.0.0.0/0"

// ingressRule lets a block of a client in.
//
// EC2 knows a rule by its block, and CloudFormation creates rules before it deletes others: two rules of one block, even for a moment, are
// InvalidPermission.Duplicate. So the ID of the construct has the block and not the client, and renaming a client changes a description.
type ingressRule struct {
	id, description string
	block           *string
}

// planIngress plans a rule for each block of each client.
func planIngress(r *rules.Report, stack *answers.Stack, clients []*client, props *ApiProps, at stage) []*ingressRule {
	var plan []*ingressRule
	names := map[string]int{}
	for _, c := range clients {
		for _, b := range c.blocks {
			name := strings.ReplaceAll(stack.NameOf(b.value), "/", "_")
			if names[name]++; names[name] > 1 { // functions of equal form, of resources in two stacks
				name = fmt.Sprintf("%s-%d", name, names[name])
			}
			plan = append(plan, &ingressRule{"IngressFrom" + name, "Client of a public API: " + c.name, b.value})
		}
	}
	rules.CheckSecurityGroupRules(r, "AllowedClients", len(plan))
	switch {
	case at.isClosed:
		return nil
	case prop.IsTrue(props.AllowEveryone):
		return []*ingressRule{{"IngressFromEveryone", "Everyone", jsii.String(everyone)}}
	}
	return plan
}

// defineIngress adds the rules to the security group of the ALB, once the web ACL is in front of it. Each is a resource of its own, so that a
// change of one touches no other.
func (a *api) defineIngress() {
	groupID := onecall.Get(a.loadBalancer.SecurityGroup(), awsec2.SecurityGroup.SecurityGroupId).Placeholder()
	for _, rule := range a.plan.ingress {
		made := onecall.Add(a.batch, awsec2.NewCfnSecurityGroupIngress, rule.id, &awsec2.CfnSecurityGroupIngressProps{
			GroupId: groupID, IpProtocol: jsii.String("tcp"), FromPort: a.loadBalancer.Port(), ToPort: a.loadBalancer.Port(),
			Description: jsii.String(rule.description), CidrIp: rule.block,
		})
		onecall.WaitFor(a.batch, made, a.loadBalancer.WebACLAssociation())
	}
}
