package compare

import "github.com/cdk-private-api/cdk-private-api-go/internal/mesh"

// Declaration takes what the declaration of a mesh has that is not given yet. A provider without a service, and a consumer that calls none, do
// not count.
func (n *Numbers) Declaration(d *mesh.Declaration) {
	from := func(says string) []Evidence { return []Evidence{{At: "the declaration", Says: says}} }
	set := func(key string, field *int, value int, says string) {
		if !n.given[key] && value > 0 {
			n.given[key] = true
			*field = value
			n.mesh.Evidence[key] = from(says)
		}
	}
	if !n.given["region"] && d.Region != "" {
		n.given["region"] = true
		n.mesh.Region = d.Region
		n.mesh.Evidence["region"] = from("region")
	}
	type door struct{ provider, tier string }
	owners, doors, accounts := map[string]bool{}, map[door]bool{}, map[string]bool{}
	service := map[string]*mesh.Service{}
	for _, s := range d.Services {
		owners[s.Provider] = true
		doors[door{s.Provider, s.Tier}] = true
		service[s.Name] = s
	}
	callers, calls := 0, 0
	ofDoors, ofProviders := map[[2]any]bool{}, map[[2]any]bool{}
	for _, c := range d.Consumers {
		if len(c.Calls) > 0 {
			callers++
			calls += len(c.Calls)
			accounts[c.Account] = true
		}
		for _, name := range c.Calls {
			if s := service[name]; s != nil {
				ofDoors[[2]any{c, door{s.Provider, s.Tier}}] = true
				ofProviders[[2]any{c, s.Provider}] = true
			}
		}
	}
	m := n.mesh
	set("services", &m.Services, len(d.Services), "services")
	set("providers", &m.Providers, len(owners), "providers of services")
	set("tiers", &m.Tiers, len(d.Tiers), "tiers")
	set("frontDoors", &m.FrontDoors, len(doors), "providers of services and their tiers")
	set("consumers", &m.Consumers, callers, "consumers with calls")
	set("calls", &m.Calls, calls, "calls of consumers")
	set("doorCalls", &m.DoorCalls, len(ofDoors), "calls of consumers, by provider and tier")
	set("providerCalls", &m.ProviderCalls, len(ofProviders), "calls of consumers, by provider")
	set("principals", &m.Principals, len(accounts), "accounts of consumers")
}
