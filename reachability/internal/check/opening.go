package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// internetFacing warns of a load balancer of an API that faces the internet.
func internetFacing(p *pass) {
	for _, lb := range p.apiPath().loadBalancers {
		fix := p.rule.Fix
		if lb.Kind() == network.NetworkKind {
			fix = rules.InternetFacingNlb
		}
		switch scheme := lb.Scheme(); {
		case scheme.IsAbsent():
			p.reportWithFix(fix, at{scheme}, "the load balancer has no Scheme, so it is internet-facing")
		case scheme.Literal() == "internet-facing":
			p.reportWithFix(fix, at{scheme}, "the load balancer is internet-facing")
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
