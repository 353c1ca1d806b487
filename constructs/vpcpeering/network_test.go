package vpcpeering_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/vpcpeering"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// planRouting plans a way, of which nothing is refused.
func planRouting(t *testing.T, network routedapi.INetwork, scope constructs.Construct, vpc, apiVpc awsec2.IVpc) *routedapi.RoutingPlan {
	t.Helper()
	r := &rules.Report{}
	plan := network.PlanRouting(&routedapi.RoutingOptions{Scope: scope, Vpc: vpc, ApiVpc: apiVpc, CidrBlocks: jsii.Strings(), Report: r})
	if problems := r.Problems(); len(problems) > 0 {
		t.Errorf("problems = %v, want none", problems)
	}
	return plan
}

// In one Region rules may name groups of the other side, whatever the account; between Regions they may not.
func TestReferences(t *testing.T) {
	defer cdktest.Recover(t)
	for name, want := range map[string]routedapi.SecurityGroupReferences{
		"one-stack": routedapi.SecurityGroupReferences_BOTH, "two-stacks": routedapi.SecurityGroupReferences_BOTH,
		"two-accounts": routedapi.SecurityGroupReferences_BOTH, "two-regions": routedapi.SecurityGroupReferences_NONE,
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			peering := shapes[name](cdktest.App(t, nil))
			plan := peering.PlanRouting(&routedapi.RoutingOptions{Scope: awscdk.Stack_Of(peering), Report: &rules.Report{}})
			if plan.References != want || plan.Transport != "VPC peering" {
				t.Errorf("the plan is %+v, want %s", plan, want)
			}
		})
	}
	cdktest.Run(t, "imported", func(t *testing.T) {
		peering := importPeering(newGround(t), func(*vpcpeering.VpcPeeringAttributes) {})
		if got := peering.PlanRouting(&routedapi.RoutingOptions{Scope: awscdk.Stack_Of(peering), Report: &rules.Report{}}).References; got != routedapi.SecurityGroupReferences_NONE {
			t.Errorf("between Regions, the references are %s", got)
		}
	})
}

// What sends clients over the peering waits for the routes of their side, at either end.
func TestDependencies(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	clients, api := cdktest.StackIn(app, "Clients", cdktest.Account), cdktest.StackIn(app, "Api", cdktest.OtherAccount)
	back := cdktest.StackIn(app, "RoutesBack", cdktest.OtherAccount)
	vpc, apiVpc := newVpc(clients, "Vpc", clientBlock), newVpc(api, "Vpc", apiBlock)
	peering := newPeering(clients, vpc, apiVpc, func(p *P) { p.AccepterRole, p.AccepterScope = newRole(api, apiVpc), back })
	waiting := func(stack awscdk.Stack, plan *routedapi.RoutingPlan) {
		record := awscdk.NewCfnResource(stack, jsii.String("Record"), &awscdk.CfnResourceProps{Type: jsii.String("AWS::Route53::RecordSet")})
		record.Node().AddDependency(*plan.Dependencies...)
	}
	waiting(clients, planRouting(t, peering, clients, vpc, apiVpc))
	waiting(back, planRouting(t, peering, back, apiVpc, vpc))
	assembly := cdktest.Synth(t, clients)
	for stack, routes := range map[string]int{"Clients": 2, "RoutesBack": 2} {
		template := assembly.Template(t, stack)
		_, record := template.Only(t, "AWS::Route53::RecordSet")
		for _, route := range template.OfType(typeRoute) {
			if !contains(record.DependsOn, route) {
				t.Errorf("%s: the record waits for %v, not for %s", stack, record.DependsOn, route)
			}
		}
		if got := len(template.OfType(typeRoute)); got != routes {
			t.Errorf("%s has %d routes, want %d", stack, got, routes)
		}
	}
}

// Between accounts and Regions, CDK's references order no stacks: the constructs do.
func TestStackDependencies(t *testing.T) {
	defer cdktest.Recover(t)
	for name, want := range map[string]map[string][]string{
		"two-stacks":   {"TwoClients": {"TwoApi"}},
		"two-accounts": {"AccountsClients": {"AccountsApi"}, "AccountsRoutesBack": {"AccountsApi", "AccountsClients"}},
		"two-regions":  {"RegionsClients": {"RegionsApi"}, "RegionsRoutesBack": {"RegionsApi", "RegionsClients"}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			app := cdktest.App(t, nil)
			shapes[name](app)
			for _, stack := range *app.Synth(nil).Stacks() {
				var got []string
				for _, other := range *stack.Dependencies() {
					if artifact := *other.Id(); !isAssets(artifact) {
						got = append(got, artifact)
					}
				}
				if expected := want[*stack.Id()]; !sameSet(got, expected) {
					t.Errorf("%s waits for %v, want %v", *stack.Id(), got, expected)
				}
			}
		})
	}
}

