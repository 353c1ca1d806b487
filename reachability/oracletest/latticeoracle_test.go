package oracletest

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// For any network over VPC Lattice whose values are all known, the proof agrees with the packet model, at the same hop.
func TestProofOverLatticeAgreesWithPacketModel(t *testing.T) {
	dir, tally := t.TempDir(), tally{}
	rapid.Check(t, func(t *rapid.T) {
		n := latticeNetworks().Draw(t, "network")
		want, got := n.judge(), proveLattice(t, dir, n, styles().Draw(t, "style"), nil)
		tally.add(want, got)
		if wrong := want.contradicts(got); wrong != "" {
			t.Fatalf("%s\n%s\n%s", wrong, n, got)
		}
	})
	t.Log(tally)
}

// The style of a template changes neither the verdict nor the hop that decides.
func TestProofOverLatticeDoesNotDependOnHowTemplatesAreWritten(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		n := latticeNetworks().Draw(t, "network")
		plain := proveLattice(t, dir, n, style{}, nil)
		other := proveLattice(t, dir, n, styles().Draw(t, "style"), nil)
		if plain.Verdict != other.Verdict || plain.Decisive().Name != other.Decisive().Name {
			t.Fatalf("%s\n%s\n%s", n, plain, other)
		}
	})
}

// The comparison means something only if many requests arrive and many do not.
func TestPacketModelOfLatticeHasBothVerdicts(t *testing.T) {
	const drawn = 400
	fates := map[fate]int{}
	hops := map[string]bool{}
	for seed := range drawn {
		v := latticeNetworks().Example(seed).judge()
		fates[v.fate]++
		for _, hop := range v.at {
			hops[hop] = true
		}
		if n := rapid.Custom(workingLattice).Example(seed); n.judge().fate > moot {
			t.Fatalf("seed %d: a network that should work is dropped at %v\n%s", seed, n.judge().at, n)
		}
	}
	if share := fates[delivered] * 100 / drawn; share < 25 || share > 60 {
		t.Errorf("%d %% of the networks let the request arrive: %v", share, fates)
	}
	t.Logf("%d %% of the networks let the request arrive, the others are dropped at %d hops", fates[delivered]*100/drawn, len(hops))
	if len(hops) < 20 {
		t.Errorf("only %d hops drop: %v", len(hops), hops)
	}
}

func proveLattice(t *rapid.T, dir string, n *latticeNetwork, style style, hole any) reachability.Answer {
	t.Helper()
	m, err := loadLattice(dir, n, style, hole)
	if err != nil {
		t.Fatalf("load: %v\n%s", err, n)
	}
	report := m.Prove(latticeQuestion(n, style))
	if len(report.Answers) != 1 {
		t.Fatalf("%d answers\n%s\n%s", len(report.Answers), report, n)
	}
	return report.Answers[0]
}
