package oracletest

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// Over peering connections and transit gateways too, the proof agrees with the packet model, at the same hop.
func TestProofOverRoutesAgreesWithPacketModel(t *testing.T) {
	dir, tally := t.TempDir(), tally{}
	rapid.Check(t, func(t *rapid.T) {
		n := routedNetworks().Draw(t, "network")
		want, got := n.judge(), proveRouted(t, dir, n, styles().Draw(t, "style"), nil)
		tally.add(want, got)
		if wrong := n.contradicts(want, got); wrong != "" {
			t.Fatalf("%s\n%s\n%s", wrong, n, got)
		}
	})
	t.Log(tally)
}

// The style of a template changes neither the verdict nor the hop that decides.
func TestProofOverRoutesDoesNotDependOnHowTemplatesAreWritten(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		n := routedNetworks().Draw(t, "network")
		plain := proveRouted(t, dir, n, style{}, nil)
		other := proveRouted(t, dir, n, styles().Draw(t, "style"), nil)
		if plain.Verdict != other.Verdict || plain.Decisive().Name != other.Decisive().Name {
			t.Fatalf("%s\n%s\n%s", n, plain, other)
		}
	})
}

// The comparison means something only if many requests arrive and many do not.
func TestPacketModelOfRoutesHasBothVerdicts(t *testing.T) {
	const drawn = 400
	fates := map[fate]int{}
	hops := map[string]int{}
	for seed := range drawn {
		v := routedNetworks().Example(seed).judge()
		fates[v.fate]++
		if v.fate != delivered {
			hops[v.at[len(v.at)-1]]++
		}
		if n := rapid.Custom(workingRouted).Example(seed); n.judge().fate > moot {
			t.Fatalf("seed %d: a network that should work is %s\n%s", seed, n.judge(), n)
		}
	}
	if share := fates[delivered] * 100 / drawn; share < 25 || share > 60 {
		t.Errorf("%d %% of the networks let the request arrive: %v", share, fates)
	}
	t.Logf("%d %% of the networks let the request arrive, the others are dropped at %d hops: %v", fates[delivered]*100/drawn, len(hops), hops)
	if len(hops) < 16 {
		t.Errorf("only %d hops drop: %v", len(hops), hops)
	}
}

// hasTwoWays reports whether answers take another way than requests, or requests one that people decide.
func (n *routedNetwork) hasTwoWays() bool {
	l := segment{from: n.consumer.placed(n.client), to: n.provider.placed(n.alb.location), port: n.port, cidrs: n.allCidrs()}
	return n.isAsymmetric(l) || n.unsureAt(l, lostAtRoute) == depends
}

// contradicts explains what is wrong with an answer; "" if it is right. Where the proof is stricter than the model, it may stop a request that
// arrives, and must not say that one arrives which does not.
func (n *routedNetwork) contradicts(want verdict, got reachability.Answer) string {
	switch {
	case n.isStricter() && got.Verdict != reachability.Reachable:
		return ""
	case n.hasTwoWays():
		return want.misses(got) // of the hops of two ways, each may be the first to say so
	}
	return want.contradicts(got)
}

// isStricter reports whether a network has what the proof reads more strictly than the model: a gateway that is shared with nobody who attaches
// to it, which the proof leaves open where the ARN is written by Fn::Join, and the network ACL of a workload's subnet in which an attachment is
// too, which the proof evaluates and AWS does not.
func (n *routedNetwork) isStricter() bool {
	for _, g := range n.gateways {
		if !n.sameAccount && slices.Contains(g.sharedWith, "333333333333") {
			return true
		}
		for _, a := range g.attachments {
			isShared := func(s *subnet) bool {
				return s.acl != nil && (slices.Contains(n.client.subnets, s) || slices.Contains(n.alb.subnets, s))
			}
			if slices.ContainsFunc(a.subnets, isShared) {
				return true
			}
		}
	}
	return false
}

func proveRouted(t *rapid.T, dir string, n *routedNetwork, style style, hole any) reachability.Answer {
	t.Helper()
	m, err := loadRouted(dir, n, style, hole)
	if err != nil {
		t.Fatalf("load: %v\n%s", err, n)
	}
	report := m.Prove(routedQuestion(n, style))
	if len(report.Answers) != 1 {
		t.Fatalf("%d answers\n%s\n%s", len(report.Answers), report, n)
	}
	return report.Answers[0]
}
