package routedapi

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// clientToAPI describes the rules of clients.
const clientToAPI = "Client to private API"

// ingressRule lets a client in on a port.
type ingressRule struct {
	property string // by which its author names the client
	id       string // of the construct: the client and the port, whatever else is listed
	block    *string
	group    *ClientSecurityGroup
	port     *float64
}

// clientProps are the properties that name clients.
type clientProps struct {
	blocks, groups string // their names
	cidrBlocks     *[]*string
	securityGroups *[]*ClientSecurityGroup
}

// planIngress plans a rule for each client and port.
func planIngress(r *rules.Report, stack *answers.Stack, props clientProps, ports []*float64) []*ingressRule {
	var plan []*ingressRule
	for i, block := range givenBlocks(r, props.blocks, props.cidrBlocks) {
		property := fmt.Sprintf("%s[%d]", props.blocks, i)
		if text, ok := token.Literal(block); ok {
			rules.CheckRoutedClients(r, property, text)
		}
		for n, port := range ports {
			plan = append(plan, &ingressRule{property: property, id: idOf(stack, block, port, n), block: block, port: port})
		}
	}
	check.NoNil(r, props.groups, props.securityGroups)
	for i, group := range prop.Elements(props.securityGroups) {
		property := fmt.Sprintf("%s[%d]", props.groups, i)
		if group == nil || !checkGroup(r, property, group) {
			continue
		}
		for n, port := range ports {
			plan = append(plan, &ingressRule{property: property, id: idOf(stack, group.SecurityGroupId, port, n), group: group, port: port})
		}
	}
	rules.CheckSecurityGroupRules(r, props.blocks, len(plan))
	checkOnce(r, plan)
	return plan
}

// checkGroup checks a security group of another VPC, and reports whether it has an ID.
func checkGroup(r *rules.Report, property string, group *ClientSecurityGroup) bool {
	if group.SecurityGroupId == nil {
		r.AddWithFix(rules.Required, property+".SecurityGroupId", "supply the ID of the clients' security group", "is missing")
		return false
	}
	if id, ok := token.Literal(group.SecurityGroupId); ok {
		rules.CheckRoutedGroup(r, property+".SecurityGroupId", id)
	}
	if account, ok := token.Literal(group.Account); ok {
		rules.CheckRoutedAccount(r, property+".Account", account)
	}
	return true
}

// checkOnce reports a client that is listed twice.
func checkOnce(r *rules.Report, plan []*ingressRule) {
	seen := map[string]bool{}
	for _, rule := range plan {
		if seen[rule.id] {
			r.Add(rules.RoutedClientTwice, rule.property, "is listed twice")
		}
		seen[rule.id] = true
	}
}

// idOf returns the ID of the construct of a rule, which depends on nothing but the client and the port.
func idOf(stack *answers.Stack, client *string, port *float64, n int) string {
	text := fmt.Sprint(n)
	if number, ok := token.LiteralNumber(port); ok {
		text = fmt.Sprint(number)
	}
	return "IngressFrom" + strings.ReplaceAll(stack.NameOf(client), "/", "_") + "On" + text
}

// defineIngress adds the rules to a security group. Each is a resource of its own, so that a change of one touches no other.
func defineIngress(scope onecall.Scope, groupID *string, plan []*ingressRule) (made []*onecall.Item[awsec2.CfnSecurityGroupIngress]) {
	for _, rule := range plan {
		props := &awsec2.CfnSecurityGroupIngressProps{
			GroupId: groupID, IpProtocol: jsii.String("tcp"), FromPort: rule.port, ToPort: rule.port, Description: jsii.String(clientToAPI), CidrIp: rule.block,
		}
		if rule.group != nil {
			props.SourceSecurityGroupId, props.SourceSecurityGroupOwnerId = rule.group.SecurityGroupId, rule.group.Account
		}
		made = append(made, onecall.Add(scope, awsec2.NewCfnSecurityGroupIngress, rule.id, props))
	}
	return made
}
