package walk

import (
	"cmp"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/parallel"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/budget"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// Answer answers a question: one answer for each client, domain, port and path that it stands for. It ends early if nothing is
// left of the budget.
func Answer(n *network.Network, q proof.Question, left *budget.Budget) []proof.Answer {
	run := newRun(left)
	traces := expand(n, q, run)
	parallel.Each(len(traces), func(i int) {
		if left.Left() {
			traces[i].follow()
			left.Hops(len(traces[i].hops))
		}
	})
	answers := []proof.Answer{}
	index := map[request]int{}
	for _, t := range withoutMoved(traces) {
		answer := t.answer()
		i, again := index[t.request]
		switch {
		case !again:
			index[t.request] = len(answers)
			answers = append(answers, answer)
		case answer.Verdict.WorseThan(answers[i].Verdict):
			answers[i] = answer // asked of two destinations that may have the name
		}
	}
	slices.SortStableFunc(answers, func(a, b proof.Answer) int {
		return cmp.Or(cmp.Compare(a.Client, b.Client), cmp.Compare(a.Domain, b.Domain), cmp.Compare(a.Port, b.Port), cmp.Compare(a.Path, b.Path))
	})
	return answers
}

// toEach follows a request to each destination that its name leads to: Route 53 may choose any of them. One that does not work blocks
// the request, unless it need not be chosen and another one works.
func (t *trace) toEach(list []destination) {
	before, some := len(t.hops), false
	each(t, list, func(t *trace, d destination) {
		d.route(t)
		some = some || t.verdict() != proof.Blocked
	})
	if t.choice.why == "" || !some || len(list) == 1 {
		return
	}
	for i := range t.hops[before:] {
		if hop := &t.hops[before+i]; hop.Verdict == proof.Blocked {
			hop.Verdict, hop.Message, hop.Settle = proof.Unknown, t.choice.why+"; of one, "+hop.Message, t.choice.decidedBy
		}
	}
}

// usualHops is how many hops a request has from a client to a target behind an ALB.
const usualHops = 26

// follow takes all hops of a request, from the name to the target.
func (t *trace) follow() {
	t.hops = make([]proof.Hop, 0, usualHops)
	to := t.expected
	if isAlone(t.expected) {
		t.expected.route(t)
	} else if d := t.resolve(); d != nil {
		to = d
		t.toEach(append([]destination{d}, t.choice.others...))
	}
	t.protocol = t.protocolBehind(to)
	if t.verdict() == proof.Reachable && !t.providerAssumed && (len(t.hops) == 0 || t.hops[len(t.hops)-1].Name != proof.HopTarget) {
		// No path is proven that does not arrive.
		t.take(proof.HopTarget, unknown("the path does not reach a target", "load the templates of what is behind it, or register a target"))
	}
}
