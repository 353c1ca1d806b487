package proof

import "slices"

// Path is how a picture draws an answer: the resources that a request passes, and what decides between two of them.
type Path struct {
	Answer Answer
	Client Box
	// Legs are in the order of a request. Each begins where the one before it ends, the first one at the client.
	Legs []Leg
}

// Leg is a segment of a path, with those of the answer's hops that decide it.
type Leg struct {
	Segment
	// Hops is empty if the proof ended before: then nothing is known of the leg but where it leads.
	Hops []Hop
	End  Box
	// Port is the port on which the end receives requests; 0 if it is not known.
	Port int
}

// Box is what a picture draws of a resource.
type Box struct {
	// Role is what the resource is on the path: client, or the name of a segment.
	Role string
	// Name is its construct path, or stack and logical ID; empty if no template tells which resource it is.
	Name string
	// At is the resource; without a stack if no template defines it.
	At Evidence
	// Place is where it is. A path of an answer alone has none.
	Place Place

	key string // tells the box from others of its role
}

// Place is where a resource is. What templates do not tell is empty.
type Place struct {
	// Account and Region are those of its stack.
	Account, Region string
	// Vpc is the construct path of its VPC, or stack and logical ID, or the VPC's ID; empty for what is in no VPC, such as an endpoint
	// service.
	Vpc string
}

// RoleClient is the role of the resource that calls.
const RoleClient = "client"

// NewPath returns the path of an answer. Ahead are hops that the request would take behind the last hop of the answer; their verdicts do
// not count.
func NewPath(a Answer, ahead ...Hop) Path {
	p := Path{Answer: a, Client: a.clientBox()}
	legs := legsOf(a, ahead)
	at := p.Client
	for _, leg := range legs {
		ends := leg.end(at)
		followed := Leg{Segment: leg.Segment, End: ends, Hops: leg.Hops[:leg.followed], Port: leg.port(a)}
		p.Legs = append(p.Legs, followed)
		at = ends
	}
	return p
}

// leg is a leg whose end is not known yet; its first hops are those of the answer.
type leg struct {
	Segment
	Hops     []Hop
	followed int
}

// legsOf returns the segments of a path, in the order of its hops. A hop that is not in the catalogue belongs to the segment of the hop
// before it.
func legsOf(a Answer, ahead []Hop) []leg {
	var list []leg
	hops := slices.Concat(a.Hops, ahead)
	first := firstSegment(hops)
	current := -1
	for i, hop := range hops {
		definition, ok := FindHop(hop.Name)
		own := definition.Segment
		if own.Name == SegmentEndpoint.Name {
			own = first
		}
		if ok || current < 0 {
			current = slices.IndexFunc(list, func(l leg) bool { return l.Name == own.Name })
		}
		if current < 0 {
			current = len(list)
			list = append(list, leg{Segment: own})
		}
		list[current].Hops = append(list[current].Hops, hop)
		if i < len(a.Hops) {
			list[current].followed++
		}
	}
	return list
}

// firstSegment is the segment that begins at the client: it ends at what connects its VPC with another one or with the internet, at an
// endpoint, over VPC Lattice without one at the service network, and else at the ALB.
func firstSegment(hops []Hop) Segment {
	has := func(name string) bool {
		return slices.ContainsFunc(hops, func(hop Hop) bool { return hop.Name == name })
	}
	switch {
	case has(HopEndpointIngress):
	case has(HopVpcAssociation):
		return SegmentServiceNetwork
	case has(HopPeering) || has(HopAttachment):
		return SegmentNetwork
	case has(HopInternetRoute):
		return SegmentInternet
	case has(HopAlbIngress) && !has(HopEndpointService) && !has(HopServiceAssociation):
		return SegmentALB
	}
	return SegmentEndpoint
}

// port is the port on which the end of a leg receives requests: what a hop says, or else that of the client, up to the load balancer or the
// service that it calls.
func (l leg) port(a Answer) int {
	forwarded := l.Name == SegmentTarget.Name
	for _, hop := range slices.Backward(l.Hops) {
		if hop.Port > 0 {
			return hop.Port
		}
		forwarded = forwarded || hop.Name == HopNlbTargetGroup || hop.Name == HopServiceTargetGroup
	}
	if forwarded {
		return 0
	}
	return a.Port
}

// Verdict is that of the hops of the leg; Unknown if there are none.
func (l Leg) Verdict() Verdict {
	if len(l.Hops) == 0 {
		return Unknown
	}
	verdict := Reachable
	for _, hop := range l.Hops {
		verdict = verdict.And(hop.Verdict)
	}
	return verdict
}

// NewBox returns the box of the resource that evidence names.
func NewBox(role string, e Evidence) Box {
	name := e.ConstructPath
	if name == "" {
		name = e.Resource()
	}
	at := Evidence{Stack: e.Stack, LogicalID: e.LogicalID, Type: e.Type, ConstructPath: e.ConstructPath, File: e.File}
	return Box{Role: role, Name: name, At: at, key: e.Resource() + "\x00" + e.File}
}

// end is the resource where a leg ends: one of its types that the evidence of its hops names. Later hops come first, as they are closer
// to the end. No leg ends where it began. Without evidence, the end is a box without a name.
func (l leg) end(start Box) Box {
	for _, resourceType := range l.Types {
		for _, hop := range slices.Backward(l.Hops) {
			for _, e := range hop.Evidence {
				if at := NewBox(l.Name, e); e.Type == resourceType && at.key != start.key {
					return at
				}
			}
		}
	}
	return Box{Role: l.Name, key: "after " + start.key}
}

// clientBox is the client's own resource if a hop names it. If none does, it is in the stack of the client's security group, or else of
// the first evidence on the path.
func (a Answer) clientBox() Box {
	for _, hop := range a.Hops {
		for _, e := range hop.Evidence {
			if e.ConstructPath == a.Client || e.Resource() == a.Client {
				return NewBox(RoleClient, e)
			}
		}
	}
	client := Box{Role: RoleClient, Name: a.Client, key: a.Client}
	legs := legsOf(a, nil)
	if len(legs) == 0 {
		return client
	}
	for _, hop := range legs[0].Hops {
		if len(hop.Evidence) > 0 && (client.At.Stack == "" || hop.Name == HopClientEgress) {
			client.At = Evidence{Stack: hop.Evidence[0].Stack, File: hop.Evidence[0].File}
		}
	}
	return client
}
