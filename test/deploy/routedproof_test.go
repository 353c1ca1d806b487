package deploy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// What sends requests, in the templates of the example.
const routedCheckout, routedReports, routedLab = "RoutedCheckout/Checkout/Service", "RoutedReports/Reports", "RoutedLab/Lab"

// routedProofs prove the synthesised templates and the deployed state, where the clients have other names.
type routedProofs struct {
	e                *byRoute
	templates, state func(reachability.Question) *reachability.Report
}

func (e *byRoute) proofs(t *testing.T) routedProofs {
	t.Helper()
	templates := e.templates(t, map[string]string{"RoutedPricing.CertificateArn": e.certificateArn})
	return routedProofs{
		e: e,
		templates: func(q reachability.Question) *reachability.Report {
			q.Facts.Assume = []string{"share-accepted"} // the state of an attachment shows it
			return templates(q)
		},
		state: proveDeployed(t),
	}
}

// nameInState returns the name of a client in the deployed state.
func (e *byRoute) nameInState(t *testing.T, client string) string {
	t.Helper()
	stack, id, _ := strings.Cut(client, "/")
	if id, isService := strings.CutSuffix(id, "/Service"); isService {
		return nameInProof(e.accounts[stack], must(arn.Parse(e.stack(t, stack).physicalOf(id+"Service")))(t).Resource)
	}
	return nameInProof(e.accounts[stack], "function:"+e.stack(t, stack).physicalOf(id))
}

// ask asks both whether a client reaches the API, and returns the answer of the deployed state.
func (p routedProofs) ask(t *testing.T, q reachability.Question) reachability.Answer {
	t.Helper()
	templates := p.templates(q)
	q.Client = p.e.nameInState(t, q.Client)
	state := p.state(q)
	if got, want := outline(state), outline(templates); !slices.Equal(got, want) {
		t.Errorf("the proof of the templates is\n%s\nthe proof of the deployed state is\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
	return one(t, "answers", state.Answers)
}

// proof asks about each client, and about calls that nothing serves.
func (e *byRoute) proof(t *testing.T) {
	p := e.proofs(t)
	for _, tc := range []struct {
		question reachability.Question
		verdict  reachability.Verdict
		hop      string
	}{
		{reachability.Question{Client: routedCheckout}, reachability.Reachable, reachability.HopTarget},
		{reachability.Question{Client: routedReports}, reachability.Reachable, reachability.HopTarget},
		{reachability.Question{Client: routedLab}, reachability.Blocked, reachability.HopGatewayRoute},
		{reachability.Question{Client: routedCheckout, Path: "/v2/quotes"}, reachability.Blocked, reachability.HopAlbRule},
		{reachability.Question{Client: routedReports, Port: 8443}, reachability.Blocked, reachability.HopAlbIngress},
		{reachability.Question{Client: routedReports, Domain: "orders.routed.internal.company.com"}, reachability.Blocked, reachability.HopHostedZone},
	} {
		q := tc.question
		if q.Domain == "" {
			q.Domain = routedDomain
		}
		if a := p.ask(t, q); a.Verdict != tc.verdict || a.Decisive().Name != tc.hop {
			t.Errorf("%s to %s:%d%s: want %s at %q:\n%s", q.Client, q.Domain, q.Port, q.Path, tc.verdict, tc.hop, a)
		}
	}
}

// only checks that the two clients are all that can reach the API.
func (e *byRoute) only(t *testing.T) {
	p := e.proofs(t)
	p.templates(reachability.Question{}).RequireOnly(t, routedCheckout, routedReports)
	api := nameInProof(scenario.Pricing, must(arn.Parse(aws.ToString(e.alb(t).LoadBalancerArn)))(t).Resource)
	wantOnly(t, p.state(reachability.Question{}), api, e.nameInState(t, routedCheckout), e.nameInState(t, routedReports))
}

// driftOfRoutes deletes the routes back to Checkout without CloudFormation. The route of the VPC of the API to the gateway, which is for all of
// the company, takes the answers then, and loses them.
func (e *byRoute) driftOfRoutes(t *testing.T) {
	ask := func(client string) reachability.Answer {
		return one(t, "answers", e.proofs(t).state(reachability.Question{Client: e.nameInState(t, client), Domain: routedDomain}).Answers)
	}
	pricing := e.stack(t, "RoutedPricing")
	back := map[string]*string{} // the connections, by route table
	for _, table := range read(t, scenario.Pricing, scenario.Region).RouteTables {
		for _, route := range table.Routes {
			if route.VpcPeeringConnectionId != nil && aws.ToString(table.VpcId) == e.vpc(t, "RoutedPricing") {
				back[aws.ToString(table.RouteTableId)] = route.VpcPeeringConnectionId
			}
		}
	}
	want(t, "the number of routes back", len(back), 2)
	for table := range back {
		must(pricing.ec2.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: aws.String(table), DestinationCidrBlock: aws.String(checkoutBlock)}))(t)
	}
	if a := ask(routedCheckout); a.Verdict != reachability.Blocked || a.Decisive().Name != reachability.HopRouteBack {
		t.Errorf("without the routes back, want %s at %q:\n%s", reachability.Blocked, reachability.HopRouteBack, a)
	}
	want(t, "the verdict on the other client", ask(routedReports).Verdict, reachability.Reachable)
	for table, connection := range back {
		must(pricing.ec2.CreateRoute(t.Context(), &ec2.CreateRouteInput{
			RouteTableId: aws.String(table), DestinationCidrBlock: aws.String(checkoutBlock), VpcPeeringConnectionId: connection,
		}))(t)
	}
	want(t, "the verdict afterwards", ask(routedCheckout).Verdict, reachability.Reachable)
}

