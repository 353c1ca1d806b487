package proof

import (
	"slices"
	"strings"
)

// TB is what the assertions need of a [testing.TB].
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
}

// RequireReachable fails a test unless every answer is reachable and no finding is an error. The failure shows the
// chains that are not proven, and what would settle them.
func (r *Report) RequireReachable(t TB) {
	t.Helper()
	if r.Verdict() != Reachable {
		t.Fatalf("the API is not proven reachable:\n%s", r)
	}
}

// RequireBlocked fails a test unless every answer is blocked, each at the named hop; "" stands for any hop.
func (r *Report) RequireBlocked(t TB, hop string) {
	t.Helper()
	r.requireEnd(t)
	if len(r.Answers) == 0 {
		t.Fatalf("no answer, so nothing is proven blocked")
	}
	for _, a := range r.Answers {
		if a.Verdict != Blocked || hop != "" && a.Decisive().Name != hop {
			t.Fatalf("want blocked at %q:\n%s", hop, a)
		}
	}
}

// RequireOnly fails a test unless the named clients, and nothing else, can reach the APIs: no other security group, no
// CIDR block, no internet-facing load balancer. What belongs to the chain itself, such as the NLB in front of the ALB,
// needs no name. An exposure that is decided at deploy time fails too. A client is named as in a [Question]; a
// principal or a CIDR block is named as in [Exposure.From].
func (r *Report) RequireOnly(t TB, clients ...string) {
	t.Helper()
	r.requireEnd(t)
	if len(r.Exposures) == 0 {
		t.Fatalf("these templates publish no API")
	}
	var others []string
	for _, x := range r.Exposures {
		if !x.Chain && !x.allowsOnly(clients) {
			others = append(others, "  "+x.String())
		}
	}
	if len(others) > 0 {
		t.Fatalf("%smore than %s can reach the API:\n%s", r.misspelled(clients), strings.Join(clients, ", "), strings.Join(others, "\n"))
	}
}

// misspelled says, one a line, which of the names that a test gives are the names of nothing.
func (r *Report) misspelled(names []string) string {
	var text strings.Builder
	for _, name := range names {
		isKnown := slices.ContainsFunc(r.Exposures, func(x Exposure) bool {
			return x.From == name || slices.ContainsFunc(x.Clients, func(c Client) bool { return c.HasName(name) })
		})
		if missing := r.Inventory.Missing(name); !isKnown && missing != "" {
			text.WriteString(missing + "\n")
		}
	}
	return text.String()
}

// requireEnd fails a test if the proof ended early.
func (r *Report) requireEnd(t TB) {
	t.Helper()
	if r.Stopped != nil {
		t.Fatalf("%s", r)
	}
}
