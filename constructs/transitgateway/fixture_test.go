package transitgateway_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

type (
	props = map[string]any
	// H and S are short, for tables of edits.
	H = transitgateway.HubProps
	S = transitgateway.SpokeProps
)

const (
	apiBlock    = "10.0.0.0/16"
	shopBlock   = "10.1.0.0/16"
	labBlock    = "10.2.0.0/16"
	everything  = "10.0.0.0/8"
	otherRegion = "eu-central-1"

	typeRoute       = "AWS::EC2::Route"
	typeAttachment  = "AWS::EC2::TransitGatewayAttachment"
	typeAssociation = "AWS::EC2::TransitGatewayRouteTableAssociation"
	typePropagation = "AWS::EC2::TransitGatewayRouteTablePropagation"
	typeTable       = "AWS::EC2::TransitGatewayRouteTable"
	typeGateway     = "AWS::EC2::TransitGateway"
)

// newVpc defines a VPC of two zones with private subnets, of which the lower half of the block is left free.
func newVpc(stack awscdk.Stack, id, block string, more ...*awsec2.SubnetConfiguration) awsec2.Vpc {
	return awsec2.NewVpc(stack, jsii.String(id), &awsec2.VpcProps{
		IpAddresses:       awsec2.IpAddresses_Cidr(jsii.String(block)),
		NatGateways:       jsii.Number(0),
		AvailabilityZones: jsii.Strings(*stack.Region()+"a", *stack.Region()+"b"),
		SubnetConfiguration: ptr(append([]*awsec2.SubnetConfiguration{
			{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED, CidrMask: jsii.Number(20)},
		}, more...)),
		RestrictDefaultSecurityGroup: jsii.Bool(false),
	})
}

func ptr[T any](v T) *T { return &v }

func segments(list ...*transitgateway.Segment) *[]*transitgateway.Segment { return &list }

func segment(name string, reaches ...string) *transitgateway.Segment {
	return &transitgateway.Segment{Name: jsii.String(name), Reaches: jsii.Strings(reaches...)}
}

// newHub defines a hub whose segment lab does not reach the APIs.
func newHub(scope constructs.Construct, edits ...func(*H)) transitgateway.Hub {
	p := &H{Segments: segments(segment("apis"), segment("shops", "apis"), segment("lab"))}
	for _, edit := range edits {
		edit(p)
	}
	return transitgateway.NewHub(scope, jsii.String("Hub"), p)
}

// newSpoke attaches a VPC to a hub.
func newSpoke(scope constructs.Construct, id string, hub transitgateway.IHub, vpc awsec2.IVpc, segment string, edits ...func(*S)) transitgateway.Spoke {
	p := &S{Hub: hub, Vpc: vpc, Segment: jsii.String(segment), Destinations: jsii.Strings(everything)}
	for _, edit := range edits {
		edit(p)
	}
	return transitgateway.NewSpoke(scope, jsii.String(id), p)
}

func shared(p *H) { p.ShareWith = jsii.Strings(cdktest.OtherAccount) }

// shapes are the ways in which a hub and its spokes lie in stacks, by the names of goldens.
var shapes = map[string]func(awscdk.App) transitgateway.Hub{
	"one-stack": func(app awscdk.App) transitgateway.Hub {
		stack := cdktest.StackIn(app, "OneAll", cdktest.Account)
		hub := newHub(stack)
		newSpoke(stack, "ApiSpoke", hub, newVpc(stack, "ApiVpc", apiBlock), "apis")
		newSpoke(stack, "ShopSpoke", hub, newVpc(stack, "ShopVpc", shopBlock), "shops")
		return hub
	},
	"two-accounts": func(app awscdk.App) transitgateway.Hub {
		hub := newHub(cdktest.StackIn(app, "AccountsHub", cdktest.Account), shared)
		api, shop, lab := cdktest.StackIn(app, "AccountsApi", cdktest.Account), cdktest.StackIn(app, "AccountsShop", cdktest.OtherAccount), cdktest.StackIn(app, "AccountsLab", cdktest.OtherAccount)
		joined := cdktest.StackIn(app, "AccountsJoined", cdktest.Account)
		elsewhere := func(blocks ...string) func(*S) {
			return func(p *S) { p.HubScope, p.SubnetCidrBlocks = joined, jsii.Strings(blocks...) }
		}
		newSpoke(api, "ApiSpoke", hub, newVpc(api, "Vpc", apiBlock), "apis")
		newSpoke(shop, "ShopSpoke", hub, newVpc(shop, "Vpc", shopBlock), "shops", elsewhere("10.1.255.0/28", "10.1.255.16/28"))
		newSpoke(lab, "LabSpoke", hub, newVpc(lab, "Vpc", labBlock), "lab", elsewhere("10.2.255.0/28", "10.2.255.16/28"))
		return hub
	},
}
