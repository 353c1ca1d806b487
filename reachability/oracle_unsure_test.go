package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// What a parameter without a value may turn into decides, so the proof is not sure.
func TestProofIsUnsureByHand(t *testing.T) {
	for name, hole := range map[string]func(n *simNetwork) any{
		"port of a rule":     func(n *simNetwork) any { return &n.consumer.groups[1].out[0].to },
		"protocol of a rule": func(n *simNetwork) any { return &n.consumer.groups[1].out[0].protocol },
		"group of a rule":    func(n *simNetwork) any { return &n.consumer.groups[2].in[0].peer.group },
		"CIDR of a rule": func(n *simNetwork) any {
			n.consumer.groups[2].in[0].peer = simPeer{cidr: "10.0.0.0/16"}
			return &n.consumer.groups[2].in[0].peer.cidr
		},
		"group of the endpoint": func(n *simNetwork) any { return &n.endpoint.groups[0] },
		"action of an entry":    func(n *simNetwork) any { return &n.provider.passAll(5).entries[0].action },
		"number of an entry that denies": func(n *simNetwork) any {
			a := n.provider.passAll(5)
			a.entries = append(a.entries, &simEntry{2, false, -1, "0.0.0.0/0", 0, 0, "deny", false})
			return &a.entries[2].number
		},
		"subnet of a task, of which some have an ACL": func(n *simNetwork) any {
			n.provider.give(4)
			n.services[0].subnets = []*simSubnet{n.provider.subnets[2], n.provider.subnets[5]}
			return &n.services[0].subnets[0]
		},
		"subnet of the client, which may be the endpoint's": func(n *simNetwork) any {
			n.endpoint.subnets = n.endpoint.subnets[:1]
			n.consumer.give(2)
			return &n.client.subnets[0]
		},
		"subnet of a client without groups": func(n *simNetwork) any {
			n.client.groups, n.endpoint.groups = nil, nil
			return &n.client.subnets[0]
		},
		"port of the NLB":    func(n *simNetwork) any { return &n.nlbPort },
		"port of the ALB":    func(n *simNetwork) any { return &n.alb.port },
		"path of the health": func(n *simNetwork) any { return &n.healthRule().paths[0] },
		"priority of the rule for the health": func(n *simNetwork) any {
			return &n.healthRule().priority
		},
		"status for the health": func(n *simNetwork) any { return &n.healthRule().action.status },
		"path of the route":     func(n *simNetwork) any { return &n.route().paths[0] },
		"host of the route": func(n *simNetwork) any {
			r := n.route()
			r.hosts = []string{n.domain}
			return &r.hosts[0]
		},
		"priority of what hides the route": func(n *simNetwork) any {
			n.route()
			n.alb.rules = append(n.alb.rules, &simListenerRule{
				priority: 3, paths: []string{"/v1/*"}, action: simAction{kind: "fixed-response", status: "404"},
			})
			return &n.alb.rules[1].priority
		},
		"weight of a broken target": func(n *simNetwork) any {
			broken := *n.services[0]
			broken.containerPort = 1
			n.services = append(n.services, &broken)
			n.alb.fallback.targets = []simWeight{{0, 1}, {1, 1}}
			return &n.alb.fallback.targets[1].weight
		},
		"port of the container": func(n *simNetwork) any { return &n.services[0].containerPort },
	} {
		t.Run(name, func(t *testing.T) {
			n := simByHand()
			if got := proveByHand(t, n, hole(n)); got.Verdict != reachability.Unknown {
				t.Errorf("\n%s", got)
			}
		})
	}
}

// passAll gives a subnet an ACL that lets everything pass.
func (s *simSide) passAll(subnet int) *simACL {
	return s.give(subnet,
		&simEntry{1, false, -1, "0.0.0.0/0", 0, 0, "allow", false}, &simEntry{1, true, -1, "0.0.0.0/0", 0, 0, "allow", false})
}

// healthRule is a rule for the health check, which the default action does not answer well.
func (n *simNetwork) healthRule() *simListenerRule {
	n.route()
	r := &simListenerRule{priority: 1, paths: []string{"/health"}, action: simAction{kind: "fixed-response", status: "200"}}
	n.alb.rules, n.alb.healthPath = append(n.alb.rules, r), "/health"
	n.alb.fallback = simAction{kind: "fixed-response", status: "404"}
	return r
}

// route is a rule for the path, in place of the default action.
func (n *simNetwork) route() *simListenerRule {
	r := &simListenerRule{priority: 2, paths: []string{"/v1/*"}, action: n.alb.fallback}
	n.alb.rules = append(n.alb.rules, r)
	n.alb.fallback = simAction{kind: "fixed-response", status: "200"}
	return r
}
