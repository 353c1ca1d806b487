package walk

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/parallel"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// expand returns the traces of a question: what it leaves open is filled with what the templates have.
func expand(n *network.Network, q proof.Question, run *run) []*trace {
	all := destinations(n, q.Facts)
	tracesTo := make([][]*trace, len(all))
	parallel.Each(len(all), func(i int) {
		e := &expansion{n: n, q: q, run: run, to: all[i]}
		for _, client := range e.clients() {
			tracesTo[i] = append(tracesTo[i], e.of(client)...)
		}
	})
	list := append(slices.Concat(tracesTo...), slices.Concat(providersAlone(n, q, run), servicesAlone(n, q, run))...)
	if len(list) > 0 || q.Client == "" {
		return list
	}
	if q.Domain == "" {
		return toEverything(n, q, run)
	}
	for _, client := range n.Named(q.Client) {
		if routed := routedTo(n, q, run, client); len(routed) > 0 {
			list = append(list, routed...)
			continue
		}
		t := &trace{n: n, facts: q.Facts, run: run, client: client, request: request{caller: client.Resource, domain: q.Domain, port: q.Port, path: q.Path}}
		if t.port == 0 {
			t.port = 443
		}
		if t.path == "" {
			t.path = "/"
		}
		list = append(list, t)
	}
	return list
}

// toEverything returns the traces of a client that nothing allows, to every destination.
func toEverything(n *network.Network, q proof.Question, run *run) []*trace {
	var list []*trace
	for _, to := range destinations(n, q.Facts) {
		e := &expansion{n: n, q: q, run: run, to: to}
		for _, client := range n.Named(q.Client) {
			list = append(list, e.of(client)...)
		}
	}
	return list
}

// routedTo returns the traces of a client that nothing allows, to the destination that the name leads to.
func routedTo(n *network.Network, q proof.Question, run *run, client network.Node) []*trace {
	t := &trace{n: n, facts: q.Facts, run: run, client: client, request: request{domain: q.Domain}}
	to := t.resolve()
	if to == nil {
		return nil
	}
	e := &expansion{n: n, q: q, run: run, to: to, routes: to.front().routes()}
	return e.about(client, q.Domain)
}

// expansion is a question about one destination, and what the templates have to fill it.
type expansion struct {
	n   *network.Network
	q   proof.Question
	run *run
	to  destination

	routes  []route
	domains []string
	isRead  bool

	routesFor   map[routeQuestion][]route
	publicPorts []int // that an internet-facing ALB admits; nil until they are needed
}

// clients are the clients of the destination that the question is about.
func (e *expansion) clients() []network.Node {
	clients := e.to.clients()
	if e.q.Client == "" {
		return clients
	}
	clients = slices.DeleteFunc(slices.Concat(clients, e.to.admitted()), func(c network.Node) bool { return !c.IsNamed(e.q.Client) })
	return slices.CompactFunc(clients, func(a, b network.Node) bool { return a.Resource == b.Resource })
}

// of returns the traces of one client.
func (e *expansion) of(client network.Node) []*trace {
	if !e.isRead {
		e.routes = e.to.front().routes()
		e.domains = e.names()
		e.isRead = true
	}
	var list []*trace
	for _, domain := range e.domains {
		if e.q.Domain == "" || domain == e.q.Domain {
			list = append(list, e.about(client, domain)...)
		}
	}
	return list
}

// about returns the traces of one client to one name.
func (e *expansion) about(client network.Node, domain string) []*trace {
	var list []*trace
	ports := e.ports(client)
	if e.q.Port != 0 {
		ports = []int{e.q.Port}
	}
	for _, port := range ports {
		t := trace{n: e.n, facts: e.q.Facts, run: e.run, client: client, expected: e.to}
		t.request = request{caller: client.Resource, domain: domain, port: port, path: e.q.Path}
		if e.q.Path != "" {
			list = append(list, &t)
			continue
		}
		routes := e.routesOf(domain, port)
		if !e.run.left.Questions(len(routes)) {
			return nil
		}
		for _, r := range routes {
			one := t
			one.path, one.request.route, one.request.over = r.path, r.rule, r.over
			list = append(list, &one)
		}
	}
	return list
}

