package walk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// The types of target groups of VPC Lattice.
const (
	latticeALB      = "ALB"
	latticeFunction = "LAMBDA"
)

// toLatticeGroup takes a request from a service of VPC Lattice to a target group.
func (t *trace) toLatticeGroup(from latticeServer, group network.Property) {
	tg := t.n.LatticeTargetGroup(group.Value)
	hop := proof.HopTargetGroup
	if tg != nil && tg.Type().Literal() == latticeALB {
		hop = proof.HopServiceTargetGroup
	}
	r := t.latticeGroup(from, tg, group)
	switch {
	case tg == nil || tg.Type().IsUndecided():
		t.take(hop, r)
	case hop == proof.HopServiceTargetGroup:
		t.toLatticeALB(from, tg, r)
	default:
		t.take(hop, r)
		t.toLatticeTargets(from, tg)
	}
}

// latticeGroup finds whether a service of VPC Lattice can forward to a target group.
func (t *trace) latticeGroup(from latticeServer, tg *network.LatticeTargetGroup, group network.Property) result {
	named, _, isReference := group.Reference()
	switch {
	case tg == nil && isReference:
		return blocks(network.DisplayName(named)+" is not a target group of VPC Lattice", "forward to one").at(group)
	case tg == nil:
		return unknownUntil(group.Value, "target group %s is not in the templates", group).at(group)
	case tg.Type().IsUndecided():
		return undecided(tg.Type())
	}
	if r, wrong := wrongIdentifier(group); wrong {
		return r
	}
	name := network.DisplayName(tg.Resource)
	if a, b := tg.Stack.Account, from.Stack.Account; a != b && a != "" && b != "" {
		return blocks(fmt.Sprintf("%s is in account %s, and %s in account %s", name, a, network.DisplayName(from.Resource), b), "put both into one account").atResource(tg.Resource)
	}
	for _, check := range []func() (result, bool){
		func() (result, bool) { return t.ofOtherService(tg, from) },
		func() (result, bool) { return wrongLatticeProtocol(tg, from) },
		func() (result, bool) { return withoutVpc(tg) },
	} {
		if r, wrong := check(); wrong {
			return r
		}
	}
	return passes("forwards to %s", name).at(group).atResource(tg.Resource)
}

// ofOtherService finds a target group to which another service forwards too, which VPC Lattice refuses.
func (t *trace) ofOtherService(tg *network.LatticeTargetGroup, from latticeServer) (r result, found bool) {
	for _, by := range t.n.LatticeForwardedBy(tg) {
		if by.Service == nil || by.Service.Resource == from.Resource || by.Listener.Exists == network.No {
			continue
		}
		r = blocks(
			fmt.Sprintf("%s and %s forward to %s, and a target group can have only one service",
				network.DisplayName(from.Resource), network.DisplayName(by.Service.Resource), network.DisplayName(tg.Resource)),
			"give each service a target group of its own",
		).atResource(tg.Resource).related(cite.Resource(by.Service.Resource))
		if by.Service.Exists != network.Yes {
			r = r.until(by.Service.Existence())
		}
		return r, true
	}
	return result{}, false
}

// wrongLatticeProtocol finds a target group whose protocol does not fit the listener, or that takes HTTP/2 alone.
func wrongLatticeProtocol(tg *network.LatticeTargetGroup, from latticeServer) (r result, found bool) {
	name, protocol, version := network.DisplayName(tg.Resource), tg.Protocol(), tg.ProtocolVersion()
	fits := []string{"HTTP", "HTTPS"}
	isTCP := from.listener.Protocol().Literal() == passthrough
	if isTCP {
		fits = []string{"TCP"}
	}
	switch {
	case tg.Type().Literal() == latticeFunction && isTCP:
		return blocks(name+" has a function, which takes no TLS that is passed through", "use a listener of protocol HTTPS").at(tg.Type(), from.listener.Protocol()), true
	case tg.Type().Literal() == latticeFunction:
		return result{}, false
	case protocol.IsUndecided():
		return undecided(protocol), true
	case !slices.Contains(fits, protocol.Literal()):
		return blocks(
			fmt.Sprintf("%s has the protocol %q, and a listener of protocol %s can forward only to %s", name, protocol.Literal(), from.listener.Protocol().Literal(), strings.Join(fits, " or ")),
			"use "+strings.Join(fits, " or "),
		).at(protocol, from.listener.Protocol()), true
	case version.IsUndecided():
		return undecided(version), true
	case version.IsAbsent() || version.Literal() == "HTTP1" || isTCP:
		return result{}, false
	}
	return assumable(
		fmt.Sprintf("%s has the protocol version %s, and what the client speaks is not in the templates", name, version.Literal()),
		proof.AssumeHTTP2, "make sure that the client speaks it, or use ProtocolVersion HTTP1",
	).at(version), true
}

