package network

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
	seen := map[place]bool{}
	for _, f := range actions.Forwards {
		seen[f.place()] = true
	}
	shifted := map[place]bool{} // so that each alternate is looked at once
	for i, f := range actions.Forwards {
		others := n.alternates.named(f.TargetGroup.Value)
		actions.Forwards[i].IsShifted = len(others) > 0
		if shifted[f.place()] {
			continue
		}
		shifted[f.place()] = true
		for _, other := range others {
			added := Forward{Action: f.Action, TargetGroup: other, IsWeighted: f.IsWeighted, IsShifted: true}
			if at := added.place(); !seen[at] || at.group == (key{}) {
				seen[at] = true
				actions.Forwards = append(actions.Forwards, added)
			}
		}
	}
}
