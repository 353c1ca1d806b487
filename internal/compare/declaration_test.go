package compare

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
)

// A provider without a service and a consumer that calls none do not count, and what was given first wins.
func TestDeclaration(t *testing.T) {
	d := &mesh.Declaration{
		Region:    "eu-west-1",
		Tiers:     []*mesh.Tier{{Name: "internal"}, {Name: "payments"}},
		Providers: []*mesh.Provider{{Name: "commerce"}, {Name: "money"}, {Name: "idle"}},
		Services: []*mesh.Service{
			{Name: "pricing", Provider: "commerce", Tier: "internal"},
			{Name: "stock", Provider: "commerce", Tier: "internal"},
			{Name: "cards", Provider: "commerce", Tier: "payments"},
			{Name: "ledger", Provider: "money", Tier: "payments"},
		},
		Consumers: []*mesh.Consumer{
			{Name: "checkout", Account: "111111111111", Calls: []string{"pricing", "stock", "cards"}},
			{Name: "reports", Account: "111111111111", Calls: []string{"ledger"}},
			{Name: "idle", Account: "222222222222"},
		},
	}
	n := numbersOf(t, "", "zones=3")
	n.Declaration(d)
	m, err := n.Mesh()
	if err != nil {
		t.Fatal(err)
	}
	if m.Region != "eu-west-1" || m.Services != 4 || m.Providers != 2 || m.Consumers != 2 || m.Tiers != 2 || m.FrontDoors != 3 || m.Calls != 4 || m.DoorCalls != 3 || m.ProviderCalls != 2 || m.Principals != 1 || m.Zones != 3 {
		t.Errorf("got %+v", m)
	}
	n = numbersOf(t, "", "services=9", "consumers=5")
	n.Declaration(d)
	if m := n.mesh; m.Services != 9 || m.Consumers != 5 || m.Evidence["services"] != nil {
		t.Errorf("the declaration wins: %+v", m)
	}
}