// withoutVpc finds a target group without a VPC, which only one of functions needs none of, and one of IPv6.
func withoutVpc(tg *network.LatticeTargetGroup) (r result, found bool) {
	vpc, family := tg.VpcIdentifier(), tg.IpAddressType()
	switch {
	case tg.Type().Literal() == latticeFunction:
		return result{}, false
	case vpc.IsAbsent():
		return blocks(network.DisplayName(tg.Resource)+" has no VPC, and only a target group of functions needs none", "set VpcIdentifier").at(vpc), true
	case family.IsUndecidedOr("IPV6") && family.IsLiteral():
		return unknown(network.DisplayName(tg.Resource)+" has IPv6 targets, and paths over IPv6 are not followed", "set IpAddressType to IPV4").at(family), true
	case family.IsUndecided():
		return undecided(family), true
	}
	return result{}, false
}

// toLatticeALB takes a request to the ALB that is the target of a group, and through it; r is the result for the group.
func (t *trace) toLatticeALB(from latticeServer, tg *network.LatticeTargetGroup, r result) {
	var lb *network.LoadBalancer
	port := 0
	if r.verdict == proof.Reachable {
		lb, port, r = t.latticeALB(tg)
	}
	t.take(proof.HopServiceTargetGroup, r.onPort(port))
	if lb == nil {
		return
	}
	alb := t.loadBalancer(lb)
	t.take(proof.HopAlbNacl, t.acls(from.node, alb.node, port))
	t.take(proof.HopAlbIngress, t.allows(alb.node, network.Ingress, port, from.node))
	t.speaks = tg.Protocol().Literal()
	t.throughALB(alb, port, sources{})
}

// latticeALB returns the ALB that is the target of a group, and the port on which it receives requests; nil if none is known.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/alb-target.html
func (t *trace) latticeALB(tg *network.LatticeTargetGroup) (alb *network.LoadBalancer, port int, r result) {
	name := network.DisplayName(tg.Resource)
	if enabled := tg.HealthCheckEnabled(); enabled.Is(true) {
		return nil, 0, blocks(name+" has an ALB and checks health, which VPC Lattice refuses", "leave HealthCheck out: the ALB checks its own targets").at(enabled)
	} else if enabled.IsUndecided() {
		return nil, 0, undecided(enabled)
	}
	targets, id := tg.Targets(), tg.TargetId(0)
	named, _, isReference := id.Reference()
	alb = t.n.LoadBalancer(id.Value)
	switch {
	case targets.IsEmpty():
		return nil, 0, noTargetIn(tg.Resource, targets, "register the ALB in its Targets")
	case !targets.IsList():
		return nil, 0, undecided(targets)
	case targets.Len() > 1:
		return nil, 0, blocks(name+" has several targets, and a target group of type ALB takes one", "register one ALB").at(targets)
	case !isReference:
		return nil, 0, unknownUntil(id.Value, "target %s is not in the templates", id).at(id)
	case alb != nil && alb.Type().IsUndecided():
		return nil, 0, undecided(alb.Type())
	case alb == nil || alb.Kind() != network.Application:
		return nil, 0, blocks(network.DisplayName(named)+" is not an ALB", "register an ALB in a target group of type ALB").at(id)
	case alb.Scheme().IsUndecided():
		return nil, 0, undecided(alb.Scheme())
	case alb.Scheme().Literal() != "internal":
		return nil, 0, blocks(network.DisplayName(alb.Resource)+" is not internal, and VPC Lattice takes internal ALBs alone", "use a second, internal ALB").at(alb.Scheme(), id)
	case alb.SubnetsProperty().IsUnknown():
		return nil, 0, undecided(alb.SubnetsProperty())
	}
	vpc := t.loadBalancer(alb).node.VPC
	switch p := tg.VpcIdentifier(); network.Equal(vpc, p.Value) {
	case network.No:
		return nil, 0, blocks(
			fmt.Sprintf("%s is in %s, and %s belongs to %s", network.DisplayName(alb.Resource), network.NameOf(vpc), name, nameOf(p)), "use one VPC for both",
		).at(id, p)
	case network.Maybe:
		if network.Same(vpc, p.Value) != network.Yes {
			return nil, 0, unknownUntil(open(p.Value, vpc), "whether %s is in the VPC of %s is unknown", network.DisplayName(alb.Resource), name).at(p)
		}
	}
	p := tg.TargetPort(0)
	number, ok := p.Number()
	if !ok {
		return nil, 0, undecided(p)
	}
	port = int(number)
	if r, wrong := t.doesNotListen(alb, port, p); wrong {
		return nil, 0, r
	}
	return alb, port, passes("%s forwards to %s on port %d", name, network.DisplayName(alb.Resource), port).at(p).atResource(alb.Resource, tg.Resource)
}

