package oracletest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// For any network whose values are all known, the proof agrees with the packet model, at the same hop.
func TestProofAgreesWithPacketModel(t *testing.T) {
	dir, tally := t.TempDir(), tally{}
	rapid.Check(t, func(t *rapid.T) {
		n := networks().Draw(t, "network")
		style := styles().Draw(t, "style")
		want, got := n.judge(), prove(t, dir, n, style, nil)
		tally.add(want, got)
		if wrong := want.contradicts(got); wrong != "" {
			t.Fatalf("%s\n%s\n%s", wrong, n, got)
		}
	})
	t.Log(tally)
}

// If a literal becomes a parameter without a value, the proof is never sure of what some value contradicts.
func TestProofIsUnsureOfWhatAValueDecides(t *testing.T) {
	dir, tally := t.TempDir(), tally{}
	rapid.Check(t, func(t *rapid.T) {
		n := networks().Draw(t, "network")
		h := pick(t, "hole", n.holes()...)
		got := prove(t, dir, n, styles().Draw(t, "style"), h.at)
		tally[h.name+": "+got.Verdict.String()]++
		h.each(func() {
			want := n.judge()
			if got.Verdict == reachability.Reachable && want.fate > moot || got.Verdict == reachability.Blocked && want.fate == delivered {
				t.Fatalf("%s without a value is %s, with one %s\n%s\n%s", h.name, got.Verdict, want, n, got)
			}
		})
	})
	t.Log(tally)
}

// The style of a template changes neither the verdict nor the hop that decides.
func TestProofDoesNotDependOnHowTemplatesAreWritten(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		n := networks().Draw(t, "network")
		plain := prove(t, dir, n, style{}, nil)
		other := prove(t, dir, n, styles().Draw(t, "style"), nil)
		if plain.Verdict != other.Verdict || plain.Decisive().Name != other.Decisive().Name {
			t.Fatalf("%s\n%s\n%s", n, plain, other)
		}
	})
}

// The comparison means something only if many requests arrive and many do not.
func TestPacketModelHasBothVerdicts(t *testing.T) {
	const drawn = 400
	fates := map[fate]int{}
	hops := map[string]bool{}
	for seed := range drawn {
		v := networks().Example(seed).judge()
		fates[v.fate]++
		for _, hop := range v.at {
			hops[hop] = true
		}
		if v := rapid.Custom(working).Example(seed).judge(); v.fate > moot {
			t.Fatalf("seed %d: a network that should work is dropped at %v", seed, v.at)
		}
	}
	if share := fates[delivered] * 100 / drawn; share < 25 || share > 60 {
		t.Errorf("%d %% of the networks let the request arrive: %v", share, fates)
	}
	t.Logf("%d %% of the networks let the request arrive, the others are dropped at %d hops", fates[delivered]*100/drawn, len(hops))
	if len(hops) < 15 {
		t.Errorf("only %d hops drop: %v", len(hops), hops)
	}
}

func styles() *rapid.Generator[style] { return rapid.Make[style]() }

// prove writes the templates and proves the request.
func prove(t *rapid.T, dir string, n *network, style style, hole any) reachability.Answer {
	t.Helper()
	m, err := load(dir, n, style, hole)
	if err != nil {
		t.Fatalf("load: %v\n%s", err, n)
	}
	report := m.Prove(question(n, style))
	if len(report.Answers) != 1 {
		t.Fatalf("%d answers\n%s\n%s", len(report.Answers), report, n)
	}
	return report.Answers[0]
}

// contradicts explains what is wrong with an answer; "" if it is right.
func (v verdict) contradicts(a reachability.Answer) string {
	if wrong := v.misses(a); wrong != "" {
		return wrong
	}
	if at := a.Decisive().Name; a.Verdict != reachability.Reachable && !slices.Contains(v.at, at) {
		return fmt.Sprintf("the packet model says %s; the proof stops at %q", v, at)
	}
	return ""
}

// misses explains what is wrong with the verdict of an answer, at whatever hop; "" if it is right.
func (v verdict) misses(a reachability.Answer) string {
	want := map[fate][]reachability.Verdict{
		delivered: {reachability.Reachable},
		moot:      {reachability.Reachable, reachability.Unknown, reachability.Blocked},
		depends:   {reachability.Unknown, reachability.Blocked},
		dropped:   {reachability.Blocked},
	}[v.fate]
	if !slices.Contains(want, a.Verdict) {
		return fmt.Sprintf("the packet model says %s; the proof %s at %q", v, a.Verdict, a.Decisive().Name)
	}
	return ""
}

func (v verdict) String() string {
	text := [...]string{"delivered", "delivered as long as it stays in its zone", "decided at run time", "dropped"}[v.fate]
	if len(v.at) > 0 {
		text += " at " + strings.Join(v.at, " or ")
	}
	return text
}

// tally counts cases.
type tally map[string]int

func (c tally) add(v verdict, a reachability.Answer) {
	key := v.String()
	if v.fate == moot || v.fate == depends {
		key += ": " + a.Verdict.String()
	}
	c[key]++
}

func (c tally) String() string {
	total := 0
	var lines []string
	for key, n := range c {
		total += n
		lines = append(lines, fmt.Sprintf("%7d  %s", n, key))
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(b, a) })
	return fmt.Sprintf("%d cases\n%s", total, strings.Join(lines, "\n"))
}
