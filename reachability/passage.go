package reachability

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// passage collects what the rules of a party's groups say of one port and one peer.
type passage struct {
	m        *Model
	d        direction
	port     int
	peer     party
	yes      *step // a rule that is certain
	doubt    *step
	prefixes []netip.Prefix
	byCidr   step       // the rules with those prefixes
	samePeer []Evidence // rules that are for the peer, on other ports
}

// allows finds whether a side of a party's security groups lets TCP traffic pass on a port to or from a peer.
func (m *Model) allows(of party, d direction, port int, peer party) step {
	if of.bare {
		return passes(of.name + " has no security group, so nothing holds traffic back")
	}
	if s, wrong := m.foreignGroup(of); wrong {
		return s
	}
	p := &passage{m: m, d: d, port: port, peer: peer}
	for _, id := range of.groups {
		p.group(id)
	}
	p.unplaced()
	if p.yes != nil {
		return *p.yes
	}
	if s := p.cidrs(); s.verdict != Blocked || p.doubt == nil {
		if s.verdict != Blocked {
			return s
		}
		return p.blocked(of, s)
	}
	return *p.doubt
}

// foreignGroup finds a security group of a party that is of another VPC: EC2 refuses it.
func (m *Model) foreignGroup(of party) (step, bool) {
	for _, id := range of.groups {
		g := m.groups[id.key()]
		if g == nil || g.resource == nil || g.resource.Property("VpcId").Kind() == assembly.Absent {
			continue
		}
		if vpc := g.resource.Property("VpcId"); assembly.Equal(vpc, of.vpc) == assembly.No {
			return blocks(
				fmt.Sprintf("security group %s is of %s, and %s is in %s", id, nameOf(vpc), of.name, nameOf(of.vpc)), "use a security group of the same VPC",
			).at(g.resource, "VpcId"), true
		}
	}
	return step{}, false
}

func (p *passage) blocked(of party, s step) step {
	toFrom := [...]string{ingress: "from", egress: "to"}[p.d]
	if s.message == "" {
		s.message = fmt.Sprintf("no %s rule of %s lets TCP %d pass %s %s", p.d, groupNames(of.groups), p.port, toFrom, p.peer.name)
	}
	s.fix = fmt.Sprintf("allow TCP %d %s %s in the %s rules of %s", p.port, toFrom, groupNames(p.peer.groups), p.d, groupNames(of.groups))
	if len(p.peer.groups) == 0 {
		s.fix = fmt.Sprintf("allow TCP %d %s the addresses of %s in the %s rules of %s", p.port, toFrom, p.peer.name, p.d, groupNames(of.groups))
	}
	s = s.near(p.samePeer...)
	for _, id := range of.groups {
		if g := p.m.groups[id.key()]; g != nil && g.resource != nil {
			s = s.near(evidence(g.resource))
		} else if of.resource != nil {
			s = s.near(evidence(of.resource))
		}
	}
	return s.near(p.samePort(of)...)
}

// samePort points at rules that let others pass on the port.
func (p *passage) samePort(of party) []Evidence {
	var list []Evidence
	for _, id := range of.groups {
		g := p.m.groups[id.key()]
		if g == nil {
			continue
		}
		for _, rule := range g.rules[p.d] {
			name := ruleProperties[p.d].group
			if is, _ := rulePort(rule, p.port); is == assembly.No || rule.field(name).Kind() == assembly.Absent {
				continue
			}
			if list = append(list, evidence(rule.resource, rule.at(name)...)); len(list) == 3 {
				return list
			}
		}
	}
	return list
}

// group looks at the rules of one group.
func (p *passage) group(id groupID) {
	g := p.m.groups[id.key()]
	if g == nil {
		p.doubtful(awaits(fmt.Sprintf("security group %s is not in the templates", id), id.value))
		return
	}
	if g.open[p.d] {
		p.openGroup(id, g)
	}
	for _, rule := range p.m.rulesFor(g, p.d, p.peer) {
		p.rule(rule)
	}
	if p.d == egress && g.mayBeOpen {
		p.doubtful(undecided(g.rules[egress][0].resource))
	}
	if path := g.unread[p.d]; path != nil {
		p.doubtful(undecided(g.resource, path...))
	}
	if g.resource == nil && !id.key().isDefault() {
		p.doubtful(doubts(fmt.Sprintf("security group %s is defined elsewhere, and not all of its rules are in the templates", id), "load the template that defines it"))
	}
}

