package publicapi

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awswafv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// defaultRuleGroups are for what any API on the internet gets to see.
var defaultRuleGroups = jsii.Strings("AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesAmazonIpReputationList")

// webACLPlan is a web ACL that is built. The rule groups of AWS come first, so that they see the requests of clients too: an Allow ends the
// evaluation. Then each client has a rule that allows its blocks, and metrics by its name.
type webACLPlan struct {
	ruleGroups []*string
	clients    []*client
	blocks     bool // whoever is no client
}

// blocksNetwork reports whether the web ACL blocks requests that come from an NLB.
func (plan *webACLPlan) blocksNetwork() bool {
	return plan.blocks && !slices.ContainsFunc(plan.clients, func(c *client) bool { return c.name == rules.PrivateLinkClient })
}

// networkBlocksOf returns the blocks of an NLB in front: those of the migration, or those that the caller names.
func networkBlocksOf(r *rules.Report, props *ApiProps, at stage) []*string {
	const property = "PrivateLinkCidrBlocks"
	list := props.PrivateLinkCidrBlocks
	check.NoNil(r, property, list)
	switch {
	case list == nil || at.networkBlocks != nil:
		return at.networkBlocks
	case token.IsList(*list):
		r.AddWithFix(rules.CIDR, property, "list the blocks one by one; each may be a token", "is a list that is known only at deploy time")
		return nil
	case len(*list) == 0:
		r.AddWithFix(rules.Required, property, "list the blocks of the NLB's subnets, or leave it out", "is empty")
	case props.WebAclArn != nil:
		r.AddWithFix(rules.Contradiction, property, "allow the blocks in your web ACL, if it has a list of addresses", "is set together with WebAclArn")
	}
	check.Each(list, property, func(property, block string) {
		rules.CheckCIDR(r, property, block)
		rules.CheckRoutedBlock(r, property, block)
	})
	rules.CheckPublicBlocks(r, property, token.Literals(list))
	return slices.DeleteFunc(slices.Clone(*list), func(block *string) bool { return block == nil })
}

// planWebACL plans the web ACL; nil for the caller's.
func planWebACL(r *rules.Report, clients []*client, props *ApiProps, at stage) *webACLPlan {
	if props.WebAclArn != nil {
		if props.ManagedRuleGroups != nil {
			r.AddWithFix(rules.Contradiction, "ManagedRuleGroups", "add the rule groups to your web ACL", "is set together with WebAclArn")
		}
		if at.networkBlocks != nil {
			r.Add(rules.PublicWebAclPrivateLink, "WebAclArn", "is a web ACL of yours, in front of which an NLB stands")
		}
		return nil
	}
	plan := &webACLPlan{ruleGroups: token.Elements(prop.Or(props.ManagedRuleGroups, defaultRuleGroups)), blocks: at.isClosed || !prop.IsTrue(props.AllowEveryone)}
	checkRuleGroups(r, props.ManagedRuleGroups)
	if !at.isClosed {
		plan.clients = clients
	}
	if plan.blocks && at.networkBlocks != nil {
		privateLink := &client{name: rules.PrivateLinkClient}
		for _, value := range at.networkBlocks {
			privateLink.blocks = append(privateLink.blocks, block{value: value})
		}
		plan.clients = append(slices.Clone(plan.clients), privateLink)
	}
	rules.CheckWebACLReferences(r, "AllowedClients", len(plan.clients)+len(plan.ruleGroups))
	for i, c := range clients {
		rules.CheckIPSet(r, fmt.Sprintf("AllowedClients[%d].CidrBlocks", i), len(c.blocks))
	}
	return plan
}

func checkRuleGroups(r *rules.Report, list *[]*string) {
	const property = "ManagedRuleGroups"
	check.NoNil(r, property, list)
	if list != nil && token.IsList(*list) {
		r.AddWithFix(rules.PublicRuleGroup, property, "list the names one by one", "is a list that is known only at deploy time, and each rule group needs a rule")
	}
	seen := map[string]bool{}
	for i, name := range token.Elements(list) {
		if name == nil {
			continue
		}
		property := fmt.Sprintf("%s[%d]", property, i)
		if literal, ok := token.Literal(name); ok {
			rules.CheckManagedRuleGroup(r, property, literal)
		}
		if seen[*name] {
			r.AddWithFix(rules.PublicRuleGroup, property, "remove the duplicate", "%q is listed twice", *name)
		}
		seen[*name] = true
	}
}

