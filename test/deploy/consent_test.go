package deploy_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// consent is examples/consent, deployed by the team of the API and the three teams that want to call it.
type consent struct {
	*teams
	without   string // the assembly in which Reports is not listed
	serviceID string
}

// TestConsent deploys the provider first. Then two consumers that it lists are accepted as soon as they connect, by the function
// of the acceptor, and one that it does not list waits. A consumer that is removed from the list is cut.
func TestConsent(t *testing.T) {
	needLocal(t)
	c := deployConsent(t)
	t.Run("the listed are accepted, the stranger waits", c.accepted)
	t.Run("what a person accepts does not last", c.acceptedByHand)
	t.Run("who is removed is cut", c.removed)
	t.Run("it watches itself", c.alarms)
	t.Run("everything is deleted, but for the audit trail", c.deleted)
}

func deployConsent(t *testing.T) *consent {
	t.Helper()
	e := must(prepareTeams(t.Context(), "consent", "api.consent.internal.company.com", map[string]string{
		"ConsentPricing": scenario.Pricing, "ConsentCheckout": scenario.Checkout,
		"ConsentReports": scenario.Reporting, "ConsentLab": scenario.Lab,
	}))(t)
	c := &consent{teams: e, without: e.assembly + "-removed"}
	contexts := must(zonesOf(t.Context(), scenario.Accounts()...))(t)
	for assembly, removed := range map[string]string{e.assembly: "false", c.without: "true"} {
		contexts["removed"] = removed
		if err := local.CLI.App(t.Context(), e.program, assembly, contexts); err != nil {
			t.Fatal(err)
		}
	}
	unprotect(t, e.assembly, "ConsentPricing")
	unprotect(t, c.without, "ConsentPricing")
	if err := e.deploy(t.Context(), "ConsentPricing", "CertificateArn="+e.certificateArn); err != nil {
		t.Fatal(err)
	}
	c.serviceID = one(t, "services", e.stack(t, "ConsentPricing").physical("AWS::EC2::VPCEndpointService"))
	name := must(output(t.Context(), e.configs["ConsentPricing"], "ConsentPricing", "ServiceName"))(t)
	var parameters []string
	for _, stack := range c.clients() {
		parameters = append(parameters, stack+":PricingServiceName="+name)
	}
	if err := e.deployStacks(t.Context(), append(c.clients(), "--concurrency", "3"), parameters...); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *consent) clients() []string {
	return []string{"ConsentCheckout", "ConsentReports", "ConsentLab"}
}

// states returns the states of the connections, by stack.
func (c *consent) states(t *testing.T) map[string]string {
	t.Helper()
	found := must(ec2.NewFromConfig(c.configs["ConsentPricing"]).DescribeVpcEndpointConnections(t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{
		Filters: []ec2types.Filter{{Name: aws.String("service-id"), Values: []string{c.serviceID}}},
	}))(t)
	states := map[string]string{}
	for _, connection := range found.VpcEndpointConnections {
		for stack, account := range c.accounts {
			if account == aws.ToString(connection.VpcEndpointOwner) {
				states[stack] = string(connection.VpcEndpointState)
			}
		}
	}
	return states
}

// become waits until the connections have states: those of Checkout, Reports and Lab.
func (c *consent) become(t *testing.T, states ...string) {
	t.Helper()
	waitFor(t, "the connections become "+strings.Join(states, ", "), func() bool {
		now := c.states(t)
		return slices.EqualFunc(c.clients(), states, func(stack, state string) bool { return now[stack] == state })
	})
}

// wantDecision waits until the audit trail has a decision about the connection of a stack. Lambda writes the log after the run.
func (c *consent) wantDecision(t *testing.T, stack, action, reason string) {
	t.Helper()
	waitFor(t, "the decision to "+action+" "+stack+" because it is "+reason, func() bool {
		return slices.ContainsFunc(c.stack(t, "ConsentPricing").logOf("AcceptorLogGroup"), func(line map[string]any) bool {
			return line["type"] == "decision" && line["owner"] == c.accounts[stack] && line["action"] == action && line["reason"] == reason
		})
	})
}

// proof is the answer for the client of a stack, by the deployed state.
func (c *consent) proof(t *testing.T, prove func(reachability.Question) *reachability.Report, stack string) reachability.Answer {
	t.Helper()
	client := c.stack(t, stack).physicalOf(strings.TrimPrefix(stack, "Consent"))
	return one(t, "answers of "+stack, prove(reachability.Question{Client: nameInProof(c.accounts[stack], "function:"+client)}).Answers)
}

func (c *consent) wantReachable(t *testing.T, stacks ...string) {
	t.Helper()
	prove := proveDeployed(t)
	for _, stack := range stacks {
		if answer := c.proof(t, prove, stack); answer.Verdict != reachability.Reachable {
			t.Errorf("%s does not reach the API:\n%s", stack, answer)
		}
	}
}

