package deploy_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// orders is the app of the everyday changes, deployed as it is before the first of them.
type orders struct {
	assembly string
	configs  map[string]aws.Config // by stack
	base     map[string]template   // by stack
}

var theOrders = sync.OnceValues(func() (*orders, error) {
	ctx := context.Background()
	program, err := local.Build(ctx, "test/deploy", "./apps/everyday")
	if err != nil {
		return nil, err
	}
	names := []string{"providerId", "route+principal", "route+principal+scheme", settingsAssembly()}
	names = append(names, priorities...)
	for _, c := range slices.Concat(everyday, disruptive) {
		names = append(names, c.name)
	}
	contexts := map[string]string{
		"changes":         strings.Join(names, ","),
		"providerAccount": scenario.Pricing,
		"consumerAccount": scenario.Checkout,
		"certificateArn":  local.CertificateArn,
	}
	if contexts["nextCertificateArn"], err = local.RequestCertificate(ctx, "orders.internal.company.com"); err != nil {
		return nil, err
	}
	if err := addZones(ctx, contexts); err != nil {
		return nil, err
	}
	o := &orders{configs: map[string]aws.Config{}, base: map[string]template{}}
	if o.assembly, err = local.Assembly(ctx, program, "everyday", contexts); err != nil {
		return nil, err
	}
	for stack, account := range map[string]string{"Provider": scenario.Pricing, "Consumer": scenario.Checkout} {
		if o.base[stack], err = readTemplate(o.assembly, stack); err != nil {
			return nil, err
		}
		if o.configs[stack], err = local.Account(ctx, account); err != nil {
			return nil, err
		}
	}
	_, err = local.CLI.Deploy(ctx, o.configs["Consumer"], o.assembly, "--all")
	return o, err
})

// irreplaceable are the types that an update must not replace while consumers are connected.
var irreplaceable = []string{
	"AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::EC2::VPCEndpointService", "AWS::EC2::VPCEndpoint",
}

// TestUpdates changes a deployed API and its caller: first by change sets that are not executed, then by deployments.
func TestUpdates(t *testing.T) {
	needLocal(t)
	o := must(theOrders())(t)
	t.Run("change sets of everyday changes", o.everydayChanges)
	t.Run("change sets of disruptive changes", o.disruptiveChanges)
	t.Run("the lock", o.everydayLock)
	t.Run("cdk diff instead of the lock", o.cdkDiff)
	t.Run("a property that is unknown to the local API", o.unknownProperty)
	t.Run("deployments", o.deployments)
	t.Run("another NLB", o.anotherLoadBalancer)
	t.Run("settings", o.changeSettings)
	t.Run("priorities", o.changePriorities)
}

// everydayChanges creates the change sets by the SDK, from the templates: one run of the CLI for each would take minutes.
func (o *orders) everydayChanges(t *testing.T) {
	for _, c := range everyday {
		t.Run(c.name, func(t *testing.T) {
			for _, r := range slices.Concat(o.wantChanges(t, c, "Provider", c.provider), o.wantChanges(t, c, "Consumer", c.consumer)) {
				modified := r.Action == cfntypes.ChangeActionModify
				if slices.Contains(irreplaceable, aws.ToString(r.ResourceType)) && r.Action != cfntypes.ChangeActionAdd &&
					(!modified || r.Replacement != cfntypes.ReplacementFalse) {
					t.Errorf("%s: action %s, replacement %s", aws.ToString(r.LogicalResourceId), r.Action, r.Replacement)
				}
			}
		})
	}
}

func (o *orders) disruptiveChanges(t *testing.T) {
	for _, c := range disruptive {
		t.Run(c.name, func(t *testing.T) {
			o.wantChanges(t, c, "Provider", c.provider)
			o.wantChanges(t, c, "Consumer", c.consumer)
		})
	}
	t.Run("another id of the provider", func(t *testing.T) {
		next := must(readTemplate(filepath.Join(o.assembly, "providerId"), "Provider"))(t)
		got := consequencesOf(t, changeSetOf(t, o.configs["Provider"], "Provider", next), o.base["Provider"], next)
		for _, name := range []string{"EndpointService", "LoadBalancer", "NetworkLoadBalancer", "Permissions"} {
			if !slices.Contains(got.added, name) || !slices.Contains(got.removed, name) {
				t.Errorf("%s is not removed and added", name)
			}
		}
		want(t, "the number of resources that are kept and change", len(got.modified)+len(got.replaced)+len(got.listed), 0)
	})
}

// unknownProperty expects a refusal: a guess that a change replaces nothing would prove nothing.
func (o *orders) unknownProperty(t *testing.T) {
	body := strings.Replace(o.base["Provider"].body, `"AcceptanceRequired"`, `"Unheard": "of", "AcceptanceRequired"`, 1)
	_, err := createChangeSet(t.Context(), o.configs["Provider"], "Provider", body)
	if err == nil || !strings.Contains(err.Error(), "does not know what a change of Unheard does") {
		t.Errorf("the error of the change set is %v", err)
	}
}

// wantChanges fails the test unless the change set of a stack has the consequences of a change, or the template stays the
// same if there are none.
func (o *orders) wantChanges(t *testing.T, c change, stack string, want *consequences) []cfntypes.ResourceChange {
	t.Helper()
	next := must(readTemplate(filepath.Join(o.assembly, c.name), stack))(t)
	if want == nil {
		if next.body != o.base[stack].body {
			t.Errorf("the template of %s changes", stack)
		}
		return nil
	}
	changes := changeSetOf(t, o.configs[stack], stack, next)
	want.compare(t, consequencesOf(t, changes, o.base[stack], next))
	return changes
}

func (c *consequences) compare(t *testing.T, got consequences) {
	t.Helper()
	for _, kind := range []struct {
		what      string
		got, want []string
	}{
		{"added", got.added, c.added},
		{"modified", got.modified, c.modified},
		{"removed", got.removed, c.removed},
		{"replaced", got.replaced, c.replaced},
		{"listed for an attribute that may change", got.listed, c.listed},
	} {
		if !slices.Equal(kind.got, kind.want) {
			t.Errorf("%s:\n got %q\nwant %q", kind.what, kind.got, kind.want)
		}
	}
}
