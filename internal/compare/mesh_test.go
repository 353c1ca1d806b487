package compare

import (
	"math/big"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// today is a day on which the book of prices is not old.
var today = time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)

// meshOf is a mesh of so many services of so many VPCs, and consumers, in two zones.
func meshOf(t *testing.T, region string, services, providers, consumers int, edits ...func(m *Mesh)) *Mesh {
	t.Helper()
	n := NewNumbers()
	n.mesh.Region, n.mesh.Services, n.mesh.Providers, n.mesh.Consumers = region, services, providers, consumers
	for _, edit := range edits {
		edit(n.mesh)
	}
	m, err := n.Mesh()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func pricerOf(t *testing.T, region string) *Pricer {
	t.Helper()
	p, err := NewPricer(prices.Default(), region)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// exact is what an option costs, all of whose prices are known.
func exact(p *Pricer, m *Mesh, o OptionID) *big.Rat {
	amount, _ := p.exact(m, o)
	return amount
}

func gb(n int) func(m *Mesh) { return func(m *Mesh) { m.Usage = &Usage{GB: rat(n)} } }

func zones(n int) func(m *Mesh) { return func(m *Mesh) { m.Zones = n } }

func yes(list ...Question) func(m *Mesh) {
	return func(m *Mesh) {
		for _, q := range list {
			m.Answers[q] = Answer{Is: Yes}
		}
	}
}

// Growth keeps a VPC for each service, where there is one, and otherwise the VPCs that there are.
func TestGrown(t *testing.T) {
	for name, tc := range map[string]struct {
		m                                      *Mesh
		services, consumers                    int
		providers, doors, calls, doorCalls, by int
	}{
		"a VPC for each":      {meshOf(t, "us-east-1", 20, 20, 10), 40, 10, 40, 40, 400, 400, 400},
		"one VPC":             {meshOf(t, "us-east-1", 20, 1, 10), 40, 10, 1, 1, 400, 10, 10},
		"fewer than the VPCs": {meshOf(t, "us-east-1", 20, 7, 10), 5, 10, 5, 5, 50, 50, 50},
		"few calls":           {meshOf(t, "us-east-1", 20, 20, 10, func(m *Mesh) { m.Calls = 20 }), 20, 20, 20, 20, 40, 40, 40},
		"a second door":       {meshOf(t, "us-east-1", 20, 1, 10), 101, 10, 1, 2, 1010, 20, 10},
		"two tiers":           {meshOf(t, "us-east-1", 20, 2, 10, func(m *Mesh) { m.Tiers = 2 }), 20, 10, 2, 4, 200, 40, 20},
	} {
		g := tc.m.grown(tc.services, tc.consumers)
		if g.Providers != tc.providers || g.doors() != tc.doors || g.Calls != tc.calls || g.DoorCalls != tc.doorCalls || g.ProviderCalls != tc.by {
			t.Errorf("%s: %d providers, %d doors, %d calls, %d of doors, %d of providers", name, g.Providers, g.doors(), g.Calls, g.DoorCalls, g.ProviderCalls)
		}
	}
}
