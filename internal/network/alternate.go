package network

import "slices"

// addAlternates marks the target groups between which ECS moves requests, in the actions that forward to one of them. Which of
// the two gets them after a deployment is in no template, so both have to. An action that lists one of them gets the other.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-implementation.html
func (n *Network) addAlternates() {
	if n.alternates.by == nil {
		return
	}
	for _, l := range n.listeners.list {
		n.shift(&l.DefaultActions)
	}
	for _, r := range n.listenerRules {
		n.shift(&r.Actions)
	}
}

func (n *Network) shift(actions *Actions) {
	for i := 0; i < len(actions.Forwards); i++ {
		f := &actions.Forwards[i]
		others := n.alternates.named(f.TargetGroup.Value)
		if len(others) == 0 {
			continue
		}
		f.IsShifted = true
		for _, other := range others {
			added := Forward{Action: f.Action, TargetGroup: other, IsWeighted: f.IsWeighted, IsShifted: true}
			if !slices.ContainsFunc(actions.Forwards, func(g Forward) bool {
				return g.Action == added.Action && g.IsWeighted == added.IsWeighted && Equal(g.TargetGroup.Value, other.Value) == Yes
			}) {
				actions.Forwards = append(actions.Forwards, added)
				f = &actions.Forwards[i]
			}
		}
	}
}
