package check

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// internetFacing warns of a load balancer of an API that faces the internet.
func internetFacing(p *pass) {
	for _, lb := range p.apiPath().loadBalancers {
		switch scheme := lb.Scheme(); {
		case scheme.IsAbsent():
			p.report(at{scheme}, "the load balancer has no Scheme, so it is internet-facing")
		case scheme.Literal() == "internet-facing":
			p.report(at{scheme}, "the load balancer is internet-facing")
		}
	}
}

// openIngress warns of a security group along the path of an API that allows every address, or a whole private range.
func openIngress(p *pass) {
	for _, g := range p.apiPath().groups {
		if !network.IsCertain(g.Resource) {
			continue
		}
		for _, ports := range certainBlocks(g.SecurityGroup) {
			p.openBlocks(g, ports)
		}
	}
}

// blocksOfPorts are the address blocks that a security group allows on the same ports, and the properties that have them.
type blocksOfPorts struct {
	ports      string
	prefixes   []netip.Prefix
	properties at
}

// certainBlocks are the blocks that a security group is certain to allow, by ports, in the order of its rules.
func certainBlocks(g *network.SecurityGroup) []*blocksOfPorts {
	var list []*blocksOfPorts
	by := map[string]*blocksOfPorts{}
	for _, rule := range g.Rules[network.Ingress] {
		if !network.IsCertain(rule.Resource) {
			continue
		}
		ports := fmt.Sprint(rule.IpProtocolProperty(), " ", rule.FromPortProperty(), "-", rule.ToPortProperty())
		for _, property := range rule.Blocks() {
			block, ok := network.Block(property.Value)
			if !ok {
				continue
			}
			if by[ports] == nil {
				by[ports] = &blocksOfPorts{ports: ports}
				list = append(list, by[ports])
			}
			by[ports].prefixes = append(by[ports].prefixes, block)
			by[ports].properties = append(by[ports].properties, property)
		}
	}
	return list
}

// wide are the blocks that are open to everyone who can route to them: every address, or a whole private range.
var wide = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0"),
	netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
}

// openBlocks reports the wide blocks that a security group allows on the same ports, by one rule or by several together.
func (p *pass) openBlocks(g ownedGroup, open *blocksOfPorts) {
	isOpen := false
	for i, block := range open.prefixes {
		if block.Bits() == 0 {
			isOpen = true
			p.report(at{open.properties[i], network.Whole(g.Resource)}, "the security group of the %s allows %s", g.owner, block)
		}
	}
	if isOpen {
		return
	}
	for _, all := range wide {
		if network.Cover(all, open.prefixes) != network.All {
			continue
		}
		where := at{}
		var names []string
		for i, block := range open.prefixes {
			if block.Overlaps(all) {
				where, names = append(where, open.properties[i]), append(names, block.String())
			}
		}
		message := "the security group of the %s allows all of %s"
		if len(names) > 1 {
			message += ", by " + strings.Join(names, " and ") + " together"
		}
		p.report(append(where, network.Whole(g.Resource)), message, g.owner, all)
		if all.Bits() == 0 {
			return // the other ranges are part of it
		}
	}
}

// apiPath is what requests to APIs meet, in the order in which it was found.
type apiPath struct {
	loadBalancers []*network.LoadBalancer
	targetGroups  []*network.TargetGroup
	groups        []ownedGroup
	seen          map[*network.Resource]bool
}

// ownedGroup is a security group, and what has it.
type ownedGroup struct {
	*network.SecurityGroup
	owner string
}

// apiPath finds what requests to APIs meet.
func (f *facts) apiPath() *apiPath {
	if f.path != nil {
		return f.path
	}
	path := &apiPath{seen: map[*network.Resource]bool{}}
	for _, lb := range f.loadBalancers {
		if len(f.EndpointServicesBehind(lb)) > 0 {
			f.addLoadBalancer(path, lb)
		}
	}
	for i := 0; i < len(path.loadBalancers); i++ { // grows by the load balancers behind each
		for _, tg := range f.TargetGroupsOf(path.loadBalancers[i]) {
			f.addTargetGroup(path, tg)
		}
	}
	for _, e := range f.endpoints {
		if isAPIEndpoint(e) {
			f.addGroups(path, "endpoint", groupIDs(e.SecurityGroupIds()))
		}
	}
	for _, tg := range path.targetGroups {
		f.addTargets(path, tg)
	}
	f.path = path
	return path
}

func (f *facts) addLoadBalancer(path *apiPath, lb *network.LoadBalancer) {
	if !isCertain(lb) || !path.isNew(lb.Resource) {
		return
	}
	path.loadBalancers = append(path.loadBalancers, lb)
	owner := map[network.LoadBalancerKind]string{network.NetworkKind: "NLB", network.Application: "ALB"}[lb.Kind()]
	f.addGroups(path, owner, groupIDs(lb.SecurityGroups()))
}

// addTargetGroup adds a target group and the load balancers that it registers.
func (f *facts) addTargetGroup(path *apiPath, tg *network.TargetGroup) {
	if !network.IsCertain(tg.Resource) || !path.isNew(tg.Resource) {
		return
	}
	path.targetGroups = append(path.targetGroups, tg)
	for i := range tg.Targets().Items() {
		f.addLoadBalancer(path, f.loadBalancer(tg.TargetId(i).Value))
	}
}

// addTargets adds the security groups of the workloads that are registered in a target group.
func (f *facts) addTargets(path *apiPath, tg *network.TargetGroup) {
	targets, _ := f.TargetsOf(tg)
	for _, target := range targets {
		if network.IsCertain(target.Resource) {
			f.addGroups(path, "target", target.Groups)
		}
	}
}

func (f *facts) addGroups(path *apiPath, owner string, ids []network.GroupID) {
	for _, id := range ids {
		if g := f.DefinedGroup(id.Value); g != nil && path.isNew(g.Resource) {
			path.groups = append(path.groups, ownedGroup{g, owner})
		}
	}
}

func groupIDs(list network.Property) []network.GroupID {
	var ids []network.GroupID
	for _, p := range list.Items() {
		ids = append(ids, network.GroupID{Value: p.Value})
	}
	return ids
}

func (path *apiPath) isNew(r *network.Resource) bool {
	isNew := !path.seen[r]
	path.seen[r] = true
	return isNew
}
