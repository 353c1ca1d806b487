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
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// TestLattice deploys the templates in apps/lattice: an API of one account, which it shares, and a client in another account,
// with the service network of its VPC.
func TestLattice(t *testing.T) {
	needLocal(t)
	provider := newTemplateStack(t, scenario.Pricing, "LatticeProvider", "provider", map[string]string{
		"Consumer": scenario.Checkout, "CertificateArn": local.CertificateArn,
	})
	consumer := newTemplateStack(t, scenario.Checkout, "LatticeConsumer", "consumer", nil)

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

	t.Run("the deployed state", wantLatticeState)
	t.Run("a second service network of the VPC", func(t *testing.T) {
		second := newTemplateStack(t, scenario.Checkout, "LatticeSecond", "second", map[string]string{
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
	t.Run("everything is deleted", func(t *testing.T) {
		consumer.delete(t, cfntypes.StackStatusDeleteComplete)
		provider.delete(t, cfntypes.StackStatusDeleteComplete)
		for _, account := range []string{scenario.Pricing, scenario.Checkout} {
			state := read(t, account, scenario.Region)
			want(t, "the services that remain", len(state.LatticeServices), 0)
			want(t, "the target groups that remain", len(state.LatticeTargetGroups), 0)
			want(t, "the service networks that remain", len(state.ServiceNetworks), 0)
			want(t, "the associations that remain", len(state.ServiceAssociations)+len(state.VpcAssociations), 0)
			want(t, "the shares that remain", len(state.Shares), 0)
		}
	})
}

// notShared is the refusal of what is not shared with the caller, whether it exists or not. Assumption: the words, which are
// those of IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
const notShared = "because no resource-based policy allows the vpc-lattice:CreateServiceNetworkServiceAssociation action"

// wantLatticeState reads both accounts: the tasks are targets, the share names the client's account, and the record leads to the
// association, across the accounts to the service.
func wantLatticeState(t *testing.T) {
	provider, consumer := read(t, scenario.Pricing, scenario.Region), read(t, scenario.Checkout, scenario.Region)
	group := one(t, "target groups", provider.LatticeTargetGroups)
	want(t, "the number of targets", len(group.Targets), 2)
	want(t, "their status", string(group.Targets[0].Status), "HEALTHY")
	share := one(t, "shares", provider.Shares)
	want(t, "whom the service is shared with", aws.ToString(one(t, "principals", share.Principals).AssociatedEntity), scenario.Checkout)
	want(t, "the state of the policy", string(one(t, "services", provider.LatticeServices).Policy.State), "Active")
	want(t, "the status of the VPC", string(one(t, "associations of VPCs", consumer.VpcAssociations).Status), "ACTIVE")
	if consumer.LatticePrefixList == nil || provider.LatticePrefixList == nil || consumer.LatticePrefixList.ID != provider.LatticePrefixList.ID {
		t.Errorf("the prefix lists are %v and %v", consumer.LatticePrefixList, provider.LatticePrefixList)
	}

	association := aws.ToString(one(t, "associations of services", consumer.ServiceAssociations).Id)
	templates := must(deployed.Write(t.TempDir(), provider, consumer))(t)
	if len(templates.Unread) > 0 {
		t.Errorf("unread: %q", templates.Unread)
	}
	body := string(must(os.ReadFile(templates.Inputs[1].Template))(t))
	compact := strings.Join(strings.Fields(body), "")
	for what, text := range map[string]string{
		"the record":             `"DNSName":{"Fn::GetAtt":["` + association + `","DnsEntry.DomainName"]}`,
		"the policy of the role": `"Action":"vpc-lattice-svcs:Invoke","Effect":"Allow","Resource":"` + group.ServiceArns[0] + `/*"`,
		"the task definition":    `"TaskRoleArn":{"Fn::GetAtt":["role/`,
		"the association":        fmt.Sprintf(`"ServiceIdentifier":{"Ref":"%s/%ssvc-`, scenario.Pricing, scenario.Region),
	} {
		if !strings.Contains(compact, text) {
			t.Errorf("%s has not %s:\n%s", what, text, body)
		}
	}
}

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
	before := one(t, "target groups", read(t, scenario.Pricing, scenario.Region).LatticeTargetGroups)
	provider.deploy(t, map[string]string{"HealthPath": "/ready", "Priority": "20"})
	state := read(t, scenario.Pricing, scenario.Region)
	after := one(t, "target groups", state.LatticeTargetGroups)
	want(t, "the target group", aws.ToString(after.Id), aws.ToString(before.Id))
	want(t, "the path", aws.ToString(after.Config.HealthCheck.Path), "/ready")
	rule := one(t, "rules", one(t, "listeners", one(t, "services", state.LatticeServices).Listeners).Rules)
	want(t, "the priority", aws.ToInt32(rule.Priority), 20)
}

// templateStack is a stack of a template that no app synthesises.
type templateStack struct {
	name, body string
	parameters map[string]string
	config     aws.Config
	cfn        *cloudformation.Client
}

func newTemplateStack(t *testing.T, account, name, template string, parameters map[string]string) *templateStack {
	t.Helper()
	config := must(local.Account(t.Context(), account))(t)
	all := map[string]string{}
	maps.Copy(all, parameters)
	body := string(must(os.ReadFile(filepath.Join("apps", "lattice", template+".yaml")))(t))
	if strings.Contains(body, "PrefixList:") {
		all["PrefixList"] = latticePrefixList(t, config)
	}
	for i, zone := range must(local.ZoneNames(t.Context(), account))(t) {
		if name := fmt.Sprintf("Zone%d", i+1); strings.Contains(body, name+":") {
			all[name] = zone
		}
	}
	return &templateStack{name, body, all, config, cloudformation.NewFromConfig(config)}
}

func latticePrefixList(t *testing.T, config aws.Config) string {
	t.Helper()
	found := must(ec2.NewFromConfig(config).DescribeManagedPrefixLists(t.Context(), &ec2.DescribeManagedPrefixListsInput{
		Filters: []ec2types.Filter{{Name: aws.String("prefix-list-name"), Values: []string{"com.amazonaws." + scenario.Region + ".vpc-lattice"}}},
	}))(t)
	return aws.ToString(one(t, "prefix lists", found.PrefixLists).PrefixListId)
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
