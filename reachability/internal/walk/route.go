package walk

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// route is a pattern of paths that an API serves.
type route struct {
	rule  *network.ListenerRule // nil for the default actions
	hosts []string              // patterns; none for all
	path  string
}

// routesBehind are the routes of the ALBs behind a destination.
func routesBehind(n *network.Network, to destination) []route {
	var routes []route
	for _, listener := range listenersBehind(n, to) {
		for _, rule := range n.RulesOf(listener) {
			if _, answers, _ := rule.Actions.Answer(); !answers {
				routes = append(routes, routesOfRule(rule)...)
			}
		}
		if _, answers, _ := listener.DefaultActions.Answer(); !answers {
			routes = append(routes, route{path: "/"})
		}
	}
	return routes
}

// listenersBehind are the listeners of the ALBs behind the front doors of a destination.
func listenersBehind(n *network.Network, to destination) []*network.Listener {
	var list []*network.Listener
	for _, door := range to.frontDoors() {
		for _, l := range n.ListenersOf(door) {
			for _, group := range l.DefaultActions.Targets().Groups {
				tg := n.TargetGroup(group.Value)
				if tg == nil {
					continue
				}
				alb := n.LoadBalancer(tg.TargetId(0).Value)
				if alb == nil {
					continue
				}
				for _, listener := range n.ListenersOf(alb) {
					if listener.Port().Int() == tg.Port().Int() {
						list = append(list, listener)
					}
				}
			}
		}
	}
	return list
}

// manyValues is more than ELB accepts of hosts or of paths in a rule. Values behind it are not asked for.
const manyValues = 20

// routesOfRule are the routes of one rule, one for each of its path patterns.
func routesOfRule(rule *network.ListenerRule) []route {
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
		routes = append(routes, route{rule: rule, hosts: hosts, path: path})
	}
	return routes
}
