package oracletest

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// routedBlocks are blocks that a route may be for.
var routedBlocks = []string{"10.0.0.0/16", "10.1.0.0/16", "10.0.0.0/24", "10.1.0.0/24", "10.1.1.0/24", "10.0.0.0/8", "172.16.0.0/12"}

// holes are the literals of a network between VPCs that may be left without a value.
func (n *routedNetwork) holes() []hole {
	var holes []hole
	for _, s := range n.sides() {
		for _, table := range s.tables {
			for _, r := range table.routes {
				if !slices.ContainsFunc(table.routes, func(other *vpcRoute) bool { return other != r && slices.Contains(routedBlocks, other.cidr) }) {
					holes = append(holes, newHole("route", &r.cidr, routedBlocks...)) // EC2 takes each block once
				}
			}
		}
		for i := range s.secondary {
			holes = append(holes, newHole("secondary block", &s.secondary[i], "100.64.0.0/16", "10.0.192.0/20", "10.1.192.0/20"))
		}
	}
	for _, g := range n.gateways {
		holes = append(holes, g.holes()...)
	}
	for _, g := range slices.Concat(n.client.groups, n.alb.groups) {
		for _, r := range slices.Concat(g.in, g.out) {
			if r.peer.group == nil { // those of the other VPC are written apart
				holes = append(holes, n.consumer.ruleHoles(r)...)
			}
		}
	}
	return append(holes, newHole("ALB port", &n.alb.port, 443, 8443))
}

// holes are the literals of a gateway and of what is attached to it.
func (g *gateway) holes() []hole {
	var holes []hole
	if g.references != "" {
		holes = append(holes, newHole("references", &g.references, "enable", "disable"))
	}
	if g.autoAccept != "" {
		holes = append(holes, newHole("acceptance", &g.autoAccept, "enable", "disable"))
	}
	for i := range g.sharedWith {
		holes = append(holes, newHole("share", &g.sharedWith[i], "111111111111", "222222222222", "333333333333"))
	}
	for _, a := range g.attachments {
		if a.references != "" {
			holes = append(holes, newHole("references of an attachment", &a.references, "enable", "disable"))
		}
	}
	for _, table := range g.tables[1:] {
		for _, r := range table.routes {
			if len(table.routes) == 1 {
				holes = append(holes, newHole("route of the gateway", &r.cidr, routedBlocks...))
			}
		}
	}
	return holes
}

// If a literal between two VPCs becomes a parameter without a value, the proof is never sure of what some value contradicts.
func TestProofOverRoutesIsUnsureOfWhatAValueDecides(t *testing.T) {
	dir, tally := t.TempDir(), tally{}
	rapid.Check(t, func(t *rapid.T) {
		n := routedNetworks().Draw(t, "network")
		h := pick(t, "hole", n.holes()...)
		got := proveRouted(t, dir, n, styles().Draw(t, "style"), h.at)
		tally[h.name+": "+got.Verdict.String()]++
		h.each(func() {
			want := n.judge()
			if got.Verdict == reachability.Reachable && want.fate > moot || got.Verdict == reachability.Blocked && want.fate == delivered && !n.isStricter() {
				t.Fatalf("%s without a value is %s, with one %s\n%s\n%s", h.name, got.Verdict, want, n, got)
			}
		})
	})
	t.Log(tally)
}
