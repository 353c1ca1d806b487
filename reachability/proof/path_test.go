package proof_test

import (
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

func TestHopOutsideTheCatalogueJoinsTheLegBefore(t *testing.T) {
	p := proof.NewPath(proof.Answer{Hops: []proof.Hop{
		{Name: proof.HopRecord, Verdict: proof.Reachable}, {Name: proof.HopEndpointService, Verdict: proof.Reachable}, {Name: "new", Verdict: proof.Blocked},
	}})
	if len(p.Legs) != 2 || p.Legs[1].Verdict() != proof.Blocked {
		t.Errorf("%+v", p.Legs)
	}
}

// What is ahead is drawn, and its verdicts do not count.
func TestLegsAhead(t *testing.T) {
	alb := proof.Evidence{Stack: "Pricing", LogicalID: "Alb", Type: "AWS::ElasticLoadBalancingV2::LoadBalancer"}
	p := proof.NewPath(proof.Answer{Client: "Checkout", Hops: []proof.Hop{{Name: proof.HopHostedZone, Verdict: proof.Blocked}}},
		proof.Hop{Name: proof.HopAlbIngress, Verdict: proof.Reachable, Evidence: []proof.Evidence{alb}}, proof.Hop{Name: proof.HopTarget, Verdict: proof.Reachable})
	if len(p.Legs) != 2 || p.Legs[0].Name != "ALB" || p.Legs[0].End.Name != "Pricing/Alb" || len(p.Legs[0].Hops) != 1 || p.Legs[0].Verdict() != proof.Blocked {
		t.Fatalf("%+v", p.Legs)
	}
	if last := p.Legs[1]; last.Name != "target" || len(last.Hops) != 0 || last.Verdict() != proof.Unknown || last.End.Role != "target" {
		t.Errorf("%+v", last)
	}
	g := proof.NewGraph([]proof.Path{p})
	if e := g.Edges[1]; e.IsFollowed || e.Mark() != "" || e.Verdict != proof.Unknown {
		t.Errorf("%+v", e)
	}
}

// A reason that several names have in common is one reason, and says which names they are.
func TestOneReasonForSeveralNames(t *testing.T) {
	call := func(domain string, verdict proof.Verdict) proof.Path {
		return proof.NewPath(proof.Answer{Client: "Checkout", Domain: domain, Port: 443, Path: "/", Hops: []proof.Hop{
			{Name: proof.HopHostedZone, Verdict: verdict, Message: "no zone for " + domain},
		}})
	}
	g := proof.NewGraph([]proof.Path{call("a.example", proof.Blocked), call("b.example", proof.Blocked), call("c.example", proof.Reachable)})
	if len(g.Edges) != 1 || len(g.Edges[0].Reasons) != 1 || g.Edges[0].Verdict != proof.Blocked {
		t.Fatalf("%+v", g.Edges)
	}
	if r := g.Edges[0].Reasons[0]; r.Hop.Message != "no zone for a.example" || !slices.Equal(r.Hosts, []string{"a.example/", "b.example/"}) || r.Clients != nil {
		t.Errorf("%+v", r)
	}
}

// What the first leg leads to depends on the hops of the whole path: each way to an API has one of its own.
func TestFirstLeg(t *testing.T) {
	for want, hops := range map[string][][]string{
		proof.SegmentEndpoint.Name:       {{proof.HopHostedZone}, {proof.HopHostedZone, proof.HopEndpointIngress, proof.HopPeering}},
		proof.SegmentServiceNetwork.Name: {{proof.HopHostedZone, proof.HopVpcAssociation}},
		proof.SegmentNetwork.Name:        {{proof.HopHostedZone, proof.HopPeering}, {proof.HopHostedZone, proof.HopAttachment}},
		proof.SegmentInternet.Name:       {{proof.HopHostedZone, proof.HopInternetRoute}},
		proof.SegmentALB.Name:            {{proof.HopHostedZone, proof.HopAlbIngress}},
	} {
		for _, names := range hops {
			var list []proof.Hop
			for _, name := range names {
				list = append(list, proof.Hop{Name: name})
			}
			if got := proof.NewPath(proof.Answer{Hops: list}).Legs[0].Name; got != want {
				t.Errorf("%v: the first leg leads to %q, want %q", names, got, want)
			}
		}
	}
}
