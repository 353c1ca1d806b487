package check

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
)

// openIngress warns of a security group along the path of an API that allows every address, or a whole private range, by
// one rule or by several together.
func openIngress(p *pass) {
	for _, g := range p.apiPath().groups {
		if !network.IsCertain(g.Resource) {
			continue
		}
		w := width{pass: p, group: g, reported: map[string]bool{}}
		rules := certainRules(g.SecurityGroup)
		for _, traffic := range traffics(rules) {
			w.check(allowing(rules, traffic))
		}
	}
}

// wide are the blocks that are open to everyone who can route to them: every address, or a whole private range.
var wide = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0"),
	netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
}

// mostRules are the rules that an interface can have: rules per security group times groups per interface. EC2 raises
// neither quota above that. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
const mostRules = 1000

// blockRule is a block that a rule is certain to allow.
type blockRule struct {
	traffic  traffic
	block    netip.Prefix
	property network.Property
}

// traffic is a protocol and a range of ports. Where the range is undecided, it is a text.
type traffic struct {
	protocol string
	from, to float64
	text     string
}

// trafficOf is what a rule allows.
func trafficOf(r network.Rule) traffic {
	protocol, _ := r.IpProtocol.Text()
	t := traffic{protocol: strings.ToLower(protocol)}
	from, okFrom := r.FromPort.Number()
	to, okTo := r.ToPort.Number()
	switch {
	case t.protocol == "-1" || t.protocol == "all":
		t.protocol = "-1"
	case okFrom && okTo:
		t.from, t.to = from, to
	default:
		t.text = fmt.Sprint(r.IpProtocolProperty(), " ", r.FromPortProperty(), "-", r.ToPortProperty())
	}
	return t
}

// includes reports whether traffic includes the first port of other traffic. Ranges of ports that overlap have the first
// port of one of them in common.
func (t traffic) includes(other traffic) bool {
	if t.protocol == "-1" || t == other {
		return true
	}
	return t.protocol == other.protocol && t.text == "" && other.text == "" && t.from <= other.from && other.from <= t.to
}

// certainRules are the blocks that a security group is certain to allow, in the order of its rules.
func certainRules(g *network.SecurityGroup) []blockRule {
	var list []blockRule
	for _, rule := range g.Rules[network.Ingress] {
		if !network.IsCertain(rule.Resource) {
			continue
		}
		for _, property := range rule.Blocks() {
			if block, ok := network.Block(property.Value); ok {
				list = append(list, blockRule{trafficOf(rule), block, property})
			}
		}
	}
	return list
}

// traffics are the different traffics of rules.
func traffics(rules []blockRule) []traffic {
	var list []traffic
	seen := map[traffic]bool{}
	for _, r := range rules {
		if !seen[r.traffic] {
			seen[r.traffic] = true
			list = append(list, r.traffic)
		}
	}
	return list
}

// allowing are the rules that allow some traffic. Of a group with more rules than EC2 takes, they are those for exactly
// this traffic.
func allowing(rules []blockRule, t traffic) []blockRule {
	var list []blockRule
	for _, r := range rules {
		if r.traffic == t || len(rules) <= mostRules && r.traffic.includes(t) {
			list = append(list, r)
		}
	}
	return list
}

// width reports the wide blocks that a security group allows, each once.
type width struct {
	*pass
	group    ownedGroup
	reported map[string]bool
}

// check reports the wide blocks that rules for the same traffic allow.
func (w *width) check(rules []blockRule) {
	isOpen := false
	for _, r := range rules {
		if r.block.Bits() == 0 {
			isOpen = true
			w.allows(r.block.String(), r)
		}
	}
	if isOpen {
		return
	}
	prefixes := make([]netip.Prefix, len(rules))
	for i, r := range rules {
		prefixes[i] = r.block
	}
	for _, all := range wide {
		if network.Cover(all, prefixes) != network.All {
			continue
		}
		w.allowsAll(all, rules)
		if all.Bits() == 0 {
			return // the other ranges are part of it
		}
	}
}

// allowsAll reports the rules that allow all of a block: each that does so alone, or all that do so together.
func (w *width) allowsAll(all netip.Prefix, rules []blockRule) {
	var together []blockRule
	var names []string
	isAlone := false
	for _, r := range rules {
		switch {
		case !r.block.Overlaps(all):
		case r.block.Bits() <= all.Bits():
			isAlone = true
			w.allows("all of "+all.String(), r)
		default:
			together, names = append(together, r), append(names, r.block.String())
		}
	}
	if !isAlone {
		w.allows(fmt.Sprintf("all of %s, by %s together", all, strings.Join(names, " and ")), together...)
	}
}

// allows reports what rules of the group allow, unless it is reported already.
func (w *width) allows(what string, rules ...blockRule) {
	where := at{}
	for _, r := range rules {
		where = append(where, r.property)
	}
	if key := fmt.Sprint(what, cite.Property(where[0])); !w.reported[key] {
		w.reported[key] = true
		w.report(append(where, network.Whole(w.group.Resource)), "the security group of the %s allows %s", w.group.owner, what)
	}
}
