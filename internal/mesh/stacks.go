package mesh

import "slices"

// Stack is a stack of a provider or of a consumer.
type Stack struct {
	// Name is unique among the stacks of the provider or the consumer: <tier>, and <tier>-<number> from the second one on.
	Name string
	// Doors are the front doors whose parts it has.
	Doors []*Door
}

// stackBudget is how many resources the stack of a consumer is planned for. The rest is for rules of more clients.
const stackBudget = 450

// StacksOfProvider returns the stacks of a provider: one for each of its front doors.
func (p *Plan) StacksOfProvider(provider string) []*Stack {
	var stacks []*Stack
	for _, door := range p.DoorsOf(provider) {
		stacks = append(stacks, &Stack{Name: numbered(door.Tier.Name, "-", door.Number), Doors: []*Door{door}})
	}
	return stacks
}

// StacksOfConsumer returns the stacks of a consumer. Each tier has its own, into which the front doors of all providers are packed in their
// declared order, by what the capacity of the tier reserves for a door, whether the consumer calls a service behind it or not. So which stack a
// door belongs to depends on the tier, its capacity and the providers before it alone.
func (p *Plan) StacksOfConsumer(consumer string) []*Stack {
	connected := map[*Tier]map[string]*Door{}
	for _, connection := range p.ConnectionsOf(consumer) {
		door := connection.Door
		if connected[door.Tier] == nil {
			connected[door.Tier] = map[string]*Door{}
		}
		connected[door.Tier][door.Name] = door
	}
	var stacks []*Stack
	for _, tier := range p.Declaration.Tiers {
		if len(connected[tier]) == 0 {
			continue
		}
		byName := map[string]*Stack{}
		for _, place := range p.places(tier) {
			door := connected[tier][place.door]
			if door == nil {
				continue
			}
			stack := byName[place.stack]
			if stack == nil {
				stack = &Stack{Name: place.stack}
				byName[place.stack] = stack
				stacks = append(stacks, stack)
			}
			stack.Doors = append(stack.Doors, door)
		}
	}
	return stacks
}

// place is where consumers have their connections to a door.
type place struct{ door, stack string }

// places packs all doors that a tier can have into stacks.
func (p *Plan) places(tier *Tier) []place {
	perDoor := connectionOf(tier.Transport, tier.reserved(), plannedClients)
	var places []place
	stack, used := 1, 0
	for _, provider := range p.Declaration.Providers {
		for number := 1; number <= tier.shards(); number++ {
			if used > 0 && used+perDoor > stackBudget {
				stack, used = stack+1, 0
			}
			used += perDoor
			places = append(places, place{provider.Name + "." + numbered(tier.Name, ".", number), numbered(tier.Name, "-", stack)})
		}
	}
	return places
}

// Has reports whether a stack has the parts of a front door.
func (s *Stack) Has(door *Door) bool { return slices.Contains(s.Doors, door) }
