package publicapi_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// A changed logical ID makes CloudFormation replace the resource: the ALB has a new address then, and its web ACL is not in front of it.
func TestLogicalIDs(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.StackIn(cdktest.App(t, nil), "Ids", cdktest.Account)
	newApi(stack, func(p *P) {
		p.HostedZone = zone(stack)
		p.AllowedClients = clients(allowed("Checkout", "203.0.113.7/32"))
	})
	got := slices.Sorted(maps.Keys(cdktest.SynthTemplate(t, stack).Resources))
	want := []string{
		"PricingIngressFrom20301137321A9B9508", "PricingIpSetCheckout635A66AE", "PricingListenerE6ECB94B", "PricingLoadBalancer4A965430",
		"PricingLoadBalancerSecurityGroup5B3879DD", "PricingRecordapipricingcompanycom75D09DBE", "PricingWebAclACB04AFD", "PricingWebAclAssociation1F0B0C63",
	}
	if !slices.Equal(got, want) {
		t.Errorf("logical IDs = %q, want %q", got, want)
	}
}

// Nobody else's resources change while clients come, go, are renamed or change places.
func TestClientsAreIndependent(t *testing.T) {
	defer cdktest.Recover(t)
	checkout, orders := allowed("Checkout", "203.0.113.7/32"), allowed("Orders", "203.0.113.8/32", "198.51.100.0/24")
	base := resourcesWith(t, checkout, orders)
	for name, tc := range map[string]struct {
		list    []*publicapi.AllowedClient
		changed []string // types of resources that come, go or change
	}{
		"another order":  {[]*publicapi.AllowedClient{orders, checkout}, []string{typeWebACL}},
		"one less":       {[]*publicapi.AllowedClient{orders}, []string{typeIngress, typeIPSet, typeWebACL}},
		"one more":       {[]*publicapi.AllowedClient{allowed("Reports", "203.0.113.9/32"), checkout, orders}, []string{typeIngress, typeIPSet, typeWebACL}},
		"one block more": {[]*publicapi.AllowedClient{checkout, allowed("Orders", "203.0.113.9/32", "203.0.113.8/32", "198.51.100.0/24")}, []string{typeIngress, typeIPSet}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			if got := changedTypes(base, resourcesWith(t, tc.list...)); !slices.Equal(got, tc.changed) {
				t.Errorf("changed %q, want %q", got, tc.changed)
			}
		})
	}
}

// CloudFormation creates rules before it deletes others, and a security group has no two rules of one block: a block keeps its rule when it
// goes to another client, or when the client is renamed.
func TestBlockKeepsItsRule(t *testing.T) {
	defer cdktest.Recover(t)
	base, renamed := resourcesWith(t, allowed("Checkout", "203.0.113.7/32")), resourcesWith(t, allowed("Orders", "203.0.113.7/32"))
	for id, resource := range base {
		if resource.Type != typeIngress {
			continue
		}
		before, after := maps.Clone(resource.Properties), maps.Clone(renamed[id].Properties)
		if before["Description"] != "Client of a public API: Checkout" || after["Description"] != "Client of a public API: Orders" {
			t.Errorf("descriptions = %v and %v", before["Description"], after["Description"])
		}
		delete(before, "Description")
		delete(after, "Description")
		if !reflect.DeepEqual(before, after) {
			t.Errorf("rule = %v, want %v", after, before)
		}
		return
	}
	t.Error("there is no rule")
}

func resourcesWith(t *testing.T, list ...*publicapi.AllowedClient) map[string]cdktest.Resource {
	t.Helper()
	stack := cdktest.StackIn(cdktest.App(t, nil), "Clients", cdktest.Account)
	cdktest.Check(t, func() { newApi(stack, func(p *P) { p.AllowedClients = &list }) })
	return cdktest.SynthTemplate(t, stack).Resources
}

// changedTypes returns the types of resources that differ.
func changedTypes(a, b map[string]cdktest.Resource) (types []string) {
	for _, id := range slices.Sorted(maps.Keys(a)) {
		if !reflect.DeepEqual(a[id], b[id]) {
			types = append(types, a[id].Type)
		}
	}
	for id := range b {
		if _, isThere := a[id]; !isThere {
			types = append(types, b[id].Type)
		}
	}
	slices.Sort(types)
	return slices.Compact(types)
}

// Networks that one function makes have addresses of the same logical ID, each in its stack.
func TestAddressesOfOtherStacks(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	stack := cdktest.StackIn(app, "Clients", cdktest.Account)
	var list []*publicapi.AllowedClient
	for _, name := range []string{"Checkout", "Reports"} {
		address := awsec2.NewCfnEIP(cdktest.StackIn(app, name+"Network", cdktest.Account), jsii.String("Address"), nil)
		list = append(list, allowed(name, *address.Ref()+"/32", *awscdk.Fn_Select(jsii.Number(0), awscdk.Fn_Split(jsii.String(" "), address.Ref(), nil))+"/32"))
	}
	cdktest.Check(t, func() { newApi(stack, func(p *P) { p.AllowedClients = &list }) })
	for _, id := range []string{"IngressFromCheckoutNetwork_Address.Ref_32", "IngressFromReportsNetwork_Address.Ref_32"} {
		if stack.Node().FindChild(jsii.String("Pricing")).Node().TryFindChild(&id) == nil {
			t.Errorf("there is no %s", id)
		}
	}
	if n := len(cdktest.SynthTemplate(t, stack).OfType(typeIngress)); n != 4 {
		t.Errorf("%d rules, want 4", n)
	}
}

// However deep an API is in an app, the name of its metrics is one that WAF accepts.
func TestMetricName(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.StackIn(cdktest.App(t, nil), "Metrics", cdktest.Account)
	scope := constructs.Construct(stack)
	for i := range 10 {
		scope = constructs.NewConstruct(scope, jsii.String(fmt.Sprint("APartOfTheCompany", i)))
	}
	cdktest.Check(t, func() { publicapi.NewApi(scope, jsii.String("Pricing"), minimalProps(stack)) })
	_, acl := cdktest.SynthTemplate(t, stack).Only(t, typeWebACL)
	if name := acl.Properties["VisibilityConfig"].(props)["MetricName"].(string); len(name) != 128 {
		t.Errorf("the name %q has %d characters, want 128", name, len(name))
	}
}
