package reachability_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// The proof says what the packet model says, at the same hop, of any network whose values are all known.
func TestProofAgreesWithPacketModel(t *testing.T) {
	dir, tally := t.TempDir(), simTally{}
	rapid.Check(t, func(t *rapid.T) {
		n := simNetworks().Draw(t, "network")
		style := simStyles().Draw(t, "style")
		want, got := n.judge(), simProve(t, dir, n, style, nil)
		tally.add(want, got)
		if wrong := want.contradicts(got); wrong != "" {
			t.Fatalf("%s\n%s\n%s", wrong, n, got)
		}
	})
	t.Log(tally)
}

// A literal that becomes a parameter without a value never makes the proof sure of what some value contradicts.
func TestProofIsUnsureOfWhatAValueDecides(t *testing.T) {
	dir, tally := t.TempDir(), simTally{}
	rapid.Check(t, func(t *rapid.T) {
		n := simNetworks().Draw(t, "network")
		h := simPick(t, "hole", n.holes()...)
		got := simProve(t, dir, n, simStyles().Draw(t, "style"), h.at)
		tally[h.name+": "+got.Verdict.String()]++
		h.each(func() {
			want := n.judge()
			if got.Verdict == reachability.Reachable && want.fate > simMoot || got.Verdict == reachability.Blocked && want.fate == simDelivered {
				t.Fatalf("%s without a value is %s, with one %s\n%s\n%s", h.name, got.Verdict, want, n, got)
			}
		})
	})
	t.Log(tally)
}

// How templates are written changes neither the verdict nor where it is decided.
func TestProofDoesNotDependOnHowTemplatesAreWritten(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		n := simNetworks().Draw(t, "network")
		plain := simProve(t, dir, n, simStyle{}, nil)
		other := simProve(t, dir, n, simStyles().Draw(t, "style"), nil)
		if plain.Verdict != other.Verdict || plain.Decisive().Name != other.Decisive().Name {
			t.Fatalf("%s\n%s\n%s", n, plain, other)
		}
	})
}

// Networks are worth judging only if many arrive and many do not.
func TestPacketModelHasBothVerdicts(t *testing.T) {
	const networks = 400
	fates := map[simFate]int{}
	hops := map[string]bool{}
	for seed := range networks {
		v := simNetworks().Example(seed).judge()
		fates[v.fate]++
		for _, hop := range v.at {
			hops[hop] = true
		}
		if v := rapid.Custom(simWorking).Example(seed).judge(); v.fate > simMoot {
			t.Fatalf("seed %d: a network that should work is dropped at %v", seed, v.at)
		}
	}
	if share := fates[simDelivered] * 100 / networks; share < 25 || share > 60 {
		t.Errorf("%d %% of the networks let the request arrive: %v", share, fates)
	}
	t.Logf("%d %% of the networks let the request arrive, the others are dropped at %d hops", fates[simDelivered]*100/networks, len(hops))
	if len(hops) < 15 {
		t.Errorf("only %d hops drop: %v", len(hops), hops)
	}
}

func simStyles() *rapid.Generator[simStyle] { return rapid.Make[simStyle]() }

// simProve writes templates and asks for the request.
func simProve(t *rapid.T, dir string, n *simNetwork, style simStyle, hole any) reachability.Answer {
	t.Helper()
	m, err := simLoad(dir, n, style, hole)
	if err != nil {
		t.Fatalf("load: %v\n%s", err, n)
	}
	report := m.Prove(simQuestion(n, style))
	if len(report.Answers) != 1 {
		t.Fatalf("%d answers\n%s\n%s", len(report.Answers), report, n)
	}
	return report.Answers[0]
}

// contradicts says in which way an answer is wrong; "" if it is right.
func (v simVerdict) contradicts(a reachability.Answer) string {
	want := map[simFate][]reachability.Verdict{
		simDelivered: {reachability.Reachable},
		simMoot:      {reachability.Reachable, reachability.Unknown, reachability.Blocked},
		simDepends:   {reachability.Unknown, reachability.Blocked},
		simDropped:   {reachability.Blocked},
	}[v.fate]
	at := a.Decisive().Name
	switch {
	case !slices.Contains(want, a.Verdict):
		return fmt.Sprintf("the packet model says %s; the proof %s at %q", v, a.Verdict, at)
	case a.Verdict != reachability.Reachable && !slices.Contains(v.at, at):
		return fmt.Sprintf("the packet model says %s; the proof stops at %q", v, at)
	}
	return ""
}

func (v simVerdict) String() string {
	text := [...]string{"delivered", "delivered as long as it stays in its zone", "decided by addresses", "dropped"}[v.fate]
	if len(v.at) > 0 {
		text += " at " + strings.Join(v.at, " or ")
	}
	return text
}

// simTally counts cases.
type simTally map[string]int

func (c simTally) add(v simVerdict, a reachability.Answer) {
	key := v.String()
	if v.fate == simMoot || v.fate == simDepends {
		key += ": " + a.Verdict.String()
	}
	c[key]++
}

func (c simTally) String() string {
	total := 0
	var lines []string
	for key, n := range c {
		total += n
		lines = append(lines, fmt.Sprintf("%7d  %s", n, key))
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(b, a) })
	return fmt.Sprintf("%d cases\n%s", total, strings.Join(lines, "\n"))
}