// toLatticeTargets takes a request to the targets of a group.
func (t *trace) toLatticeTargets(from latticeServer, tg *network.LatticeTargetGroup) {
	if tg.Type().Literal() == latticeFunction {
		t.take(proof.HopTarget, t.latticeFunction(tg))
		return
	}
	switch targets, isDecided := t.n.LatticeTargetsOf(tg); {
	case !isDecided:
		t.take(proof.HopTarget, undecided(tg.Targets()))
	case len(targets) == 0:
		t.take(proof.HopTarget, assumable(
			"nothing in the templates is registered in "+network.DisplayName(tg.Resource), proof.AssumeTargets, "load the template that registers targets, or register them",
		).atResource(tg.Resource))
	default:
		each(t, targets, func(t *trace, to network.Target) { t.toLatticeTarget(from, tg, to) })
	}
}

// toLatticeTarget takes a request to one target.
func (t *trace) toLatticeTarget(from latticeServer, tg *network.LatticeTargetGroup, to network.Target) {
	if r, wrong := t.wrongLatticeTarget(tg, to); wrong {
		t.take(proof.HopTarget, r)
		return
	}
	t.take(proof.HopTargetHealthCheck, t.latticeHealth(from, tg, to))
	if to.Resource == nil {
		t.take(proof.HopTargetIngress, unknown(
			fmt.Sprintf("target %s is not a resource of the templates, so its security groups are unknown", to.Name), "load the template that defines it",
		).at(to.At).onPort(to.Port))
		return
	}
	t.take(proof.HopTargetNacl, t.acls(from.node, to.Node, to.Port))
	t.take(proof.HopTargetIngress, t.allows(to.Node, network.Ingress, to.Port, from.node))
	t.take(proof.HopTarget, t.latticeListens(tg, to).onPort(to.Port))
}

// wrongLatticeTarget finds a target that VPC Lattice or ECS cannot register, or whose port is unknown.
func (t *trace) wrongLatticeTarget(tg *network.LatticeTargetGroup, to network.Target) (r result, found bool) {
	vpc := tg.VpcIdentifier()
	service := network.AsEcsService(to.Resource)
	switch {
	case service != nil && tg.Type().Literal() != "IP":
		return blocks(fmt.Sprintf("ECS registers tasks by IP address, and the target group is of type %q", tg.Type().Literal()), "set Type to IP").at(tg.Type(), to.At), true
	case service != nil && to.Port == 0:
		return t.latticeListens(tg, to), true
	case to.PortProperty.IsUndecided():
		return undecided(to.PortProperty), true
	case to.Port == 0:
		return unknown("the port of "+to.Name+" is unknown", "give the target a port").at(to.At), true
	case to.Resource != nil && network.Equal(vpc.Value, to.VPC) == network.No:
		return blocks(
			fmt.Sprintf("%s is in %s, and %s is for targets in %s", to.Name, network.NameOf(to.VPC), network.DisplayName(tg.Resource), nameOf(vpc)), "use one VPC for both",
		).at(to.At, vpc), true
	}
	return result{}, false
}

