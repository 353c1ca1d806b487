package compare

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// fewEvidence is how much evidence there is of one thing.
const fewEvidence = 4

// Templates takes what templates have that is not given yet. What they do not have, or only the deployment decides, stays open.
func (n *Numbers) Templates(net *network.Network) {
	t := &templates{Numbers: n, net: net, names: map[string]bool{}, callers: map[string]network.Property{}, owners: map[string]network.Property{}, pairs: map[[2]string]bool{}}
	t.readRegions()
	t.readConsumers()
	t.readNames()
	t.readProviders()
	t.readZones()
	t.readListeners()
	t.readBlocks()
	t.readNetworks()
	t.readAccess()
	t.count()
	t.noteUnread()
}

// noteUnread says which parts of the templates count for nothing, because nobody read them.
func (t *templates) noteUnread() {
	for _, u := range t.net.Unread() {
		t.note("nothing of the mesh is in %s, which was not read", u)
	}
	for _, stack := range t.net.Stacks() {
		if macro := network.Macro(stack); macro != "" {
			t.note("the macro %s adds nothing to stack %s", macro, stack.Name)
		}
	}
}

// templates reads templates.
type templates struct {
	*Numbers
	net *network.Network
	// names are the domain names of services; callers and owners are the VPCs of consumers and providers, by a name of them.
	names           map[string]bool
	callers, owners map[string]network.Property
	// pairs are VPCs of consumers with the names that they resolve.
	pairs map[[2]string]bool
}

// evidenceOf is a property as evidence.
func evidenceOf(p network.Property, says string) Evidence {
	if says == "" {
		says = network.NameOf(p.Value)
	}
	return Evidence{network.FullName(p.Resource), p.Path(), says}
}

// number sets a number that is not given yet.
func (t *templates) number(key string, field *int, value int, evidence ...Evidence) {
	if t.given[key] || value == 0 {
		return
	}
	t.given[key] = true
	*field = value
	t.mesh.Evidence[key] = few(evidence)
}

// yes answers a question that has no answer yet.
func (t *templates) answer(q Question, is Is, evidence ...Evidence) {
	if t.given[string(q)] || len(evidence) == 0 {
		return
	}
	t.given[string(q)] = true
	t.mesh.Answers[q] = Answer{is, few(evidence)}
}

func few(list []Evidence) []Evidence { return list[:min(len(list), fewEvidence)] }

// vpcKey names a VPC: by its resource, or by its ID; "" if only the deployment knows it.
func vpcKey(v network.Value) string {
	if r, _, ok := v.Reference(); ok {
		return network.FullName(r)
	}
	id, _ := v.Text()
	return id
}

// addVPC adds a VPC. One that only the deployment knows may be one of the others, so it is not counted, and that is said.
func (t *templates) addVPC(to map[string]network.Property, vpc network.Property) {
	switch key := vpcKey(vpc.Value); {
	case key == "" && vpc.IsUndecided():
		t.note("%s of %s, which only the deployment knows, is one of the VPCs that are counted", vpc.Path(), network.FullName(vpc.Resource))
	case key != "" && to[key].Resource == nil:
		to[key] = vpc
	}
}

// note adds what is assumed once.
func (t *templates) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(t.mesh.Assumed, text) {
		t.mesh.Assumed = append(t.mesh.Assumed, text)
	}
}

func (t *templates) readRegions() {
	regions := map[string]Evidence{}
	for _, stack := range t.net.Stacks() {
		if _, known := regions[stack.Region]; !known && stack.Region != "" {
			regions[stack.Region] = Evidence{At: stack.Name, Says: "is in " + stack.Region}
		}
	}
	names := slices.Sorted(maps.Keys(regions))
	if len(names) == 1 && !t.given["region"] {
		t.given["region"] = true
		t.mesh.Region = names[0]
		t.mesh.Evidence["region"] = []Evidence{regions[names[0]]}
	}
	if len(names) > 1 {
		var evidence []Evidence
		for _, name := range names {
			evidence = append(evidence, regions[name])
		}
		t.answer(CrossRegion, Yes, evidence...)
	}
}

