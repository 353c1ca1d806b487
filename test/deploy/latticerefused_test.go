package deploy_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// TestLatticeRefusals deploys the templates in apps/lattice: an API of one account, which it shares, and an association of another account.
// They show what AWS refuses, and what it replaces.
func TestLatticeRefusals(t *testing.T) {
	needLocal(t)
	provider := newTemplateStack(t, scenario.Pricing, "LatticeProvider", "lattice/provider", map[string]string{
		"Consumer": scenario.Checkout, "CertificateArn": local.CertificateArn,
	})
	consumer := newTemplateStack(t, scenario.Checkout, "LatticeConsumer", "lattice/consumer", nil)
	before := latticeCounts(t)

	provider.deploy(t, map[string]string{"Consumer": "333333333333"})
	service := must(output(t.Context(), provider.config, provider.name, "ServiceArn"))(t)
	t.Run("the service is shared with another account", func(t *testing.T) {
		consumer.wantFailure(t, map[string]string{"ServiceArn": service}, notShared)
	})
	t.Run("a service that does not exist", func(t *testing.T) {
		unknown := service[:len(service)-17] + strings.Repeat("0", 17)
		consumer.wantFailure(t, map[string]string{"ServiceArn": unknown}, notShared)
	})
	provider.deploy(t, nil)
	consumer.deploy(t, map[string]string{"ServiceArn": service})

	t.Run("a second service network of the VPC", func(t *testing.T) {
		second := newTemplateStack(t, scenario.Checkout, "LatticeSecond", "lattice/second", map[string]string{
			"VpcId": must(output(t.Context(), consumer.config, consumer.name, "VpcId"))(t),
		})
		second.wantFailure(t, nil, "is already associated with service network sn-")
		second.delete(t, cfntypes.StackStatusDeleteComplete)
	})
	t.Run("updates", func(t *testing.T) { wantLatticeUpdates(t, provider) })
	t.Run("a service in use is not deleted", func(t *testing.T) {
		provider.delete(t, cfntypes.StackStatusDeleteFailed)
		provider.wantEvent(t, "has service network(s) associated")
	})
	consumer.delete(t, cfntypes.StackStatusDeleteComplete)
	provider.delete(t, cfntypes.StackStatusDeleteComplete)
	want(t, "what remains", latticeCounts(t), before)
}

// counts are how many resources of VPC Lattice there are, and how many shares.
type counts struct{ services, targetGroups, networks, associations, shares int }

// latticeCounts counts what two accounts have.
func latticeCounts(t *testing.T) [2]counts {
	t.Helper()
	var all [2]counts
	for i, account := range []string{scenario.Pricing, scenario.Checkout} {
		s := read(t, account, scenario.Region)
		all[i] = counts{
			len(s.LatticeServices), len(s.LatticeTargetGroups), len(s.ServiceNetworks), len(s.ServiceAssociations) + len(s.VpcAssociations), len(s.Shares),
		}
	}
	return all
}

// notShared is the refusal of what is not shared with the caller, whether it exists or not. Assumption: the words, which are
// those of IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
const notShared = "because no resource-based policy allows the vpc-lattice:CreateServiceNetworkServiceAssociation action"

