package proof

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Graph is paths as one picture: each resource once, and one edge from one resource to the next, whoever calls what over it.
type Graph struct {
	Boxes []Box
	Edges []Edge
}

// Edge is what leads from one resource to the next.
type Edge struct {
	// From and To are indexes of boxes.
	From, To int
	// Name is the role of the resource where the edge ends.
	Name string
	// Verdict is the worst of the calls that the proof has followed over the edge, and IsFollowed says whether there is one.
	Verdict    Verdict
	IsFollowed bool
	// Ports are those on which the end receives requests; none if they are not known.
	Ports []int
	// Hosts are what is called, on the last edge of a path: URLs as in [Answer.URL], without https.
	Hosts []string
	// Reasons are why calls do not pass: blocked ones first.
	Reasons []Reason

	hosts, clients []string // of all calls
}

// Reason is a hop that keeps calls from an edge. If it is about several names, its message has the first of them.
type Reason struct {
	Hop Hop
	// Hosts and Clients are what the hop is about, if it is not about all that is called over the edge, or not about everyone who calls.
	Hosts, Clients []string

	about string // the message without the name that is called
}

// NewGraph merges paths. A path has each of its boxes and edges, whether they are proven or not.
func NewGraph(paths []Path) *Graph {
	b := &graphBuilder{boxes: map[string]int{}, edges: map[[2]int]int{}}
	for _, p := range paths {
		b.add(p)
	}
	for i := range b.graph.Edges {
		b.graph.Edges[i].finish()
	}
	return &b.graph
}

type graphBuilder struct {
	graph Graph
	boxes map[string]int // by role and key
	edges map[[2]int]int // by the boxes
}

func (b *graphBuilder) add(p Path) {
	from := b.box(p.Client)
	for i, leg := range p.Legs {
		to := b.box(leg.End)
		e := b.edge(from, to, leg.Name)
		e.take(p.Answer, leg)
		if i == len(p.Legs)-1 {
			e.Hosts = withText(e.Hosts, p.Answer.host())
		}
		from = to
	}
}

func (b *graphBuilder) box(box Box) int {
	key := box.Role + "\x00" + box.key
	i, ok := b.boxes[key]
	if !ok {
		i, b.boxes[key] = len(b.graph.Boxes), len(b.graph.Boxes)
		b.graph.Boxes = append(b.graph.Boxes, box)
	}
	return i
}

func (b *graphBuilder) edge(from, to int, name string) *Edge {
	key := [2]int{from, to}
	i, ok := b.edges[key]
	if !ok {
		i, b.edges[key] = len(b.graph.Edges), len(b.graph.Edges)
		b.graph.Edges = append(b.graph.Edges, Edge{From: from, To: to, Name: name, Verdict: Reachable})
	}
	return &b.graph.Edges[i]
}

// take adds a call to an edge.
func (e *Edge) take(a Answer, leg Leg) {
	if leg.Port > 0 && !slices.Contains(e.Ports, leg.Port) {
		e.Ports = append(e.Ports, leg.Port)
	}
	e.hosts, e.clients = withText(e.hosts, a.host()), withText(e.clients, a.Client)
	if len(leg.Hops) == 0 {
		return
	}
	e.IsFollowed = true
	e.Verdict = e.Verdict.And(leg.Verdict())
	said := map[string]bool{}
	for _, hop := range leg.Hops {
		if key := hop.Name + "\x00" + hop.Message; hop.Verdict != Reachable && !said[key] {
			said[key] = true
			e.reason(hop, a)
		}
	}
}

// reason adds why a call does not pass. What differs from another reason only by the name that is called is the same one.
func (e *Edge) reason(hop Hop, a Answer) {
	about := hop.Message
	if a.Domain != "" {
		about = strings.ReplaceAll(about, a.Domain, "\x00")
	}
	i := slices.IndexFunc(e.Reasons, func(r Reason) bool {
		return r.Hop.Name == hop.Name && r.about == about && r.Hop.Verdict == hop.Verdict
	})
	if i < 0 {
		i = len(e.Reasons)
		e.Reasons = append(e.Reasons, Reason{Hop: hop, about: about})
	}
	r := &e.Reasons[i]
	r.Hosts, r.Clients = withText(r.Hosts, a.host()), withText(r.Clients, a.Client)
}

// finish sorts what was added.
func (e *Edge) finish() {
	slices.Sort(e.Ports)
	slices.Sort(e.Hosts)
	for i := range e.Reasons {
		r := &e.Reasons[i]
		r.Hosts, r.Clients = unlessAll(r.Hosts, e.hosts), unlessAll(r.Clients, e.clients)
	}
	rank := map[Verdict]int{Blocked: 0, Unknown: 1}
	slices.SortStableFunc(e.Reasons, func(a, b Reason) int { return cmp.Compare(rank[a.Hop.Verdict], rank[b.Hop.Verdict]) })
	if !e.IsFollowed {
		e.Verdict = Unknown
	}
}

// Mark returns one sign for an edge: that of its verdict, and none for one that the proof has not followed.
func (e *Edge) Mark() string {
	if !e.IsFollowed {
		return ""
	}
	return Hop{Verdict: e.Verdict}.Mark()
}

// Port returns the ports, such as "443, 8443".
func (e *Edge) Port() string {
	text := make([]string, len(e.Ports))
	for i, port := range e.Ports {
		text[i] = strconv.Itoa(port)
	}
	return strings.Join(text, ", ")
}

// host is what an answer calls: its URL without https, which goes without saying.
func (a Answer) host() string { return strings.TrimPrefix(a.URL(), "https://") }

// unlessAll is a part of a list, sorted; nil for all of it.
func unlessAll(part, all []string) []string {
	if len(part) == len(all) {
		return nil
	}
	slices.Sort(part)
	return part
}

func withText(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
