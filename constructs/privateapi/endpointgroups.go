package privateapi

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// planSecurityGroups takes the security groups of the caller in the place of one of the endpoint's own. At least one of them must take
// the rules that allow clients.
func (p *endpointPlan) planSecurityGroups(o *ConnectionOptions) {
	const property = "SecurityGroups"
	if o.SecurityGroups == nil {
		return
	}
	p.securityGroups = prop.Elements(o.SecurityGroups)
	check.NoNil(o.Report, property, o.SecurityGroups)
	if len(p.securityGroups) == 0 {
		o.Report.AddWithFix(rules.Required, property, "list at least one, or leave SecurityGroups out for a security group of the endpoint's own", "is empty")
	}
	if slices.Contains(p.securityGroups, nil) || len(p.securityGroups) == 0 {
		return
	}
	rules.CheckSecurityGroups(o.Report, property, len(p.securityGroups))
	listed := map[string]bool{}
	for i, group := range p.securityGroups {
		p.checkSecurityGroup(o, fmt.Sprintf("%s[%d]", property, i), group, listed)
	}
	if !slices.ContainsFunc(p.securityGroups, func(g awsec2.ISecurityGroup) bool { return placement.TakesRules(o.Scope, g) }) {
		o.Report.Add(rules.SecurityGroupMutable, property, "are all imported with Mutable set to false")
	}
}

// checkSecurityGroup checks that a security group is listed once, and belongs to the VPC of the consumer if this app defines it.
func (p *endpointPlan) checkSecurityGroup(o *ConnectionOptions, property string, group awsec2.ISecurityGroup, listed map[string]bool) {
	if len(p.securityGroups) > 1 {
		id := *answers.Of(p.stack, group, "ID", group.SecurityGroupId)
		if listed[id] && !token.IsPlaceholder(id) {
			o.Report.AddWithFix(rules.EndpointSecurityGroup, property, "remove it", "is listed twice")
		}
		listed[id] = true
	}
	if _, isOwn := group.(awsec2.SecurityGroup); !isOwn {
		return
	}
	own := placement.VPCOf(p.stack, o.Vpc)
	for _, g := range placement.GroupsOf(p.stack, group) {
		if own.IsOther(g.VPC) {
			o.Report.Add(rules.EndpointSecurityGroup, property, "belongs to VPC %s, but the consumer is in %s", g.VPC, own)
		}
	}
}

// groups returns the security groups of the endpoint: the caller's, or one that it adds to the batch of the consumer.
func (p *endpointPlan) groups(batch *onecall.Batch) []*onecall.Item[awsec2.ISecurityGroup] {
	var groups []*onecall.Item[awsec2.ISecurityGroup]
	for _, group := range p.securityGroups {
		groups = append(groups, onecall.Known(group))
	}
	if groups != nil {
		return groups
	}
	group := onecall.Add(batch, awsec2.NewSecurityGroup, "SecurityGroup", &awsec2.SecurityGroupProps{
		Vpc:              p.vpc,
		Description:      jsii.String("Endpoint of a private API: named clients in, nothing out"),
		AllowAllOutbound: jsii.Bool(false),
	})
	return append(groups, onecall.As(group, func(g awsec2.SecurityGroup) awsec2.ISecurityGroup { return g }))
}

// groupHere returns a security group of the endpoint as the consumer adds rules to it. One of another stack is imported, once for all
// consumers of a stack, so that its rules are in the stack of the consumer: its own must not depend on those of the clients.
func (plan *consumerPlan) groupHere(group *onecall.Item[awsec2.ISecurityGroup]) *onecall.Item[awsec2.ISecurityGroup] {
	if plan.connection.endpoint == nil || !group.IsKnown() {
		return group
	}
	g := group.Object()
	if answers.StackOf(g) == plan.stack {
		return group
	}
	return onecall.Known(answers.Import(plan.stack, *awscdk.Names_NodeUniqueId(g.Node()), func(stack awscdk.Stack, id *string) awsec2.ISecurityGroup {
		return awsec2.SecurityGroup_FromSecurityGroupId(stack, id, g.SecurityGroupId(), &awsec2.SecurityGroupImportOptions{
			Mutable: jsii.Bool(placement.TakesRules(stack, g)),
		})
	}))
}
