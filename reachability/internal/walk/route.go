package walk

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// route is a pattern of paths that an API serves.
type route struct {
	rule  *network.ListenerRule // nil for the default actions
	over  *network.LatticeRule  // of VPC Lattice, for a route that ends there
	hosts []string              // patterns; none for all
	path  string
	port  int // of the front's listener; 0 for any
}

// frontDoors are the load balancers at which requests enter an API.
type frontDoors struct {
	n    *network.Network
	list []*network.LoadBalancer
}

var _ front = frontDoors{}

// ports are the ports of the listeners of the front doors.
func (f frontDoors) ports() []int {
	var ports []int
	for _, lb := range f.list {
		for _, l := range f.n.ListenersOf(lb) {
			if port := l.Port().Int(); port != 0 {
				ports = append(ports, port)
			}
		}
	}
	return ports
}

// routes are the routes of the ALBs behind the front doors, by the port of the front door.
func (f frontDoors) routes() []route {
	var routes []route
	for _, door := range f.list {
		for _, l := range f.n.ListenersOf(door) {
			routes = append(routes, routesOfListeners(f.n, listenersBehind(f.n, l), l.Port().Int())...)
		}
	}
	return routes
}

// routesOfListeners are the routes of listeners of ALBs, to which a port leads.
func routesOfListeners(n *network.Network, listeners []*network.Listener, port int) []route {
	var routes []route
	for _, listener := range listeners {
		for _, rule := range n.RulesOf(listener) {
			if _, answers, _ := rule.Actions.Answer(); !answers {
				routes = append(routes, routesOfRule(rule, port)...)
			}
		}
		if _, answers, _ := listener.DefaultActions.Answer(); !answers {
			routes = append(routes, route{path: "/", port: port})
		}
	}
	return routes
}

// certificates are those of the ALBs behind the front doors.
func (f frontDoors) certificates() []network.Property {
	var arns []network.Property
	for _, listener := range f.listenersBehind() {
		arns = append(arns, listener.Certificates()...)
	}
	return arns
}

// listenersBehind are the listeners of the ALBs behind the front doors.
func (f frontDoors) listenersBehind() []*network.Listener {
	var list []*network.Listener
	for _, door := range f.list {
		for _, l := range f.n.ListenersOf(door) {
			list = append(list, listenersBehind(f.n, l)...)
		}
	}
	return list
}

// listenersBehind are the listeners of the ALBs to which a listener of an NLB forwards.
func listenersBehind(n *network.Network, l *network.Listener) []*network.Listener {
	var list []*network.Listener
	for _, group := range l.DefaultActions.Targets().Groups {
		if tg := n.TargetGroup(group.Value); tg != nil {
			list = append(list, listenersOnPort(n, tg.TargetId(0), tg.Port())...)
		}
	}
	return list
}

// listenersOnPort are the listeners of an ALB on a port; none if the target is not an ALB of the templates.
func listenersOnPort(n *network.Network, target, port network.Property) []*network.Listener {
	alb := n.LoadBalancer(target.Value)
	if alb == nil {
		return nil
	}
	var list []*network.Listener
	for _, listener := range n.ListenersOf(alb) {
		if listener.Port().Int() == port.Int() {
			list = append(list, listener)
		}
	}
	return list
}

// manyValues is more than ELB accepts of hosts or of paths in a rule. Values behind it are not asked for.
const manyValues = 20

// routesOfRule are the routes of one rule to which a port leads, one for each of its path patterns.
func routesOfRule(rule *network.ListenerRule, port int) []route {
	var hosts, paths []string
	for _, c := range rule.Conditions {
		for _, p := range c.Patterns {
			pattern, ok := p.Text()
			switch {
			case !ok:
			case c.Kind() == network.HostHeader:
				hosts = append(hosts, strings.ToLower(pattern))
			case c.Kind() == network.PathPattern:
				paths = append(paths, pattern)
			}
		}
	}
	if len(paths) == 0 {
		paths = []string{"/"}
	}
	hosts, paths = hosts[:min(len(hosts), manyValues)], paths[:min(len(paths), manyValues)]
	var routes []route
	for _, path := range paths {
		routes = append(routes, route{rule: rule, hosts: hosts, path: path, port: port})
	}
	return routes
}