func (c *consent) wantBlocked(t *testing.T, stack, at, why string) {
	t.Helper()
	hop := c.proof(t, proveDeployed(t), stack).Decisive()
	if hop.Name != at || hop.Verdict != reachability.Blocked || !strings.Contains(hop.Message, why) {
		t.Errorf("%s: %s is %s: %s; want that %s is blocked: %s", stack, hop.Name, hop.Verdict, hop.Message, at, why)
	}
}

// accepted: no schedule has run yet, so EC2's notification has made the function run.
func (c *consent) accepted(t *testing.T) {
	c.become(t, "available", "available", "pendingAcceptance")
	c.wantDecision(t, "ConsentCheckout", "accept", "listed")
	c.wantDecision(t, "ConsentReports", "accept", "listed")
	c.wantReachable(t, "ConsentCheckout", "ConsentReports")
	c.wantBlocked(t, "ConsentLab", reachability.HopAcceptance, "is pendingAcceptance: the provider has not accepted it")
}

// acceptedByHand: the acceptor cuts who is not listed, and is notified of the acceptance at once.
func (c *consent) acceptedByHand(t *testing.T) {
	c.tick(t)
	c.wantDecision(t, "ConsentLab", "leave", "not listed")
	answer := must(ec2.NewFromConfig(c.configs["ConsentPricing"]).AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{
		ServiceId: aws.String(c.serviceID), VpcEndpointIds: c.stack(t, "ConsentLab").physical("AWS::EC2::VPCEndpoint"),
	}))(t)
	want(t, "the number of connections that cannot be accepted", len(answer.Unsuccessful), 0)
	c.become(t, "available", "available", "rejected")
	c.wantDecision(t, "ConsentLab", "reject", "not listed")
}

// tick runs the acceptor by its schedule.
func (c *consent) tick(t *testing.T) {
	t.Helper()
	schedule := one(t, "schedules", c.stack(t, "ConsentPricing").physical("AWS::Scheduler::Schedule"))
	if err := local.Tick(t.Context(), scenario.Pricing, schedule); err != nil {
		t.Error(err)
	}
}

func (c *consent) removed(t *testing.T) {
	changes := changeSetOf(t, c.configs["ConsentPricing"], "ConsentPricing", must(readTemplate(c.without, "ConsentPricing"))(t), "CertificateArn")
	certain := map[string]string{}
	for _, change := range changes {
		if isCertain(change) {
			certain[aws.ToString(change.ResourceType)] = string(change.Action) + " " + string(change.Replacement)
		}
	}
	inPlace := map[string]string{"AWS::EC2::VPCEndpointServicePermissions": "Modify False", "AWS::Lambda::Function": "Modify False"}
	if !maps.Equal(certain, inPlace) {
		t.Errorf("the removal changes %v, want %v", certain, inPlace)
	}
	must(local.CLI.Deploy(t.Context(), c.deployer, c.without, "ConsentPricing"))(t)
	for _, event := range eventsOf(t, c.configs["ConsentPricing"], "ConsentPricing") {
		kind := aws.ToString(event.ResourceType)
		if event.ResourceStatus == cfntypes.ResourceStatusUpdateComplete && inPlace[kind] == "" && kind != "AWS::CloudFormation::Stack" {
			t.Errorf("%s has changed", aws.ToString(event.LogicalResourceId))
		}
	}
	c.become(t, "available", "available", "rejected") // a deployment alone cuts nobody

	c.tick(t)
	c.become(t, "available", "rejected", "rejected")
	c.wantDecision(t, "ConsentReports", "reject", "not listed")
	c.wantReachable(t, "ConsentCheckout")
	c.wantBlocked(t, "ConsentLab", reachability.HopAcceptance, "is rejected: the provider rejected it")
	c.wantBlocked(t, "ConsentReports", reachability.HopAllowedPrincipal, "is not among the allowed principals") // nor can it ask again
}

func (c *consent) alarms(t *testing.T) {
	want(t, "the number of alarms", len(c.stack(t, "ConsentPricing").physical("AWS::CloudWatch::Alarm")), 4)
	last := map[string]any{}
	for _, line := range c.stack(t, "ConsentPricing").logOf("AcceptorLogGroup") {
		if line["_aws"] != nil {
			last = line
		}
	}
	want[any](t, "the service of the last metrics", last["ServiceId"], c.serviceID)
}

// deleted: the clients first, because EC2 does not delete a service that is connected.
func (c *consent) deleted(t *testing.T) {
	group := c.stack(t, "ConsentPricing").physicalOf("AcceptorLogGroup")
	for _, stacks := range [][]string{c.clients(), {"ConsentPricing"}} {
		arguments := append([]string{"destroy", "--force", "--app", c.assembly}, stacks...)
		must(local.CLI.Run(t.Context(), &c.deployer, arguments...))(t)
	}
	found := must(cloudwatchlogs.NewFromConfig(c.configs["ConsentPricing"]).DescribeLogGroups(t.Context(), &cloudwatchlogs.DescribeLogGroupsInput{
		LogGroupNamePrefix: &group,
	}))(t)
	want(t, "the days that the audit trail is kept", aws.ToInt32(one(t, "log groups", found.LogGroups).RetentionInDays), 400)
}
