package transitgateway_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// refusal is something that a constructor or PlanRouting refuses, by these rules in this order.
type refusal struct {
	name  string
	build func(*ground)
	rules []rules.Rule
}

// ground is where refused spokes would be: a hub that is shared with another account, with the spoke of an API, and a VPC of that account.
type ground struct {
	app       awscdk.App
	hub       transitgateway.Hub
	api, shop awscdk.Stack
	apiSpoke  transitgateway.Spoke
	apiVpc    awsec2.Vpc
	vpc       awsec2.Vpc
	joined    awscdk.Stack
}

func newGround(t *testing.T) *ground {
	app := cdktest.App(t, nil)
	g := &ground{
		app: app, hub: newHub(cdktest.StackIn(app, "Hub", cdktest.Account), shared), joined: cdktest.StackIn(app, "Joined", cdktest.Account),
		api: cdktest.StackIn(app, "Api", cdktest.Account), shop: cdktest.StackIn(app, "Shop", cdktest.OtherAccount),
	}
	g.apiVpc, g.vpc = newVpc(g.api, "Vpc", apiBlock), newVpc(g.shop, "Vpc", shopBlock)
	g.apiSpoke = newSpoke(g.api, "ApiSpoke", g.hub, g.apiVpc, "apis")
	return g
}

func badHub(name string, edit func(*H), broken ...rules.Rule) refusal {
	return refusal{"hub: " + name, func(g *ground) { newHub(g.shop, edit) }, broken}
}

// bad is a spoke of a segment that is edited.
func bad(name string, edit func(*ground, *S), broken ...rules.Rule) refusal {
	return refusal{"spoke: " + name, func(g *ground) {
		newSpoke(g.shop, "Spoke", g.hub, g.vpc, "shops", func(p *S) { p.HubScope = g.joined; edit(g, p) })
	}, broken}
}

func hubRefusals() []refusal {
	return []refusal{
		badHub("nothing", func(p *H) { *p = H{} }, rules.Required),
		badHub("a nil segment", func(p *H) { p.Segments = segments(nil) }, rules.Required),
		badHub("a segment without a name", func(p *H) { p.Segments = segments(&transitgateway.Segment{}) }, rules.Required),
		badHub("a name that is a token", func(p *H) { p.Segments = segments(segment("${Token[TOKEN.7]}")) }, rules.TransitSegment),
		badHub("a name that is none", func(p *H) { p.Segments = segments(segment("the apis")) }, rules.TransitSegment),
		badHub("two segments of one name", func(p *H) { p.Segments = segments(segment("apis"), segment("apis")) }, rules.TransitSegment),
		badHub("a segment that does not exist", func(p *H) { p.Segments = segments(segment("apis"), segment("shops", "api")) }, rules.TransitSegment),
		badHub("a nil segment to reach", func(p *H) {
			p.Segments = segments(&transitgateway.Segment{Name: jsii.String("apis"), Reaches: &[]*string{nil}})
		}, rules.Required),
		badHub("a public ASN", func(p *H) { p.AmazonSideAsn = jsii.Number(16509) }, rules.TransitAsn),
		badHub("half an ASN", func(p *H) { p.AmazonSideAsn = jsii.Number(64512.5) }, rules.TransitAsn),
		badHub("shared with a role", func(p *H) { p.ShareWith = jsii.Strings("arn:aws:iam::111111111111:role/admin") }, rules.TransitShare),
		badHub("shared twice", func(p *H) { p.ShareWith = jsii.Strings(cdktest.Account, cdktest.Account) }, rules.ShareTwice),
		badHub("external principals of nobody", func(p *H) { p.AllowExternalPrincipals = jsii.Bool(true) }, rules.Contradiction),
		badHub("everything at once", func(p *H) {
			p.Segments, p.AmazonSideAsn, p.ShareWith = segments(segment("apis", "shops")), jsii.Number(1), jsii.Strings("company")
		}, rules.TransitSegment, rules.TransitShare, rules.TransitAsn),
		{"hub: a route table of no segment", func(g *ground) { g.hub.RouteTableId(jsii.String("shop")) }, []rules.Rule{rules.TransitSegment}},
		{"hub: a route table without a name", func(g *ground) { g.hub.RouteTableId(nil) }, []rules.Rule{rules.Required}},
	}
}