// A peering whose VPCs and blocks are known only at deployment is neither refused, nor is a way over it.
func TestTokensPass(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	parameter := func(id string) *string { return awscdk.NewCfnParameter(stack, jsii.String(id), nil).ValueAsString() }
	imported := func(id string) awsec2.IVpc {
		return importVpc(stack, id, func(a *awsec2.VpcAttributes) {
			a.VpcId, a.VpcCidrBlock, a.PrivateSubnetRouteTableIds = parameter(id+"Id"), parameter(id+"Block"), &[]*string{parameter(id + "Table")}
		})
	}
	vpc, apiVpc := imported("ClientVpc"), imported("ApiVpc")
	peering := newPeering(stack, vpc, apiVpc, func(p *P) { p.Accepter.CidrBlocks = &[]*string{parameter("First"), parameter("Second")} })
	plan := peering.PlanRouting(&routedapi.RoutingOptions{Scope: stack, Vpc: vpc, ApiVpc: apiVpc, CidrBlocks: jsii.Strings(*parameter("AlbBlock"), "10.9.0.0/24"), Report: &rules.Report{}})
	if plan.References != routedapi.SecurityGroupReferences_BOTH {
		t.Errorf("references = %s", plan.References)
	}
	vpcpeering.VpcPeering_FromAttributes(stack, jsii.String("Imported"), &vpcpeering.VpcPeeringAttributes{
		VpcPeeringConnectionId: parameter("Connection"), Requester: &vpcpeering.SideAttributes{Vpc: vpc}, Accepter: &vpcpeering.SideAttributes{Vpc: apiVpc},
	})
	vpcpeering.NewAccepterRole(stack, jsii.String("Role"), &vpcpeering.AccepterRoleProps{Vpc: apiVpc, RequesterAccounts: &[]*string{parameter("Account")}})
	template := cdktest.SynthTemplate(t, stack)
	for _, block := range []string{"First", "Second"} {
		template.Has(t, typeRoute, props{"RouteTableId": cdktest.Ref("ClientVpcTable"), "DestinationCidrBlock": cdktest.Ref(block)})
	}
	template.Has(t, typeRoute, props{"RouteTableId": cdktest.Ref("ApiVpcTable"), "DestinationCidrBlock": cdktest.Ref("ClientVpcBlock")})
	template.Has(t, typeConnection, props{"VpcId": cdktest.Ref("ClientVpcId"), "PeerVpcId": cdktest.Ref("ApiVpcId"), "PeerOwnerId": cdktest.Absent, "PeerRegion": cdktest.Absent})
}

// VPCs that are looked up pass before the lookup has an answer: a refusal would end the app before the CLI learns what to look up.
func TestLookupsPass(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	lookup := func(id string) awsec2.IVpc {
		return awsec2.Vpc_FromLookup(stack, jsii.String(id), &awsec2.VpcLookupOptions{VpcName: jsii.String(id)})
	}
	cdktest.Check(t, func() { newPeering(stack, lookup("ClientVpc"), lookup("ApiVpc")) })
}

// An accepter that is imported beside the connection is of the account of its role.
func TestImportedAccepter(t *testing.T) {
	defer cdktest.Recover(t)
	g := newGround(t)
	role := awsiamRole(g, "arn:aws:iam::111111111111:role/peering")
	accepter := importVpc(g.clients, "Pricing", func(*awsec2.VpcAttributes) {})
	newPeering(g.clients, g.vpc, accepter, func(p *P) {
		p.AccepterRole, p.AccepterScope = role, cdktest.StackIn(g.app, "RoutesBack", cdktest.OtherAccount)
	})
	assembly := cdktest.Synth(t, g.clients)
	assembly.Template(t, "Clients").Has(t, typeConnection, props{
		"PeerVpcId": "vpc-0123456789abcdef0", "PeerOwnerId": cdktest.OtherAccount, "PeerRoleArn": "arn:aws:iam::111111111111:role/peering", "PeerRegion": cdktest.Absent,
	})
	assembly.Template(t, "RoutesBack").Has(t, typeRoute, props{"RouteTableId": "rtb-0123456789abcdef0", "DestinationCidrBlock": clientBlock})
}

// Another order of blocks and subnets, and more of them, changes no logical ID.
func TestLogicalIDs(t *testing.T) {
	defer cdktest.Recover(t)
	ids := func(edit func(vpc, apiVpc awsec2.Vpc, p *P)) map[string]cdktest.Resource {
		stack := cdktest.Stack(t)
		vpc, apiVpc := newVpc(stack, "ClientVpc", clientBlock), newVpc(stack, "ApiVpc", apiBlock)
		newPeering(stack, vpc, apiVpc, func(p *P) {
			p.Accepter.CidrBlocks = jsii.Strings(apiBlock, "100.64.0.0/24")
			edit(vpc, apiVpc, p)
		})
		return cdktest.SynthTemplate(t, stack).Resources
	}
	before := ids(func(awsec2.Vpc, awsec2.Vpc, *P) {})
	for name, edit := range map[string]func(vpc, apiVpc awsec2.Vpc, p *P){
		"another order of blocks": func(_, _ awsec2.Vpc, p *P) { p.Accepter.CidrBlocks = jsii.Strings("100.64.0.0/24", apiBlock) },
		"one more block, first": func(_, _ awsec2.Vpc, p *P) {
			p.Accepter.CidrBlocks = jsii.Strings("100.64.9.0/24", apiBlock, "100.64.0.0/24")
		},
		"another order of subnets": func(vpc, _ awsec2.Vpc, p *P) {
			list := *vpc.IsolatedSubnets()
			p.Requester.Subnets = &awsec2.SubnetSelection{Subnets: &[]awsec2.ISubnet{list[1], list[0]}}
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			after := ids(edit)
			for id, resource := range before {
				if moved, isThere := after[id]; !isThere || !cdktest.Contains(moved.Properties, resource.Properties) {
					t.Errorf("%s is now %v, was %v", id, moved, resource)
				}
			}
		})
	}
}
