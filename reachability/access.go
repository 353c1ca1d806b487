package reachability

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// exposures lists everything that can send traffic to a hop of an API that the templates publish.
func (m *Model) exposures(facts Facts) []Exposure {
	consumers := map[*assembly.Resource][]*assembly.Resource{}
	var perhaps []*assembly.Resource // endpoints to a service that is not known
	for _, endpoint := range m.endpoints {
		service, _ := m.serviceOf(endpoint, facts)
		switch {
		case service != nil:
			consumers[service] = append(consumers[service], endpoint)
		case isUndecided(endpoint.Property("ServiceName")):
			perhaps = append(perhaps, endpoint)
		}
	}
	list := []Exposure{}
	for _, service := range m.ofType(endpointServiceType) {
		c := &census{m: m, api: displayName(service), seen: map[string]bool{}, been: map[*assembly.Resource]bool{}}
		c.principals(service, consumers[service])
		for _, endpoint := range perhaps {
			c.unknown(HopEndpointIngress, "anything that calls through "+displayName(endpoint)+", if it connects to this service", evidence(endpoint, "ServiceName"))
		}
		c.chain(service, consumers[service])
		list = append(list, c.list...)
	}
	slices.SortStableFunc(list, func(a, b Exposure) int { return cmp.Compare(a.API, b.API) })
	return list
}

// census collects the ways in to one API.
type census struct {
	m    *Model
	api  string
	list []Exposure
	seen map[string]bool
	been map[*assembly.Resource]bool // listeners of ALBs: rules can lead in a circle
}

func (c *census) add(a Exposure) {
	a.API = c.api
	key := a.Hop + "\x00" + a.From + "\x00" + a.Evidence.String()
	if !c.seen[key] {
		c.seen[key] = true
		c.list = append(c.list, a)
	}
}

// principals adds who may create endpoints. An account that has one in the templates is on the chain.
func (c *census) principals(service *assembly.Resource, consumers []*assembly.Resource) {
	for _, grant := range c.m.grantsOf[unplaced] {
		c.unknown(HopAllowedPrincipal, "anything that "+displayName(grant)+" allows, if it belongs to this service", evidence(grant, "ServiceId"))
	}
	for _, grant := range c.m.grantsOf[resourceKey(service)] {
		for i, v := range items(grant, "AllowedPrincipals") {
			a := Exposure{Hop: HopAllowedPrincipal, From: v.String(), Verdict: Reachable, Evidence: evidence(grant, "AllowedPrincipals", i)}
			if arn, ok := v.Text(); ok && arn == rules.Everyone {
				a.From = "everyone (*)"
			} else {
				a.Chain = slices.ContainsFunc(consumers, func(endpoint *assembly.Resource) bool {
					return endpoint.Stack.Account != "" && judgePrincipal(v, endpoint.Stack, service.Stack.Region).verdict == Reachable
				})
			}
			if v.Kind() != assembly.Literal && !a.Chain || grant.Exists == assembly.Maybe {
				a.Verdict = Unknown
			}
			c.add(a)
		}
	}
}

// chain adds who can send traffic to each party on the way, from the endpoints to the targets.
func (c *census) chain(service *assembly.Resource, consumers []*assembly.Resource) {
	for i, arn := range items(service, "NetworkLoadBalancerArns") {
		r, _, ok := arn.Reference()
		if !ok || r.Type != loadBalancerType {
			c.unknown(HopNlbIngress, fmt.Sprintf("anything that %s allows, which is not in the templates", arn), evidence(service, "NetworkLoadBalancerArns", i))
			continue
		}
		nlb := c.m.loadBalancer(r)
		var ports []int
		for _, listener := range c.m.listenersOf[resourceKey(r)] {
			ports = append(ports, number(listener, "Port"))
		}
		if len(c.m.listenersOf[unplaced]) > 0 {
			ports = append(ports, anyPort)
		}
		for _, endpoint := range consumers {
			c.into(HopEndpointIngress, c.m.endpoint(endpoint), ports, nil)
		}
		c.balancer(HopNlbIngress, nlb, ports, nil)
		for _, listener := range c.m.listenersOf[resourceKey(r)] {
			c.behind(nlb, listener, "DefaultActions")
		}
	}
}

// behind adds who can send traffic to what a load balancer forwards to by a list of actions.
func (c *census) behind(from party, by *assembly.Resource, property string) {
	groups, s := forwardsTo(by, property)
	if s.verdict == Unknown {
		c.unknown(HopTargetIngress, "anything that reaches the targets of "+displayName(by)+", which are unknown", evidence(by, property))
	}
	for _, v := range groups {
		tg, _, ok := v.Reference()
		switch {
		case !ok:
			c.unknown(HopTargetIngress, fmt.Sprintf("anything that reaches the targets of %s, which is not in the templates", v), evidence(by, property))
		case text(tg, "TargetType") == "alb":
			c.behindTarget(from, tg)
		case text(tg, "TargetType") != "lambda":
			c.members(from, tg)
		}
	}
}