// latticeHealth finds whether the health check of a target group can reach a target. What the target answers is not in the
// templates.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html
func (t *trace) latticeHealth(from latticeServer, tg *network.LatticeTargetGroup, to network.Target) result {
	enabled, p := tg.HealthCheckEnabled(), tg.HealthCheckPort()
	isOff := enabled.IsAbsent() && (from.listener.Protocol().Literal() == passthrough || !tg.ProtocolVersion().IsAbsent() && tg.ProtocolVersion().Literal() != "HTTP1")
	switch {
	case enabled.IsUndecided():
		return undecided(enabled)
	case enabled.Is(false), isOff:
		return passes("health is not checked, so every target receives requests").atResource(tg.Resource)
	case p.IsUndecided():
		return undecided(p)
	}
	reaches := passes("the health check reaches the target; what the target answers is not in the templates").atResource(tg.Resource)
	if port := cmp.Or(p.Int(), to.Port); port != to.Port && to.Resource != nil {
		for _, r := range []result{t.acls(from.node, to.Node, port), t.allows(to.Node, network.Ingress, port, from.node)} {
			if r.verdict != proof.Reachable {
				r.message = fmt.Sprintf("health checks go to port %d: %s", port, r.message)
				return r.at(p)
			}
			reaches = reaches.restsOn(r.uses...).concerning(r.concerns...)
		}
	}
	return reaches
}

// latticeListens finds whether a target listens on its port.
func (t *trace) latticeListens(tg *network.LatticeTargetGroup, to network.Target) result {
	service := network.AsEcsService(to.Resource)
	if service == nil {
		return passes("%s receives requests on port %d", to.Name, to.Port).at(to.At).restsOn(to.Resource)
	}
	entry, _ := t.n.EcsLatticeEntryOf(tg, service)
	port := entry.PortName()
	d, r := t.runningTasks(service, to)
	switch {
	case d == nil:
		return r
	case port.IsUndecided():
		return undecided(port)
	}
	mapping, ok := d.PortNamed(port.Literal())
	switch {
	case !ok && !d.HasAllPorts():
		return undecided(d.ContainerDefinitions())
	case !ok:
		return blocks(
			fmt.Sprintf("%s has no port mapping named %q, so ECS refuses the service", network.DisplayName(d.Resource), port.Literal()), "give the port mapping that name",
		).at(port).related(cite.Resource(d.Resource))
	case mapping.Protocol().IsUndecided():
		return undecided(mapping.Protocol())
	case cmp.Or(mapping.Protocol().Literal(), "tcp") != "tcp":
		return blocks(fmt.Sprintf("port mapping %q is for UDP", port.Literal()), "map a TCP port").at(mapping.Protocol())
	case mapping.ContainerPort().IsUndecided():
		return undecided(mapping.ContainerPort())
	}
	if r, found := mayNotRegister(t.n, entry); found {
		return r
	}
	return passes("a container of %s listens on port %d", to.Name, mapping.ContainerPort().Int()).at(mapping.At).restsOn(service.Resource)
}

// registersTargets is the managed policy by which ECS registers tasks.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html
const registersTargets = "policy/AmazonECSInfrastructureRolePolicyForVpcLattice"

// mayNotRegister finds a role of the templates that does not have the managed policy by which ECS registers tasks. Another policy
// may allow it.
func mayNotRegister(n *network.Network, entry network.EcsLatticeEntry) (r result, found bool) {
	role := n.Role(entry.RoleArn().Value)
	if role == nil {
		return result{}, false
	}
	for _, arn := range role.ManagedPolicyArns().Items() {
		text := arn.Literal()
		if parts := arn.Parts(); len(parts) > 0 {
			text, _ = parts[len(parts)-1].Text() // arn:${AWS::Partition}:iam::aws:policy/…
		}
		if strings.HasSuffix(text, registersTargets) {
			return result{}, false
		}
	}
	return assumable(
		fmt.Sprintf("%s does not have the managed policy AmazonECSInfrastructureRolePolicyForVpcLattice, so whether ECS can register tasks is unknown", network.DisplayName(role.Resource)),
		proof.AssumeTargets, "add the managed policy",
	).at(role.ManagedPolicyArns()), true
}
