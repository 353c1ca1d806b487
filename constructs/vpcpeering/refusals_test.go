package vpcpeering_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/vpcpeering"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// refusal is something that a constructor or PlanRouting refuses, by these rules in this order.
type refusal struct {
	name  string
	build func(*ground)
	rules []rules.Rule
}

// ground is where refused connections would be: a VPC of clients, and that of an API in another account and Region.
type ground struct {
	app          awscdk.App
	clients, api awscdk.Stack
	vpc, apiVpc  awsec2.Vpc
}

func newGround(t *testing.T) *ground {
	app := cdktest.App(t, nil)
	g := &ground{app: app, clients: cdktest.StackIn(app, "Clients", cdktest.Account), api: farStack(app, "Api", cdktest.OtherAccount)}
	g.vpc, g.apiVpc = newVpc(g.clients, "Vpc", clientBlock), newVpc(g.api, "Vpc", apiBlock)
	return g
}

// neighbour is a VPC of the stack of the clients.
func (g *ground) neighbour(block string) awsec2.Vpc { return newVpc(g.clients, "Neighbour", block) }

// bad is a connection in one stack that is edited.
func bad(name string, edit func(*ground, *P), broken ...rules.Rule) refusal {
	return refusal{name, func(g *ground) {
		newPeering(g.clients, g.vpc, g.neighbour(apiBlock), func(p *P) { edit(g, p) })
	}, broken}
}

// far is a connection across accounts and Regions that is edited.
func far(name string, edit func(*ground, *P), broken ...rules.Rule) refusal {
	return refusal{name, func(g *ground) {
		newPeering(g.clients, g.vpc, g.apiVpc, func(p *P) {
			p.AccepterRole, p.AccepterScope = newRole(g.api, g.apiVpc), farStack(g.app, "RoutesBack", cdktest.OtherAccount)
			edit(g, p)
		})
	}, broken}
}

// importVpc imports a VPC by what is given.
func importVpc(stack awscdk.Stack, id string, edit func(*awsec2.VpcAttributes)) awsec2.IVpc {
	attrs := &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), AvailabilityZones: jsii.Strings("eu-west-1a"), VpcCidrBlock: jsii.String(apiBlock),
		PrivateSubnetIds: jsii.Strings("subnet-0123456789abcdef0"), PrivateSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcdef0"),
	}
	edit(attrs)
	return awsec2.Vpc_FromVpcAttributes(stack, jsii.String(id), attrs)
}

