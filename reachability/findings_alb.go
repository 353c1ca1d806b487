package reachability

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// albTargetGroup reviews a target group of type alb. behind has the NLBs of the ALBs that were reviewed before.
func (v *review) albTargetGroup(group *assembly.Resource, behind map[*assembly.Resource][]*assembly.Resource) {
	if protocol := text(group, "Protocol"); protocol != "" && protocol != "TCP" {
		v.add(rules.NetworkListenerTCP, []Evidence{evidence(group, "Protocol"), evidence(group, "TargetType")},
			"the target group of type alb has the protocol %s", protocol)
	}
	if attributes, ok := group.Property("TargetGroupAttributes").Items(); ok {
		if i := slices.IndexFunc(attributes, func(a assembly.Value) bool { return a.Kind() == assembly.Map }); i >= 0 {
			v.add(rules.TargetGroupAttributes, []Evidence{evidence(group, "TargetGroupAttributes"), evidence(group, "TargetType")},
				"the target group of type alb has the attribute %s", attributes[i].Field("Key"))
		}
	}
	v.healthCheck(group)
	targets := items(group, "Targets")
	for i, target := range targets {
		id := target.Field("Id")
		alb := refersTo(id, cfnLoadBalancer)
		at := []Evidence{evidence(group, "Targets", i, "Id")}
		if kind := kindOf(alb); kind != "" && kind != "application" && v.isSure(alb) {
			v.add(rules.AlbTarget, append(at, evidence(alb, "Type")), "the target %s is a load balancer of type %s", displayName(alb), kind)
			continue
		}
		if first := targets[0].Field("Id"); i > 0 && assembly.Equal(first, id) == assembly.No {
			v.add(rules.AlbTarget, append(at, evidence(group, "Targets", 0, "Id")), "the target group has more than one target")
		}
		if !v.isSure(alb) {
			continue
		}
		v.onePort(group, alb, i)
		v.sameVpc(group, alb, at)
		v.albTargetQuota(group, alb, at, behind)
	}
}

// albPorts are the listeners of an ALB by port. They are not known if one may be missing, or has a port that is not.
type albPorts struct {
	known  bool
	ports  []int
	byPort map[int]*assembly.Resource
}

func (p *albPorts) String() string {
	var names []string
	for _, port := range p.ports {
		names = append(names, strconv.Itoa(port))
	}
	return strings.Join(names, ", ")
}

func (v *review) portsOfAlb(alb *assembly.Resource) *albPorts {
	if p := v.portsOf[alb]; p != nil {
		return p
	}
	p := &albPorts{known: !v.strayListener && !v.changed[alb] && len(v.listenersOf[alb]) > 0, byPort: map[int]*assembly.Resource{}}
	for _, listener := range v.listenersOf[alb] {
		port, ok := listener.Property("Port").Number()
		p.known = p.known && ok
		if p.byPort[int(port)] == nil {
			p.ports = append(p.ports, int(port))
		}
		p.byPort[int(port)] = listener
	}
	slices.Sort(p.ports)
	v.portsOf[alb] = p
	return p
}

// onePort finds a target on a port on which the ALB does not listen, or not yet when the target is registered.
func (v *review) onePort(group, alb *assembly.Resource, i int) {
	path := targetPort(group, i)
	value := group.Property(path...)
	number, ok := value.Number()
	ports := v.portsOfAlb(alb)
	if !ok || !ports.known {
		return
	}
	listener := ports.byPort[int(number)]
	if listener == nil {
		at := []Evidence{evidence(group, path...)}
		for _, port := range ports.ports {
			at = append(at, evidence(ports.byPort[port], "Port"))
		}
		v.add(rules.OnePort, at, "the target's port is %v, but the ALB %s listens on %s", number, displayName(alb), ports)
		return
	}
	if alb.Stack == group.Stack && listener.Stack == group.Stack && v.isSure(listener) && !dependsOn(group, func(r *assembly.Resource) bool {
		return r.Type == cfnListener && refersTo(r.Property("LoadBalancerArn"), cfnLoadBalancer) == alb && isPort(r.Property("Port"), int(number))
	}) {
		v.addWithFix(rules.AlbTargetDependency, "add "+listener.ID+" to DependsOn of "+group.ID,
			[]Evidence{evidence(group, "Targets", i), evidence(listener, "Port")},
			"the target group registers the ALB, and does not depend on its listener on port %v", number)
	}
}

// isPort reports whether a value is a port, or may be.
func isPort(v assembly.Value, port int) bool {
	n, ok := v.Number()
	return !ok || int(n) == port
}

// dependsOn reports whether a resource depends on a wanted one of its stack, if only by way of others.
func dependsOn(r *assembly.Resource, wanted func(*assembly.Resource) bool) bool {
	seen := map[*assembly.Resource]bool{r: true}
	for queue := []*assembly.Resource{r}; len(queue) > 0; queue = queue[1:] {
		next := queue[0].Implicit()
		for _, id := range queue[0].DependsOn {
			if dependency := r.Stack.Resource(id); dependency != nil {
				next = append(next, dependency)
			}
		}
		for _, dependency := range next {
			switch {
			case seen[dependency]:
			case wanted(dependency):
				return true
			default:
				seen[dependency] = true
				queue = append(queue, dependency)
			}
		}
	}
	return false
}

// vpcOfBalancer returns the VPC of a load balancer, by its subnets, and where that is said.
func vpcOfBalancer(balancer *assembly.Resource) (vpc assembly.Value, at Evidence) {
	_, subnets := subnetsOfBalancer(balancer)
	for _, value := range subnets {
		if subnet := refersTo(value, cfnSubnet); subnet != nil {
			return vpcIn(subnet.Property("VpcId")), evidence(subnet, "VpcId")
		}
	}
	return assembly.Value{}, Evidence{}
}

// sameVpc finds an ALB in another VPC than its target group or an NLB that forwards to it.
func (v *review) sameVpc(group, alb *assembly.Resource, at []Evidence) {
	vpc, where := vpcOfBalancer(alb)
	if vpc.Kind() == assembly.Absent {
		return
	}
	if other := vpcIn(group.Property("VpcId")); other.Kind() != assembly.Absent && assembly.Equal(vpc, other) == assembly.No {
		v.add(rules.LoadBalancerVpc, []Evidence{evidence(group, "VpcId"), where}, "the target group is in %s, and the ALB in %s", nameOf(other), nameOf(vpc))
	}
	for _, balancer := range v.balancersOf[group] {
		if !v.isSure(balancer) {
			continue
		}
		if other, its := vpcOfBalancer(balancer); other.Kind() != assembly.Absent && assembly.Equal(vpc, other) == assembly.No {
			v.add(rules.LoadBalancerVpc, append(at[:len(at):len(at)], where, its), "the ALB is in %s, and the NLB %s in %s",
				nameOf(vpc), displayName(balancer), nameOf(other))
		}
	}
}

// albTargetQuota counts the NLBs in front of an ALB.
func (v *review) albTargetQuota(group, alb *assembly.Resource, at []Evidence, behind map[*assembly.Resource][]*assembly.Resource) {
	for _, balancer := range v.balancersOf[group] {
		nlbs := behind[alb]
		if len(nlbs) > 2 || slices.Contains(nlbs, balancer) || !v.isSure(balancer) {
			continue
		}
		behind[alb] = append(nlbs, balancer)
		if len(nlbs) == 2 {
			v.add(rules.AlbTargetQuota, at, "the ALB %s is the target of %s, %s and %s",
				displayName(alb), displayName(nlbs[0]), displayName(nlbs[1]), displayName(balancer))
		}
	}
}
