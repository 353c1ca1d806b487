package compare

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// Whatever numbers are accepted, each option has a cost that grows with consumers, and a verdict for it and for what it grows to.
func TestAnyMesh(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	p := pricerOf(t, "us-east-1")
	accepted := 0
	for range 3000 {
		n := NewNumbers()
		n.mesh.Region = "us-east-1"
		for _, f := range Fields() {
			switch {
			case slices.Contains([]string{"services", "consumers", "providers"}, f.Key):
				n.Flag(f, f.Key, fmt.Sprint(1+r.IntN(12)))
			case f.number != nil && r.IntN(8) == 0: // most contradict each other
				n.Flag(f, f.Key, fmt.Sprint(1+r.IntN(12)))
			case f.answer != "" && r.IntN(2) > 0:
				n.Flag(f, f.Key, []string{"yes", "no"}[r.IntN(2)])
			case f.amount != nil && r.IntN(4) == 0:
				n.Flag(f, f.Key, fmt.Sprint(r.IntN(1_000_000)))
			}
		}
		m, err := n.Mesh()
		if err != nil {
			continue
		}
		accepted++
		grown := m.grown(m.Services+r.IntN(200), m.Consumers+r.IntN(200))
		if same := m.grown(m.Services, m.Consumers); same.Calls != m.Calls || same.DoorCalls != m.DoorCalls || same.ProviderCalls != m.ProviderCalls || same.doors() != m.doors() {
			t.Fatalf("%+v grows to %+v without growth", m, same)
		}
		for _, o := range Options() {
			for _, g := range []*Mesh{m, grown} {
				if fitOf(append(findings(g, o.ID), quotaFindings(g, o.ID)...)) != fitFor(g, o.ID) {
					t.Errorf("%s of %+v: two verdicts", o.ID, g)
				}
			}
			small, large := exact(p, m, o.ID), exact(p, m.grown(m.Services, m.Consumers+1), o.ID)
			if small.Sign() <= 0 || large.Cmp(small) < 0 {
				t.Errorf("%s costs %s, and %s with a consumer more: %+v", o.ID, small.FloatString(2), large.FloatString(2), m)
			}
		}
	}
	if accepted < 100 {
		t.Errorf("only %d meshes", accepted)
	}
}