// checkoutBlock is the block of the VPC of Checkout.
const checkoutBlock = "10.1.0.0/16"

// driftOfSegments lets the lab and the API into each other's segments without CloudFormation. The security group of the ALB still keeps the lab
// out.
func (e *byRoute) driftOfSegments(t *testing.T) {
	ask := func() reachability.Answer {
		return one(t, "answers", e.proofs(t).state(reachability.Question{Client: e.nameInState(t, routedLab), Domain: routedDomain}).Answers)
	}
	pricing, owner := e.stack(t, "RoutedPricing"), read(t, scenario.Pricing, scenario.Region)
	type propagation struct{ table, attachment *string }
	var opened []propagation
	tables := e.gatewayTables(t, owner)
	for segment, other := range map[string]string{"apis": "RoutedLab", "lab": "RoutedPricing"} {
		opened = append(opened, propagation{tables[segment].TransitGatewayRouteTableId, attachmentOf(t, owner, e.vpc(t, other)).TransitGatewayAttachmentId})
	}
	for _, p := range opened {
		made := must(pricing.ec2.EnableTransitGatewayRouteTablePropagation(t.Context(), &ec2.EnableTransitGatewayRouteTablePropagationInput{
			TransitGatewayRouteTableId: p.table, TransitGatewayAttachmentId: p.attachment,
		}))(t)
		want(t, "the state of the propagation", made.Propagation.State, ec2types.TransitGatewayPropagationStateEnabled)
	}
	if a := ask(); a.Verdict != reachability.Blocked || a.Decisive().Name != reachability.HopAlbIngress {
		t.Errorf("with both segments open, want %s at %q:\n%s", reachability.Blocked, reachability.HopAlbIngress, a)
	}
	for _, p := range opened {
		must(pricing.ec2.DisableTransitGatewayRouteTablePropagation(t.Context(), &ec2.DisableTransitGatewayRouteTablePropagationInput{
			TransitGatewayRouteTableId: p.table, TransitGatewayAttachmentId: p.attachment,
		}))(t)
	}
	want(t, "the hop afterwards", ask().Decisive().Name, reachability.HopGatewayRoute)
}