// wantLatticeUpdates asserts what change sets say, and deploys what changes in place.
func wantLatticeUpdates(t *testing.T, provider *templateStack) {
	for name, tc := range map[string]struct {
		parameters map[string]string
		want       map[string]string // what is replaced, by logical ID
	}{
		// A change of the target group may change its ARN, as far as CloudFormation knows.
		"a path of the health check": {map[string]string{"HealthPath": "/ready"}, map[string]string{"TargetGroup": "False", "Tasks": "False"}},
		"a priority":                 {map[string]string{"Priority": "20"}, map[string]string{"Rule": "False"}},
		"a port of the target group": {map[string]string{"Port": "9090"}, map[string]string{
			"TargetGroup": "True", "Rule": "False", "Tasks": "False",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := provider.changes(t, tc.parameters); !maps.Equal(got, tc.want) {
				t.Errorf("the change set has %v, want %v", got, tc.want)
			}
		})
	}
	stack := stackOf(t, provider.config, provider.name)
	before := stack.physical("AWS::VpcLattice::TargetGroup")
	provider.deploy(t, map[string]string{"HealthPath": "/ready", "Priority": "20"})
	after := stack.physical("AWS::VpcLattice::TargetGroup")
	want(t, "the target group", one(t, "target groups", after), one(t, "target groups", before))
	state := read(t, scenario.Pricing, scenario.Region)
	group := latticeGroupOf(t, state, after[0])
	want(t, "the path", aws.ToString(group.Config.HealthCheck.Path), "/ready")
	service := latticeServiceOf(t, state, one(t, "services", stack.physical("AWS::VpcLattice::Service")))
	rule := one(t, "rules", one(t, "listeners", service.Listeners).Rules)
	want(t, "the priority", aws.ToInt32(rule.Priority), 20)
}

// latticeServiceOf returns a service of a state by its ARN.
func latticeServiceOf(t *testing.T, state *deployed.State, arn string) deployed.LatticeService {
	t.Helper()
	i := slices.IndexFunc(state.LatticeServices, func(s deployed.LatticeService) bool { return aws.ToString(s.Arn) == arn })
	if i < 0 {
		t.Fatalf("there is no service %s", arn)
	}
	return state.LatticeServices[i]
}

// latticeGroupOf returns a target group of a state by its ARN.
func latticeGroupOf(t *testing.T, state *deployed.State, arn string) deployed.LatticeTargetGroup {
	t.Helper()
	i := slices.IndexFunc(state.LatticeTargetGroups, func(g deployed.LatticeTargetGroup) bool { return aws.ToString(g.Arn) == arn })
	if i < 0 {
		t.Fatalf("there is no target group %s", arn)
	}
	return state.LatticeTargetGroups[i]
}

// templateStack is a stack of a template that no app synthesises.
type templateStack struct {
	name, body string
	parameters map[string]string
	config     aws.Config
	cfn        *cloudformation.Client
}

// newTemplateStack returns the stack of a template, which is a file in apps, such as lattice/provider.
func newTemplateStack(t *testing.T, account, name, template string, parameters map[string]string) *templateStack {
	t.Helper()
	config := must(local.Account(t.Context(), account))(t)
	all := map[string]string{}
	maps.Copy(all, parameters)
	body := string(must(os.ReadFile(filepath.Join("apps", template+".yaml")))(t))
	if strings.Contains(body, "PrefixList:") {
		all["PrefixList"] = must(latticePrefixList(t.Context(), config))(t)
	}
	for i, zone := range must(local.ZoneNames(t.Context(), account))(t) {
		if name := fmt.Sprintf("Zone%d", i+1); strings.Contains(body, name+":") {
			all[name] = zone
		}
	}
	return &templateStack{name, body, all, config, cloudformation.NewFromConfig(config)}
}

// arguments returns the parameters of the stack, with some of them changed.
func (s *templateStack) arguments(changed map[string]string) []cfntypes.Parameter {
	all := maps.Clone(s.parameters)
	maps.Copy(all, changed)
	list := []cfntypes.Parameter{}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		list = append(list, cfntypes.Parameter{ParameterKey: aws.String(key), ParameterValue: aws.String(all[key])})
	}
	return list
}

