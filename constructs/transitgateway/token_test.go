package transitgateway_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Whatever is known only at deployment is not refused.
func TestTokensPass(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	parameter := func(id string) *string { return awscdk.NewCfnParameter(stack, jsii.String(id), nil).ValueAsString() }
	number := awscdk.NewCfnParameter(stack, jsii.String("Asn"), &awscdk.CfnParameterProps{Type: jsii.String("Number")}).ValueAsNumber()
	hub := newHub(stack, func(p *H) {
		p.AmazonSideAsn, p.ShareWith = number, &[]*string{parameter("Account"), parameter("Organization")}
	})
	vpc := importVpc(stack, func(a *awsec2.VpcAttributes) {
		a.VpcId, a.VpcCidrBlock, a.PrivateSubnetRouteTableIds = parameter("VpcId"), parameter("Block"), &[]*string{parameter("Table")}
	})
	spoke := newSpoke(stack, "Spoke", hub, vpc, "shops", func(p *S) {
		p.Destinations, p.SubnetCidrBlocks = &[]*string{parameter("First"), parameter("Second")}, &[]*string{parameter("Small")}
	})
	r := &rules.Report{}
	spoke.PlanRouting(&routedapi.RoutingOptions{Scope: stack, Vpc: vpc, CidrBlocks: &[]*string{parameter("AlbBlock"), jsii.String("10.9.0.0/24")}, Report: r})
	if problems := r.Problems(); len(problems) > 0 {
		t.Errorf("problems = %v, want none", problems)
	}
	importHub(stack, func(a *hubAttributes) {
		a.TransitGatewayId, a.Account, (*a.Segments)[0].RouteTableId = parameter("Gateway"), parameter("Owner"), parameter("GatewayTable")
	})
	template := cdktest.SynthTemplate(t, stack)
	for _, block := range []string{"First", "Second"} {
		template.Has(t, typeRoute, props{"RouteTableId": cdktest.Ref("Table"), "DestinationCidrBlock": cdktest.Ref(block)})
	}
	template.Has(t, "AWS::EC2::Subnet", props{"VpcId": cdktest.Ref("VpcId"), "CidrBlock": cdktest.Ref("Small"), "AvailabilityZone": "eu-west-1a"})
	template.Has(t, typeGateway, props{"AmazonSideAsn": cdktest.Ref("Asn")})
}

// A VPC and zones that are looked up pass before the lookup has an answer: a refusal would end the app before the CLI learns what to look up.
func TestLookupsPass(t *testing.T) {
	defer cdktest.Recover(t)
	for name, vpc := range map[string]func(awscdk.Stack) awsec2.IVpc{
		"VPC": func(stack awscdk.Stack) awsec2.IVpc {
			return awsec2.Vpc_FromLookup(stack, jsii.String("Vpc"), &awsec2.VpcLookupOptions{VpcName: jsii.String("shop")})
		},
		"zones of a VPC of this app": func(stack awscdk.Stack) awsec2.IVpc {
			return awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{IpAddresses: awsec2.IpAddresses_Cidr(jsii.String(shopBlock))})
		},
	} {
		for of, edit := range map[string]func(*S){
			"subnets that exist": func(*S) {},
			"its own subnets":    func(p *S) { p.SubnetCidrBlocks = jsii.Strings("10.1.255.0/28", "10.1.255.16/28", "10.1.255.32/28") },
		} {
			cdktest.Run(t, name+", "+of, func(t *testing.T) {
				stack := cdktest.Stack(t)
				cdktest.Check(t, func() { newSpoke(stack, "Spoke", newHub(stack), vpc(stack), "shops", edit) })
			})
		}
	}
}

// Another order of segments, spokes, blocks and subnets, and more of them, moves no resource.
func TestLogicalIDs(t *testing.T) {
	defer cdktest.Recover(t)
	type parts struct {
		segments []*transitgateway.Segment
		spokes   []string
		edit     func(vpc awsec2.Vpc, p *S)
	}
	blocks := map[string]string{"apis": apiBlock, "shops": shopBlock, "lab": labBlock}
	ids := func(edit func(*parts)) map[string]cdktest.Resource {
		p := &parts{[]*transitgateway.Segment{segment("apis"), segment("shops", "apis")}, []string{"apis", "shops"}, func(awsec2.Vpc, *S) {}}
		edit(p)
		stack := cdktest.Stack(t)
		hub := newHub(stack, func(h *H) { h.Segments, h.ShareWith = &p.segments, jsii.Strings(cdktest.OtherAccount) })
		for _, name := range p.spokes {
			vpc := newVpc(stack, "Vpc-"+name, blocks[name])
			newSpoke(stack, "Spoke-"+name, hub, vpc, name, func(s *S) {
				s.Destinations = jsii.Strings(everything, "172.16.0.0/12")
				p.edit(vpc, s)
			})
		}
		return cdktest.SynthTemplate(t, stack).Resources
	}
	before := ids(func(*parts) {})
	for name, edit := range map[string]func(*parts){
		"one more segment, first": func(p *parts) {
			p.segments = append([]*transitgateway.Segment{segment("lab", "apis", "shops")}, p.segments...)
		},
		"another order of segments, and the other names it": func(p *parts) {
			p.segments = []*transitgateway.Segment{segment("shops"), segment("apis", "shops")}
		},
		"another order of spokes": func(p *parts) { p.spokes = []string{"shops", "apis"} },
		"one more spoke, first": func(p *parts) {
			p.segments, p.spokes = append(p.segments, segment("lab", "apis")), []string{"lab", "apis", "shops"}
		},
		"another order of destinations, and one more": func(p *parts) {
			p.edit = func(_ awsec2.Vpc, s *S) { s.Destinations = jsii.Strings("192.168.0.0/16", "172.16.0.0/12", everything) }
		},
		"another order of the subnets of routes": func(p *parts) {
			p.edit = func(vpc awsec2.Vpc, s *S) {
				list := *vpc.IsolatedSubnets()
				s.RouteSubnets = &awsec2.SubnetSelection{Subnets: &[]awsec2.ISubnet{list[1], list[0]}}
			}
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
