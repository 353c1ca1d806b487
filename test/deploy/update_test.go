package deploy_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// changes makes a change set of an assembly for a stack, and returns what it would change, by logical ID.
func changes(t *testing.T, config aws.Config, assembly, stack string, options ...string) map[string]cfntypes.ResourceChange {
	t.Helper()
	name := strings.ReplaceAll(t.Name(), "/", "-")
	name = strings.ReplaceAll(name, "_", "-")
	must(local.CLI.PrepareChangeSet(t.Context(), deployed(t).checkout, assembly, stack, name, options...))(t)
	set := must(cloudformation.NewFromConfig(config).DescribeChangeSet(t.Context(), &cloudformation.DescribeChangeSetInput{
		StackName: aws.String(stack), ChangeSetName: aws.String(name),
	}))(t)
	found := map[string]cfntypes.ResourceChange{}
	for _, change := range set.Changes {
		found[aws.ToString(change.ResourceChange.LogicalResourceId)] = *change.ResourceChange
	}
	return found
}

// TestUpdatePrincipal lists another account instead of Checkout's: who is connected stays connected.
func TestUpdatePrincipal(t *testing.T) {
	e := deployed(t)
	contexts := must(local.Context(t.Context()))(t)
	contexts["checkoutAccount"] = "333333333333"
	assembly := must(local.Assembly(t.Context(), e.program, "principal", contexts))(t)
	found := changes(t, e.pricing, assembly, "Pricing")
	ids := slices.Collect(maps.Keys(found))
	change := found[one(t, "changes", ids)]
	want(t, "what changes", aws.ToString(change.ResourceType), "AWS::EC2::VPCEndpointServicePermissions")
	want(t, "how", change.Action, cfntypes.ChangeActionModify)
	want(t, "whether it is replaced", change.Replacement, cfntypes.ReplacementFalse)

	must(local.CLI.Deploy(t.Context(), e.checkout, assembly, "Pricing"))(t)
	_, endpoint := endpoint(t)
	want(t, "the state of the endpoint", string(endpoint.State), "available")
	must(local.CLI.Deploy(t.Context(), e.checkout, e.assembly, "Pricing"))(t)
	if status := must(stack(t.Context(), e.pricing, "Pricing"))(t).StackStatus; status != cfntypes.StackStatusUpdateComplete {
		t.Errorf("Pricing is %s", status)
	}
}
