package mesh_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// large is a mesh with two tiers, three providers, and consumers that call services of all.
func large(services, capacity int) *mesh.Declaration {
	d := &mesh.Declaration{
		Region: "eu-west-1",
		Tiers:  []*mesh.Tier{{Name: "internal", Transport: mesh.PrivateLink, Capacity: capacity}, {Name: "payments", Transport: mesh.Lattice, Capacity: capacity}},
		Providers: []*mesh.Provider{
			{Name: "commerce", Account: "222222222222"}, {Name: "finance", Account: "333333333333"}, {Name: "travel", Account: "444444444444"},
		},
		Consumers: []*mesh.Consumer{{Name: "checkout", Account: "111111111111"}, {Name: "reports", Account: "111111111111"}, {Name: "search", Account: "555555555555"}},
	}
	for i := range services {
		addService(d, i)
	}
	return d
}

// addService adds a service, which some consumers call.
func addService(d *mesh.Declaration, i int) {
	name := fmt.Sprintf("service-%d", i)
	d.Services = append(d.Services, &mesh.Service{
		Name: name, DomainName: name + ".internal.company.com",
		Provider: d.Providers[i%len(d.Providers)].Name, Tier: d.Tiers[i/len(d.Providers)%len(d.Tiers)].Name,
		Priority: priority(d.Tiers[i/len(d.Providers)%len(d.Tiers)], i),
	})
	for j, consumer := range d.Consumers {
		if i%(j+2) == 0 {
			consumer.Calls = append(consumer.Calls, name)
		}
	}
}

// priority keeps rules apart: two of hundreds would share a derived one.
func priority(tier *mesh.Tier, i int) int {
	if tier.Transport == mesh.Lattice {
		return 0
	}
	return 2 + i
}

