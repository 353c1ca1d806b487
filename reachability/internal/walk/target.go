package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// toTargets takes a request from the last load balancer through a target group to its targets.
func (t *trace) toTargets(from forwarder, group network.Property) {
	tg := t.n.TargetGroup(group.Value)
	t.take(proof.HopTargetGroup, t.targetGroup(from, group))
	if tg == nil {
		return
	}
	if isFunctionGroup(tg) {
		t.take(proof.HopTarget, t.function(tg))
		return
	}
	switch targets, isDecided := t.n.TargetsOf(tg); {
	case !isDecided:
		t.take(proof.HopTarget, undecided(tg.Targets()))
	case len(targets) == 0:
		t.take(proof.HopTarget, assumable(
			"nothing in the templates is registered in "+network.DisplayName(tg.Resource),
			proof.AssumeTargets, "load the template that registers targets, or register them",
		).atResource(tg.Resource))
	default:
		nodes := make([]network.Node, len(targets))
		for i, to := range targets {
			nodes[i] = to.Node
		}
		zonal, _ := t.zonal(from, tg, nodes)
		each(t, targets, func(t *trace, to network.Target) { t.toTarget(from, tg, to, zonal) })
	}
}

// toTarget takes a request from the last load balancer to one target. The zonal result is about all targets of the group;
// it has no message if each zone has a target.
func (t *trace) toTarget(from forwarder, tg *network.TargetGroup, to network.Target, zonal result) {
	if r, stop := takesNoRequests(tg, to); stop {
		t.take(proof.HopTarget, r)
		return
	}
	if r, wrong := targetInOtherVpc(tg, to); wrong {
		t.take(proof.HopTarget, r)
		return
	}
	health := t.targetHealth(from.loadBalancer, tg, to)
	if outside, found := t.outsideZones(from.loadBalancer, to.Node); found {
		health = t.worse(health, outside)
	}
	if zonal.message != "" {
		health = t.worse(health, zonal)
	}
	t.take(proof.HopTargetHealthCheck, health)
	if to.Resource == nil {
		t.take(proof.HopTargetIngress, unknown(
			fmt.Sprintf("target %s is not a resource of the templates, so its security groups are unknown", to.Name), "load the template that defines it",
		).at(to.At).onPort(to.Port))
		return
	}
	t.take(proof.HopLoadBalancerEgress, t.allows(from.node, network.Egress, to.Port, to.Node))
	t.take(proof.HopTargetNacl, t.acls(from.node, to.Node, to.Port))
	t.take(proof.HopTargetIngress, t.allows(to.Node, network.Ingress, to.Port, from.node))
	listens := t.listens(to)
	if header, found := proxyHeader(from, tg, to); found {
		listens = t.worse(listens, header)
	}
	t.take(proof.HopTarget, listens.onPort(to.Port))
}

// proxyHeader finds a target that gets the header of proxy protocol version 2 at the beginning of each connection. Whether it parses
// the header is not in the templates.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#proxy-protocol
func proxyHeader(from forwarder, tg *network.TargetGroup, to network.Target) (r result, found bool) {
	if !from.isNetwork() {
		return result{}, false
	}
	switch on, attribute := tg.ProxyProtocol(); on {
	case network.Maybe:
		return undecided(attribute), true
	case network.Yes:
		return assumable(
			fmt.Sprintf("each connection to %s begins with the header of proxy protocol version 2, and whether the target parses it is not in the templates", to.Name),
			proof.AssumeProxyProtocol, "make sure that the target parses the header, or set proxy_protocol_v2.enabled to false",
		).at(attribute), true
	}
	return result{}, false
}

// takesNoRequests finds a target that ELB cannot register, or whose port is unknown.
func takesNoRequests(tg *network.TargetGroup, to network.Target) (r result, found bool) {
	switch {
	case to.PortProperty.IsUndecided():
		return undecided(to.PortProperty), true
	case to.Port == 0:
		return unknown("the port of "+to.Name+" is unknown", "give the target a port, and its tasks the network mode awsvpc").at(to.At), true
	case network.AsEcsService(to.Resource) != nil && !tg.TargetType().IsUndecided() && targetType(tg) != "ip":
		return blocks(
			fmt.Sprintf("tasks with network interfaces of their own are registered by IP address, and the target group is of type %q", targetType(tg)),
			"set TargetType to ip",
		).at(tg.TargetType()), true
	}
	return result{}, false
}

// targetInOtherVpc finds a target in another VPC than its target group: ELB registers only addresses with the zone "all"
// from there.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html
func targetInOtherVpc(tg *network.TargetGroup, to network.Target) (r result, found bool) {
	vpc := tg.VpcId()
	if to.Resource == nil || vpc.IsAbsent() || network.Equal(vpc.Value, to.VPC) != network.No {
		return result{}, false
	}
	message := fmt.Sprintf("%s is in %s, and %s is for targets in %s", to.Name, network.NameOf(to.VPC), network.DisplayName(tg.Resource), network.NameOf(vpc.Value))
	if to.At.Field("AvailabilityZone").Literal() == "all" {
		return unknown(message+"; the way of load balancers to targets of other VPCs is not followed", "use targets in the VPC of the target group").at(to.At, vpc), true
	}
	return blocks(message+": ELB refuses to register it", "use one VPC for both").breaks(rules.LoadBalancerVpc).at(to.At, vpc), true
}

// listens finds whether a target listens on its port.
func (t *trace) listens(to network.Target) result {
	if service := network.AsEcsService(to.Resource); service != nil {
		return t.taskListens(service, to).restsOn(service.Resource)
	}
	return passes("%s receives requests on port %d", to.Name, to.Port).at(to.At).restsOn(to.Resource)
}
