package alb

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	requestsToTargets     = "Requests from ALB to targets"
	healthChecksOfTargets = "Health checks from ALB to targets"
)

// attach registers the targets and opens what CDK does not: CDK knows the security groups of Fargate services and Auto
// Scaling groups, but neither addresses nor instances.
func (b *LoadBalancer) attach(r *rules.Report, group elbv2.ApplicationTargetGroup, plan *routePlan) {
	ports := map[float64]bool{} // to open for peers
	for i, target := range plan.targets {
		attached := target.AttachToApplicationTargetGroup(group)
		property := fmt.Sprintf("Targets[%d]", i)
		isLambda := attached.TargetType == elbv2.TargetType_LAMBDA
		if isLambda != (plan.targetType == elbv2.TargetType_LAMBDA) {
			r.Add(rules.RouteTarget, property, "is of type %s, but TargetType is %q", attached.TargetType, plan.targetType)
			return
		}
		group.AddLoadBalancerTarget(attached)
		port := portOf(attached, plan)
		if attached.TargetJson != nil || plan.hasPort { // a target that registers itself opens its own port
			ports[*port] = true
		}
		connectable, isConnectable := target.(awsec2.IConnectable)
		address, isAddress := addressOf(attached)
		switch {
		case isAddress:
			b.plan.checkAddress(r, property, address, attached)
			b.openToAddress(address, port, plan)
		case isConnectable:
			b.openHealthCheckTo(connectable, plan)
		case attached.TargetType == elbv2.TargetType_INSTANCE && attached.TargetJson != nil && !plan.hasPeers:
			r.Add(rules.TargetPeers, property, "is an instance, whose security group a target does not tell")
			return
		}
	}
	for _, peer := range plan.peers {
		for _, port := range slices.Sorted(maps.Keys(ports)) {
			b.openTo(peer, jsii.Number(port), requestsToTargets)
		}
		b.openHealthCheckTo(peer, plan)
	}
}

// openTo opens the ALB to targets, and the targets to it if they have a security group. The rules are defined in the
// stack of the targets, which may depend on the stack of the ALB, and not the other way round.
func (b *LoadBalancer) openTo(targets awsec2.IConnectable, port *float64, description string) {
	targets.Connections().AllowFrom(b.listener, b.plan.stack.Tcp(port), jsii.String(description))
}

// openHealthCheckTo opens the port of health checks, if they have one of their own.
func (b *LoadBalancer) openHealthCheckTo(targets awsec2.IConnectable, plan *routePlan) {
	if plan.healthCheckPort != nil {
		b.openTo(targets, plan.healthCheckPort, healthChecksOfTargets)
	}
}

// openToAddress opens the ALB to an address, which has no security group, for requests and for health checks that have a
// port of their own.
func (b *LoadBalancer) openToAddress(address string, port *float64, plan *routePlan) {
	peer := peerOf(address)
	b.allowTo(peer, port, requestsToTargets)
	if plan.healthCheckPort != nil {
		b.allowTo(peer, plan.healthCheckPort, healthChecksOfTargets)
	}
}

func (b *LoadBalancer) allowTo(peer awsec2.IPeer, port *float64, description string) {
	if b.group != nil {
		b.group.AddEgressRule(peer, b.plan.stack.Tcp(port), jsii.String(description), nil)
		return
	}
	if b.connections == nil {
		b.connections = b.listener.Connections()
	}
	b.connections.AllowTo(peer, b.plan.stack.Tcp(port), jsii.String(description))
}

// addressOf returns the IP address of a target, and false if it is not registered by address.
func addressOf(attached *elbv2.LoadBalancerTargetProps) (string, bool) {
	target, _ := attached.TargetJson.(map[string]any)
	address, ok := target["id"].(string)
	return address, ok && attached.TargetType == elbv2.TargetType_IP
}

// portOf returns the port of a target: its own, or that of the route.
func portOf(attached *elbv2.LoadBalancerTargetProps, plan *routePlan) *float64 {
	if target, ok := attached.TargetJson.(map[string]any); ok {
		if port, ok := target["port"].(float64); ok {
			return &port
		}
	}
	return plan.port
}

// peerOf returns a single address as a peer.
func peerOf(address string) awsec2.IPeer {
	if parsed, err := netip.ParseAddr(address); err == nil && parsed.Is6() {
		return awsec2.Peer_Ipv6(jsii.String(address + "/128"))
	}
	return awsec2.Peer_Ipv4(jsii.String(address + "/32"))
}