// members adds who can send traffic to what is registered in a target group.
func (c *census) members(from party, tg *assembly.Resource) {
	members, _ := c.m.members(tg)
	if len(members) == 0 {
		c.unknown(HopTargetIngress, "anything that reaches the targets of "+displayName(tg)+", which are not in the templates", evidence(tg))
	}
	for _, member := range members {
		if member.resource == nil || len(member.groups) == 0 {
			c.unknown(HopTargetIngress, "anything that the security groups of "+member.name+" allow, which are unknown", member.where.evidence[0])
			continue
		}
		c.into(HopTargetIngress, member.party, []int{member.port}, &from)
	}
}

// behindTarget adds who can send traffic to an ALB, on all ports on which it leads to what is behind, and to that.
func (c *census) behindTarget(from party, tg *assembly.Resource) {
	alb, _, ok := tg.Property("Targets", 0, "Id").Reference()
	if !ok || alb.Type != loadBalancerType {
		c.unknown(HopAlbIngress, fmt.Sprintf("anything that %s allows, which is not in the templates", tg.Property("Targets", 0, "Id")), evidence(tg, "Targets", 0, "Id"))
		return
	}
	balancer := c.m.loadBalancer(alb)
	port := number(tg, "Port")
	isOwn := func(l *assembly.Resource) bool {
		own := number(l, "Port")
		return own == port || own == anyPort || port == anyPort
	}
	ports, leads := []int{port}, map[key]bool{}
	for _, own := range []bool{true, false} { // the others are on the way if they lead to the same targets
		for _, listener := range c.m.listenersOf[resourceKey(alb)] {
			if isOwn(listener) == own && c.leadsTo(listener, leads, own) {
				ports = append(ports, number(listener, "Port"))
			}
		}
	}
	if len(c.m.listenersOf[unplaced]) > 0 {
		ports = append(ports, anyPort)
	}
	c.balancer(HopAlbIngress, balancer, ports, &from)
	for _, listener := range c.m.listenersOf[resourceKey(alb)] {
		if !isOwn(listener) || c.been[listener] {
			continue
		}
		c.been[listener] = true
		c.behind(balancer, listener, "DefaultActions")
		for _, rule := range c.m.rulesOf[resourceKey(listener)] {
			c.behind(balancer, rule, "Actions")
		}
	}
}

// leadsTo notes the target groups of a listener of the API, or finds whether another listener leads to one of them, or
// may lead there.
func (c *census) leadsTo(listener *assembly.Resource, targets map[key]bool, isOwn bool) bool {
	found := isOwn
	look := func(r *assembly.Resource, property string) {
		for _, f := range forwardsOf(r, property) {
			k := valueKey(f.to)
			if isOwn {
				targets[k] = true
			}
			found = found || targets[k] || k == (key{})
		}
		found = found || r.Property(property).Kind() != assembly.List
	}
	look(listener, "DefaultActions")
	for _, rule := range c.m.rulesOf[resourceKey(listener)] {
		look(rule, "Actions")
	}
	return found || len(c.m.rulesOf[unplaced]) > 0
}

// unknown adds a way in of which it is not known whom it lets in.
func (c *census) unknown(hop, from string, where Evidence) {
	c.add(Exposure{Hop: hop, From: from, Verdict: Unknown, Evidence: where})
}

// anyPort stands for a port that is not known.
const anyPort = 0

// balancer adds who can send traffic to a load balancer.
func (c *census) balancer(hop string, p party, ports []int, before *party) {
	scheme := p.resource.Property("Scheme")
	switch value, ok := scheme.Text(); {
	case scheme.Kind() == assembly.Absent || value == "internet-facing":
		c.add(Exposure{Hop: hop, From: "the internet: the load balancer has public addresses", Verdict: Reachable, Evidence: evidence(p.resource, "Scheme")})
	case !ok:
		c.add(Exposure{Hop: hop, From: "the internet, unless the load balancer is internal", Verdict: Unknown, Evidence: evidence(p.resource, "Scheme")})
	}
	if p.bare {
		c.add(Exposure{Hop: hop, From: "every address that routes lead from: it has no security group", Verdict: Reachable, Evidence: evidence(p.resource)})
		return
	}
	c.into(hop, p, ports, before)
}

