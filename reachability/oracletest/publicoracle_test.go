package oracletest

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// Over the internet too, the proof agrees with the packet model, at the same hop.
func TestProofOverTheInternetAgreesWithPacketModel(t *testing.T) {
	dir, tally := t.TempDir(), tally{}
	rapid.Check(t, func(t *rapid.T) {
		n := publicNetworks().Draw(t, "network")
		want, got := n.judge(), provePublic(t, dir, n, styles().Draw(t, "style"), nil)
		tally.add(want, got)
		if wrong := n.contradicts(want, got); wrong != "" {
			t.Fatalf("%s\n%s\n%s", wrong, n, got)
		}
	})
	t.Log(tally)
}

// The style of a template changes neither the verdict nor the hop that decides, unless one of two ways is the first to say so.
func TestProofOverTheInternetDoesNotDependOnHowTemplatesAreWritten(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		n := publicNetworks().Draw(t, "network")
		plain := provePublic(t, dir, n, style{}, nil)
		other := provePublic(t, dir, n, styles().Draw(t, "style"), nil)
		if plain.Verdict != other.Verdict || plain.Decisive().Name != other.Decisive().Name && !n.hasTwoExits() {
			t.Fatalf("%s\n%s\n%s", n, plain, other)
		}
	})
}

// The comparison means something only if many requests arrive and many do not.
func TestPacketModelOfTheInternetHasBothVerdicts(t *testing.T) {
	const drawn = 400
	fates := map[fate]int{}
	hops := map[string]int{}
	for seed := range drawn {
		v := publicNetworks().Example(seed).judge()
		fates[v.fate]++
		if v.fate != delivered {
			hops[v.at[len(v.at)-1]]++
		}
		if n := rapid.Custom(workingPublic).Example(seed); n.judge().fate > moot {
			t.Fatalf("seed %d: a network that should work is %s\n%s", seed, n.judge(), n)
		}
	}
	if share := fates[delivered] * 100 / drawn; share < 25 || share > 60 {
		t.Errorf("%d %% of the networks let the request arrive: %v", share, fates)
	}
	t.Logf("%d %% of the networks let the request arrive, the others are dropped at %d hops: %v", fates[delivered]*100/drawn, len(hops), hops)
	if len(hops) < 15 {
		t.Errorf("only %d hops drop: %v", len(hops), hops)
	}
}

func provePublic(t *rapid.T, dir string, n *publicNetwork, style style, hole any) reachability.Answer {
	t.Helper()
	m, err := loadPublic(dir, n, style, hole)
	if err != nil {
		t.Fatalf("load: %v\n%s", err, n)
	}
	report := m.Prove(publicQuestion(n, style))
	if len(report.Answers) != 1 {
		t.Fatalf("%d answers\n%s\n%s", len(report.Answers), report, n)
	}
	return report.Answers[0]
}

// contradicts explains what is wrong with an answer; "" if it is right. Where the proof reads more strictly than the model, it may be unsure.
func (n *publicNetwork) contradicts(want verdict, got reachability.Answer) string {
	switch {
	case n.scheme == "internal" && got.Verdict != reachability.Reachable:
		return "" // by route to its private addresses, it arrives if people add one
	case n.isStricter() && (got.Verdict == reachability.Unknown || got.Verdict == reachability.Blocked && want.fate > moot):
		return ""
	case n.hasTwoExits():
		return want.misses(got) // of the hops of two ways, each may be the first to say so
	}
	return want.contradicts(got)
}

// hasTwoExits reports whether the client leaves its VPC by more than one way, or by one that people decide.
func (n *publicNetwork) hasTwoExits() bool {
	exits := map[*nat]bool{}
	for _, from := range n.client.subnets {
		for _, one := range n.trips(from, n.alb.subnets[0]) {
			exits[one.nat] = true
		}
	}
	return len(exits) > 1
}

// isStricter reports whether a network has what the proof reads more strictly than the model: blocks that only together have an address that AWS
// picks, routes that only together lead to it, an address that AWS picks for the client itself, the public address of a NAT gateway in a rule for
// private ones, and the exclusion of one subnet from VPC Block Public Access where there is a NAT gateway.
func (n *publicNetwork) isStricter() bool {
	isHalf := func(r *rule) bool { return r.peer.cidr == "0.0.0.0/1" || r.peer.cidr == "128.0.0.0/1" }
	if slices.ContainsFunc(n.consumer.placed(n.client).groups, func(g *group) bool { return slices.ContainsFunc(g.out, isHalf) }) ||
		slices.ContainsFunc(n.provider.placed(n.alb.location).groups, func(g *group) bool { return slices.ContainsFunc(g.in, isHalf) }) {
		return true
	}
	isOfSubnet := func(x *exclusion) bool { return x.subnet != nil }
	if len(n.out.nats) > 0 && slices.ContainsFunc(n.out.exclusions, isOfSubnet) || n.publicIP {
		return true
	}
	if slices.ContainsFunc(n.out.tables, func(table *internetTable) bool { return len(table.routes) > 1 }) {
		return true
	}
	return slices.ContainsFunc(n.services, func(s *service) bool {
		return slices.ContainsFunc(n.provider.placed(s.location).groups, func(g *group) bool {
			return slices.ContainsFunc(g.in, func(r *rule) bool { return r.peer.address != nil })
		})
	})
}