// readConsumers finds the VPCs of consumers: those with an endpoint, and those of a service network.
func (t *templates) readConsumers() {
	for _, e := range t.net.APIEndpoints() {
		t.addVPC(t.callers, e.VpcId())
	}
	for _, a := range t.net.VpcAssociations() {
		t.addVPC(t.callers, a.VpcIdentifier())
	}
}

// readNames finds the names of services: those of private zones that lead somewhere, of services of VPC Lattice and of endpoint services, and of
// rules of ALBs.
func (t *templates) readNames() {
	for _, zone := range t.net.HostedZones() {
		if zone.Resource == nil || zone.IsPublic {
			continue
		}
		for name, records := range zone.Records {
			if name == "" || !slices.ContainsFunc(records, isAddress) {
				continue
			}
			t.names[name] = true
			for _, vpc := range zone.Associations() {
				t.addVPC(t.callers, vpc.Id)
				t.pairs[[2]string{vpcKey(vpc.Id.Value), name}] = true
			}
		}
	}
	for _, s := range t.net.LatticeServices() {
		if name := network.DomainName(s.CustomDomainName().Value); name != "" {
			t.names[name] = true
		}
	}
	for _, s := range t.net.EndpointServices() {
		if name := network.DomainName(s.PrivateDnsName().Value); name != "" && !strings.ContainsAny(name, "*?") {
			t.names[name] = true
		}
	}
	for _, r := range t.net.ListenerRules() {
		for _, c := range r.Conditions {
			if c.Kind() == network.HostHeader {
				for _, pattern := range c.Patterns {
					if name := network.DomainName(pattern.Value); name != "" && !strings.ContainsAny(name, "*?") {
						t.names[name] = true
					}
				}
			}
		}
	}
}

func isAddress(r network.Record) bool { return r.Type().Literal() != "TXT" }

// readProviders finds the VPCs of load balancers and of targets of VPC Lattice.
func (t *templates) readProviders() {
	for _, lb := range t.net.LoadBalancers() {
		if vpc, ok := t.net.VpcOf(lb); ok {
			t.addVPC(t.owners, vpc)
		}
	}
	for _, tg := range t.net.LatticeTargetGroups() {
		if vpc := tg.VpcIdentifier(); !vpc.IsAbsent() {
			t.addVPC(t.owners, vpc)
		}
	}
}

// readZones counts the subnets of endpoints and load balancers, one of each zone.
func (t *templates) readZones() {
	most, at := 0, network.Property{}
	see := func(p network.Property, subnets int) {
		if subnets > most {
			most, at = subnets, p
		}
	}
	for _, e := range t.net.APIEndpoints() {
		see(e.SubnetIds(), len(e.SubnetIds().Items()))
	}
	for _, lb := range t.net.LoadBalancers() {
		see(lb.SubnetsProperty(), len(lb.Subnets()))
	}
	if most > 0 {
		t.number("zones", &t.mesh.Zones, most, evidenceOf(at, subnets(most)))
	}
}

func subnets(n int) string {
	if n == 1 {
		return "1 subnet"
	}
	return fmt.Sprintf("%d subnets", n)
}

// count sets the numbers of what was found.
func (t *templates) count() {
	evidence := func(of map[string]network.Property) (list []Evidence) {
		for _, key := range slices.Sorted(maps.Keys(of)) {
			list = append(list, evidenceOf(of[key], key))
		}
		return list
	}
	names := slices.Sorted(maps.Keys(t.names))
	t.number("services", &t.mesh.Services, len(names), Evidence{At: "names", Says: strings.Join(names[:min(len(names), fewEvidence)], ", ")})
	t.number("consumers", &t.mesh.Consumers, len(t.callers), evidence(t.callers)...)
	t.number("providers", &t.mesh.Providers, min(len(t.owners), max(t.mesh.Services, 1)), evidence(t.owners)...)
	called, calling := map[string]bool{}, map[string]bool{}
	for pair := range t.pairs {
		calling[pair[0]], called[pair[1]] = true, true
	}
	if len(called) == t.mesh.Services && len(calling) == t.mesh.Consumers && !calling[""] {
		t.number("calls", &t.mesh.Calls, len(t.pairs))
	}
}
