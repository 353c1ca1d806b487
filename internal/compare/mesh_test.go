package compare

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

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

func gb(n int) func(m *Mesh) { return func(m *Mesh) { m.Usage = &Usage{GB: rat(n)} } }

func zones(n int) func(m *Mesh) { return func(m *Mesh) { m.Zones = n } }

func yes(list ...Question) func(m *Mesh) {
	return func(m *Mesh) {
		for _, q := range list {
			m.Answers[q] = Answer{Is: Yes}
		}
	}
}
