package reachability

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// trails returns the ways to walk for a question: what it leaves open is filled with what the templates have.
func (m *Model) trails(q Question) []*trail {
	var list []*trail
	for _, endpoint := range m.endpoints {
		a := &survey{m: m, q: q, endpoint: endpoint}
		for _, client := range m.clientsOf(endpoint) {
			if q.Client == "" || client.is(q.Client) {
				list = append(list, a.of(client)...)
			}
		}
	}
	if len(list) > 0 || q.Client == "" || q.Domain == "" {
		return list
	}
	for _, client := range m.named(q.Client) {
		if routed := m.routedBy(q, client); len(routed) > 0 {
			list = append(list, routed...)
			continue
		}
		t := &trail{m: m, facts: q.Facts, client: client, asking: asking{who: client.resource, domain: q.Domain, port: q.Port, path: q.Path}}
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

// routedBy returns the ways of a client that nobody lets in, to the endpoint that the name leads to.
func (m *Model) routedBy(q Question, client party) []*trail {
	t := &trail{m: m, facts: q.Facts, client: client, asking: asking{domain: q.Domain}}
	endpoint := t.resolve()
	if endpoint == nil {
		return nil
	}
	a := &survey{m: m, q: q, endpoint: endpoint, routes: m.routesBehind(endpoint, q.Facts)}
	return a.about(client, q.Domain)
}

// named returns the workloads and security groups that a person names.
func (m *Model) named(name string) []party {
	var list []party
	for _, resourceType := range workloadTypes {
		for _, r := range m.ofType(resourceType) {
			if p, ok := m.workload(r); ok && p.is(name) {
				list = append(list, p)
			}
		}
	}
	for _, r := range m.ofType("AWS::EC2::SecurityGroup") {
		if sameName(name, r) {
			list = append(list, bareGroup(r))
		}
	}
	return list
}

// clientsOf returns who is meant to call through an endpoint: whom its security groups name, who has egress to one of
// them, and for CIDR blocks every workload of the VPC.
func (m *Model) clientsOf(endpoint *assembly.Resource) []party {
	var list []party
	add := func(parties []party) {
		for _, p := range parties {
			if !slices.ContainsFunc(list, func(o party) bool { return o.resource == p.resource }) {
				list = append(list, p)
			}
		}
	}
	at := m.endpoint(endpoint)
	byAddress := false
	for _, id := range at.groups {
		for _, caller := range m.callersOf[id.key()] {
			add(m.holdersOf(caller))
		}
		g := m.groups[id.key()]
		if g == nil {
			continue // defined elsewhere
		}
		for _, rule := range g.rules[ingress] {
			source := rule.field(ruleProperties[ingress].group)
			if source.Kind() == assembly.Absent {
				byAddress = true
				continue
			}
			add(m.holdersOf(groupID{value: source}))
		}
		if g.open[ingress] {
			add(m.holders[id.key()])
		}
	}
	if byAddress {
		add(m.inVpc[valueKey(at.vpc)])
	}
	return list
}

// survey is a question about one endpoint, and what the templates have to fill it.
type survey struct {
	m        *Model
	q        Question
	endpoint *assembly.Resource
	routes   []route
	domains  []string
	asked    bool
}

// route is a pattern of paths that an API serves; rule is nil for the default action.
type route struct {
	rule  *assembly.Resource
	hosts []string // patterns; none for all
	path  string
}

// of returns the ways of one client.
func (a *survey) of(client party) []*trail {
	if !a.asked {
		a.routes = a.m.routesBehind(a.endpoint, a.q.Facts)
		a.domains = a.names()
		a.asked = true
	}
	var list []*trail
	for _, domain := range a.domains {
		if a.q.Domain != "" && domain != a.q.Domain {
			continue
		}
		list = append(list, a.about(client, domain)...)
	}
	if len(list) == 0 && a.q.Client != "" && a.q.Domain != "" {
		return nil // walked as it is asked
	}
	return list
}

// about returns the ways of one client to one name.
func (a *survey) about(client party, domain string) []*trail {
	var list []*trail
	ports := a.ports(client)
	if a.q.Port != 0 {
		ports = []int{a.q.Port}
	}
	for _, port := range ports {
		t := trail{m: a.m, facts: a.q.Facts, client: client, expected: a.endpoint}
		t.asking = asking{who: client.resource, domain: domain, port: port, path: a.q.Path}
		if a.q.Path != "" {
			list = append(list, &t)
			continue
		}
		for _, r := range a.routesOf(domain) {
			one := t
			one.path, one.route = r.path, r.rule
			list = append(list, &one)
		}
	}
	return list
}

// routesOf returns the routes for a name, or one for "/" where none is known.
func (a *survey) routesOf(domain string) []route {
	var list []route
	for _, r := range a.routes {
		if len(r.hosts) == 0 || slices.ContainsFunc(r.hosts, func(host string) bool { return relation(host, domain) == all }) {
			list = append(list, r)
		}
	}
	if len(list) == 0 {
		return []route{{path: "/"}}
	}
	return list
}

// names returns the names by which clients call through the endpoint: those of the records that lead to it, of the
// service's private DNS, and of the hosts of its routes; the certificate's where there is none.
func (a *survey) names() []string {
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) && name[0] != '*' {
			names = append(names, name)
		}
	}
	for _, record := range a.m.recordsTo[resourceKey(a.endpoint)] {
		add(domainOf(record.property("Name")))
	}
	service, _ := a.m.serviceOf(a.endpoint, a.q.Facts)
	if enabled, _ := a.endpoint.Property("PrivateDnsEnabled").Bool(); enabled && service != nil {
		add(domainOf(service.Property("PrivateDnsName")))
	}
	for _, r := range a.routes {
		for _, host := range r.hosts {
			if !slices.ContainsFunc([]byte(host), func(c byte) bool { return c == '*' || c == '?' }) {
				add(host)
			}
		}
	}
	if len(names) == 0 && service != nil {
		a.m.eachListener(service, func(_, listener *assembly.Resource) {
			for _, arn := range certificatesOf(listener) {
				covered, _, _ := certificateNames(arn)
				for _, name := range covered {
					add(name)
				}
			}
		})
	}
	if len(names) == 0 && a.q.Domain == "" {
		names = []string{""}
	}
	return names
}