func peeringRefusals() []refusal {
	return []refusal{
		{"nothing", func(g *ground) { vpcpeering.NewVpcPeering(g.clients, jsii.String("Peering"), nil) }, []rules.Rule{rules.Required, rules.Required}},
		bad("sides without VPCs", func(_ *ground, p *P) { p.Requester, p.Accepter = side(nil), side(nil) }, rules.Required, rules.Required),
		bad("a VPC with itself", func(g *ground, p *P) { p.Accepter = side(g.vpc) }, rules.PeeringSelf),
		bad("blocks that overlap", func(g *ground, p *P) { p.Accepter = side(newVpc(g.clients, "Same", "10.0.128.0/17")) }, rules.PeeringOverlap),
		bad("a secondary block that overlaps", func(_ *ground, p *P) { p.Accepter.CidrBlocks = jsii.Strings(apiBlock, "10.0.1.0/24") }, rules.PeeringOverlap),
		bad("an unlisted primary block that overlaps", func(g *ground, p *P) {
			p.Accepter = &vpcpeering.Side{Vpc: newVpc(g.clients, "Same", clientBlock), CidrBlocks: jsii.Strings("100.64.0.0/16")}
		}, rules.PeeringOverlap),
		bad("secondary blocks of both that overlap", func(_ *ground, p *P) {
			p.Requester.CidrBlocks, p.Accepter.CidrBlocks = jsii.Strings("100.64.0.0/16"), jsii.Strings("100.64.9.0/24")
		}, rules.PeeringOverlap),
		bad("a secondary block that the stack of the VPC adds", func(g *ground, _ *P) {
			awsec2.NewCfnVPCCidrBlock(g.clients, jsii.String("Secondary"), &awsec2.CfnVPCCidrBlockProps{VpcId: g.vpc.VpcId(), CidrBlock: jsii.String(apiBlock)})
		}, rules.PeeringOverlap),
		bad("a block with host bits", func(_ *ground, p *P) { p.Accepter.CidrBlocks = jsii.Strings("10.1.2.3/16") }, rules.CIDR),
		bad("no block", func(_ *ground, p *P) { p.Accepter.CidrBlocks = jsii.Strings("pricing") }, rules.CIDR),
		bad("an IPv6 block", func(_ *ground, p *P) { p.Accepter.CidrBlocks = jsii.Strings("fd00::/64") }, rules.NetworkBlock),
		bad("every address", func(_ *ground, p *P) { p.Accepter.CidrBlocks = jsii.Strings("0.0.0.0/0") }, rules.NetworkBlock, rules.PeeringOverlap),
		bad("a nil block", func(_ *ground, p *P) { p.Accepter.CidrBlocks = &[]*string{nil} }, rules.Required),
		bad("a list of blocks that is a token", func(_ *ground, p *P) {
			p.Accepter.CidrBlocks = awscdk.Fn_Split(jsii.String(","), awscdk.Fn_ImportValue(jsii.String("blocks")), nil)
		}, rules.CIDR),
		bad("no blocks", func(_ *ground, p *P) { p.Accepter.CidrBlocks = jsii.Strings() }, rules.NetworkBlockRequired),
		bad("an import without its block", func(g *ground, p *P) {
			p.Accepter = side(importVpc(g.clients, "Imported", func(a *awsec2.VpcAttributes) { a.VpcCidrBlock = nil }))
		}, rules.NetworkBlockRequired),
		bad("an import without route tables", func(g *ground, p *P) {
			p.Accepter = side(importVpc(g.clients, "Imported", func(a *awsec2.VpcAttributes) { a.PrivateSubnetRouteTableIds = nil }))
		}, rules.NetworkRouteTable),
		bad("an import without private subnets", func(g *ground, p *P) {
			p.Accepter = side(importVpc(g.clients, "Imported", func(a *awsec2.VpcAttributes) { a.PrivateSubnetIds, a.PrivateSubnetRouteTableIds = nil, nil }))
		}, rules.PrivateSubnets),
		bad("a group of subnets that is none", func(_ *ground, p *P) {
			p.Accepter.Subnets = &awsec2.SubnetSelection{SubnetGroupName: jsii.String("Nowhere")}
		}, rules.SubnetSelection),
		bad("two networks to one block", func(g *ground, p *P) {
			p.Accepter = side(newVpc(g.clients, "Twin", apiBlock))
			vpcpeering.NewVpcPeering(g.clients, jsii.String("First"), &P{Requester: side(g.vpc), Accepter: side(newVpc(g.clients, "One", apiBlock))})
		}, rules.RouteOwner, rules.RouteOwner),
		bad("everything at once", func(_ *ground, p *P) {
			p.Requester.CidrBlocks, p.Accepter.CidrBlocks = jsii.Strings("::/0"), jsii.Strings("10.0.9.0/24")
			p.Accepter.Subnets = &awsec2.SubnetSelection{SubnetGroupName: jsii.String("Nowhere")}
		}, rules.NetworkBlock, rules.SubnetSelection, rules.PeeringOverlap),
		bad("the account of a role that is another's", func(g *ground, p *P) { p.AccepterRole = newRole(g.api, g.apiVpc) }, rules.PeeringRoleAccount),
		far("another account without a role", func(_ *ground, p *P) { p.AccepterRole = nil }, rules.PeeringRole),
		far("no place for the routes back", func(_ *ground, p *P) { p.AccepterScope = nil }, rules.PeeringScope),
		far("routes back with the requester", func(g *ground, p *P) { p.AccepterScope = cdktest.StackIn(g.app, "Here", cdktest.Account) }, rules.PeeringScope),
		far("routes back in the stack of the accepter", func(g *ground, p *P) { p.AccepterScope = g.api }, rules.PeeringCycle),
		far("routes back in the stack of the role", func(g *ground, p *P) {
			stack := farStack(g.app, "Roles", cdktest.OtherAccount)
			p.AccepterScope = constructs.NewConstruct(stack, jsii.String("Back"))
			p.AccepterRole = awsiam.NewRole(stack, jsii.String("Role"), &awsiam.RoleProps{AssumedBy: awsiam.NewAccountPrincipal(jsii.String(cdktest.Account)), RoleName: jsii.String("peering")})
		}, rules.PeeringCycle),
		far("two connections with one ID in a place", func(g *ground, p *P) {
			other := cdktest.StackIn(g.app, "Others", cdktest.Account)
			newPeering(other, newVpc(other, "Vpc", "10.7.0.0/16"), g.apiVpc, func(q *P) { q.AccepterRole, q.AccepterScope = p.AccepterRole, p.AccepterScope })
		}, rules.Contradiction),
		far("the stack of the other side", func(_ *ground, p *P) { p.Requester, p.Accepter = p.Accepter, p.Requester }, rules.PeeringRoleAccount, rules.PeeringScope, rules.PeeringScope),
	}
}

