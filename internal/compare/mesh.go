package compare

import "math/big"

// Mesh is what options are compared for. [Numbers.Mesh] checks it.
type Mesh struct {
	// Region is that of the prices.
	Region string
	// Services is how many services there are, each with one name, and Consumers how many VPCs call them.
	Services, Consumers int
	// Providers is how many VPCs own the services.
	Providers int
	// Zones is in how many Availability Zones each VPC has subnets. Default: 2.
	Zones int
	// Tiers is how many groups of services there are whose callers differ. Each provider has services in each of them. Default: 1.
	Tiers int
	// FrontDoors is how many front doors share the services. Default: one for each provider and tier.
	FrontDoors int
	// Calls is how many pairs of a consumer VPC and a service there are. Default: all of them.
	Calls int
	// DoorCalls is how many pairs of a consumer VPC and a front door there are, and ProviderCalls how many of a consumer VPC and a provider VPC.
	// Default: all, or as many as Calls.
	DoorCalls, ProviderCalls int
	// Routes is how many listener rules, and target groups, a service needs. Default: 1.
	Routes int
	// Principals is how many accounts or roles are let in. Default: as many as there are consumers.
	Principals int
	// LongestConnection is how long a connection lasts at most, and LongestIdle how long it says nothing in between, in seconds; 0 if it is not known.
	LongestConnection, LongestIdle int
	// Usage is what passes in a month; nil if it is not known.
	Usage *Usage
	// Protocols are what clients speak. Default: HTTP.
	Protocols []Protocol
	// Answers are the answers to questions.
	Answers map[Question]Answer
	// ConsumersOverlap says whether blocks of consumer VPCs overlap each other, if templates have them.
	ConsumersOverlap Answer
	// Evidence is where numbers and protocols are from, by their key, if they are from templates.
	Evidence map[string][]Evidence
	// Assumed are the values that nobody gave.
	Assumed []string
}

// Usage is what passes in a month, of all services together.
type Usage struct {
	// GB is how many gigabytes pass, requests and responses.
	GB *big.Rat
	// Requests is how many requests there are, and NewConnections how many connections are opened.
	Requests, NewConnections *big.Rat
	// ActiveConnections is how many connections are open at a time, on average.
	ActiveConnections *big.Rat
}

// Protocol is what a client speaks.
type Protocol string

// The protocols. GRPC and WebSocket are over HTTP; TLS is what is not HTTP over TLS.
const (
	HTTP      Protocol = "HTTP"
	GRPC      Protocol = "GRPC"
	WebSocket Protocol = "WEBSOCKET"
	TCP       Protocol = "TCP"
	TLS       Protocol = "TLS"
)

// Protocols are all protocols.
var protocols = []Protocol{HTTP, GRPC, WebSocket, TCP, TLS}

// Evidence is where a template has something.
type Evidence struct {
	// At is the resource, Stack/LogicalID, or the stack; Property is the property of it.
	At       string `json:"at"`
	Property string `json:"property,omitempty"`
	// Says is what it says.
	Says string `json:"says"`
}

// String is the evidence in a line.
func (e Evidence) String() string {
	if e.Property == "" {
		return e.At + ": " + e.Says
	}
	return e.At + " " + e.Property + ": " + e.Says
}

// speaks reports whether clients speak one of some protocols.
func (m *Mesh) speaks(list ...Protocol) bool {
	for _, spoken := range m.Protocols {
		for _, p := range list {
			if spoken == p {
				return true
			}
		}
	}
	return false
}

// doors is how many front doors there are, and more where a door would have more target groups than an ALB takes.
func (m *Mesh) doors() int {
	doors := min(m.Services, m.FrontDoors)
	return doors * ceil(ceil(m.Services, doors)*m.Routes, targetGroupsOfALB)
}

// albs is how many ALBs there are where clients reach them by route: one in each provider VPC, and more where one would have more target groups
// than it takes.
func (m *Mesh) albs() int {
	return m.Providers * ceil(ceil(m.Services, m.Providers)*m.Routes, targetGroupsOfALB)
}

// grown is the mesh with other numbers of services and consumers. Each service has a provider VPC of its own if it has one now; otherwise
// there are no more provider VPCs and front doors. Calls, and those of doors and
// providers, stay as large a part of all pairs as they are, rounded up.
func (m *Mesh) grown(services, consumers int) *Mesh {
	g := *m
	g.Services, g.Consumers = services, consumers
	if m.EachHasVPC() {
		g.Providers = services
		g.FrontDoors = ceil(m.FrontDoors*services, m.Services)
	}
	g.Providers = min(g.Providers, services)
	g.Calls = ceil(m.Calls*services*consumers, m.Services*m.Consumers)
	g.DoorCalls = min(ceil(m.DoorCalls*g.doors()*consumers, m.doors()*m.Consumers), g.Calls)
	g.ProviderCalls = min(ceil(m.ProviderCalls*g.Providers*consumers, m.Providers*m.Consumers), g.Calls)
	if m.Principals == m.Consumers {
		g.Principals = consumers
	}
	return &g
}

// EachHasVPC reports whether each service has a provider VPC of its own, as those that come later are taken to have.
func (m *Mesh) EachHasVPC() bool { return m.Providers == m.Services && m.Services > 1 }

// used is the mesh with another number of gigabytes.
func (m *Mesh) used(gb *big.Rat) *Mesh {
	g, usage := *m, Usage{}
	if m.Usage != nil {
		usage = *m.Usage
	}
	usage.GB = gb
	g.Usage = &usage
	return &g
}

// ceil is a quotient, rounded up.
func ceil(a, b int) int { return (a + b - 1) / b }

func rat(n int) *big.Rat { return new(big.Rat).SetInt64(int64(n)) }

// connectionsFor is how many of the connections that are open at a time each of so many has, and requestsFor how many of the requests of a second.
func (m *Mesh) connectionsFor(each int) int {
	if m.Usage == nil {
		return 0
	}
	return share(m.Usage.ActiveConnections, each)
}

func (m *Mesh) requestsFor(each int) int {
	if m.Usage == nil {
		return 0
	}
	const secondsPerMonth = 730 * secondsPerHour
	return share(m.Usage.Requests, each*secondsPerMonth)
}

// share is the part of each of so many, rounded up.
func share(of *big.Rat, each int) int {
	if of == nil {
		return 0
	}
	part := new(big.Rat).Quo(of, rat(each))
	whole := new(big.Int).Quo(part.Num(), part.Denom())
	if !part.IsInt() {
		whole.Add(whole, big.NewInt(1))
	}
	return int(whole.Int64()) // no amount is above 10^18
}

// Gigabytes is how many gigabytes pass in a month, rounded down; 0 if that is not known.
func (m *Mesh) Gigabytes() int {
	if m.Usage == nil || m.Usage.GB == nil {
		return 0
	}
	return int(new(big.Int).Quo(m.Usage.GB.Num(), m.Usage.GB.Denom()).Int64()) // no amount is above 10^18
}

// Given are the values of a usage that are known, by the keys of their fields.
func (u *Usage) Given() map[string]*big.Rat {
	given := map[string]*big.Rat{}
	for _, f := range numberFields {
		if f.amount != nil && *f.amount(u) != nil {
			given[f.Key] = *f.amount(u)
		}
	}
	return given
}
