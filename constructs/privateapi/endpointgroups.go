package privateapi

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
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

// Gate implements [link.Definer]: the security groups of the caller, or one that it adds to the batch of the consumer.
func (p *endpointPlan) Gate(consumer *link.Consumer) *link.Gate {
	gate := &link.Gate{AttachesMore: true}
	if p.securityGroups != nil {
		gate.SecurityGroups, gate.Here = link.Known(p.stack, p.securityGroups)
		return gate
	}
	group := onecall.Add(consumer.Batch, awsec2.NewSecurityGroup, "SecurityGroup", &awsec2.SecurityGroupProps{
		Vpc:              p.vpc,
		Description:      jsii.String("Endpoint of a private API: named clients in, nothing out"),
		AllowAllOutbound: jsii.Bool(false),
	})
	gate.SecurityGroups = append(gate.SecurityGroups, onecall.As(group, func(g awsec2.SecurityGroup) awsec2.ISecurityGroup { return g }))
	return gate
}
