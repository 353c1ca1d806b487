package deploy_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// failures is the app of that name, synthesised once. Tests deploy the version of its API that they need.
type failures struct {
	assembly      string
	api, consumer aws.Config
	version       string // the deployed one
	serviceName   string
	serviceID     string
}

var theFailures = sync.OnceValues(func() (*failures, error) {
	ctx := context.Background()
	program, err := local.Build(ctx, "test/deploy", "./apps/failures")
	if err != nil {
		return nil, err
	}
	contexts := map[string]string{
		"providerAccount": scenario.Pricing, "consumerAccount": scenario.Checkout,
		"certificateArn": local.CertificateArn, "domain": scenario.Domain,
	}
	if err = addZones(ctx, contexts); err != nil {
		return nil, err
	}
	f := &failures{}
	if f.assembly, err = local.Assembly(ctx, program, "failures", contexts); err != nil {
		return nil, err
	}
	if f.api, err = local.Account(ctx, scenario.Pricing); err != nil {
		return nil, err
	}
	f.consumer, err = local.Account(ctx, scenario.Checkout)
	return f, err
})

// deployApi returns the app after a version of its API was deployed.
func deployApi(t *testing.T, version string) *failures {
	t.Helper()
	needLocal(t)
	f := must(theFailures())(t)
	if f.version == version {
		return f
	}
	must(f.deploy(t, f.api, filepath.Join(f.assembly, version), "Api"))(t)
	f.version = version
	name := must(output(t.Context(), f.api, "Api", "ServiceName"))(t)
	if f.serviceName != "" && f.serviceName != name {
		t.Fatalf("the version %s has replaced %s with %s", version, f.serviceName, name)
	}
	f.serviceName = name
	f.serviceID = must(output(t.Context(), f.api, "Api", "ServiceId"))(t)
	return f
}

// deploy deploys without a change set: that saves time, and has the same result.
func (f *failures) deploy(t *testing.T, as aws.Config, assembly, stack string, options ...string) (string, error) {
	t.Helper()
	return local.CLI.Deploy(t.Context(), as, assembly, stack, append(options, "--method=direct")...)
}

// refusal is a deployment that must fail, and the reason.
type refusal struct {
	as              aws.Config
	assembly, stack string
	resource        string // the type of the resource that AWS refuses
	reason          string
	options         []string
}

// refusedEndpoint is the refusal of an endpoint in the stack of a caller.
func (f *failures) refusedEndpoint(stack, serviceName, reason string) refusal {
	return refusal{f.consumer, f.assembly, stack, "AWS::EC2::VPCEndpoint", reason, []string{"--parameters", "ServiceName=" + serviceName}}
}

// want fails the test unless the deployment fails for the reason, and its rollback leaves everything as it was before:
// CloudFormation deletes all resources of a stack whose creation fails.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
func (r refusal) want(t *testing.T, f *failures) {
	t.Helper()
	before, events := r.describeAll(t), eventsOf(t, f.api, "Api")
	_, err := f.deploy(t, r.as, r.assembly, r.stack, r.options...)
	wantFailure(t, err, r.reason)
	failed := must(stack(t.Context(), r.as, r.stack))(t)
	want(t, "the status of "+r.stack, failed.StackStatus, cfntypes.StackStatusRollbackComplete)
	r.wantEvents(t)
	wantSame(t, before, r.describeAll(t))
	want(t, "the number of events of the API's stack", len(eventsOf(t, f.api, "Api")), len(events))
}

// wantEvents fails the test unless the events of the stack say that one resource failed, for the reason, and that the others
// were deleted again, among them a security group.
func (r refusal) wantEvents(t *testing.T) {
	t.Helper()
	created, deleted, refused := map[string]string{}, map[string]bool{}, []cfntypes.StackEvent{}
	for _, e := range slices.Backward(eventsOf(t, r.as, r.stack)) { // from the first event to the last
		id := aws.ToString(e.LogicalResourceId)
		switch e.ResourceStatus {
		case cfntypes.ResourceStatusCreateFailed:
			refused = append(refused, e)
		case cfntypes.ResourceStatusCreateComplete:
			created[id] = aws.ToString(e.ResourceType)
		case cfntypes.ResourceStatusDeleteComplete:
			deleted[created[id]] = true
			delete(created, id)
		}
	}
	cause := one(t, "resources that failed", refused)
	want(t, "the resource that failed", aws.ToString(cause.ResourceType), r.resource)
	if !strings.Contains(aws.ToString(cause.ResourceStatusReason), r.reason) {
		t.Errorf("the reason of the event is %q, want %q", aws.ToString(cause.ResourceStatusReason), r.reason)
	}
	if !deleted["AWS::EC2::SecurityGroup"] {
		t.Error("no security group was created and deleted, so this shows no rollback")
	}
	if len(created) > 0 {
		t.Errorf("these resources were not deleted: %v", created)
	}
}

// eventsOf returns the events of a stack that exists, the last one first.
func eventsOf(t *testing.T, config aws.Config, stack string) []cfntypes.StackEvent {
	t.Helper()
	events := []cfntypes.StackEvent{}
	pages := cloudformation.NewDescribeStackEventsPaginator(cloudformation.NewFromConfig(config),
		&cloudformation.DescribeStackEventsInput{StackName: aws.String(stack)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			return nil // the stack does not exist yet
		}
		events = append(events, page.StackEvents...)
	}
	return events
}

// describeAll returns the deployed state of all accounts, line by line.
func (r refusal) describeAll(t *testing.T) []string {
	t.Helper()
	regions := []string{scenario.Region}
	if r.as.Region != scenario.Region {
		regions = append(regions, r.as.Region)
	}
	lines := []string{}
	for _, region := range regions {
		for _, account := range scenario.Accounts() {
			text := must(json.MarshalIndent(read(t, account, region), "", " "))(t)
			lines = append(lines, strings.Split(string(text), "\n")...)
		}
	}
	return lines
}

// wantSame fails the test with the lines that differ, from the first to the last.
func wantSame(t *testing.T, before, after []string) {
	t.Helper()
	if slices.Equal(before, after) {
		return
	}
	shorter := min(len(before), len(after))
	head, tail := 0, 0
	for head < shorter && before[head] == after[head] {
		head++
	}
	for tail < shorter-head && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	t.Errorf("the state is\n%s\nand was before\n%s",
		strings.Join(after[head:len(after)-tail], "\n"), strings.Join(before[head:len(before)-tail], "\n"))
}
