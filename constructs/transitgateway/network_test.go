package transitgateway_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Groups may be named by inbound rules alone, if the gateway and the attachment support it.
func TestReferences(t *testing.T) {
	defer cdktest.Recover(t)
	off := func(p *H) { p.SecurityGroupReferencing = jsii.Bool(false) }
	imported := func(referencing *bool) func(awscdk.Stack) transitgateway.IHub {
		return func(stack awscdk.Stack) transitgateway.IHub {
			return importHub(stack, func(a *hubAttributes) { a.SecurityGroupReferencing = referencing })
		}
	}
	for name, tc := range map[string]struct {
		hub     func(awscdk.Stack) transitgateway.IHub
		support string
		want    routedapi.SecurityGroupReferences
	}{
		"by default":               {func(stack awscdk.Stack) transitgateway.IHub { return newHub(stack) }, "enable", routedapi.SecurityGroupReferences_INBOUND},
		"off":                      {func(stack awscdk.Stack) transitgateway.IHub { return newHub(stack, off) }, "disable", routedapi.SecurityGroupReferences_NONE},
		"imported, by default":     {imported(nil), "disable", routedapi.SecurityGroupReferences_NONE},
		"imported, and said to be": {imported(jsii.Bool(true)), "enable", routedapi.SecurityGroupReferences_INBOUND},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			vpc := newVpc(stack, "Vpc", shopBlock)
			plan := newSpoke(stack, "Spoke", tc.hub(stack), vpc, "shops").PlanRouting(&routedapi.RoutingOptions{Scope: stack, Vpc: vpc, Report: &rules.Report{}})
			if plan.References != tc.want || plan.Transport != "Transit Gateway" {
				t.Errorf("the plan is %+v, want %s", plan, tc.want)
			}
			template := cdktest.SynthTemplate(t, stack)
			template.Has(t, typeAttachment, props{"Options": props{"SecurityGroupReferencingSupport": tc.support}})
			if !strings.HasPrefix(name, "imported") {
				template.Has(t, typeGateway, props{"SecurityGroupReferencingSupport": tc.support})
			}
		})
	}
}

// What sends clients over the hub waits for their routes, which wait for the attachment.
func TestDependencies(t *testing.T) {
	defer cdktest.Recover(t)
	g := newGround(t)
	spoke := newSpoke(g.shop, "Spoke", g.hub, g.vpc, "shops", func(p *S) { p.HubScope = g.joined })
	r := &rules.Report{}
	plan := spoke.PlanRouting(&routedapi.RoutingOptions{Scope: g.shop, Vpc: g.vpc, ApiVpc: g.apiVpc, CidrBlocks: jsii.Strings("10.0.1.0/24"), Report: r})
	if problems := r.Problems(); len(problems) > 0 {
		t.Errorf("problems = %v, want none", problems)
	}
	record := awscdk.NewCfnResource(g.shop, jsii.String("Record"), &awscdk.CfnResourceProps{Type: jsii.String("AWS::Route53::RecordSet")})
	record.Node().AddDependency(*plan.Dependencies...)
	template := cdktest.Synth(t, g.shop).Template(t, "Shop")
	_, waiting := template.Only(t, "AWS::Route53::RecordSet")
	attachment, _ := template.Only(t, typeAttachment)
	routes := template.OfType(typeRoute)
	if len(routes) != 2 {
		t.Errorf("routes = %v, want one for each table", routes)
	}
	for _, route := range routes {
		if !contains(waiting.DependsOn, route) {
			t.Errorf("the record waits for %v, not for %s", waiting.DependsOn, route)
		}
		if !contains(template.Resources[route].DependsOn, attachment) {
			t.Errorf("%s waits for %v, not for the attachment", route, template.Resources[route].DependsOn)
		}
	}
}

// Between accounts, CDK's references order no stacks: the constructs do.
func TestStackDependencies(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	shapes["two-accounts"](app)
	want := map[string][]string{
		"AccountsApi": {"AccountsHub"}, "AccountsShop": {"AccountsHub"}, "AccountsLab": {"AccountsHub"},
		"AccountsJoined": {"AccountsHub", "AccountsShop", "AccountsLab"},
	}
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
}