func planOf(t *testing.T, d *mesh.Declaration) *mesh.Plan {
	t.Helper()
	plan, err := d.Plan()
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// described has a line for each place in a plan: where a service is, and in which stack a connection is.
func described(p *mesh.Plan) map[string]string {
	lines := map[string]string{}
	for _, door := range p.Doors {
		for _, service := range door.Services {
			lines["service "+service.Name] = door.Name
		}
	}
	for _, provider := range p.Declaration.Providers {
		for _, stack := range p.StacksOfProvider(provider.Name) {
			lines["stack "+provider.Name+" "+stack.Name] = doorNames(stack)
		}
	}
	for _, consumer := range p.Declaration.Consumers {
		for _, stack := range p.StacksOfConsumer(consumer.Name) {
			for _, door := range stack.Doors {
				lines["connection "+consumer.Name+" "+door.Name] = stack.Name
			}
		}
	}
	return lines
}

func doorNames(stack *mesh.Stack) string {
	var names []string
	for _, door := range stack.Doors {
		names = append(names, door.Name)
	}
	return strings.Join(names, " ")
}

func TestPlan(t *testing.T) {
	plan := planOf(t, large(12, 0))
	var got []string
	for _, door := range plan.Doors {
		line := fmt.Sprintf("%s %d:", door.Name, door.Number)
		for _, api := range door.Apis() {
			line += fmt.Sprintf(" %s(%d services) for %v", api.Name, len(api.Services), api.Accounts())
		}
		got = append(got, line)
	}
	for _, connection := range plan.Connections {
		line := fmt.Sprintf("%s to %s:", connection.Consumer.Name, connection.Door.Name)
		for _, api := range connection.Apis() {
			line += " " + api.Name
			for _, service := range api.Services {
				line += "/" + service.Name
			}
		}
		got = append(got, line)
	}
	want := []string{
		"commerce.internal 1: commerce.internal(2 services) for [111111111111 555555555555]",
		"finance.internal 1: finance.internal(2 services) for []",
		"travel.internal 1: travel.internal(2 services) for [111111111111 555555555555]",
		"commerce.payments 1: service-3(1 services) for [111111111111] service-9(1 services) for [111111111111]",
		"finance.payments 1: service-4(1 services) for [111111111111 555555555555] service-10(1 services) for [111111111111]",
		"travel.payments 1: service-5(1 services) for [] service-11(1 services) for []",
		"checkout to commerce.internal: commerce.internal/service-0/service-6",
		"checkout to travel.internal: travel.internal/service-2/service-8",
		"checkout to finance.payments: service-4/service-4 service-10/service-10",
		"reports to commerce.internal: commerce.internal/service-0/service-6",
		"reports to commerce.payments: service-3/service-3 service-9/service-9",
		"search to commerce.internal: commerce.internal/service-0",
		"search to travel.internal: travel.internal/service-8",
		"search to finance.payments: service-4/service-4",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The door of a service is frozen: another one would replace the connections of its consumers.
func TestDoorsAreFrozen(t *testing.T) {
	d := large(0, 240)
	for i, name := range []string{"pricing", "stock", "ledger", "orders", "search-api", "media", "carts", "profile"} {
		d.Services = append(d.Services, &mesh.Service{Name: name, DomainName: name + ".company.com", Provider: "commerce", Tier: d.Tiers[i%2].Name})
	}
	plan := planOf(t, d)
	var got []string
	for _, service := range d.Services {
		got = append(got, plan.DoorOf(service.Name).Name)
	}
	want := []string{
		"commerce.internal.3", "commerce.payments.4", "commerce.internal.3", "commerce.payments.2",
		"commerce.internal.2", "commerce.payments", "commerce.internal.2", "commerce.payments.2",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
}

// wide is a mesh of many providers with few services, whose doors share stacks of consumers.
func wide() *mesh.Declaration {
	d := large(0, 5)
	d.Providers = nil
	for i := range 40 {
		d.Providers = append(d.Providers, &mesh.Provider{Name: fmt.Sprintf("provider-%d", i), Account: "222222222222"})
	}
	for i := range 200 {
		if i%40 != 7 { // provider 7 has no services
			addService(d, i)
		}
	}
	return d
}

// What is planned for one service or connection does not depend on the others.
func TestPlansAreStable(t *testing.T) {
	for name, build := range map[string]func() *mesh.Declaration{"large": func() *mesh.Declaration { return large(200, 240) }, "wide": wide} {
		t.Run(name, func(t *testing.T) { testStable(t, build) })
	}
}

func testStable(t *testing.T, build func() *mesh.Declaration) {
	before := described(planOf(t, build()))
	for name, edit := range map[string]func(d *mesh.Declaration){
		"a service more": func(d *mesh.Declaration) { addService(d, 200) },
		"a service more, of a provider without services": func(d *mesh.Declaration) { addService(d, 207) },
		"a service less":             func(d *mesh.Declaration) { removeService(d, 77) },
		"services in another order":  func(d *mesh.Declaration) { slices.Reverse(d.Services) },
		"consumers in another order": func(d *mesh.Declaration) { slices.Reverse(d.Consumers) },
		"calls in another order":     func(d *mesh.Declaration) { slices.Reverse(d.Consumers[0].Calls) },
		"a consumer more, at the front": func(d *mesh.Declaration) {
			d.Consumers = slices.Insert(d.Consumers, 0, &mesh.Consumer{Name: "audit", Account: "666666666666", Calls: []string{"service-8"}})
		},
		"a consumer less":                 func(d *mesh.Declaration) { d.Consumers = d.Consumers[1:] },
		"a provider more, at the end":     func(d *mesh.Declaration) { addProvider(d) },
		"a tier more, at the end":         func(d *mesh.Declaration) { addTier(d) },
		"a provider and a tier, one each": func(d *mesh.Declaration) { addProvider(d); addTier(d) },
	} {
		t.Run(name, func(t *testing.T) {
			d := build()
			edit(d)
			after := described(planOf(t, d))
			if isOrder := strings.Contains(name, "order"); maps.Equal(before, after) != isOrder {
				t.Errorf("the plan is the same: %v", !isOrder)
			}
			for key, was := range before {
				if is, ok := after[key]; ok && is != was {
					t.Errorf("%s: was %s, is %s", key, was, is)
				}
			}
		})
	}
}

func addProvider(d *mesh.Declaration) {
	d.Providers = append(d.Providers, &mesh.Provider{Name: "media", Account: "777777777777"})
	d.Services = append(d.Services, &mesh.Service{Name: "photos", DomainName: "photos.company.com", Provider: "media", Tier: "internal"})
	d.Consumers[0].Calls = append(d.Consumers[0].Calls, "photos")
}

func addTier(d *mesh.Declaration) {
	d.Tiers = append(d.Tiers, &mesh.Tier{Name: "audit", Transport: mesh.PrivateLink})
	d.Services = append(d.Services, &mesh.Service{Name: "trail", DomainName: "trail.company.com", Provider: d.Providers[0].Name, Tier: "audit"})
	d.Consumers[0].Calls = append(d.Consumers[0].Calls, "trail")
}

func removeService(d *mesh.Declaration, i int) {
	name := d.Services[i].Name
	d.Services = slices.Delete(d.Services, i, i+1)
	for _, consumer := range d.Consumers {
		consumer.Calls = slices.DeleteFunc(consumer.Calls, func(call string) bool { return call == name })
	}
}

// Raising the capacity moves no service between the doors that were there, and few to the new one.
func TestMoreCapacity(t *testing.T) {
	before, after := described(planOf(t, large(180, 160))), described(planOf(t, large(180, 240)))
	moved, services := 0, 0
	for key, was := range before {
		if !strings.HasPrefix(key, "service ") {
			continue
		}
		services++
		if is := after[key]; is != was {
			moved++
			if !strings.HasSuffix(is, ".internal.3") && !strings.HasSuffix(is, ".payments.5") && !strings.HasSuffix(is, ".payments.6") {
				t.Errorf("%s: from %s to %s", key, was, is)
			}
		}
	}
	if moved == 0 || moved > services/2 {
		t.Errorf("%d of %d services moved", moved, services)
	}
}

func TestPlanFails(t *testing.T) {
	crowded := large(0, 160)
	for i := range 120 {
		crowded.Services = append(crowded.Services, &mesh.Service{Name: fmt.Sprintf("s-%d", i), DomainName: fmt.Sprintf("s-%d.company.com", i), Provider: "commerce", Tier: "internal", Door: 2, Priority: i + 2})
	}
	addTierOf(crowded)
	derived := large(0, 0)
	for _, name := range samePriority() {
		derived.Services = append(derived.Services, &mesh.Service{Name: name, DomainName: name + ".company.com", Provider: "commerce", Tier: "internal"})
	}
	addTierOf(derived)
	for name, tc := range map[string]struct {
		d    *mesh.Declaration
		want string
	}{
		"too many services on a door": {crowded, "tiers[0].capacity: makes 2 front doors of commerce, of which commerce.internal.2 has 120 services, and takes 99 [privateapi:meshDoor]"},
		"two derived priorities":      {derived, " too, behind the same front door [privateapi:routePriority]"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := tc.d.Plan(); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%v\nwant %s", err, tc.want)
			}
		})
	}
}

func addTierOf(d *mesh.Declaration) {
	d.Services = append(d.Services, &mesh.Service{Name: "ledger", DomainName: "ledger.company.com", Provider: "finance", Tier: "payments"})
}

// samePriority returns two names from which one priority is derived.
func samePriority() []string {
	by := map[int]string{}
	for i := 0; ; i++ {
		service := &mesh.Service{Name: fmt.Sprintf("service-%d", i)}
		priority := service.RulePriority()
		if other, ok := by[priority]; ok {
			return []string{other, service.Name}
		}
		by[priority] = service.Name
	}
}

// The priority of a service is frozen: another one would replace its listener rule.
func TestPrioritiesAreFrozen(t *testing.T) {
	for name, want := range map[string]int{"pricing": 37203, "stock": 32472, "ledger": 10371} {
		if got := (&mesh.Service{Name: name}).RulePriority(); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

func TestQuotas(t *testing.T) {
	for name, tc := range map[string]struct {
		d    func() *mesh.Declaration
		want []string
	}{
		"within the quotas": {func() *mesh.Declaration { return many(50, mesh.PrivateLink, 1) }, nil},
		"endpoints": {
			func() *mesh.Declaration { return many(51, mesh.PrivateLink, 1) },
			[]string{"consumers[0]: checkout connects to 51 front doors, each by an endpoint [privateapi:endpointQuota]"},
		},
		"hosted zones": {
			func() *mesh.Declaration { return many(10, mesh.PrivateLink, 51) },
			[]string{"consumers[0]: the consumers of account 111111111111 call 510 names [privateapi:meshHostedZoneQuota]"},
		},
		"as many hosted zones as there can be": {func() *mesh.Declaration { return many(10, mesh.PrivateLink, 50) }, nil},
		"hosted zones of an account, by two consumers": {
			func() *mesh.Declaration {
				d := many(10, mesh.PrivateLink, 50)
				d.Consumers = append(d.Consumers,
					&mesh.Consumer{Name: "reports", Account: "111111111111", Calls: []string{"service-0-0"}}, &mesh.Consumer{Name: "audit", Account: "111111111111"},
					&mesh.Consumer{Name: "search", Account: "333333333333", Calls: []string{"service-0-0"}})
				return d
			},
			[]string{
				"consumers[0]: the consumers of account 111111111111 call 501 names [privateapi:meshHostedZoneQuota]",
				"consumers[1]: the consumers of account 111111111111 call 501 names [privateapi:meshHostedZoneQuota]",
			},
		},
		"as many service networks as there can be": {func() *mesh.Declaration { return callers(50) }, nil},
		"service networks":                         {func() *mesh.Declaration { return callers(51) }, each(51, "consumers[%d]: 51 consumers of account 111111111111 call services over VPC Lattice, each by a service network [privateapi:meshLatticeQuota]")},
		"services of VPC Lattice": {
			func() *mesh.Declaration { return many(14, mesh.Lattice, 40) },
			append([]string{
				"consumers[0]: checkout has 560 services in its service network [privateapi:meshLatticeQuota]",
				"consumers[0]: the consumers of account 111111111111 call 560 names [privateapi:meshHostedZoneQuota]",
			}, each(14, "providers[%d]: account 222222222222 has 560 services of VPC Lattice, each with a target group [privateapi:meshLatticeQuota]")...),
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := &rules.Report{}
			if tc.d().PlanInto(r) == nil {
				t.Fatal(r.Err("mesh"))
			}
			if got := problems(r); !slices.Equal(got, tc.want) {
				t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
			}
		})
	}
}

// many is a mesh of one consumer that calls services of many providers.
func many(providers int, transport string, services int) *mesh.Declaration {
	d := &mesh.Declaration{Region: "eu-west-1", Tiers: []*mesh.Tier{{Name: "internal", Transport: transport}}}
	consumer := &mesh.Consumer{Name: "checkout", Account: "111111111111"}
	for i := range providers {
		provider := &mesh.Provider{Name: fmt.Sprintf("provider-%d", i), Account: "222222222222"}
		d.Providers = append(d.Providers, provider)
		for j := range services {
			service := &mesh.Service{Name: fmt.Sprintf("service-%d-%d", i, j), Provider: provider.Name, Tier: "internal", Priority: priority(d.Tiers[0], j)}
			service.DomainName = service.Name + ".company.com"
			d.Services = append(d.Services, service)
			consumer.Calls = append(consumer.Calls, service.Name)
		}
	}
	d.Consumers = []*mesh.Consumer{consumer}
	return d
}

// each is a problem of each of some elements of a list.
func each(n int, problem string) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprintf(problem, i))
	}
	return list
}

// callers is a mesh of a service over VPC Lattice that many consumers of one account call, and others of it do not.
func callers(n int) *mesh.Declaration {
	d := many(1, mesh.Lattice, 1)
	for i := range n - 1 {
		d.Consumers = append(d.Consumers, &mesh.Consumer{Name: fmt.Sprintf("consumer-%d", i), Account: "111111111111", Calls: []string{"service-0-0"}})
	}
	d.Consumers = append(d.Consumers, &mesh.Consumer{Name: "audit", Account: "111111111111"})
	return d
}

// docs/mesh.md says how many front doors a stack of a consumer has by the capacity of their tier.
func TestDoorsOfAStack(t *testing.T) {
	for capacity, want := range map[int]int{0: 1, 80: 1, 20: 5, 10: 9} {
		d := many(12, mesh.PrivateLink, 1)
		d.Tiers[0].Capacity = capacity
		if got := len(planOf(t, d).StacksOfConsumer("checkout")[0].Doors); got != want {
			t.Errorf("capacity %d: %d front doors in the first stack, want %d", capacity, got, want)
		}
	}
}