func spokeRefusals() []refusal {
	return []refusal{
		{"spoke: nothing", func(g *ground) { transitgateway.NewSpoke(g.shop, jsii.String("Spoke"), nil) }, []rules.Rule{rules.Required, rules.Required}},
		bad("no segment and no destination", func(_ *ground, p *S) { p.Segment, p.Destinations = nil, nil }, rules.Required, rules.Required),
		bad("a segment that does not exist", func(_ *ground, p *S) { p.Segment = jsii.String("shop") }, rules.TransitSegment),
		bad("a destination in the VPC", func(_ *ground, p *S) { p.Destinations = jsii.Strings("10.1.4.0/24", shopBlock) }, rules.TransitDestination, rules.TransitDestination),
		bad("every address", func(_ *ground, p *S) { p.Destinations = jsii.Strings("0.0.0.0/0") }, rules.NetworkBlock),
		bad("a destination with host bits", func(_ *ground, p *S) { p.Destinations = jsii.Strings("10.0.0.1/8") }, rules.CIDR),
		bad("destinations that are a token", func(_ *ground, p *S) {
			p.Destinations = awscdk.Fn_Split(jsii.String(","), awscdk.Fn_ImportValue(jsii.String("blocks")), nil)
		}, rules.CIDR),
		bad("no subnet in a zone", func(_ *ground, p *S) {
			p.Subnets = &awsec2.SubnetSelection{AvailabilityZones: jsii.Strings("eu-west-1b")}
		}, rules.TransitZone),
		bad("one block for two zones", func(_ *ground, p *S) { p.SubnetCidrBlocks = jsii.Strings("10.1.255.0/28") }, rules.TransitZone),
		bad("a zone that is not known", func(g *ground, p *S) {
			p.Vpc = importVpc(g.shop, func(a *awsec2.VpcAttributes) { a.AvailabilityZones = awscdk.Fn_GetAzs(nil) })
			p.SubnetCidrBlocks = jsii.Strings("10.1.255.0/28")
		}, rules.TransitZone),
		bad("two subnets of one zone", func(g *ground, p *S) {
			one := (*g.vpc.IsolatedSubnets())[0]
			p.Subnets = &awsec2.SubnetSelection{Subnets: &[]awsec2.ISubnet{one, one, (*g.vpc.IsolatedSubnets())[1]}}
		}, rules.SubnetPerZone),
		bad("blocks that no subnet can have", func(_ *ground, p *S) { p.SubnetCidrBlocks = jsii.Strings("10.1.255.0/29", "10.9.0.0/28") }, rules.TransitSubnet, rules.TransitSubnet),
		bad("blocks that overlap", func(_ *ground, p *S) { p.SubnetCidrBlocks = jsii.Strings("10.1.255.0/27", "10.1.255.16/28") }, rules.TransitSubnet),
		bad("blocks that subnets of the VPC have", func(_ *ground, p *S) { p.SubnetCidrBlocks = jsii.Strings("10.1.0.0/28", "10.1.16.0/28") }, rules.TransitSubnet, rules.TransitSubnet),
		bad("both kinds of subnets", func(_ *ground, p *S) {
			p.SubnetCidrBlocks, p.Subnets = jsii.Strings("10.1.255.0/28", "10.1.255.16/28"), &awsec2.SubnetSelection{}
		}, rules.Contradiction),
		bad("subnets without route tables", func(g *ground, p *S) {
			p.Vpc = importVpc(g.shop, func(a *awsec2.VpcAttributes) { a.PrivateSubnetRouteTableIds = nil })
		}, rules.NetworkRouteTable),
		bad("a second attachment", func(g *ground, _ *S) {
			newSpoke(g.shop, "First", g.hub, g.vpc, "lab", func(p *S) { p.HubScope, p.Destinations = g.joined, jsii.Strings("172.16.0.0/12") })
		}, rules.TransitTwice),
		bad("the same VPC to two hubs", func(g *ground, _ *S) {
			other := transitgateway.NewHub(cdktest.StackIn(g.app, "OtherHub", cdktest.Account), jsii.String("Hub"), &H{Segments: segments(segment("shops")), ShareWith: jsii.Strings(cdktest.OtherAccount)})
			newSpoke(g.shop, "First", other, g.vpc, "shops", func(p *S) { p.HubScope = g.joined })
		}, rules.RouteOwner, rules.RouteOwner),
		bad("a secondary block that overlaps one of a segment", func(g *ground, _ *S) {
			awsec2.NewCfnVPCCidrBlock(g.shop, jsii.String("Secondary"), &awsec2.CfnVPCCidrBlockProps{VpcId: g.vpc.VpcId(), CidrBlock: jsii.String("10.0.128.0/17")})
		}, rules.TransitOverlap),
		bad("blocks that overlap those of a segment", func(g *ground, p *S) { p.Vpc = newVpc(g.shop, "Same", "10.0.0.0/17") }, rules.TransitOverlap),
		bad("a stack of another account", func(g *ground, p *S) { p.Vpc = newVpc(g.joined, "Vpc", labBlock) }, rules.TransitScope, rules.TransitCycle),
		bad("no place for the association", func(_ *ground, p *S) { p.HubScope = nil }, rules.TransitScope),
		bad("an association of another account", func(g *ground, p *S) { p.HubScope = cdktest.StackIn(g.app, "Here", cdktest.OtherAccount) }, rules.TransitScope),
		bad("an association in the stack of the hub", func(g *ground, p *S) { p.HubScope = awscdk.Stack_Of(g.hub) }, rules.TransitCycle),
		bad("two spokes with one ID in a place", func(g *ground, _ *S) {
			lab := cdktest.StackIn(g.app, "Lab", cdktest.OtherAccount)
			newSpoke(lab, "Spoke", g.hub, newVpc(lab, "Vpc", labBlock), "lab", func(p *S) { p.HubScope = g.joined })
		}, rules.Contradiction),
		{"spoke: a hub of another Region", func(g *ground) {
			stack := awscdk.NewStack(g.app, jsii.String("Far"), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: jsii.String(otherRegion)}})
			newSpoke(stack, "Spoke", g.hub, newVpc(stack, "Vpc", labBlock), "lab")
		}, []rules.Rule{rules.TransitRegion}},
		{"spoke: a hub that is not shared", func(g *ground) {
			hub := newHub(cdktest.StackIn(g.app, "OwnHub", cdktest.Account))
			newSpoke(g.shop, "Spoke", hub, g.vpc, "shops", func(p *S) { p.HubScope = g.joined })
		}, []rules.Rule{rules.TransitNotShared}},
		bad("everything at once", func(_ *ground, p *S) {
			p.Segment, p.Destinations, p.HubScope, p.SubnetCidrBlocks = jsii.String("shop"), jsii.Strings("::/0"), nil, jsii.Strings("10.1.255.0/30", "10.1.255.16/28")
		}, rules.TransitSegment, rules.NetworkBlock, rules.TransitSubnet, rules.TransitScope),
	}
}