// Each spoke uses the route table of its segment, and is propagated to those of the segments that reach it or that it reaches, and to no other.
func TestSegments(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	hub := newHub(stack, func(p *H) {
		p.Segments = segments(segment("apis", "apis"), segment("shops", "apis"), segment("lab"))
	})
	spokes := map[string]transitgateway.Spoke{}
	for i, name := range []string{"apis", "shops", "lab"} {
		spokes[name] = newSpoke(stack, "Spoke-"+name, hub, newVpc(stack, "Vpc-"+name, []string{apiBlock, shopBlock, labBlock}[i]), name)
	}
	for name, spoke := range spokes {
		awscdk.NewCfnOutput(stack, jsii.String("Attachment"+name), &awscdk.CfnOutputProps{Value: spoke.TransitGatewayAttachmentId()})
		awscdk.NewCfnOutput(stack, jsii.String("Table"+name), &awscdk.CfnOutputProps{Value: hub.RouteTableId(jsii.String(name))})
	}
	template := cdktest.SynthTemplate(t, stack)
	value := func(output string) any { return template.Outputs[output].(props)["Value"] }
	propagated := 0
	for name, reached := range map[string][]string{"apis": {"apis", "shops"}, "shops": {"apis"}, "lab": nil} {
		template.Has(t, typeAssociation, props{"TransitGatewayAttachmentId": value("Attachment" + name), "TransitGatewayRouteTableId": value("Table" + name)})
		for _, other := range reached {
			propagated++
			template.Has(t, typePropagation, props{"TransitGatewayAttachmentId": value("Attachment" + name), "TransitGatewayRouteTableId": value("Table" + other)})
		}
	}
	if got := len(template.OfType(typePropagation)); got != propagated {
		t.Errorf("%d propagations, want %d", got, propagated)
	}
	if got := len(template.OfType(typeAssociation)); got != 3 {
		t.Errorf("%d associations, want one for each spoke", got)
	}
	template.Has(t, typeGateway, props{"DefaultRouteTableAssociation": "disable", "DefaultRouteTablePropagation": "disable", "AutoAcceptSharedAttachments": "disable"})
}

// A hub of another app, in another account.
func TestImportedHub(t *testing.T) {
	defer cdktest.Recover(t)
	g := newGround(t)
	hub := importHub(g.shop, func(*hubAttributes) {})
	if *hub.TransitGatewayId() != "tgw-0123456789abcdef0" || *hub.RouteTableId(jsii.String("shops")) != "tgw-rtb-0123456789abcdef1" {
		t.Error("the import returns something else than it was given")
	}
	newSpoke(g.shop, "Spoke", hub, g.vpc, "shops", func(p *S) { p.HubScope = g.joined })
	assembly := cdktest.Synth(t, g.shop)
	assembly.Template(t, "Shop").Has(t, typeAttachment, props{"TransitGatewayId": "tgw-0123456789abcdef0"})
	assembly.Template(t, "Joined").Has(t, typeAssociation, props{"TransitGatewayRouteTableId": "tgw-rtb-0123456789abcdef1"})
	assembly.Template(t, "Joined").Has(t, typePropagation, props{"TransitGatewayRouteTableId": "tgw-rtb-0123456789abcdef0"})
}

// Spokes of another app are networks of this one, and their segments are compared with those of APIs.
func TestImportedSpoke(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	hub := importHub(stack, func(a *hubAttributes) {
		a.SecurityGroupReferencing = jsii.Bool(true)
		more := append(*a.Segments, &transitgateway.SegmentAttributes{Name: jsii.String("lab"), RouteTableId: jsii.String("tgw-rtb-0123456789abcdef2")})
		a.Segments = &more
	})
	spokeOf := func(id, block, segment string) (transitgateway.ISpoke, awsec2.IVpc) {
		vpc := newVpc(stack, id+"Vpc", block)
		spoke := transitgateway.Spoke_FromAttributes(stack, jsii.String(id), &spokeAttributes{
			Hub: hub, Vpc: vpc, TransitGatewayAttachmentId: jsii.String("tgw-attach-" + id), Segment: jsii.String(segment), Destinations: jsii.Strings(everything),
		})
		if *spoke.TransitGatewayAttachmentId() != "tgw-attach-"+id {
			t.Errorf("the attachment is %s", *spoke.TransitGatewayAttachmentId())
		}
		return spoke, vpc
	}
	_, apiVpc := spokeOf("Api", apiBlock, "apis")
	shop, shopVpc := spokeOf("Shop", shopBlock, "shops")
	lab, labVpc := spokeOf("Lab", labBlock, "lab")
	for _, tc := range []struct {
		spoke   transitgateway.ISpoke
		vpc     awsec2.IVpc
		problem string
	}{{shop, shopVpc, ""}, {lab, labVpc, rules.TransitReach.ID}} {
		r := &rules.Report{}
		plan := tc.spoke.PlanRouting(&routedapi.RoutingOptions{Scope: stack, Vpc: tc.vpc, ApiVpc: apiVpc, CidrBlocks: jsii.Strings("10.0.1.0/24"), Report: r})
		if err := r.Err("Consumer"); (err == nil) != (tc.problem == "") || err != nil && !strings.Contains(err.Error(), tc.problem) {
			t.Errorf("problems = %v, want %q", err, tc.problem)
		}
		if plan.References != routedapi.SecurityGroupReferences_INBOUND || len(*plan.Dependencies) != 0 {
			t.Errorf("the plan is %+v", plan)
		}
	}
}