// unplaced looks at rules of which it is not known whose they are: they can open, and never close.
func (p *passage) unplaced() {
	for _, rule := range p.m.unplacedRules[p.d] {
		if is, _ := rulePort(rule, p.port); is != assembly.No && p.mayBeFor(rule) {
			p.doubtful(undecided(rule.resource, "GroupId"))
		}
	}
}

// openGroup takes EC2's own default rules into account.
func (p *passage) openGroup(id groupID, g *group) {
	if p.d == egress {
		if rules := p.m.unplacedRules[egress]; len(rules) > 0 {
			p.doubtful(undecided(rules[0].resource, "GroupId"))
			return
		}
		s := passes(fmt.Sprintf("%s has EC2's default egress, which is everything", id))
		if g.resource != nil {
			s = s.at(g.resource)
		}
		p.certain(s)
		return
	}
	for _, other := range p.peer.groups {
		switch id.same(other) {
		case assembly.Yes:
			p.certain(passes(fmt.Sprintf("%s lets in its own members", id)))
		case assembly.Maybe:
			p.doubtful(awaits(fmt.Sprintf("whether %s is in %s is not known", p.peer.name, id), other.value))
		}
	}
}

func (p *passage) certain(s step) {
	if p.yes == nil {
		p.yes = &s
	}
}

func (p *passage) doubtful(s step) {
	if p.doubt == nil {
		p.doubt = &s
	}
}

// rule looks at one rule: whether it is for TCP and the port, and whether it is for the peer.
func (p *passage) rule(rule groupRule) {
	ports, why := rulePort(rule, p.port)
	if ports == assembly.No {
		if p.forPeer(rule) == assembly.Yes {
			p.samePeer = append(p.samePeer, evidence(rule.resource, rule.at("FromPort")...))
		}
		return
	}
	names := ruleProperties[p.d]
	if other := rule.field(names.group); other.Kind() != assembly.Absent {
		switch p.forPeer(rule) {
		case assembly.Yes:
			p.matched(rule, names.group, ports, why)
		case assembly.Maybe:
			p.doubtful(awaits(fmt.Sprintf("whether %s is a group of %s is not known", nameOf(other), p.peer.name), other).at(rule.resource, rule.at(names.group)...))
		}
		return
	}
	if list := rule.field(names.prefixList); list.Kind() != assembly.Absent {
		p.prefixList(rule, list, ports, why)
		return
	}
	p.cidr(rule, ports, why)
}

// forPeer finds whether a rule names a group of the peer.
func (p *passage) forPeer(rule groupRule) assembly.Tristate {
	other := rule.field(ruleProperties[p.d].group)
	if other.Kind() == assembly.Absent {
		return assembly.No
	}
	result := assembly.No
	for _, own := range p.peer.groups {
		result = max(result, groupID{value: other}.same(own))
	}
	return result
}

// matched takes a rule that is for the peer.
func (p *passage) matched(rule groupRule, property string, ports assembly.Tristate, why step) {
	s := passes(fmt.Sprintf("%s of %s allows TCP %d %s %s", p.d, ownerOf(rule), p.port, [...]string{"from", "to"}[p.d], p.peer.name)).
		at(rule.resource, rule.at(property)...)
	switch {
	case ports == assembly.Maybe:
		p.doubtful(why)
	case rule.resource.Exists == assembly.Maybe:
		p.doubtful(s)
	default:
		p.certain(s)
	}
}

// ownerOf is the group that a rule is of.
func ownerOf(rule groupRule) string {
	if len(rule.path) > 0 {
		return displayName(rule.resource)
	}
	return nameOf(rule.resource.Property("GroupId"))
}

// rulePort finds whether a rule is for TCP and the port.
func rulePort(rule groupRule, port int) (assembly.Tristate, step) {
	protocol := rule.field("IpProtocol")
	text, ok := protocol.Text()
	switch text = strings.ToLower(text); {
	case !ok:
		return assembly.Maybe, undecided(rule.resource, rule.at("IpProtocol")...)
	case text == "-1" || text == "all":
		return assembly.Yes, step{}
	case text != "tcp" && text != "6":
		return assembly.No, step{}
	}
	for _, end := range []string{"FromPort", "ToPort"} {
		v := rule.field(end)
		n, ok := v.Number()
		switch {
		case !ok && v.Kind() == assembly.Absent:
			return assembly.No, step{}
		case ok && n == -1:
			return assembly.Yes, step{}
		case ok && (end == "FromPort" && float64(port) < n || end == "ToPort" && float64(port) > n):
			return assembly.No, step{}
		}
	}
	for _, end := range []string{"FromPort", "ToPort"} {
		if v := rule.field(end); v.Kind() != assembly.Literal {
			return assembly.Maybe, undecided(rule.resource, rule.at(end)...)
		}
	}
	return assembly.Yes, step{}
}