func importVpc(stack awscdk.Stack, edit func(*awsec2.VpcAttributes)) awsec2.IVpc {
	attrs := &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), AvailabilityZones: jsii.Strings("eu-west-1a"), VpcCidrBlock: jsii.String(shopBlock),
		PrivateSubnetIds: jsii.Strings("subnet-0123456789abcdef0"), PrivateSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcdef0"),
	}
	edit(attrs)
	return awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Imported"), attrs)
}

type (
	hubAttributes   = transitgateway.HubAttributes
	spokeAttributes = transitgateway.SpokeAttributes
)

func importHub(stack awscdk.Stack, edit func(*hubAttributes)) transitgateway.IHub {
	attrs := &hubAttributes{TransitGatewayId: jsii.String("tgw-0123456789abcdef0"), Account: jsii.String(cdktest.Account), Segments: &[]*transitgateway.SegmentAttributes{
		{Name: jsii.String("apis"), RouteTableId: jsii.String("tgw-rtb-0123456789abcdef0")},
		{Name: jsii.String("shops"), RouteTableId: jsii.String("tgw-rtb-0123456789abcdef1"), Reaches: jsii.Strings("apis")},
	}}
	edit(attrs)
	return transitgateway.Hub_FromAttributes(stack, jsii.String("ImportedHub"), attrs)
}

