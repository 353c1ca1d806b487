package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// albTargetEntry is an ALB that a target group registers; both are certain to be deployed.
type albTargetEntry struct {
	tg    *network.TargetGroup
	index int
	alb   *network.LoadBalancer
}

// id is the property that names the ALB.
func (e albTargetEntry) id() network.Property { return e.tg.TargetId(e.index) }

// port is the port on which the ALB is registered.
func (e albTargetEntry) port() network.Property { return e.tg.TargetPort(e.index) }

func (f *facts) findALBTargets() {
	for _, tg := range f.targetGroups {
		if !isForALB(tg) {
			continue
		}
		for i := range tg.Targets().Items() {
			alb := f.loadBalancer(tg.TargetId(i).Value)
			if isCertain(alb) && mayBeALB(alb) {
				f.albTargets = append(f.albTargets, albTargetEntry{tg, i, alb})
			}
		}
	}
}

func mayBeALB(lb *network.LoadBalancer) bool {
	return lb.Kind() == network.Application || lb.Kind() == network.UndecidedKind
}

// albTarget finds a target of a target group for an ALB that is not an ALB, and a second target.
func albTarget(p *pass) {
	for _, tg := range p.targetGroups {
		if !isForALB(tg) {
			continue
		}
		first := tg.TargetId(0)
		for i := range tg.Targets().Items() {
			id := tg.TargetId(i)
			lb := p.loadBalancer(id.Value)
			if isCertain(lb) && !mayBeALB(lb) {
				p.report(at{id, lb.Type()}, "target %s is a load balancer of type %s", network.DisplayName(lb.Resource), lb.Kind())
			} else if network.Equal(first.Value, id.Value) == network.No {
				p.report(at{id, first}, "the target group has more than one target")
			}
		}
	}
}

// onePort finds an ALB that is registered on a port without a listener.
func onePort(p *pass) {
	for _, e := range p.albTargets {
		port, ok := e.port().Number()
		listeners := p.portsOf(e.alb)
		if !ok || !listeners.known || listeners.by[int(port)] != nil {
			continue
		}
		where := at{e.port()}
		for _, own := range listeners.ports {
			where = append(where, listeners.by[own].Port())
		}
		p.report(where, "the target port is %v, but ALB %s listens on %s", port, network.DisplayName(e.alb.Resource), listeners)
	}
}

// albTargetDependency finds a target group that may be deployed before the listener that it needs.
func albTargetDependency(p *pass) {
	for _, e := range p.albTargets {
		port, ok := e.port().Number()
		listeners := p.portsOf(e.alb)
		if !ok || !listeners.known {
			continue
		}
		l := listeners.by[int(port)]
		if l == nil || !network.IsCertain(l.Resource) || e.alb.Stack != e.tg.Stack || l.Stack != e.tg.Stack || p.dependsOnPort(e, int(port)) {
			continue
		}
		p.reportWithFix("add "+l.ID+" to DependsOn of "+e.tg.ID, at{e.tg.Targets().At(e.index), l.Port()},
			"the target group registers the ALB, but does not depend on the ALB's listener on port %v", port)
	}
}

// dependsOnPort reports whether a target group depends on a listener of its ALB that has a port, or may have it.
func (f *facts) dependsOnPort(e albTargetEntry, port int) bool {
	wanted := map[*network.Resource]bool{}
	for _, l := range f.ListenersOf(e.alb) {
		wanted[l.Resource] = l.ListensOn(port) != network.No
	}
	return network.Depends(e.tg.Resource, func(r *network.Resource) bool { return wanted[r] })
}

// listenerPorts are the ports on which a load balancer listens.
type listenerPorts struct {
	// known is false if a listener may be missing here, or has an unknown port.
	known bool
	ports []int
	by    map[int]*network.Listener
}

// String lists the ports.
func (l *listenerPorts) String() string {
	names := make([]string, len(l.ports))
	for i, port := range l.ports {
		names[i] = strconv.Itoa(port)
	}
	return strings.Join(names, ", ")
}

// portsOf are the ports on which an ALB listens.
func (f *facts) portsOf(alb *network.LoadBalancer) *listenerPorts {
	if known := f.albPorts[alb]; known != nil {
		return known
	}
	listeners := f.ListenersOf(alb)
	found := &listenerPorts{
		known: f.allListenersPlaced && !f.MayBeChangedByCustomResource(alb.Resource) && len(listeners) > 0 && !f.HasUndecidedPort(alb),
		by:    map[int]*network.Listener{},
	}
	for _, l := range listeners {
		port := l.Port().Int()
		if found.by[port] == nil {
			found.ports = append(found.ports, port)
		}
		found.by[port] = l
	}
	slices.Sort(found.ports)
	f.albPorts[alb] = found
	return found
}

// loadBalancerVPC finds an ALB in another VPC than its target group, or than an NLB that forwards to it.
func loadBalancerVPC(p *pass) {
	for _, e := range p.albTargets {
		vpc, ok := p.VpcOf(e.alb)
		if !ok || vpc.IsAbsent() {
			continue
		}
		if own := e.tg.VpcId(); isOtherVPC(own, vpc) {
			p.report(at{own, vpc}, "the target group belongs to VPC %s, and the ALB is in VPC %s", network.NameOf(own.Value), network.NameOf(vpc.Value))
		}
		for _, lb := range p.forwardersTo(e.tg) {
			if other, ok := p.VpcOf(lb); ok && isOtherVPC(other, vpc) {
				p.report(at{e.id(), vpc, other}, "the ALB is in VPC %s, and NLB %s is in VPC %s",
					network.NameOf(vpc.Value), network.DisplayName(lb.Resource), network.NameOf(other.Value))
			}
		}
	}
}

func isOtherVPC(a, b network.Property) bool {
	return !a.IsAbsent() && network.Equal(a.Value, b.Value) == network.No
}

// forwardersTo are the load balancers that are certain to forward to a target group.
func (f *facts) forwardersTo(tg *network.TargetGroup) []*network.LoadBalancer {
	var list []*network.LoadBalancer
	seen := map[*network.LoadBalancer]bool{}
	for _, by := range f.ForwardedBy(tg.Ref()) {
		if by.IsCertain() && isCertain(by.LoadBalancer) && !seen[by.LoadBalancer] {
			seen[by.LoadBalancer] = true
			list = append(list, by.LoadBalancer)
		}
	}
	return list
}

// albTargetQuota finds an ALB behind three NLBs.
func albTargetQuota(p *pass) {
	const most = 2
	inFront := map[*network.LoadBalancer][]*network.LoadBalancer{}
	for _, e := range p.albTargets {
		for _, lb := range p.forwardersTo(e.tg) {
			nlbs := inFront[e.alb]
			if len(nlbs) > most || slices.Contains(nlbs, lb) {
				continue
			}
			inFront[e.alb] = append(nlbs, lb)
			if len(nlbs) == most {
				p.report(at{e.id()}, "ALB %s is the target of three NLBs: %s, %s and %s", network.DisplayName(e.alb.Resource),
					network.DisplayName(nlbs[0].Resource), network.DisplayName(nlbs[1].Resource), network.DisplayName(lb.Resource))
			}
		}
	}
}
