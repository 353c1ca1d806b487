package oracletest

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// The value of a parameter decides, so the proof is not sure without it.
func TestProofIsUnsureByHand(t *testing.T) {
	for name, hole := range map[string]func(n *network) any{
		"port of a rule":     func(n *network) any { return &n.consumer.groups[1].out[0].to },
		"protocol of a rule": func(n *network) any { return &n.consumer.groups[1].out[0].protocol },
		"group of a rule":    func(n *network) any { return &n.consumer.groups[2].in[0].peer.group },
		"CIDR of a rule": func(n *network) any {
			n.consumer.groups[2].in[0].peer = peer{cidr: "10.0.0.0/16"}
			return &n.consumer.groups[2].in[0].peer.cidr
		},
		"group of the endpoint": func(n *network) any { return &n.endpoint.groups[0] },
		"action of an entry":    func(n *network) any { return &n.provider.passAll(5).entries[0].action },
		"number of an entry that denies": func(n *network) any {
			a := n.provider.passAll(5)
			a.entries = append(a.entries, &aclEntry{2, false, -1, "0.0.0.0/0", 0, 0, "deny", false})
			return &a.entries[2].number
		},
		"subnet of a task, of which some have an ACL": func(n *network) any {
			n.provider.give(4)
			n.services[0].subnets = []*subnet{n.provider.subnets[2], n.provider.subnets[5]}
			return &n.services[0].subnets[0]
		},
		"subnet of the client, which may be the endpoint's": func(n *network) any {
			n.endpoint.subnets = n.endpoint.subnets[:1]
			n.consumer.give(2)
			return &n.client.subnets[0]
		},
		"subnet of a client without groups": func(n *network) any {
			n.client.groups, n.endpoint.groups = nil, nil
			return &n.client.subnets[0]
		},
		"port of the NLB":    func(n *network) any { return &n.nlbPort },
		"port of the ALB":    func(n *network) any { return &n.alb.port },
		"path of the health": func(n *network) any { return &n.healthRule().paths[0] },
		"priority of the rule for the health": func(n *network) any {
			return &n.healthRule().priority
		},
		"status for the health": func(n *network) any { return &n.healthRule().action.status },
		"path of the route":     func(n *network) any { return &n.route().paths[0] },
		"host of the route": func(n *network) any {
			r := n.route()
			r.hosts = []string{n.domain}
			return &r.hosts[0]
		},
		"priority of what hides the route": func(n *network) any {
			n.route()
			n.alb.rules = append(n.alb.rules, &listenerRule{
				priority: 3, paths: []string{"/v1/*"}, action: action{kind: "fixed-response", status: "404"},
			})
			return &n.alb.rules[1].priority
		},
		"weight of a broken target": func(n *network) any {
			broken := *n.services[0]
			broken.containerPort = 1
			n.services = append(n.services, &broken)
			n.alb.fallback.targets = []weight{{0, 1}, {1, 1}}
			return &n.alb.fallback.targets[1].weight
		},
		"port of the container": func(n *network) any { return &n.services[0].containerPort },
	} {
		t.Run(name, func(t *testing.T) {
			n := byHand()
			if got := proveByHand(t, n, hole(n)); got.Verdict != reachability.Unknown {
				t.Errorf("\n%s", got)
			}
		})
	}
}

// passAll gives a subnet an ACL that lets everything pass.
func (s *side) passAll(subnet int) *acl {
	return s.give(subnet,
		&aclEntry{1, false, -1, "0.0.0.0/0", 0, 0, "allow", false}, &aclEntry{1, true, -1, "0.0.0.0/0", 0, 0, "allow", false})
}

// healthRule adds a rule for the health check, which the default action answers with 404.
func (n *network) healthRule() *listenerRule {
	n.route()
	r := &listenerRule{priority: 1, paths: []string{"/health"}, action: action{kind: "fixed-response", status: "200"}}
	n.alb.rules, n.alb.healthPath = append(n.alb.rules, r), "/health"
	n.alb.fallback = action{kind: "fixed-response", status: "404"}
	return r
}

// route adds a rule for the path, in place of the default action.
func (n *network) route() *listenerRule {
	r := &listenerRule{priority: 2, paths: []string{"/v1/*"}, action: n.alb.fallback}
	n.alb.rules = append(n.alb.rules, r)
	n.alb.fallback = action{kind: "fixed-response", status: "200"}
	return r
}
