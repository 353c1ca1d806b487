package proof_test

import (
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
