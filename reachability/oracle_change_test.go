package reachability_test

import (
	"slices"

	"pgregory.net/rapid"
)

// changePlace changes the security groups or the subnets of something on the way.
func (n *simNetwork) changePlace(t *rapid.T) {
	places := []*simPlace{&n.client, &n.endpoint, &n.nlb, &n.services[0].simPlace}
	if n.alb != nil {
		places = append(places, &n.alb.simPlace)
	}
	i := rapid.IntRange(0, len(places)-1).Draw(t, "place")
	p, side := places[i], n.provider
	if i < 2 {
		side = n.consumer
	}
	switch simPick(t, "what", "swap", "add", "less", "none", "zone") {
	case "swap":
		p.groups = simSome(t, "groups", 2, side.groups...)
	case "add":
		if g := simPick(t, "group", side.groups...); !slices.Contains(p.groups, g) {
			p.groups = append(slices.Clone(p.groups), g)
		}
	case "less":
		if len(p.groups) > 1 {
			p.groups = p.groups[1:]
		}
	case "none":
		p.groups = nil
	case "zone":
		if p == &n.endpoint {
			n.endpoint.subnets = append(slices.Clone(p.subnets[:1]), side.subnets[len(side.subnets)-1])
		}
	}
}

// changePort moves a port of one of those that must agree, or changes whether the NLB's rules hold for PrivateLink.
func (n *simNetwork) changePort(t *rapid.T) {
	port := simPick(t, "port", 443, 8443, 9443, 80, 8080, 444)
	service := simPick(t, "service", n.services...)
	switch what := simPick(t, "what", "enforcement", "enforcement", "NLB", "target", "ALB", "service", "container"); {
	case what == "NLB":
		n.nlbPort = port
	case what == "target" && n.alb != nil:
		n.alb.targetPort = port
	case what == "ALB" && n.alb != nil:
		n.alb.port = port
	case what == "service":
		service.port = port
		service.containerPort = port
	case what == "container":
		service.containerPort = port
	case len(n.nlb.groups) > 0:
		n.enforcement = simPick(t, "enforcement", "on", "", "off")
	}
}

// changeMisc changes what has nothing to do with packets, or with all of them.
func (n *simNetwork) changeMisc(t *rapid.T) {
	switch simPick(t, "what", "cross zone", "principal", "zone", "record", "certificate", "codes", "host") {
	case "cross zone":
		n.crossZone = !n.crossZone
	case "principal":
		n.allowed = simPick(t, "principal", "other", "", "root")
	case "zone":
		n.zoneOf = "other"
	case "record":
		n.record = "absent"
	case "certificate":
		if n.alb != nil {
			n.alb.certificate = simPick(t, "certificate", "api.other.example.com", "*.example.com", n.domain)
		}
	case "codes":
		if n.alb != nil {
			n.alb.healthCodes = simPick(t, "codes", "204", "200-299")
		}
	}
}

var simHosts = []string{
	"api.pricing.example.com", "API.Pricing.example.COM", "*.example.com", "api.*.example.com", "*.EXAMPLE.com", "ap?.pricing.example.com",
	"api.orders.example.com", "*.orders.example.com", "pricing.example.com", "?.pricing.example.com", "a*i.pricing.example.com",
}

var simPaths = []string{
	"/v1/*", "*", "/v1/quote", "/v1/quot?", "/v?/*", "/*/quote", "/v1/quote/*", "/v1*", "/V1/*", "/*", "/", "/v2/*", "/v1/quote?",
	"/v1/", "/??/quote*", "/V1/QUOTE", "/*/Quote", "*quote*", "/health", "/health*", "/v1/*/4?",
}

// drawListenerRule is any rule, with a condition at least.
func (n *simNetwork) drawListenerRule(t *rapid.T) *simListenerRule {
	r := &simListenerRule{action: n.drawAction(t)}
	kind := simPick(t, "conditions", "path", "path", "host", "both")
	if kind != "host" {
		r.paths = simSome(t, "paths", 3, simPaths...)
	}
	if kind != "path" {
		r.hosts = simSome(t, "hosts", 2, simHosts...)
	}
	for r.priority == 0 || slices.ContainsFunc(n.alb.rules, func(x *simListenerRule) bool { return x.priority == r.priority }) {
		r.priority += simPick(t, "priority", 100, 10, 20, 5, 2, 1000)
	}
	return r
}

func (n *simNetwork) drawAction(t *rapid.T) simAction {
	switch simPick(t, "action", "forward", "forward", "weighted", "fixed", "redirect") {
	case "fixed":
		return simAction{kind: "fixed-response", status: simPick(t, "status", "404", "200", "503")}
	case "redirect":
		return simAction{kind: "redirect", status: simPick(t, "status", "HTTP_301", "HTTP_302")}
	case "weighted":
		a := simAction{kind: "forward"}
		for i := range n.services {
			a.targets = append(a.targets, simWeight{i, simPick(t, "weight", 1, 0, 9)})
		}
		if a.targets[0].weight == 0 && (len(a.targets) == 1 || a.targets[1].weight == 0) {
			a.targets[0].weight = 1
		}
		return a
	}
	return n.forward(t)
}

func (n *simNetwork) forward(t *rapid.T) simAction {
	return simAction{kind: "forward", targets: []simWeight{{rapid.IntRange(0, len(n.services)-1).Draw(t, "service"), 1}}}
}

// drawRules draws rules, and lets that which takes the request, and that which takes the health check, do what they must.
func (n *simNetwork) drawRules(t *rapid.T) {
	n.alb.fallback = n.drawAction(t)
	for range simPick(t, "rules", 2, 3, 1, 4, 0) {
		n.alb.rules = append(n.alb.rules, n.drawListenerRule(t))
	}
	n.alb.action(n.domain, n.path).repair(n.forward(t))
	if !n.alb.healthy() {
		n.alb.action(simNodeHost, n.alb.healthPath).repair(n.forward(t))
	}
}

// repair makes an action forward.
func (a *simAction) repair(forward simAction) {
	if a.kind != "forward" {
		*a = forward
	}
}

// changeListenerRules adds, drops, moves or changes a rule of the ALB's listener.
func (n *simNetwork) changeListenerRules(t *rapid.T) {
	a := n.alb
	if len(a.rules) == 0 || simChance(t, "add", 40) {
		a.rules = append(a.rules, n.drawListenerRule(t))
		return
	}
	i := rapid.IntRange(0, len(a.rules)-1).Draw(t, "rule")
	r := a.rules[i]
	switch simPick(t, "what", "action", "default", "paths", "hosts", "drop", "move") {
	case "action":
		r.action = n.drawAction(t)
	case "default":
		a.fallback = n.drawAction(t)
	case "paths":
		r.paths = simSome(t, "paths", 2, simPaths...)
	case "hosts":
		r.hosts = simSome(t, "hosts", 2, simHosts...)
	case "drop":
		a.rules = append(a.rules[:i:i], a.rules[i+1:]...)
	case "move":
		j := rapid.IntRange(0, len(a.rules)-1).Draw(t, "with")
		r.priority, a.rules[j].priority = a.rules[j].priority, r.priority
	}
}