// changes returns what a change set replaces, by logical ID: True, False or Conditional.
func (s *templateStack) changes(t *testing.T, parameters map[string]string) map[string]string {
	t.Helper()
	name := "changes-" + strings.ToLower(strings.Join(slices.Sorted(maps.Keys(parameters)), "-"))
	input := &cloudformation.CreateChangeSetInput{
		StackName: &s.name, ChangeSetName: &name, TemplateBody: &s.body, Parameters: s.arguments(parameters), ChangeSetType: cfntypes.ChangeSetTypeUpdate,
	}
	must(s.cfn.CreateChangeSet(t.Context(), input))(t)
	found := must(s.cfn.DescribeChangeSet(t.Context(), &cloudformation.DescribeChangeSetInput{StackName: &s.name, ChangeSetName: &name}))(t)
	replaced := map[string]string{}
	for _, change := range found.Changes {
		replaced[aws.ToString(change.ResourceChange.LogicalResourceId)] = string(change.ResourceChange.Replacement)
	}
	return replaced
}

// deploy creates or updates the stack, and fails the test unless that succeeds.
func (s *templateStack) deploy(t *testing.T, parameters map[string]string) {
	t.Helper()
	status := s.send(t, parameters)
	if status != cfntypes.StackStatusCreateComplete && status != cfntypes.StackStatusUpdateComplete {
		s.logEvents(t)
		t.Fatalf("%s is %s", s.name, status)
	}
}

// wantFailure fails the test unless the creation of the stack fails for a reason and is rolled back. The stack is deleted then.
func (s *templateStack) wantFailure(t *testing.T, parameters map[string]string, reason string) {
	t.Helper()
	want(t, "the status of "+s.name, s.send(t, parameters), cfntypes.StackStatusRollbackComplete)
	s.wantEvent(t, reason)
	s.delete(t, cfntypes.StackStatusDeleteComplete)
}

func (s *templateStack) send(t *testing.T, parameters map[string]string) cfntypes.StackStatus {
	t.Helper()
	if _, err := stack(t.Context(), s.config, s.name); err == nil {
		must(s.cfn.UpdateStack(t.Context(), &cloudformation.UpdateStackInput{
			StackName: &s.name, TemplateBody: &s.body, Parameters: s.arguments(parameters),
		}))(t)
	} else {
		must(s.cfn.CreateStack(t.Context(), &cloudformation.CreateStackInput{
			StackName: &s.name, TemplateBody: &s.body, Parameters: s.arguments(parameters),
		}))(t)
	}
	return s.settled(t)
}

// delete deletes the stack, and fails the test unless it has a status then.
func (s *templateStack) delete(t *testing.T, status cfntypes.StackStatus) {
	t.Helper()
	must(s.cfn.DeleteStack(t.Context(), &cloudformation.DeleteStackInput{StackName: &s.name}))(t)
	if got := s.settled(t); got != status {
		s.logEvents(t)
		t.Errorf("%s is %s, want %s", s.name, got, status)
	}
}

// settled waits until nothing is in progress.
func (s *templateStack) settled(t *testing.T) cfntypes.StackStatus {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		found, err := stack(ctx, s.config, s.name)
		switch {
		case ctx.Err() != nil:
			t.Fatalf("%s is still in progress", s.name)
		case err != nil:
			return cfntypes.StackStatusDeleteComplete
		case !strings.HasSuffix(string(found.StackStatus), "_IN_PROGRESS"):
			return found.StackStatus
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (s *templateStack) wantEvent(t *testing.T, reason string) {
	t.Helper()
	if !slices.ContainsFunc(eventsOf(t, s.config, s.name), func(e cfntypes.StackEvent) bool {
		return strings.Contains(aws.ToString(e.ResourceStatusReason), reason)
	}) {
		s.logEvents(t)
		t.Errorf("no event of %s has %q", s.name, reason)
	}
}

func (s *templateStack) logEvents(t *testing.T) {
	t.Helper()
	for _, e := range eventsOf(t, s.config, s.name) {
		if e.ResourceStatusReason != nil {
			t.Logf("%s %s: %s", aws.ToString(e.LogicalResourceId), e.ResourceStatus, must(json.Marshal(e.ResourceStatusReason))(t))
		}
	}
}
