package oracletest

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// holes are the literals of a network over the internet that may be left without a value.
func (n *publicNetwork) holes() []hole {
	var holes []hole
	for _, e := range []*edge{n.out, n.in} {
		holes = append(holes, e.holes()...)
		if e.block != "" && !n.sameAccount {
			holes = append(holes, newHole("block public access", &e.block, "block-bidirectional", "block-ingress"))
		}
	}
	for _, a := range n.sources() {
		if a.addr != "" {
			holes = append(holes, newHole("address", &a.addr, "198.51.100.7", "203.0.113.20", "192.0.2.1"))
		}
	}
	if n.scheme != "" {
		holes = append(holes, newHole("scheme", &n.scheme, "internal", "internet-facing"))
	}
	for _, g := range slices.Concat(n.client.groups, n.alb.groups) {
		for _, r := range slices.Concat(g.in, g.out) {
			if r.peer.cidr != "" {
				holes = append(holes, newHole("block", &r.peer.cidr, publicBlocks...))
			}
		}
	}
	return append(holes, newHole("ALB port", &n.alb.port, 443, 8443))
}

// holes are the literals of how a VPC meets the internet.
func (e *edge) holes() []hole {
	var holes []hole
	for _, table := range e.tables {
		for _, r := range table.routes {
			if len(table.routes) == 1 { // EC2 takes each block once
				holes = append(holes, newHole("route", &r.cidr, "0.0.0.0/0", "54.0.0.0/8", "192.0.2.0/24"))
			}
		}
	}
	for _, x := range e.exclusions {
		holes = append(holes, newHole("exclusion", &x.mode, "allow-bidirectional", "allow-egress"))
	}
	return holes
}

// If a literal of the way over the internet becomes a parameter without a value, the proof is never sure of what some value contradicts.
func TestProofOverTheInternetIsUnsureOfWhatAValueDecides(t *testing.T) {
	dir, tally := t.TempDir(), tally{}
	rapid.Check(t, func(t *rapid.T) {
		n := publicNetworks().Draw(t, "network")
		h := pick(t, "hole", n.holes()...)
		if h.name == "address" {
			n.filter = nil // the question assumes that it lets an unknown address pass
		}
		got := provePublic(t, dir, n, styles().Draw(t, "style"), h.at)
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