func roleRefusals() []refusal {
	role := func(name string, props *vpcpeering.AccepterRoleProps, broken ...rules.Rule) refusal {
		return refusal{"role: " + name, func(g *ground) {
			if props != nil && props.RequesterAccounts != nil {
				props.Vpc = g.apiVpc
			}
			vpcpeering.NewAccepterRole(g.api, jsii.String("Role"), props)
		}, broken}
	}
	return []refusal{
		role("nothing", nil, rules.Required, rules.Required),
		role("no account", &vpcpeering.AccepterRoleProps{RequesterAccounts: jsii.Strings()}, rules.Required),
		role("a name of an account", &vpcpeering.AccepterRoleProps{RequesterAccounts: jsii.Strings(cdktest.Account, "checkout")}, rules.PeeringAccount),
		role("a list that is a token", &vpcpeering.AccepterRoleProps{RequesterAccounts: jsii.Strings("#{Token[TOKEN.9]}")}, rules.PeeringAccount),
	}
}

func importRefusals() []refusal {
	imported := func(name string, edit func(*ground, *vpcpeering.VpcPeeringAttributes), broken ...rules.Rule) refusal {
		return refusal{"import: " + name, func(g *ground) { importPeering(g, func(a *vpcpeering.VpcPeeringAttributes) { edit(g, a) }) }, broken}
	}
	return []refusal{
		imported("nothing", func(_ *ground, a *vpcpeering.VpcPeeringAttributes) { *a = vpcpeering.VpcPeeringAttributes{} }, rules.Required, rules.Required, rules.Required),
		imported("a side without a VPC", func(_ *ground, a *vpcpeering.VpcPeeringAttributes) { a.Accepter.Vpc = nil }, rules.Required),
		imported("a VPC with itself", func(g *ground, a *vpcpeering.VpcPeeringAttributes) { a.Accepter.Vpc = g.vpc }, rules.PeeringSelf),
		imported("blocks that overlap", func(_ *ground, a *vpcpeering.VpcPeeringAttributes) {
			a.Accepter.CidrBlocks = jsii.Strings("10.0.0.0/24")
		}, rules.PeeringOverlap),
	}
}

func importPeering(g *ground, edit func(*vpcpeering.VpcPeeringAttributes)) vpcpeering.IVpcPeering {
	attrs := &vpcpeering.VpcPeeringAttributes{
		VpcPeeringConnectionId: jsii.String("pcx-0123456789abcdef0"),
		Requester:              &vpcpeering.SideAttributes{Vpc: g.vpc}, Accepter: &vpcpeering.SideAttributes{Vpc: g.apiVpc},
	}
	edit(attrs)
	return vpcpeering.VpcPeering_FromAttributes(g.clients, jsii.String("Imported"), attrs)
}

// planRefusals are consumers and APIs that are not at the two ends.
func planRefusals() []refusal {
	plan := func(name string, edit func(*ground, *routedapi.RoutingOptions), broken ...rules.Rule) refusal {
		return refusal{"route: " + name, func(g *ground) {
			o := &routedapi.RoutingOptions{Scope: g.clients, Vpc: g.vpc, ApiVpc: g.apiVpc, Report: &rules.Report{}, CidrBlocks: jsii.Strings("10.1.1.0/24")}
			peering := importPeering(g, func(*vpcpeering.VpcPeeringAttributes) {})
			edit(g, o)
			peering.PlanRouting(o)
			if err := o.Report.Err("Clients/Consumer"); err != nil {
				panic(err)
			}
		}, broken}
	}
	return []refusal{
		plan("a consumer elsewhere", func(g *ground, o *routedapi.RoutingOptions) { o.Vpc = g.neighbour("10.9.0.0/16") }, rules.NetworkVpc),
		plan("an API elsewhere", func(g *ground, o *routedapi.RoutingOptions) { o.ApiVpc = g.neighbour("10.9.0.0/16") }, rules.NetworkVpc),
		plan("an API in the VPC of the consumer", func(g *ground, o *routedapi.RoutingOptions) { o.ApiVpc = g.vpc }, rules.NetworkVpc),
		plan("the same from the other end", func(g *ground, o *routedapi.RoutingOptions) { o.Vpc = g.apiVpc }, rules.NetworkVpc),
		plan("a block to which no route leads", func(_ *ground, o *routedapi.RoutingOptions) {
			o.CidrBlocks = jsii.Strings("10.1.1.0/24", "100.64.0.0/24", "10.0.0.0/8")
		}, rules.NetworkDestination, rules.NetworkDestination),
	}
}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	var cases []cdktest.Refusal
	for _, tc := range slices.Concat(peeringRefusals(), roleRefusals(), importRefusals(), planRefusals()) {
		cases = append(cases, cdktest.Refusal{Name: tc.name, Broken: tc.rules, Prepare: func(t *testing.T) func() {
			g := newGround(t)
			return func() { tc.build(g) }
		}})
	}
	cdktest.Refusals(t, cases, rules.Peering())
}