// awsPrefixList is the ID of a prefix list of AWS, which has public addresses; those of customers have 17 digits.
var awsPrefixList = regexp.MustCompile(`^pl-[0-9a-f]{8}$`)

func (p *passage) prefixList(rule groupRule, list assembly.Value, ports assembly.Tristate, why step) {
	if id, ok := list.Text(); ok && awsPrefixList.MatchString(id) {
		return
	}
	property := ruleProperties[p.d].prefixList
	r, _, ok := list.Reference()
	if !ok || r.Type != "AWS::EC2::PrefixList" || r.Property("Entries").Kind() != assembly.List {
		p.doubtful(awaits(fmt.Sprintf("what prefix list %s has is not in the templates", list), list).at(rule.resource, rule.at(property)...))
		return
	}
	for i := range r.Property("Entries").Len() {
		p.block(rule, property, r.Property("Entries", i, "Cidr"), ports, why)
	}
}

func (p *passage) cidr(rule groupRule, ports assembly.Tristate, why step) {
	for _, name := range []string{"CidrIp", "CidrIpv6"} {
		if v := rule.field(name); v.Kind() != assembly.Absent {
			p.block(rule, name, v, ports, why)
			return
		}
	}
	p.doubtful(doubts("a rule names its peer in a way that is not known", "name the peer by ID or by CIDR block").at(rule.resource, rule.path...))
}

// block takes one CIDR block of a rule. Requests here are IPv4, so a block of IPv6 is for others.
func (p *passage) block(rule groupRule, property string, v assembly.Value, ports assembly.Tristate, why step) {
	block, ok := prefix(v)
	_, literal := v.Text()
	switch {
	case literal && !ok, ok && !block.Addr().Is4():
		return
	case !ok:
		p.doubtful(awaits(fmt.Sprintf("a rule is for %s", v), v).at(rule.resource, rule.at(property)...))
		return
	case block.Bits() == 0:
		p.matched(rule, property, ports, why)
		return
	}
	if p.touches(block) == none {
		return
	}
	if ports == assembly.Maybe || rule.resource.Exists == assembly.Maybe {
		doubt := doubts("whether a rule is for the port, or is deployed, is not known", why.fix, why.settle...)
		if ports != assembly.Maybe {
			doubt = doubt.until(rule.resource.Existence())
		}
		p.doubtful(doubt.at(rule.resource, rule.at(property)...))
		return
	}
	p.prefixes = append(p.prefixes, block)
	p.byCidr = p.byCidr.at(rule.resource, rule.at(property)...)
}

// touches says whether a block has addresses of the peer.
func (p *passage) touches(block netip.Prefix) coverage {
	theirs := p.m.blocksOf(p.peer)
	if len(theirs.list) == 0 {
		return some
	}
	for _, b := range theirs.list {
		if b.Overlaps(block) {
			return some
		}
	}
	return none
}

// mayBeFor reports whether a rule can be for the peer: it names one of its groups, or no group at all.
func (p *passage) mayBeFor(rule groupRule) bool {
	return rule.field(ruleProperties[p.d].group).Kind() == assembly.Absent || p.forPeer(rule) != assembly.No
}

// cidrs finds whether the CIDR blocks of the rules have the addresses of the peer.
func (p *passage) cidrs() step {
	s := p.byCidr
	if len(p.prefixes) == 0 {
		return step{verdict: Blocked}
	}
	theirs := p.m.blocksOf(p.peer)
	covered := map[coverage]int{}
	var outside netip.Prefix
	for _, block := range theirs.list {
		c := cover(block, p.prefixes)
		covered[c]++
		if c == none {
			outside = block
		}
	}
	toFrom := [...]string{"from", "to"}[p.d]
	switch {
	case len(theirs.list) > 0 && covered[all] == len(theirs.list):
		s.verdict, s.message = Reachable, fmt.Sprintf("%s rules allow TCP %d %s the addresses of %s", p.d, p.port, toFrom, p.peer.name)
	case theirs.exact && covered[none] > 0:
		return step{verdict: Blocked, message: fmt.Sprintf("%s rules allow TCP %d %s some subnets of %s, and not %s %s", p.d, p.port, toFrom, p.peer.name, toFrom, outside)}.near(s.evidence...)
	default:
		s.verdict, s.message = Unknown, fmt.Sprintf("whether %s rules for TCP %d have all addresses of %s is not known", p.d, p.port, p.peer.name)
		s.fix = "name its security group, or the blocks of its subnets"
	}
	return s
}