// defineWebACL defines the web ACL, with an IP set for each client, and puts it in front of the ALB.
func (a *api) defineWebACL() {
	plan := a.plan.webACL
	if plan == nil {
		return
	}
	list := []*awswafv2.CfnWebACL_RuleProperty{}
	add := func(rule *awswafv2.CfnWebACL_RuleProperty) {
		rule.Priority, rule.VisibilityConfig = jsii.Number(len(list)), visibility(rule.Name)
		list = append(list, rule)
	}
	for _, name := range plan.ruleGroups {
		add(&awswafv2.CfnWebACL_RuleProperty{
			Name:           name,
			OverrideAction: &awswafv2.CfnWebACL_OverrideActionProperty{None: nothing},
			Statement: &awswafv2.CfnWebACL_StatementProperty{
				ManagedRuleGroupStatement: &awswafv2.CfnWebACL_ManagedRuleGroupStatementProperty{VendorName: jsii.String("AWS"), Name: name},
			},
		})
	}
	for _, c := range plan.clients {
		add(&awswafv2.CfnWebACL_RuleProperty{
			Name:   jsii.String(c.name),
			Action: &awswafv2.CfnWebACL_RuleActionProperty{Allow: nothing},
			Statement: &awswafv2.CfnWebACL_StatementProperty{
				IpSetReferenceStatement: &awswafv2.CfnWebACL_IPSetReferenceStatementProperty{Arn: a.defineIPSet(c)},
			},
		})
	}
	otherwise := &awswafv2.CfnWebACL_DefaultActionProperty{Allow: nothing}
	if plan.blocks {
		otherwise = &awswafv2.CfnWebACL_DefaultActionProperty{Block: nothing}
	}
	// CloudWatch keeps the metrics of web ACLs of one metric name together, so it is that of the construct.
	name := onecall.Static2[constructs.IConstruct, *awscdk.UniqueResourceNameOptions, *string](
		a.batch, awscdk.Names_UniqueResourceName, a.loadBalancer.Built().Placeholder(), &awscdk.UniqueResourceNameOptions{MaxLength: jsii.Number(maxMetricName)},
	)
	a.webACLMetric = name
	a.webACL = onecall.Add(a.batch, awswafv2.NewCfnWebACL, "WebAcl", &awswafv2.CfnWebACLProps{
		Scope: jsii.String("REGIONAL"), Description: jsii.String("Public API"), DefaultAction: otherwise, Rules: list, VisibilityConfig: visibility(name.Placeholder()),
	})
	a.loadBalancer.ProtectBy(onecall.Get(a.webACL, awswafv2.CfnWebACL.AttrArn).Placeholder())
}

// maxMetricName is how long WAF accepts the name of a metric.
//
// See https://docs.aws.amazon.com/waf/latest/APIReference/API_VisibilityConfig.html
const maxMetricName = 128

// nothing is how a web ACL has an action without settings.
var nothing = map[string]any{}

// defineIPSet defines the blocks of a client, and returns the ARN.
func (a *api) defineIPSet(c *client) *string {
	addresses := []*string{}
	for _, b := range c.blocks {
		addresses = append(addresses, b.value)
	}
	set := onecall.Add(a.batch, awswafv2.NewCfnIPSet, "IpSet"+c.name, &awswafv2.CfnIPSetProps{
		Scope: jsii.String("REGIONAL"), IpAddressVersion: jsii.String("IPV4"), Description: jsii.String("Client of a public API: " + c.name), Addresses: &addresses,
	})
	return onecall.Get(set, awswafv2.CfnIPSet.AttrArn).Placeholder()
}

func visibility(metric *string) *awswafv2.CfnWebACL_VisibilityConfigProperty {
	return &awswafv2.CfnWebACL_VisibilityConfigProperty{CloudWatchMetricsEnabled: jsii.Bool(true), SampledRequestsEnabled: jsii.Bool(true), MetricName: metric}
}

func (a *api) WebAcl() awswafv2.CfnWebACL {
	if a.webACL == nil {
		return nil
	}
	return a.webACL.Object()
}
