package walk

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// forwarder is a listener, or one of its rules, that forwards a request.
type forwarder struct {
	loadBalancer
	listener *network.Listener
	actions  network.Actions // of the listener or of the rule
}

// forwardedTo are the target groups to which actions forward a request; if there are none, the result says why.
func forwardedTo(actions network.Actions) ([]network.Property, result) {
	targets := actions.Targets()
	nowhere := network.DisplayName(actions.List.Resource) + " forwards to no target group"
	switch {
	case targets.Undecided != nil:
		return nil, undecided(*targets.Undecided)
	case targets.NoForward:
		return nil, blocks(nowhere, "add an action of type forward").at(targets.At)
	case targets.AllZero:
		return nil, blocks("all target groups of the action have the weight 0, so none of them receives requests", "give one of them a weight").at(targets.At)
	case len(targets.Groups) == 0:
		return nil, blocks(nowhere, "name a target group").at(targets.At)
	}
	return targets.Groups, result{}
}

// forward follows a request to each target group; all of them must pass. A target group whose weight is
// undecided may receive no requests, so if it blocks them, the result is unknown.
func (t *trace) forward(undecidedWeights []network.Forward, groups []network.Property, follow func(*trace, network.Property)) {
	each(t, groups, func(t *trace, group network.Property) {
		branch := t.branch()
		follow(branch, group)
		weight, isOpen := t.weightOf(undecidedWeights, group)
		if !isOpen || branch.verdict() != proof.Blocked {
			t.hops = append(t.hops, branch.hops...)
			return
		}
		decisive := branch.decisive()
		r := undecided(weight)
		r.message += "; if it is not 0: " + decisive.Message
		t.take(decisive.Name, r)
	})
}

// weightOf is the weight of a target group among some; ok is false if it is not one of them.
func (t *trace) weightOf(some []network.Forward, group network.Property) (weight network.Property, ok bool) {
	t.run.left.Steps(len(some))
	for _, f := range some {
		if network.Equal(f.TargetGroup.Value, group.Value) == network.Yes {
			return f.Weight, true
		}
	}
	return network.Property{}, false
}

// groupElsewhere is the result for a target group that is not in the templates.
func groupElsewhere(from forwarder, group network.Property) result {
	return unknownUntil(group.Value, "target group %s is not in the templates", group).at(from.actions.List)
}
