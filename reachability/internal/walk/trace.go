package walk

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// trace is one request on its way, hop after hop.
type trace struct {
	n      *network.Network
	facts  proof.Facts
	run    *run
	client network.Node
	request
	expected destination                 // whose client this is; nil if a person asked
	choice   choice                      // among further destinations of the name
	movedTo  destination                 // over another transport than expected, to which the name leads; nil for others
	resolved map[nameInZone]recordResult // names that were looked up before

	// zones are subnets in whose Availability Zones the request stays; nil if it can be in any.
	zones []network.Value
	// entered are the subnets of the load balancer that the request is in whose nodes it can have entered.
	entered []network.Value

	providerAssumed bool // whether the path ends at a service that is taken to reach its targets

	speaks string // protocol in which the request comes to an ALB behind VPC Lattice; empty for the client's own

	protocol string // of an NLB straight to targets: TCP or TLS; empty for others

	hops []proof.Hop
}

// request is what a trace is for. Two traces with one request are one answer.
type request struct {
	caller *network.Resource
	domain string
	port   int
	path   string
	route  *network.ListenerRule // that the question is about; nil if a person asked
	over   *network.LatticeRule  // of VPC Lattice, if the question is about one
}

// take adds a hop, and reports whether the request passes it. The walk goes on after a blocked hop if it is known where to,
// so that everything that blocks a path is reported at once.
func (t *trace) take(name string, r result) bool {
	t.run.left.Steps(1)
	definition, _ := proof.FindHop(name)
	if !slices.Contains(definition.AssumedBy, r.assumption) {
		r.assumption = ""
	}
	r = t.settled(r).untilLookedUp()
	hop := proof.Hop{Name: name, Verdict: r.verdict, Message: r.message, Evidence: r.evidence, Port: r.port}
	if r.verdict != proof.Reachable {
		hop.Fix, hop.Rule = r.fix, cmp.Or(r.rule, definition.Rule.ID)
	}
	if r.verdict == proof.Unknown {
		hop.Settle = r.settle
		if r.assumption != "" {
			hop.Settle = append(slices.Clip(hop.Settle), proof.Settlement{Kind: proof.SettleByAssumption, Subject: r.assumption})
		}
	}
	t.hops = append(t.hops, hop)
	return hop.Verdict != proof.Blocked
}

// assumes reports whether a person takes something as given.
func (t *trace) assumes(assumption string) bool { return slices.Contains(t.facts.Assume, assumption) }

// settled applies to a result what people gave, and what may not be deployed.
func (t *trace) settled(r result) result {
	if r.verdict == proof.Unknown && r.assumption != "" && t.assumes(r.assumption) {
		r.verdict, r.message = proof.Reachable, r.message+" (assumed)"
	}
	for _, resource := range r.uses {
		if resource.Exists == network.No && r.verdict != proof.Blocked {
			return blocks(network.DisplayName(resource)+" is on the path and is not deployed: its condition is false",
				"make its condition true, or route the request another way").atResource(resource)
		}
	}
	for _, resource := range r.uses {
		if r.verdict == proof.Unknown {
			break
		}
		r = t.unlessDeployed(r, resource)
	}
	return t.unlessUnmodelled(r)
}

// unlessDeployed makes a result unknown if it is unknown whether a resource is deployed as the template has it.
func (t *trace) unlessDeployed(r result, resource *network.Resource) result {
	name := network.DisplayName(resource)
	if resource.Exists == network.Maybe {
		r = r.until(resource.Existence())
		r.rule, r.assumption = "", ""
		r.message += ", but whether " + name + " is deployed is unknown: " + cite.Why(resource.Existence())
	}
	if u := t.n.UnreadOn(resource); u != nil && !t.assumes(proof.AssumeUnread) {
		r.verdict, r.rule, r.assumption, r.fix = proof.Unknown, "", "", ""
		r.message += fmt.Sprintf(", but %s %s, which was not read, may change %s", u.Kind, u, name)
		r.settle = []proof.Settlement{cite.Settlement(u.Settle), {Kind: proof.SettleByAssumption, Subject: proof.AssumeUnread}}
	}
	if macro := network.Macro(resource.Stack); macro != "" && !t.assumes(proof.AssumeMacro) {
		r.verdict, r.rule, r.assumption = proof.Unknown, "", ""
		r.message += ", but the macro " + macro + " may change " + name
		r.fix = "prove the processed template"
		r.settle = []proof.Settlement{{Kind: proof.SettleByAssumption, Subject: proof.AssumeMacro}}
	}
	return r
}

// verdict is that of all hops so far.
func (t *trace) verdict() proof.Verdict {
	verdict := proof.Reachable
	for _, hop := range t.hops {
		verdict = verdict.And(hop.Verdict)
	}
	return verdict
}

// answer is the trace as an answer.
func (t *trace) answer() proof.Answer {
	return proof.Answer{Client: t.client.Name, Domain: t.domain, Port: t.port, Path: t.path, Protocol: t.protocol, Verdict: t.verdict(), Hops: t.hops}
}

// branch is the trace from here on, without the hops so far.
func (t *trace) branch() *trace {
	b := *t
	b.hops = nil
	return &b
}

// decisive is the hop that decides the trace.
func (t *trace) decisive() proof.Hop { return proof.Answer{Hops: t.hops}.Decisive() }

// each follows all ways that a request can take, and keeps the hops of the worst: every one of them must pass. Of the other
// ways it keeps what blocks them.
func each[T any](t *trace, ways []T, follow func(*trace, T)) {
	if len(ways) == 1 {
		follow(t, ways[0])
		return
	}
	var worst *trace
	var blocked []proof.Hop
	for _, way := range ways {
		branch := t.branch()
		follow(branch, way)
		switch {
		case worst == nil || branch.verdict().WorseThan(worst.verdict()):
			worst = branch
		case branch.verdict() == proof.Blocked:
			blocked = append(blocked, blockedHops(branch.hops)...)
		}
		if !t.run.left.Left() {
			break
		}
	}
	if worst != nil {
		t.hops = append(t.hops, worst.hops...)
	}
	for _, hop := range blocked[:min(len(blocked), manyBlocked)] {
		same := func(other proof.Hop) bool { return other.Name == hop.Name && other.Message == hop.Message }
		if !slices.ContainsFunc(t.hops, same) {
			t.hops = append(t.hops, hop)
		}
	}
}

// manyBlocked is more than a person fixes at once: what blocks further ways is shown when these are fixed.
const manyBlocked = 20

func blockedHops(hops []proof.Hop) []proof.Hop {
	var list []proof.Hop
	for _, hop := range hops {
		if hop.Verdict == proof.Blocked {
			list = append(list, hop)
		}
	}
	return list
}
