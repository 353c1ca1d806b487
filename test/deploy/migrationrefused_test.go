package deploy_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

const phaseParameter = "/privateapi/MigrationPricing/Migration/phase"

// refuseLaterBeginning begins in a later phase: nothing is recorded, so CloudFormation creates no stack.
func (m *migrating) refuseLaterBeginning(t *testing.T) {
	next := must(readTemplate(filepath.Join(m.root, "ATTACH"), migratingPricing))(t)
	client := cloudformation.NewFromConfig(m.configs[migratingPricing])
	_, err := client.CreateChangeSet(t.Context(), &cloudformation.CreateChangeSetInput{
		StackName: aws.String(migratingPricing), ChangeSetName: aws.String("later"), ChangeSetType: cfntypes.ChangeSetTypeCreate, TemplateBody: &next.body,
	})
	wantRefused(t, err, "Unable to fetch parameters ["+phaseParameter+"] from parameter store for this account.")
	if _, err := stack(t.Context(), m.configs[migratingPricing], migratingPricing); err == nil {
		t.Error("there is a stack")
	}
}

// refuseSkipped deploys by the CLI the phase after the next one.
func (m *migrating) refuseSkipped(t *testing.T) {
	s := m.stack(t, migratingPricing)
	events := len(eventsOf(t, s.config, s.name))
	_, err := local.CLI.Deploy(t.Context(), m.deployer, filepath.Join(m.root, "DUAL_RUN"), s.name)
	wantFailure(t, err, "Phase DUAL_RUN of the migration is deployed from ATTACH, DUAL_RUN or WATCH")
	want(t, "the number of events", len(eventsOf(t, s.config, s.name)), events)
}

// refuseTwoBack goes back by two phases.
func (m *migrating) refuseTwoBack(t *testing.T) {
	s := m.stack(t, migratingPricing)
	events := len(eventsOf(t, s.config, s.name))
	next := must(readTemplate(filepath.Join(m.root, "STATUS_QUO"), s.name))(t)
	_, err := createChangeSet(t.Context(), s.config, s.name, next.body)
	wantRefused(t, err, "Phase STATUS_QUO of the migration is deployed from STATUS_QUO or ATTACH")
	want(t, "the number of events", len(eventsOf(t, s.config, s.name)), events)
}

// refuseScheme makes the public ALB an internal one in place, as many try: its replacement cannot have the target groups, and everything is
// as before.
func (m *migrating) refuseScheme(t *testing.T) {
	s := m.stack(t, migratingPricing)
	old := must(readTemplate(m.assembly, s.name))(t)
	next := old
	next.body = strings.Replace(old.body, `"Scheme": "internet-facing"`, `"Scheme": "internal"`, 1)
	if next.body == old.body {
		t.Fatal("the template has no internet-facing load balancer")
	}
	before := s.physicalIDs()
	id := must(createChangeSet(t.Context(), s.config, s.name, next.body))(t)
	got := consequencesOf(t, must(describeChangeSet(t.Context(), s.cfn, s.name, id))(t), old, next)
	if len(got.replaced) == 0 || got.replaced[len(got.replaced)-1] != "PublicApi/LoadBalancer" {
		t.Errorf("the change set replaces %q", got.replaced)
	}
	start := time.Now()
	want(t, "the status", s.executed(id), cfntypes.StackStatusUpdateRollbackComplete)
	s.wantReason(start, "cannot be associated with more than one load balancer")
	for id, physical := range s.physicalIDs() {
		if before[id] != physical {
			t.Errorf("%s was %s, and is %s now", id, before[id], physical)
		}
	}
	m.deleteReplacement(t)
}

// deleteReplacement deletes the ALB that was to replace the public one. CloudFormation leaves it behind, as it is protected from deletion.
func (m *migrating) deleteReplacement(t *testing.T) {
	t.Helper()
	s := m.stack(t, migratingPricing)
	kept, vpc := s.physical("AWS::ElasticLoadBalancingV2::LoadBalancer"), one(t, "VPCs", s.physical("AWS::EC2::VPC"))
	var left []string
	for _, balancer := range must(s.elb.DescribeLoadBalancers(t.Context(), nil))(t).LoadBalancers {
		if arn := aws.ToString(balancer.LoadBalancerArn); aws.ToString(balancer.VpcId) == vpc && !slices.Contains(kept, arn) {
			left = append(left, arn)
		}
	}
	replacement := one(t, "load balancers that are left", left)
	must(s.elb.ModifyLoadBalancerAttributes(t.Context(), &elb.ModifyLoadBalancerAttributesInput{
		LoadBalancerArn: &replacement, Attributes: []elbtypes.LoadBalancerAttribute{{Key: aws.String("deletion_protection.enabled"), Value: aws.String("false")}},
	}))(t)
	must(s.elb.DeleteLoadBalancer(t.Context(), &elb.DeleteLoadBalancerInput{LoadBalancerArn: &replacement}))(t)
}

