package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// latticeServer is a listener of a service of VPC Lattice that forwards a request.
type latticeServer struct {
	*network.LatticeService
	listener *network.LatticeListener
	node     network.Node // VPC Lattice
}

// enter takes the hops of the policies, then those behind the listener, which are the same for all clients.
func (in networkEntry) enter(t *trace) {
	listener, _ := t.serviceListener(in.name.service)
	if listener == nil {
		return
	}
	t.policies(in, listener)
	t.throughListener(in.name.service, listener)
}

// throughListener takes a request through a listener of a service of VPC Lattice and its rules.
func (t *trace) throughListener(s *network.LatticeService, listener *network.LatticeListener) {
	request := t.request
	request.caller = nil
	from := latticeServer{s, listener, t.lattice(s.Stack)}
	k := partKey{at: listener.Resource, request: request}
	if isAlone(t.expected) {
		k.alone = t.expected
	}
	t.share(k, nil, func(t *trace) bool {
		t.byLatticeRules(from)
		return true
	})
}

// byLatticeRules takes a request through the rules of a listener. TLS that is passed through has none.
func (t *trace) byLatticeRules(from latticeServer) {
	if from.listener.Protocol().Literal() == passthrough {
		t.byLatticeRule(from, network.LatticeOutcome{Listener: from.listener})
		return
	}
	if !t.run.left.Steps(len(t.n.LatticeRulesOf(from.listener)) + len(t.n.UnplacedLatticeRules())) {
		return
	}
	outcomes := t.n.LatticeOutcomes(from.listener, network.LatticeRequest{Path: t.path, Route: t.over})
	oneOf(t, proof.HopServiceRule, outcomes, func(t *trace, o network.LatticeOutcome) { t.byLatticeRule(from, o) },
		func(o network.LatticeOutcome) result { return doubtful(o.Resource(), o.Why) })
}

// byLatticeRule takes a request through one outcome of a listener.
func (t *trace) byLatticeRule(from latticeServer, o network.LatticeOutcome) {
	action := o.Action()
	switch {
	case action.At.IsUndecided() && !action.At.IsMap():
		t.take(proof.HopServiceRule, undecided(action.At))
		return
	case action.Answers():
		t.take(proof.HopServiceRule, t.latticeAnswer(o))
		return
	case t.over != nil && o.Rule != t.over:
		t.take(proof.HopServiceRule, t.shadowedInLattice(o))
		return
	}
	groups, undecidedWeights, r := latticeGroups(action)
	if len(groups) == 0 {
		t.take(proof.HopServiceRule, r)
		return
	}
	by := network.DisplayName(o.Resource())
	if o.Rule == nil {
		by = "the listener's default action"
	}
	takes := passes("%s takes %s%s", by, t.domain, t.path).at(action.At)
	for _, rule := range t.n.LatticeRulesOf(from.listener) {
		if rule == o.Rule {
			break
		}
		takes = takes.concerning(rule.Resource)
	}
	t.take(proof.HopServiceRule, t.exceptInLattice(onMatch(takes, o), o))
	t.forward(undecidedWeights, groups, func(t *trace, group network.Property) { t.toLatticeGroup(from, group) })
}

// latticeGroups are the target groups to which an action forwards requests, without those of weight 0, and the forwards whose
// weight is undecided; if there are none, the result says why.
func latticeGroups(action network.LatticeAction) (groups []network.Property, undecidedWeights []network.Forward, r result) {
	list := action.TargetGroups()
	if !list.IsListOrAbsent() {
		return nil, nil, undecided(list)
	}
	for _, f := range action.Forwards {
		weight, isKnown := f.Weight.Number()
		switch {
		case isKnown && weight == 0:
			continue
		case f.Weight.IsUndecided():
			undecidedWeights = append(undecidedWeights, network.Forward{TargetGroup: f.TargetGroup, Weight: f.Weight})
		}
		groups = append(groups, f.TargetGroup)
	}
	switch {
	case len(groups) > 0:
		return groups, undecidedWeights, result{}
	case len(action.Forwards) > 0:
		return nil, nil, blocks("all target groups of the action have the weight 0, so none of them receives requests", "give one of them a weight").at(list)
	}
	return nil, nil, blocks(network.DisplayName(action.At.Resource)+" forwards to no target group", "forward to a target group").at(action.At)
}

// onMatch notes what a rule demands of requests beside their path. A question about a route is about the requests that meet it.
func onMatch(r result, o network.LatticeOutcome) result {
	if o.Rule == nil {
		return r
	}
	if method := o.Rule.Match.Method; !method.IsAbsent() {
		r.message += ", of requests with the method " + method.String()
		r = r.related(cite.Property(method))
	}
	for i, header := range o.Rule.Match.Headers {
		if i == 0 {
			r.message += ", of requests that match its headers"
		}
		r = r.related(cite.Property(header))
	}
	return r
}

// exceptInLattice notes the rules that come before a route and take some of its requests.
func (t *trace) exceptInLattice(r result, o network.LatticeOutcome) result {
	if t.over == nil || o.Rule != t.over {
		return r
	}
	for _, earlier := range t.n.LatticeTakenBefore(o.Listener, network.LatticeRequest{Path: t.path, Route: t.over}) {
		r.message += fmt.Sprintf(", except for those that %s takes before it by their %s", network.DisplayName(earlier.Rule.Resource), earlier.Why.Field)
		r = r.related(cite.Property(earlier.Why.At))
	}
	return r
}

// latticeAnswer is the result for a request that the listener answers itself, with a status code.
func (t *trace) latticeAnswer(o network.LatticeOutcome) result {
	action := o.Action()
	code := action.StatusCode().String()
	switch {
	case o.Rule == nil:
		r := blocks(
			fmt.Sprintf("no rule matches %s%s, and the listener's default action answers with %s", t.domain, t.path, code), "add a rule that forwards this path",
		).at(action.StatusCode())
		list := t.n.LatticeRulesOf(o.Listener)
		for _, rule := range list[:min(len(list), 3)] {
			r = r.related(cite.Property(rule.Match.At))
		}
		return r
	case t.over != nil && o.Rule != t.over:
		return t.shadowedInLattice(o)
	}
	return blocks(
		fmt.Sprintf("%s answers %s%s itself, with %s", network.DisplayName(o.Rule.Resource), t.domain, t.path, code), "forward to a target group",
	).at(action.StatusCode())
}

// shadowedInLattice is the result for a route whose requests another rule takes, or the listener's default action.
func (t *trace) shadowedInLattice(o network.LatticeOutcome) result {
	over := network.DisplayName(t.over.Resource)
	if o.Rule == nil {
		return blocks(fmt.Sprintf("the listener's default action takes %s%s instead of %s", t.domain, t.path, over), "change the match of "+over).
			at(o.Action().At, t.over.Match.At)
	}
	return blocks(
		fmt.Sprintf("%s comes before %s and takes its requests", network.DisplayName(o.Rule.Resource), over), "give "+over+" a lower priority number",
	).at(o.Rule.Priority(), t.over.Priority())
}
