package mesh

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Door is what stands in front of some services of one provider and one tier: over PrivateLink an endpoint service, an NLB and an ALB. Over
// VPC Lattice nothing does, and it is the group of services that are in one stack.
//
// A tier whose capacity is more than one door takes has several. Which one a service has is derived from its name alone (rendezvous hashing), so
// that adding or removing a service moves no other one, and another door takes only its own share of the services.
type Door struct {
	// Name is unique in the mesh: <provider>.<tier>, and <provider>.<tier>.<number> from the second door on. It is the name of the door's
	// contract.
	Name     string
	Provider *Provider
	Tier     *Tier
	// Number is from 1.
	Number int
	// Services are the services behind it, in their declared order.
	Services []*Service
	// Connections are those of the consumers that call one of them, in the declared order of consumers.
	Connections []*Connection
}

// Api is what one contract is of, and what a consumer connects to: a front door over PrivateLink, or a service over VPC Lattice.
type Api struct {
	// Name is the name of its contract: that of the door over PrivateLink, of the service over VPC Lattice.
	Name     string
	Door     *Door
	Services []*Service
	// Consumers are those that call one of the services, in their declared order.
	Consumers []*Consumer
}

// doorSize is how many services a door takes.
type doorSize struct {
	// reserved is how many of the capacity one door takes.
	reserved int
	// most is how many services it can have, as names do not spread evenly over several doors.
	most int
}

// doorSizes are the sizes by transport: the quotas of an ALB, whose health check is a rule too, and the resources of a stack.
var doorSizes = map[string]doorSize{
	PrivateLink: {reserved: 80, most: rules.MaxRules - 1},
	Lattice:     {reserved: 40, most: 55},
}

// maxCapacity is far above what fits into an account.
const maxCapacity = 10_000

// DefaultCapacity is the capacity of a tier that has none: what one door takes.
func DefaultCapacity(transport string) int { return doorSizes[transport].reserved }

// capacity is how many services a provider can have in the tier.
func (t *Tier) capacity() int {
	if t.Capacity == 0 {
		return DefaultCapacity(t.Transport)
	}
	return t.Capacity
}

// shards is how many doors a provider has in the tier, if it has services for all of them.
func (t *Tier) shards() int {
	size := max(1, doorSizes[t.Transport].reserved)
	return max(1, (t.capacity()+size-1)/size)
}

// reserved is how many services one door of the tier may have.
func (t *Tier) reserved() int {
	if t.shards() == 1 {
		return t.capacity()
	}
	return doorSizes[t.Transport].most
}

// doorOf returns the number of the door of a service.
func doorOf(service *Service, tier *Tier) int {
	if service.Door > 0 {
		return service.Door
	}
	door, best := 1, uint64(0)
	for number := 1; number <= tier.shards(); number++ {
		hash := sha256.Sum256(fmt.Appendf(nil, "%s/%d", service.Name, number))
		if score := binary.BigEndian.Uint64(hash[:]); score > best {
			door, best = number, score
		}
	}
	return door
}

// Apis returns what is published at the door, and its consumers.
func (d *Door) Apis() []*Api {
	if d.Tier.Transport == PrivateLink {
		return []*Api{d.api(d.Name, d.Services...)}
	}
	var apis []*Api
	for _, service := range d.Services {
		apis = append(apis, d.api(service.Name, service))
	}
	return apis
}

func (d *Door) api(name string, services ...*Service) *Api {
	a := &Api{Name: name, Door: d, Services: services}
	for _, connection := range d.Connections {
		if slices.ContainsFunc(services, connection.Calls) {
			a.Consumers = append(a.Consumers, connection.Consumer)
		}
	}
	return a
}

// Accounts returns the accounts of the consumers, sorted, each once.
func (a *Api) Accounts() []string {
	var accounts []string
	for _, consumer := range a.Consumers {
		accounts = append(accounts, consumer.Account)
	}
	slices.Sort(accounts)
	return slices.Compact(accounts)
}

// Derived priorities of listener rules are from firstPriority up to lastPriority; those below are for people to give.
const firstPriority, lastPriority = 1000, 49_999

// RulePriority returns the priority of the listener rule of a service over PrivateLink. It is derived from the name alone, as ELB rejects a rule
// whose priority another rule has at that moment: a service that comes or goes must not move others. The hash is better than that of single
// routes, as a door has many names, and names that resemble each other.
func (s *Service) RulePriority() int {
	if s.Priority > 0 {
		return s.Priority
	}
	hash := sha256.Sum256([]byte(s.Name))
	return firstPriority + int(binary.BigEndian.Uint64(hash[:])%(lastPriority-firstPriority+1))
}

// checkPlan reports what cannot be planned: services for which there is no room, and listener rules of one priority.
func (c *checker) checkPlan() {
	plan := plan(c.d)
	index := map[*Service]int{}
	for i, service := range c.d.Services {
		index[service] = i
	}
	inTier := map[[2]string]int{}
	for _, door := range plan.Doors {
		inTier[[2]string{door.Provider.Name, door.Tier.Name}] += len(door.Services)
	}
	for _, door := range plan.Doors {
		key := [2]string{door.Provider.Name, door.Tier.Name}
		at := jsondoc.At("tiers", c.tiers[door.Tier.Name]) + ".capacity"
		size := doorSizes[door.Tier.Transport]
		switch n := inTier[key]; {
		case n > door.Tier.capacity():
			c.r.Add(rules.MeshCapacity, at, "is %d, but %s has %d services in tier %s", door.Tier.capacity(), door.Provider.Name, n, door.Tier.Name)
			delete(inTier, key) // once for all doors
		case len(door.Services) > size.most:
			c.r.Add(rules.MeshDoor, at, "makes %d front doors of %s, of which %s has %d services, and takes %d", door.Tier.shards(), door.Provider.Name, door.Name, len(door.Services), size.most)
		}
		if door.Tier.Transport == PrivateLink {
			c.checkPriorities(door, index)
		}
	}
}

// checkPriorities reports two services of a front door whose listener rules would have one priority.
func (c *checker) checkPriorities(door *Door, index map[*Service]int) {
	taken := map[int]*Service{}
	for _, service := range door.Services {
		taken[service.RulePriority()] = service
	}
	first := map[int]*Service{}
	for _, service := range door.Services {
		priority := service.RulePriority()
		other, isTwice := first[priority]
		if !isTwice {
			first[priority] = service
			continue
		}
		free := priority
		for taken[free] != nil || free > int(rules.RulePriorities.High) {
			if free++; free > int(rules.RulePriorities.High) {
				free = int(rules.RulePriorities.Low) + 1
			}
		}
		c.r.AddWithFix(rules.RoutePriority, jsondoc.At("services", index[service])+".priority",
			fmt.Sprintf("set the priority of the newer of the two services, for example to %d", free),
			"%d is the priority of service %s too, behind the same front door", priority, other.Name)
	}
}
