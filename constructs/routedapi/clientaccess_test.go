package routedapi_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// An API of one account, a client of another, and a rule for it in a stack that is deployed after both.
func TestClientAccess(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	provider, clients, access := cdktest.StackIn(app, "Provider", cdktest.Account), cdktest.StackIn(app, "Clients", cdktest.OtherAccount), cdktest.StackIn(app, "Access", cdktest.Account)
	api, n := newApi(provider), newNetwork(clients, both)
	checkout := newClient(clients, "Checkout", clientVpc(clients))
	defined := routedapi.NewClientAccess(access, jsii.String("Checkout"), &routedapi.ClientAccessProps{
		Api: api, Network: n, CidrBlocks: jsii.Strings("10.2.1.0/24"),
		SecurityGroups: &[]*routedapi.ClientSecurityGroup{{SecurityGroupId: checkout.SecurityGroupId(), Account: jsii.String(cdktest.OtherAccount)}},
	})
	template := cdktest.SynthTemplate(t, access)
	template.Has(t, typeIngress, props{"CidrIp": "10.2.1.0/24", "FromPort": 443, "ToPort": 443, "IpProtocol": "tcp", "SourceSecurityGroupId": cdktest.Absent})
	template.Has(t, typeIngress, props{"SourceSecurityGroupOwnerId": cdktest.OtherAccount, "FromPort": 443, "ToPort": 443, "CidrIp": cdktest.Absent})
	for _, name := range []string{"Provider", "Clients"} {
		if !slices.ContainsFunc(*access.Dependencies(), func(s awscdk.Stack) bool { return *s.StackName() == name }) {
			t.Errorf("the rules do not wait for the stack %s", name)
		}
	}
	if defined.Api() != routedapi.IApi(api) {
		t.Error("Api returns another API")
	}
}

// The ID of a rule depends on nothing but the client and the port, whatever else is listed, and in whatever order.
func TestLogicalIDsOfRules(t *testing.T) {
	defer cdktest.Recover(t)
	rulesOf := func(app awscdk.App, order func(blocks []*string, groups []*routedapi.ClientSecurityGroup)) map[string]cdktest.Resource {
		other := cdktest.StackIn(app, "Clients", cdktest.Account)
		vpc := clientVpc(other)
		blocks := []*string{jsii.String("10.2.0.0/16"), awsec2.NewVpc(other, jsii.String("Vpc"), nil).VpcCidrBlock(), awscdk.Fn_ImportValue(jsii.String("Block"))}
		groups := []*routedapi.ClientSecurityGroup{
			group(groupID),
			{SecurityGroupId: newClient(other, "First", vpc).SecurityGroupId()},
			{SecurityGroupId: newClient(other, "Second", vpc).SecurityGroupId()},
			{SecurityGroupId: awscdk.Fn_ImportValue(jsii.String("Group"))},
		}
		order(blocks, groups)
		stack := cdktest.StackIn(app, "Stack", cdktest.Account)
		newApi(stack, func(p *P) { p.AllowedCidrs, p.AllowedSecurityGroups = &blocks, &groups })
		template := cdktest.SynthTemplate(t, stack)
		found := map[string]cdktest.Resource{}
		for _, id := range template.OfType(typeIngress) {
			found[id] = template.Resources[id]
		}
		return found
	}
	first := rulesOf(cdktest.App(t, nil), func([]*string, []*routedapi.ClientSecurityGroup) {})
	again := rulesOf(cdktest.App(t, nil), func(blocks []*string, groups []*routedapi.ClientSecurityGroup) {
		slices.Reverse(blocks)
		slices.Reverse(groups)
	})
	if len(first) != 7 || !reflect.DeepEqual(first, again) {
		t.Errorf("%d rules, want 7\n%v\n%v", len(first), slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(again)))
	}
}