func importRefusals() []refusal {
	hub := func(name string, edit func(*hubAttributes), broken ...rules.Rule) refusal {
		return refusal{"import: " + name, func(g *ground) { importHub(g.shop, edit) }, broken}
	}
	spoke := func(name string, edit func(*ground, *spokeAttributes), broken ...rules.Rule) refusal {
		return refusal{"import: " + name, func(g *ground) {
			attrs := &spokeAttributes{Hub: g.hub, Vpc: g.vpc, TransitGatewayAttachmentId: jsii.String("tgw-attach-0123456789abcdef0"), Segment: jsii.String("shops")}
			edit(g, attrs)
			transitgateway.Spoke_FromAttributes(g.shop, jsii.String("Imported"), attrs)
		}, broken}
	}
	return []refusal{
		hub("no hub", func(a *hubAttributes) { *a = hubAttributes{} }, rules.Required, rules.Required),
		hub("a hub of no account", func(a *hubAttributes) { a.Account = jsii.String("network") }, rules.TransitShare),
		hub("a nil segment", func(a *hubAttributes) { (*a.Segments)[0] = nil }, rules.Required),
		hub("a segment without a route table", func(a *hubAttributes) { (*a.Segments)[0].RouteTableId = nil }, rules.Required),
		hub("a segment that does not exist", func(a *hubAttributes) { (*a.Segments)[0].Reaches = jsii.Strings("labs") }, rules.TransitSegment),
		spoke("no spoke", func(_ *ground, a *spokeAttributes) { *a = spokeAttributes{} }, rules.Required, rules.Required, rules.Required),
		spoke("a spoke of no segment", func(_ *ground, a *spokeAttributes) { a.Segment = nil }, rules.Required),
		spoke("a spoke of another segment", func(_ *ground, a *spokeAttributes) { a.Segment = jsii.String("labs") }, rules.TransitSegment),
		spoke("a spoke that is defined", func(g *ground, a *spokeAttributes) { a.Vpc = g.apiVpc }, rules.TransitTwice),
	}
}

// planRefusals are ways that lead nowhere.
func planRefusals() []refusal {
	plan := func(name string, edit func(*ground, *routedapi.RoutingOptions), broken ...rules.Rule) refusal {
		return refusal{"route: " + name, func(g *ground) {
			o := &routedapi.RoutingOptions{Scope: g.shop, Vpc: g.vpc, ApiVpc: g.apiVpc, Report: &rules.Report{}, CidrBlocks: jsii.Strings("10.0.1.0/24")}
			segment := "shops"
			if name == "a segment that does not reach it" {
				segment = "lab"
			}
			spoke := newSpoke(g.shop, "Spoke", g.hub, g.vpc, segment, func(p *S) { p.HubScope, p.Destinations = g.joined, jsii.Strings(apiBlock) })
			edit(g, o)
			spoke.PlanRouting(o)
			if err := o.Report.Err("Shop/Consumer"); err != nil {
				panic(err)
			}
		}, broken}
	}
	return []refusal{
		plan("a consumer elsewhere", func(g *ground, o *routedapi.RoutingOptions) { o.Vpc = newVpc(g.shop, "Other", labBlock) }, rules.NetworkVpc),
		plan("an API in the VPC of the consumer", func(g *ground, o *routedapi.RoutingOptions) { o.ApiVpc = g.vpc }, rules.NetworkVpc),
		plan("a segment that does not reach it", func(*ground, *routedapi.RoutingOptions) {}, rules.TransitReach),
		plan("a block that is no destination", func(_ *ground, o *routedapi.RoutingOptions) {
			o.CidrBlocks = jsii.Strings("10.0.1.0/24", "10.3.0.0/24")
		}, rules.NetworkDestination),
	}
}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	var cases []cdktest.Refusal
	for _, tc := range slices.Concat(hubRefusals(), spokeRefusals(), importRefusals(), planRefusals()) {
		cases = append(cases, cdktest.Refusal{Name: tc.name, Broken: tc.rules, Prepare: func(t *testing.T) func() {
			g := newGround(t)
			return func() { tc.build(g) }
		}})
	}
	cdktest.Refusals(t, cases, rules.TransitGateway())
}