// ports returns the ports that a client calls: those on which two of its egress, the endpoint's ingress and the NLB's
// listeners agree, else what one of them has.
func (a *survey) ports(client party) []int {
	at := a.m.endpoint(a.endpoint)
	out := a.m.singlePorts(client.groups, egress, at)
	in := a.m.singlePorts(at.groups, ingress, client)
	var listeners []int
	if service, _ := a.m.serviceOf(a.endpoint, a.q.Facts); service != nil {
		for _, arn := range items(service, "NetworkLoadBalancerArns") {
			nlb, _, _ := arn.Reference()
			if nlb == nil {
				continue
			}
			for _, l := range a.m.listenersOf[resourceKey(nlb)] {
				if port := number(l, "Port"); port != 0 && !slices.Contains(listeners, port) {
					listeners = append(listeners, port)
				}
			}
		}
	}
	var agreed []int
	for _, port := range slices.Concat(out, in, listeners) {
		votes := 0
		for _, list := range [][]int{out, in, listeners} {
			if slices.Contains(list, port) {
				votes++
			}
		}
		if votes > 1 && !slices.Contains(agreed, port) {
			agreed = append(agreed, port)
		}
	}
	for _, list := range [][]int{agreed, in, out, listeners, {443}} {
		if len(list) > 0 {
			slices.Sort(list)
			return list
		}
	}
	return nil
}

// singlePorts returns the ports of the rules of groups that are for one TCP port, and that may be for the peer.
func (m *Model) singlePorts(ids []groupID, d direction, peer party) []int {
	var ports []int
	for _, id := range ids {
		g := m.groups[id.key()]
		if g == nil {
			continue
		}
		for _, rule := range m.rulesFor(g, d, peer) {
			from, ok := rule.field("FromPort").Number()
			to, toOk := rule.field("ToPort").Number()
			protocol, _ := rule.field("IpProtocol").Text()
			if !ok || !toOk || from != to || from < 1 || protocol != "tcp" && protocol != "6" || slices.Contains(ports, int(from)) {
				continue
			}
			if (&passage{m: m, d: d, peer: peer}).mayBeFor(rule) {
				ports = append(ports, int(from))
			}
		}
	}
	return ports
}

// eachListener visits the listeners of the ALBs behind a service, with the ALB.
func (m *Model) eachListener(service *assembly.Resource, visit func(alb, listener *assembly.Resource)) {
	for _, arn := range items(service, "NetworkLoadBalancerArns") {
		nlb, _, _ := arn.Reference()
		if nlb == nil {
			continue
		}
		for _, l := range m.listenersOf[resourceKey(nlb)] {
			groups, _ := forwardsTo(l, "DefaultActions")
			for _, group := range groups {
				tg, _, _ := group.Reference()
				if tg == nil {
					continue
				}
				alb, _, _ := tg.Property("Targets", 0, "Id").Reference()
				if alb == nil {
					continue
				}
				for _, listener := range m.listenersOf[resourceKey(alb)] {
					if number(listener, "Port") == number(tg, "Port") {
						visit(alb, listener)
					}
				}
			}
		}
	}
}

// routesBehind returns the routes of the ALBs behind an endpoint's service.
func (m *Model) routesBehind(endpoint *assembly.Resource, facts Facts) []route {
	service, _ := m.serviceOf(endpoint, facts)
	if service == nil {
		return nil
	}
	var routes []route
	m.eachListener(service, func(_, listener *assembly.Resource) {
		for _, rule := range m.rulesOf[resourceKey(listener)] {
			if _, answers, _ := (outcome{resource: rule, property: "Actions"}).code(); !answers {
				routes = append(routes, routesOfRule(rule)...)
			}
		}
		if _, answers, _ := (outcome{resource: listener, property: "DefaultActions"}).code(); !answers {
			routes = append(routes, route{path: "/"})
		}
	})
	return routes
}

// manyValues is more than a rule of AWS has of hosts or of paths: what comes behind is not asked for.
const manyValues = 20

// routesOfRule returns the routes of one rule, one for each of its path patterns.
func routesOfRule(rule *assembly.Resource) []route {
	var hosts, paths []string
	for i := range rule.Property("Conditions").Len() {
		switch text(rule, "Conditions", i, "Field") {
		case "host-header":
			for _, host := range literals(rule, i, "HostHeaderConfig") {
				hosts = append(hosts, strings.ToLower(host))
			}
		case "path-pattern":
			paths = append(paths, literals(rule, i, "PathPatternConfig")...)
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

// literals returns the patterns of a condition that are known.
func literals(rule *assembly.Resource, i int, config string) []string {
	var list []string
	for _, path := range [][]any{{"Conditions", i, config, "Values"}, {"Conditions", i, "Values"}} {
		for _, v := range items(rule, path...) {
			if pattern, ok := v.Text(); ok {
				list = append(list, pattern)
			}
		}
	}
	return list
}
