package reachability

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// access lists everything that can send traffic to a hop of an API that the templates publish.
func (m *Model) access(facts Facts) []Access {
	consumers := map[*assembly.Resource][]*assembly.Resource{}
	for _, endpoint := range m.endpoints {
		if service, _ := m.serviceOf(endpoint, facts); service != nil {
			consumers[service] = append(consumers[service], endpoint)
		}
	}
	list := []Access{}
	for _, service := range m.ofType(endpointServiceType) {
		c := &census{m: m, api: displayName(service), seen: map[string]bool{}, been: map[*assembly.Resource]bool{}}
		c.principals(service, consumers[service])
		c.chain(service, consumers[service])
		list = append(list, c.list...)
	}
	slices.SortStableFunc(list, func(a, b Access) int { return cmp.Compare(a.API, b.API) })
	return list
}

// census collects the ways in to one API.
type census struct {
	m    *Model
	api  string
	list []Access
	seen map[string]bool
	been map[*assembly.Resource]bool // listeners of ALBs: rules can lead in a circle
}

func (c *census) add(a Access) {
	a.API = c.api
	key := a.Hop + "\x00" + a.From + "\x00" + a.Evidence.String()
	if !c.seen[key] {
		c.seen[key] = true
		c.list = append(c.list, a)
	}
}

// principals adds who may create endpoints. An account that has one in the templates is on the chain.
func (c *census) principals(service *assembly.Resource, consumers []*assembly.Resource) {
	for _, grant := range c.m.grantsOf[resourceKey(service)] {
		for i, v := range items(grant, "AllowedPrincipals") {
			a := Access{Hop: HopAllowedPrincipal, From: v.String(), Verdict: Reachable, Evidence: evidence(grant, "AllowedPrincipals", i)}
			if arn, ok := v.Text(); ok && arn == rules.Everyone {
				a.From = "everyone (*)"
			} else {
				a.Chain = slices.ContainsFunc(consumers, func(endpoint *assembly.Resource) bool {
					account := endpoint.Stack.Account
					return account != "" && judgePrincipal(v, account, service.Stack.Region).verdict == Reachable
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
	for _, arn := range items(service, "NetworkLoadBalancerArns") {
		r, _, ok := arn.Reference()
		if !ok || r.Type != loadBalancerType {
			continue
		}
		nlb := c.m.loadBalancer(r)
		var ports []int
		for _, listener := range c.m.listenersOf[resourceKey(r)] {
			if port := number(listener, "Port"); port != 0 {
				ports = append(ports, port)
			}
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
	groups, _ := forwardsTo(by, property)
	for _, v := range groups {
		tg, _, ok := v.Reference()
		if !ok {
			continue
		}
		if text(tg, "TargetType") != "alb" {
			members, _ := c.m.members(tg)
			for _, member := range members {
				if member.resource != nil {
					c.into(HopTargetIngress, member.party, []int{member.port}, &from)
				}
			}
			continue
		}
		alb, _, ok := tg.Property("Targets", 0, "Id").Reference()
		if !ok || alb.Type != loadBalancerType {
			continue
		}
		balancer := c.m.loadBalancer(alb)
		port := number(tg, "Port")
		c.balancer(HopAlbIngress, balancer, []int{port}, &from)
		for _, listener := range c.m.listenersOf[resourceKey(alb)] {
			if number(listener, "Port") != port || c.been[listener] {
				continue
			}
			c.been[listener] = true
			c.behind(balancer, listener, "DefaultActions")
			for _, rule := range c.m.rulesOf[resourceKey(listener)] {
				c.behind(balancer, rule, "Actions")
			}
		}
	}
}

// balancer adds who can send traffic to a load balancer.
func (c *census) balancer(hop string, p party, ports []int, before *party) {
	scheme := p.resource.Property("Scheme")
	switch value, ok := scheme.Text(); {
	case scheme.Kind() == assembly.Absent || value == "internet-facing":
		c.add(Access{Hop: hop, From: "the internet: the load balancer has public addresses", Verdict: Reachable, Evidence: evidence(p.resource, "Scheme")})
	case !ok:
		c.add(Access{Hop: hop, From: "the internet, unless the load balancer is internal", Verdict: Unknown, Evidence: evidence(p.resource, "Scheme")})
	}
	if p.bare {
		c.add(Access{Hop: hop, From: "every address that routes lead from: it has no security group", Verdict: Reachable, Evidence: evidence(p.resource)})
		return
	}
	c.into(hop, p, ports, before)
}

// into adds whom the security groups of a party let in on some ports. Whom the chain needs is the party before.
func (c *census) into(hop string, p party, ports []int, before *party) {
	for _, id := range p.groups {
		g := c.m.groups[id.key()]
		if g == nil || g.resource == nil && !g.open[ingress] {
			where := evidence(p.resource)
			c.add(Access{Hop: hop, From: fmt.Sprintf("whomever %s lets in, which is not in the templates", id), Verdict: Unknown, Evidence: where})
		}
		if g == nil {
			continue
		}
		if g.open[ingress] {
			members := c.m.holders[id.key()]
			c.add(Access{Hop: hop, From: fmt.Sprintf("the members of %s", id), clients: members, Clients: namesOf(members), Verdict: Reachable, Evidence: evidence(p.resource)})
		}
		for _, rule := range g.rules[ingress] {
			if verdict := onPorts(rule, ports); verdict != Blocked {
				c.rule(hop, rule, verdict, before)
			}
		}
		if path := g.unread[ingress]; path != nil {
			c.add(Access{Hop: hop, From: "whomever the rules let in, which are not known", Verdict: Unknown, Evidence: evidence(g.resource, path...)})
		}
	}
}

// onPorts says whether a rule is for one of the ports.
func onPorts(rule groupRule, ports []int) Verdict {
	result := Blocked
	for _, port := range ports {
		switch is, _ := rulePort(rule, port); is {
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

// rule adds whom one ingress rule lets in.
func (c *census) rule(hop string, rule groupRule, verdict Verdict, before *party) {
	names := ruleProperties[ingress]
	for _, name := range []string{names.group, names.prefixList, "CidrIp", "CidrIpv6"} {
		v := rule.field(name)
		if v.Kind() == assembly.Absent {
			continue
		}
		a := Access{Hop: hop, Verdict: verdict, Evidence: evidence(rule.resource, rule.at(name)...)}
		switch name {
		case names.group:
			source := groupID{value: v}
			a.From = "security group " + source.String()
			a.clients = c.m.holdersOf(source)
			a.Clients = namesOf(a.clients)
			a.Chain = before != nil && slices.ContainsFunc(before.groups, func(g groupID) bool { return g.same(source) == assembly.Yes })
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
	c.add(Access{Hop: hop, From: "somebody whom the rule does not name by ID or by CIDR block", Verdict: Unknown, Evidence: evidence(rule.resource, rule.path...)})
}

func namesOf(parties []party) []string {
	names := make([]string, len(parties))
	for i, p := range parties {
		names[i] = p.name
	}
	return names
}
