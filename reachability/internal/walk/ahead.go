package walk

import (
	"cmp"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/parallel"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/budget"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// Way is a way that a request would take behind the last hop of an answer. Its hops begin at the client again, and prove nothing.
type Way struct {
	Path string
	Hops []proof.Hop
}

// Ahead returns, for each answer that ends before a target, the ways that its request would take: a picture draws what is there, whether
// the request arrives or not. There are several if the routes behind the answer's last hop are not those of the answer.
func Ahead(n *network.Network, q proof.Question, answers []proof.Answer, left *budget.Budget) [][]Way {
	ahead := make([][]Way, len(answers))
	var early []int
	for i, a := range answers {
		if len(a.Hops) == 0 || a.Hops[len(a.Hops)-1].Name != proof.HopTarget {
			early = append(early, i)
		}
	}
	if len(early) == 0 {
		return ahead
	}
	byCall := tracesByCall(expand(n, q, newRun(left)))
	parallel.Each(len(early), func(i int) {
		a := answers[early[i]]
		if t := byCall[callOf(a)]; t != nil && left.Left() {
			ahead[early[i]] = t.asking(a.Port, a.Path).ahead()
		}
	})
	return ahead
}

// call is a client and the name that it calls.
type call struct{ client, domain string }

func callOf(a proof.Answer) call { return call{a.Client, a.Domain} }

// tracesByCall has one trace for each call: all of them lead to the same place, whatever their ports and paths.
func tracesByCall(traces []*trace) map[call]*trace {
	byCall := map[call]*trace{}
	for _, t := range traces {
		key := call{t.client.Name, t.domain}
		byCall[key] = cmp.Or(byCall[key], t)
	}
	return byCall
}

// asking is a trace of the same client and name that asks for another port and path.
func (t *trace) asking(port int, path string) *trace {
	other := t.branch()
	if path != other.path {
		other.request.route, other.request.over = nil, nil
	}
	other.port, other.path = port, path
	return other
}

// ahead takes the hops to where the name leads, or else to where it is meant to lead.
func (t *trace) ahead() []Way {
	to := t.expected
	if !isAlone(to) {
		if d := t.resolve(); d != nil {
			to = d
		}
	}
	t.hops = nil
	if to == nil {
		return nil
	}
	to.route(t)
	if e, ok := to.(*endpoint); ok && e.contract == nil && e.found.Service == nil && e.found.Problem == network.ServiceNameUndecided {
		if services := t.n.EndpointServices(); len(services) == 1 {
			return t.into(published{services[0], t.n})
		}
	}
	return []Way{{t.path, t.hops}}
}

// into takes the ways from an endpoint into the only service of the templates, one for each route of the name that is called.
func (t *trace) into(only published) []Way {
	e := &expansion{n: t.n, q: proof.Question{Facts: t.facts}, run: t.run, to: only, routes: only.front().routes()}
	var ways []Way
	for _, r := range e.routesOf(t.domain, t.port) {
		behind := t.branch()
		behind.expected, behind.path = only, r.path
		behind.request.route, behind.request.over = r.rule, r.over
		only.route(behind)
		ways = append(ways, Way{r.path, append(slices.Clip(t.hops), behind.hops...)})
	}
	return ways
}