// wantReason fails the test unless a resource failed since a time for a reason.
func (s deployedStack) wantReason(start time.Time, reason string) {
	s.t.Helper()
	if reasons := s.reasonsSince(start); !strings.Contains(strings.Join(reasons, "\n"), reason) {
		s.t.Errorf("the reasons are %q, want %q", reasons, reason)
	}
}

// reasonsSince returns why resources of the stack failed since a time, the last reason first.
func (s deployedStack) reasonsSince(start time.Time) (reasons []string) {
	s.t.Helper()
	for _, e := range eventsOf(s.t, s.config, s.name) {
		if e.Timestamp.After(start) && strings.HasSuffix(string(e.ResourceStatus), "_FAILED") {
			reasons = append(reasons, aws.ToString(e.LogicalResourceId)+": "+aws.ToString(e.ResourceStatusReason))
		}
	}
	return reasons
}

func wantRefused(t *testing.T, err error, words string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("the error is %v, want %q", err, words)
	}
}

// TestRecordsOfOnePolicy deploys a simple record that becomes a weighted one, and the reverse: Route 53 refuses both.
func TestRecordsOfOnePolicy(t *testing.T) {
	needLocal(t)
	config := must(local.Account(t.Context(), scenario.Pricing))(t)
	const zone = `{"Resources": {"Zone": {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "policies.company.com"}}, RECORDS}}`
	record := func(id, properties string) string {
		return `"` + id + `": {"Type": "AWS::Route53::RecordSet", "Properties": {"HostedZoneId": {"Ref": "Zone"}, "Name": "api.policies.company.com", "Type": "A", "TTL": "60", ` +
			`"ResourceRecords": ["192.0.2.1"]` + properties + `}}`
	}
	simple, weighted := "", `, "SetIdentifier": "a", "Weight": 100`
	for name, tc := range map[string]struct{ before, after, reason string }{
		"a simple record becomes weighted": {record("One", simple), record("One", weighted), "SetIdentifier a cannot be created as a non-weighted set exists with the same name and type"},
		"a weighted record becomes simple": {record("One", weighted), record("One", simple), "cannot be created as other RRSets exist with the same name and type"},
		"a weighted record comes beside a simple one": {
			record("One", simple), record("One", simple) + ", " + record("Two", weighted), "SetIdentifier a cannot be created as a non-weighted set exists",
		},
		"a simple record comes beside a weighted one": {
			record("One", weighted), record("One", weighted) + ", " + record("Two", simple), "cannot be created as other RRSets exist with the same name and type",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := stackOf(t, config, "Policies"+strings.ReplaceAll(name, " ", ""))
			s.createFrom(strings.Replace(zone, "RECORDS", tc.before, 1))
			same := must(createChangeSet(t.Context(), config, s.name, strings.Replace(zone, "RECORDS", tc.before, 1)))(t)
			_, err := describeChangeSet(t.Context(), s.cfn, s.name, same)
			wantRefused(t, err, "The submitted information didn't contain changes.")
			start := time.Now()
			id := must(createChangeSet(t.Context(), config, s.name, strings.Replace(zone, "RECORDS", tc.after, 1)))(t)
			want(t, "the status", s.executed(id), cfntypes.StackStatusUpdateRollbackComplete)
			s.wantReason(start, tc.reason)
			must(s.cfn.DeleteStack(context.Background(), &cloudformation.DeleteStackInput{StackName: &s.name}))(t)
		})
	}
}

// createFrom creates the stack, and waits until it is there.
func (s deployedStack) createFrom(body string) {
	s.t.Helper()
	must(s.cfn.CreateStack(s.t.Context(), &cloudformation.CreateStackInput{StackName: &s.name, TemplateBody: &body}))(s.t)
	want(s.t, "the status of "+s.name, s.settled(), cfntypes.StackStatusCreateComplete)
}