// into adds whom the security groups of a party let in on some ports. Whom the chain needs is the party before.
func (c *census) into(hop string, p party, ports []int, before *party) {
	for _, id := range p.groups {
		g := c.m.groups[id.key()]
		if g == nil || g.resource == nil && !g.open[ingress] {
			c.unknown(hop, fmt.Sprintf("anything that %s allows, which is not in the templates", id), evidence(p.resource))
		}
		if g == nil {
			continue
		}
		if g.open[ingress] {
			members := c.m.membersOf(id, p.resource)
			c.add(Exposure{Hop: hop, From: fmt.Sprintf("the members of %s", id), Clients: clientsOf(members), Verdict: Reachable, Evidence: evidence(p.resource)})
		}
		for _, rule := range g.rules[ingress] {
			if verdict := onPorts(rule, ports); verdict != Blocked {
				c.rule(hop, rule, verdict, p, before)
			}
		}
		if path := g.unread[ingress]; path != nil {
			c.unknown(hop, "anything that the rules allow, which are unknown", evidence(g.resource, path...))
		}
	}
	for _, rule := range c.m.unplacedRules[ingress] {
		if len(p.groups) > 0 && onPorts(rule, ports) != Blocked {
			c.unknown(hop, "anything that "+displayName(rule.resource)+" allows, if it is a rule of "+groupNames(p.groups), evidence(rule.resource, "GroupId"))
		}
	}
}

// onPorts says whether a rule is for one of the ports.
func onPorts(rule groupRule, ports []int) Verdict {
	result := Blocked
	for _, port := range ports {
		is, _ := rulePort(rule, port)
		if port == anyPort {
			is = maybeTCP(rule)
		}
		switch is {
		case assembly.Yes:
			result = Reachable
		case assembly.Maybe:
			return Unknown
		}
	}
	if result == Reachable && rule.resource.Exists == assembly.Maybe {
		return Unknown
	}
	return result
}

// maybeTCP finds whether a rule can be for a TCP port that is not known.
func maybeTCP(rule groupRule) assembly.Tristate {
	switch protocol, ok := rule.field("IpProtocol").Text(); {
	case protocol == "-1" || protocol == "all":
		return assembly.Yes
	case ok && protocol != "tcp" && protocol != "6":
		return assembly.No
	}
	return assembly.Maybe
}

// rule adds whom one ingress rule of a party lets in.
func (c *census) rule(hop string, rule groupRule, verdict Verdict, to party, before *party) {
	names := ruleProperties[ingress]
	for _, name := range []string{names.group, names.prefixList, "CidrIp", "CidrIpv6"} {
		v := rule.field(name)
		if v.Kind() == assembly.Absent {
			continue
		}
		a := Exposure{Hop: hop, Verdict: verdict, Evidence: evidence(rule.resource, rule.at(name)...)}
		switch name {
		case names.group:
			source := groupID{value: v}
			a.From = "security group " + source.String()
			a.Chain = before != nil && slices.ContainsFunc(before.groups, func(g groupID) bool { return g.same(source) == assembly.Yes })
			if a.Chain {
				c.others(a, source, to, *before)
			} else {
				a.Clients = clientsOf(c.m.membersOf(source, nil))
			}
			if source.key() == (key{}) {
				a.Verdict = Unknown
			}
		case names.prefixList:
			a.From = "prefix list " + nameOf(v)
		default:
			a.From = v.String()
			if block, ok := prefix(v); ok && block.Bits() == 0 {
				a.From += ", every address"
			} else if ok && before != nil && before.bare {
				a.Chain = cover(block, c.m.blocksOf(*before).list) == all
			}
		}
		c.add(a)
		return
	}
	c.add(Exposure{Hop: hop, From: "a source that the rule names neither by ID nor by CIDR block", Verdict: Unknown, Evidence: evidence(rule.resource, rule.path...)})
}

// others adds what has the security group of the party before and is not that party: the rule lets it in as well.
func (c *census) others(a Exposure, group groupID, to, before party) {
	members := slices.DeleteFunc(c.m.membersOf(group, before.resource), func(p party) bool { return !c.m.sendsTo(p, to) })
	if len(members) == 0 {
		return
	}
	a.Chain, a.Clients = false, clientsOf(members)
	names := make([]string, len(members))
	for i, p := range members {
		names[i] = p.name
	}
	a.From += ", which " + strings.Join(names, ", ") + " has too"
	c.add(a)
}

// clientsOf returns parties by all of their names.
func clientsOf(parties []party) []Client {
	clients := make([]Client, len(parties))
	for i, p := range parties {
		clients[i] = Client{ConstructPath: p.resource.ConstructPath, Stack: p.resource.Stack.Name, LogicalID: p.resource.ID}
	}
	return clients
}
