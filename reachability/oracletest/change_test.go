package oracletest

import (
	"slices"

	"pgregory.net/rapid"
)

// changeLocation changes the security groups or the subnets of something on the path.
func (n *network) changeLocation(t *rapid.T) {
	locations := []*location{&n.client, &n.endpoint, &n.nlb, &n.services[0].location}
	if n.alb != nil {
		locations = append(locations, &n.alb.location)
	}
	i := rapid.IntRange(0, len(locations)-1).Draw(t, "location")
	p, side := locations[i], n.provider
	if i < 2 {
		side = n.consumer
	}
	switch pick(t, "what", "swap", "add", "less", "none", "zone") {
	case "swap":
		p.groups = some(t, "groups", 2, side.groups...)
	case "add":
		if g := pick(t, "group", side.groups...); !slices.Contains(p.groups, g) {
			p.groups = append(slices.Clone(p.groups), g)
		}
	case "less":
		if len(p.groups) > 1 {
			p.groups = p.groups[1:]
		}
	case "none":
		p.groups = nil
	case "zone":
		spare := side.subnets[len(side.subnets)-1]
		switch {
		case p == &n.endpoint, n.alb != nil && p == &n.alb.location, p == &n.services[0].location && chance(t, "keep one", 50):
			p.subnets = append(slices.Clone(p.subnets[:1]), spare)
		case p == &n.services[0].location:
			p.subnets = p.subnets[:1]
		}
	}
}

// changePort changes one of the ports that must agree, or whether the NLB's rules are enforced on PrivateLink traffic.
func (n *network) changePort(t *rapid.T) {
	port := pick(t, "port", 443, 8443, 9443, 80, 8080, 444)
	service := pick(t, "service", n.services...)
	switch what := pick(t, "what", "enforcement", "enforcement", "NLB", "target", "ALB", "service", "container"); {
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
		n.enforcement = pick(t, "enforcement", "on", "", "off")
	}
}

// changeOther changes something that decides about all packets or none, such as the name or the permissions.
func (n *network) changeOther(t *rapid.T) {
	switch pick(t, "what", "cross zone", "cross zone of a group", "version", "principal", "zone", "names", "names", "names", "record", "certificate", "codes", "host") {
	case "cross zone":
		n.crossZone = !n.crossZone
	case "cross zone of a group":
		pick(t, "service", n.services...).crossZone = pick(t, "value", "false", "true")
	case "version":
		if n.alb != nil {
			pick(t, "service", n.services...).version = pick(t, "version", "HTTP2", "GRPC", "HTTP1")
			n.alb.http2 = pick(t, "http2", "", "true", "false")
		}
	case "principal":
		n.allowed = pick(t, "principal", "other", "", "root")
	case "zone":
		n.zoneOf = "other"
	case "names":
		n.drawNames(t)
	case "record":
		n.record = "absent"
	case "certificate":
		if n.alb != nil {
			n.alb.certificate = pick(t, "certificate", "api.other.example.com", "*.example.com", n.domain)
		}
	case "codes":
		if n.alb != nil {
			n.alb.healthCodes = pick(t, "codes", "204", "200-299")
		}
	}
}

var hosts = []string{
	"api.pricing.example.com", "API.Pricing.example.COM", "*.example.com", "api.*.example.com", "*.EXAMPLE.com", "ap?.pricing.example.com",
	"api.orders.example.com", "*.orders.example.com", "pricing.example.com", "?.pricing.example.com", "a*i.pricing.example.com",
}

var paths = []string{
	"/v1/*", "*", "/v1/quote", "/v1/quot?", "/v?/*", "/*/quote", "/v1/quote/*", "/v1*", "/V1/*", "/*", "/", "/v2/*", "/v1/quote?",
	"/v1/", "/??/quote*", "/V1/QUOTE", "/*/Quote", "*quote*", "/health", "/health*", "/v1/*/4?",
}

// drawListenerRule draws any rule with at least one condition.
func (n *network) drawListenerRule(t *rapid.T) *listenerRule {
	r := &listenerRule{action: n.drawAction(t)}
	kind := pick(t, "conditions", "path", "path", "host", "both")
	if kind != "host" {
		r.paths = some(t, "paths", 3, paths...)
	}
	if kind != "path" {
		r.hosts = some(t, "hosts", 2, hosts...)
	}
	for r.priority == 0 || slices.ContainsFunc(n.alb.rules, func(x *listenerRule) bool { return x.priority == r.priority }) {
		r.priority += pick(t, "priority", 100, 10, 20, 5, 2, 1000)
	}
	return r
}

func (n *network) drawAction(t *rapid.T) action {
	switch pick(t, "action", "forward", "forward", "weighted", "fixed", "redirect") {
	case "fixed":
		return action{kind: "fixed-response", status: pick(t, "status", "404", "200", "503")}
	case "redirect":
		return action{kind: "redirect", status: pick(t, "status", "HTTP_301", "HTTP_302")}
	case "weighted":
		a := action{kind: "forward"}
		for i := range n.services {
			a.targets = append(a.targets, weight{i, pick(t, "weight", 1, 0, 9)})
		}
		if a.targets[0].weight == 0 && (len(a.targets) == 1 || a.targets[1].weight == 0) {
			a.targets[0].weight = 1
		}
		return a
	}
	return n.forward(t)
}

func (n *network) forward(t *rapid.T) action {
	return action{kind: "forward", targets: []weight{{rapid.IntRange(0, len(n.services)-1).Draw(t, "service"), 1}}}
}

// drawRules draws rules, and makes the actions for the request and the health check work.
func (n *network) drawRules(t *rapid.T) {
	n.alb.fallback = n.drawAction(t)
	for range pick(t, "rules", 2, 3, 1, 4, 0) {
		n.alb.rules = append(n.alb.rules, n.drawListenerRule(t))
	}
	n.alb.action(n.domain, n.path).repair(n.forward(t))
	if !n.alb.healthy() {
		n.alb.action(nodeHost, n.alb.healthPath).repair(n.forward(t))
	}
}

// repair makes an action forward, if it does not.
func (a *action) repair(forward action) {
	if a.kind != "forward" {
		*a = forward
	}
}

// changeListenerRules adds, drops, moves or changes a rule of the ALB's listener.
func (n *network) changeListenerRules(t *rapid.T) {
	a := n.alb
	if len(a.rules) == 0 || chance(t, "add", 40) {
		a.rules = append(a.rules, n.drawListenerRule(t))
		return
	}
	i := rapid.IntRange(0, len(a.rules)-1).Draw(t, "rule")
	r := a.rules[i]
	switch pick(t, "what", "action", "default", "paths", "hosts", "drop", "move") {
	case "action":
		r.action = n.drawAction(t)
	case "default":
		a.fallback = n.drawAction(t)
	case "paths":
		r.paths = some(t, "paths", 2, paths...)
	case "hosts":
		r.hosts = some(t, "hosts", 2, hosts...)
	case "drop":
		a.rules = append(a.rules[:i:i], a.rules[i+1:]...)
	case "move":
		j := rapid.IntRange(0, len(a.rules)-1).Draw(t, "with")
		r.priority, a.rules[j].priority = a.rules[j].priority, r.priority
	}
}