// routeQuestion is what routes are asked for.
type routeQuestion struct {
	domain string
	port   int
}

// routesOf are the routes for a name and a port, or one for "/" if none is known.
func (e *expansion) routesOf(domain string, port int) []route {
	asked := routeQuestion{domain, port}
	if list := e.routesFor[asked]; list != nil {
		return list
	}
	var onPort, onAny []route
	e.run.left.Steps(len(e.routes))
	for _, r := range e.routes {
		takes := func(host string) bool { return network.PatternCovers(host, domain) == network.All }
		if len(r.hosts) > 0 && !slices.ContainsFunc(r.hosts, takes) {
			continue
		}
		if onAny = append(onAny, r); r.port == 0 || r.port == port {
			onPort = append(onPort, r)
		}
	}
	list := onPort
	if len(list) == 0 {
		list = onAny // the hop of the listener says that none has the port
	}
	if len(list) == 0 {
		list = []route{{path: "/"}}
	}
	if e.routesFor == nil {
		e.routesFor = map[routeQuestion][]route{}
	}
	e.routesFor[asked] = list
	return list
}

// names are the names by which clients call the destination: its own, and the hosts of its routes; those of certificates if
// there are none.
func (e *expansion) names() []string {
	var names []string
	seen := map[string]bool{"": true}
	add := func(name string) {
		if !seen[name] && name[0] != '*' {
			names = append(names, name)
		}
		seen[name] = true
	}
	for _, name := range e.to.names() {
		add(name)
	}
	for _, r := range e.routes {
		for _, host := range r.hosts {
			if !strings.ContainsAny(host, "*?") {
				add(host)
			}
		}
	}
	if len(names) == 0 {
		for _, arn := range e.to.front().certificates() {
			covered, _ := network.CertificateNames(arn.Value)
			for _, p := range covered {
				add(p.Literal())
			}
			for _, name := range e.q.Facts.Certificates[arn.Literal()] {
				add(name)
			}
		}
	}
	if len(names) == 0 && e.q.Domain == "" {
		names = []string{""}
	}
	return names
}

// ports are the ports that a client calls: those on which two of its egress rules, the destination's ingress rules and the
// listeners of the front doors agree, else what one of them has.
func (e *expansion) ports(client network.Node) []int {
	at := e.to.entry(client)
	out := e.singlePorts(client.Groups, network.Egress, at)
	in := e.portsIn(at, client)
	listeners := e.to.front().ports()
	votes := map[int]int{}
	for _, list := range []*[]int{&out, &in, &listeners} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
		for _, port := range *list {
			votes[port]++
		}
	}
	var agreed []int
	for port, count := range votes {
		if count > 1 {
			agreed = append(agreed, port)
		}
	}
	slices.Sort(agreed)
	for _, list := range [][]int{agreed, in, out, listeners} {
		if len(list) > 0 {
			return list
		}
	}
	return []int{443}
}

// portsIn are the single ports of the rules into the destination for a client. Those of an internet-facing ALB are the same for all clients:
// none is meant by its group.
func (e *expansion) portsIn(at, client network.Node) []int {
	if _, ok := e.to.(publicALB); !ok {
		return e.singlePorts(at.Groups, network.Ingress, client)
	}
	if e.publicPorts == nil {
		e.publicPorts = append([]int{}, e.singlePorts(at.Groups, network.Ingress, network.Node{})...)
		slices.Sort(e.publicPorts)
		e.publicPorts = slices.Compact(e.publicPorts)
	}
	return e.publicPorts
}

// singlePorts are the ports of the rules of groups that are for one TCP port, and that can be for the peer.
func (e *expansion) singlePorts(ids []network.GroupID, d network.Direction, peer network.Node) []int {
	var ports []int
	for _, id := range ids {
		g := e.n.SecurityGroup(id)
		if g == nil || !e.run.left.Left() {
			continue
		}
		rules := e.n.RulesFor(g, d, peer)
		e.run.left.Steps(len(rules))
		for _, rule := range rules {
			port, ok := rule.SinglePort()
			if ok && rule.CanBeFor(peer) {
				ports = append(ports, port)
			}
		}
	}
	return ports
}
