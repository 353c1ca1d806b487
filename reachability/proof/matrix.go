package proof

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Matrix is who reaches what: a row for each service, a column for each consumer.
type Matrix struct {
	Services  []MatrixService
	Consumers []MatrixConsumer
	// Cells are by service, then by consumer.
	Cells [][]Cell
	// IsDeclared says whether the services, the consumers and the calls are those of a declaration, and not those of the templates.
	IsDeclared bool
	// Strays are calls of VPCs, or to names, that the declaration does not have, and that pass or may.
	Strays []Answer
	// Unplaced are the consumers of the declaration of which no template tells which VPC is theirs.
	Unplaced []string
	// NotFound are the consumers with a given VPC in which no client of the templates is.
	NotFound []MatrixConsumer
}

// MatrixService is a service: a name that clients call.
type MatrixService struct {
	// Name is its name in the declaration, and Domain what clients call.
	Name, Domain string
	// Provider and Tier are those of the declaration. Door is what tells its front door from others: services with the same one share it.
	Provider, Tier, Door string
}

// MatrixConsumer is a consumer: a VPC.
type MatrixConsumer struct {
	// Name is its name in the declaration, or else that of its VPC.
	Name string
	// Account and Vpc are where its clients are.
	Account, Vpc string
	// Calls are the names of the services that it is declared to call.
	Calls []string
}

// Cell is what is known of a consumer and a service.
type Cell struct {
	State State
	// Why says what decides it; empty if nothing has to be said.
	Why string
	// Calls is how many calls there are of clients of the consumer, with each port and path, and Bad how many of them are like the state, if
	// not all of them are.
	Calls, Bad int
}

// MatrixOf returns the matrix of all calls of some paths: its services are the names that are called, its consumers the VPCs of the clients.
func MatrixOf(paths []Path) *Matrix {
	m := &Matrix{}
	for _, p := range paths {
		if service := (MatrixService{Name: p.Answer.Domain, Domain: p.Answer.Domain, Door: p.door()}); m.service(p.Answer.Domain) < 0 {
			m.Services = append(m.Services, service)
		}
		if consumer := p.consumer(); m.consumer(consumer) < 0 {
			m.Consumers = append(m.Consumers, consumer)
		}
	}
	slices.SortStableFunc(m.Services, func(a, b MatrixService) int { return cmp.Compare(a.Domain, b.Domain) })
	m.fill(paths)
	return m
}

// consumer is the consumer that the client of a path belongs to.
func (p Path) consumer() MatrixConsumer {
	at := p.Client.Place
	return MatrixConsumer{Name: cmp.Or(at.Vpc, p.Answer.Client), Account: at.Account, Vpc: at.Vpc}
}

// door is the front door of a path: the endpoint service, the service of VPC Lattice, or the ALB; empty if none is known.
func (p Path) door() string {
	for _, roles := range [][]string{{SegmentEndpointService.Name, SegmentService.Name}, {SegmentALB.Name}} {
		for _, leg := range p.Legs {
			if slices.Contains(roles, leg.Name) && leg.End.Name != "" {
				return leg.Name + " " + leg.End.Name
			}
		}
	}
	return ""
}

// service is the service of a name: the one that has it, or else the one with the longest wildcard that covers it. It is negative if there is none.
func (m *Matrix) service(domain string) int {
	found, longest := -1, 0
	for i, s := range m.Services {
		if s.Domain == domain {
			return i
		}
		below, isWildcard := strings.CutPrefix(s.Domain, "*")
		if isWildcard && strings.HasSuffix(domain, below) && len(below) > longest {
			found, longest = i, len(below)
		}
	}
	return found
}

func (m *Matrix) consumer(is MatrixConsumer) int {
	at := Place{Account: is.Account, Vpc: is.Vpc}
	return slices.IndexFunc(m.Consumers, func(c MatrixConsumer) bool {
		return (c.Account == is.Account || m.IsDeclared) && c.isIn(at) && (c.Vpc != "" || c.Name == is.Name)
	})
}

// fill finds the cells.
func (m *Matrix) fill(paths []Path) {
	m.Cells = make([][]Cell, len(m.Services))
	calls := map[[2]int][]Answer{}
	opens := entries{}
	doors := make([]map[string]bool, len(m.Services))
	for i, s := range m.Services {
		doors[i] = map[string]bool{s.Door: true}
	}
	for _, p := range paths {
		service, consumer := m.service(p.Answer.Domain), m.consumer(p.consumer())
		if service < 0 || consumer < 0 {
			if p.Answer.Verdict != Blocked {
				m.Strays = append(m.Strays, p.Answer)
			}
			continue
		}
		at := [2]int{service, consumer}
		if !slices.ContainsFunc(calls[at], p.Answer.isSame) {
			calls[at] = append(calls[at], p.Answer)
		}
		doors[service][p.door()] = true
		opens.add(consumer, p, m.Services[service].Door)
	}
	open := opens.open()
	for i := range m.Services {
		m.Cells[i] = make([]Cell, len(m.Consumers))
		for j := range m.Consumers {
			m.Cells[i][j] = m.cell(i, j, calls[[2]int{i, j}])
			for door := range doors[i] {
				if cell := &m.Cells[i][j]; cell.State == StateNone && door != "" && open[consumerDoor{j, door}] {
					*cell = Cell{State: StateSameDoor, Why: "behind a front door that is open to " + m.Consumers[j].Name}
				}
			}
		}
	}
}

// isSame reports whether two answers are to one question.
func (a Answer) isSame(b Answer) bool {
	return a.Client == b.Client && a.Domain == b.Domain && a.Port == b.Port && a.Path == b.Path
}

// cell is what the calls of a consumer say of a service.
func (m *Matrix) cell(service, consumer int, calls []Answer) Cell {
	isDeclared := !m.IsDeclared || slices.Contains(m.Consumers[consumer].Calls, m.Services[service].Name)
	if len(calls) == 0 {
		if !isDeclared {
			return Cell{}
		}
		if m.IsDeclared {
			return Cell{State: StateUnknown, Why: "no client of the templates calls it"}
		}
		return Cell{}
	}
	if !isDeclared {
		return undeclared(calls)
	}
	c := Cell{Calls: len(calls)}
	for _, a := range calls {
		switch state := a.state(); {
		case worse[state] > worse[c.State]:
			c.State, c.Bad, c.Why = state, 1, a.why()
		case state == c.State:
			c.Bad++
		}
	}
	if c.Bad == c.Calls {
		c.Bad = 0
	}
	return c
}

// undeclared is the cell of calls that nobody declared.
func undeclared(calls []Answer) Cell {
	c := Cell{Calls: len(calls)}
	for _, a := range calls {
		if a.Verdict == Blocked {
			continue
		}
		if c.State != StateUndeclared || a.Verdict == Reachable {
			c.State, c.Why = StateUndeclared, a.Client+" can call it"
			if why := a.why(); why != "" {
				c.Why = a.Client + " may call it: " + why
			}
		}
	}
	return c
}

// why is what decides an answer that does not pass.
func (a Answer) why() string {
	if a.Verdict == Reachable {
		return ""
	}
	hop := a.Decisive()
	return fmt.Sprintf("%s: %s", hop.Name, hop.Message)
}
