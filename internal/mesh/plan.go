package mesh

import (
	"slices"
	"strconv"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Plan is what is built of a declaration.
type Plan struct {
	Declaration *Declaration
	// Doors are the front doors that have services, by tier, provider and number, in the declared order of tiers and providers.
	Doors []*Door
	// Connections are those of all consumers, in the declared order of consumers, and then of Doors.
	Connections []*Connection

	byService map[string]*Door
}

// Connection is what a consumer calls behind one front door.
type Connection struct {
	Consumer *Consumer
	Door     *Door
	// Services are those that the consumer calls, in their declared order. Over PrivateLink it reaches the others behind the door too, by their
	// Host headers: a door is one list of principals. Nothing in its VPC resolves their names.
	Services []*Service
}

// Calls reports whether the consumer calls a service behind the door.
func (c *Connection) Calls(service *Service) bool { return slices.Contains(c.Services, service) }

// Apis returns what the consumer connects to, with the services that it calls.
func (c *Connection) Apis() []*Api {
	var apis []*Api
	for _, api := range c.Door.Apis() {
		called := slices.DeleteFunc(slices.Clone(api.Services), func(s *Service) bool { return !c.Calls(s) })
		if len(called) > 0 {
			apis = append(apis, &Api{Name: api.Name, Door: api.Door, Services: called, Consumers: []*Consumer{c.Consumer}})
		}
	}
	return apis
}

// Plan plans what is built. The error has all that is wrong with the declaration.
func (d *Declaration) Plan() (*Plan, error) {
	r := &rules.Report{}
	p := d.PlanInto(r)
	return p, r.Err(root)
}

// PlanInto is [Declaration.Plan] with a report. It returns nil if there are errors.
func (d *Declaration) PlanInto(r *rules.Report) *Plan {
	own := &rules.Report{}
	d.Check(own)
	for _, problem := range own.Problems() {
		r.AddProblem(problem)
	}
	if own.HasErrors() {
		return nil
	}
	p := plan(d)
	p.checkQuotas(r)
	return p
}

// plan plans a declaration whose names are known to be declared.
func plan(d *Declaration) *Plan {
	p := &Plan{Declaration: d, byService: map[string]*Door{}}
	p.planDoors()
	p.planConnections()
	return p
}

func (p *Plan) planDoors() {
	type place struct {
		tier, provider string
		number         int
	}
	tiers := map[string]*Tier{}
	for _, tier := range p.Declaration.Tiers {
		tiers[tier.Name] = tier
	}
	behind := map[place][]*Service{}
	for _, service := range p.Declaration.Services {
		at := place{service.Tier, service.Provider, doorOf(service, tiers[service.Tier])}
		behind[at] = append(behind[at], service)
	}
	for _, tier := range p.Declaration.Tiers {
		for _, provider := range p.Declaration.Providers {
			for number := 1; number <= tier.shards(); number++ {
				services := behind[place{tier.Name, provider.Name, number}]
				if len(services) == 0 {
					continue
				}
				door := &Door{Name: provider.Name + "." + numbered(tier.Name, ".", number), Provider: provider, Tier: tier, Number: number, Services: services}
				p.Doors = append(p.Doors, door)
				for _, service := range services {
					p.byService[service.Name] = door
				}
			}
		}
	}
}

// numbered is a name with a number from the second one on.
func numbered(name, separator string, number int) string {
	if number == 1 {
		return name
	}
	return name + separator + strconv.Itoa(number)
}

func (p *Plan) planConnections() {
	place := map[*Service]int{}
	for i, service := range p.Declaration.Services {
		place[service] = i
	}
	services := map[string]*Service{}
	for _, service := range p.Declaration.Services {
		services[service.Name] = service
	}
	for _, consumer := range p.Declaration.Consumers {
		called := map[*Door][]*Service{}
		for _, call := range consumer.Calls {
			door := p.byService[call]
			called[door] = append(called[door], services[call])
		}
		for _, door := range p.Doors {
			list := called[door]
			if len(list) == 0 {
				continue
			}
			slices.SortFunc(list, func(a, b *Service) int { return place[a] - place[b] })
			connection := &Connection{Consumer: consumer, Door: door, Services: list}
			door.Connections = append(door.Connections, connection)
			p.Connections = append(p.Connections, connection)
		}
	}
}

// DoorOf returns the front door of a service; nil if the service is not declared.
func (p *Plan) DoorOf(service string) *Door { return p.byService[service] }

// DoorsOf returns the front doors of a provider.
func (p *Plan) DoorsOf(provider string) []*Door {
	return filter(p.Doors, func(d *Door) bool { return d.Provider.Name == provider })
}

// ConnectionsOf returns the connections of a consumer.
func (p *Plan) ConnectionsOf(consumer string) []*Connection {
	return filter(p.Connections, func(c *Connection) bool { return c.Consumer.Name == consumer })
}

// filter returns the elements that are wanted.
func filter[T any](list []T, wanted func(T) bool) (found []T) {
	for _, element := range list {
		if wanted(element) {
			found = append(found, element)
		}
	}
	return found
}
