package reachability

import (
	"slices"
	"strings"
)

// TB is what the assertions need of a [testing.TB].
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
}

// RequireReachable fails a test unless every answer is reachable and no error was found. The failure shows the chains
// that are not.
func (r *Report) RequireReachable(t TB) {
	t.Helper()
	if r.Verdict() != Reachable {
		t.Fatalf("the API is not proven reachable:\n%s", r)
	}
}

// RequireBlocked fails a test unless every answer is blocked, each at that hop; an empty hop stands for any.
func (r *Report) RequireBlocked(t TB, hop string) {
	t.Helper()
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
// CIDR block, no internet-facing load balancer. Ways of the chain itself, such as from the NLB to the ALB, may stay.
// An unknown way in fails too. A client is named as in a [Question]; a principal or a
// CIDR block that may stay is named as [Access] has it.
func (r *Report) RequireOnly(t TB, clients ...string) {
	t.Helper()
	if len(r.Access) == 0 {
		t.Fatalf("these templates publish no API")
	}
	var others []string
	for _, a := range r.Access {
		if !a.Chain && !a.isOnly(clients) {
			others = append(others, "  "+a.String())
		}
	}
	if len(others) > 0 {
		t.Fatalf("more than %s can reach the API:\n%s", strings.Join(clients, ", "), strings.Join(others, "\n"))
	}
}

// isOnly reports whether all whom the way lets in are among the clients.
func (a Access) isOnly(clients []string) bool {
	if slices.Contains(clients, a.From) {
		return true
	}
	return len(a.clients) > 0 && !slices.ContainsFunc(a.clients, func(p party) bool { return !slices.ContainsFunc(clients, p.is) })
}
