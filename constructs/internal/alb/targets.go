package alb

import (
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/targets"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	requestsToTargets     = "Requests from ALB to targets"
	healthChecksOfTargets = "Health checks from ALB to targets"
)

// attach registers the targets and opens what CDK does not: CDK knows the security groups of Fargate services and Auto
// Scaling groups, but neither addresses nor instances.
func (b *LoadBalancer) attach(r *rules.Report, group *onecall.Item[elbv2.ApplicationTargetGroup], plan *routePlan) {
	ports := map[float64]bool{} // to open for peers
	for i, attachment := range b.attachments(group, plan) {
		target, attached := plan.targets[i], attachment.Object()
		property := fmt.Sprintf("Targets[%d]", i)
		targetType := targets.Type(attached)
		isLambda := targetType == elbv2.TargetType_LAMBDA
		if isLambda != (plan.targetType == elbv2.TargetType_LAMBDA) {
			r.Add(rules.RouteTarget, property, "is of type %s, but TargetType is %q", targetType, plan.targetType)
			return
		}
		onecall.Call(group, elbv2.ApplicationTargetGroup.AddLoadBalancerTarget, attachment.Placeholder())
		port := targets.Port(attached, plan.port)
		if attached.TargetJson != nil || plan.hasPort { // a target that registers itself opens its own port
			ports[*port] = true
		}
		connectable, isConnectable := target.(awsec2.IConnectable)
		address, isAddress := targets.Address(attached)
		switch {
		case isAddress:
			b.plan.place().CheckAddress(r, property, address, attached)
			b.openToAddress(address, port, plan.healthCheckPort)
		case isConnectable:
			b.opened(connectable, port) // CDK opens it
			b.openHealthCheckTo(connectable, plan.healthCheckPort)
		case targetType == elbv2.TargetType_INSTANCE && attached.TargetJson != nil && !plan.hasPeers:
			r.Add(rules.TargetPeers, property, "is an instance, whose security group a target does not tell")
			return
		}
	}
	b.openToPeers(plan.peers, ports, plan.healthCheckPort)
}

// openToPeers opens the ALB and peers to each other, on ports and on that of health checks.
func (b *LoadBalancer) openToPeers(peers []awsec2.IConnectable, ports map[float64]bool, healthCheckPort *float64) {
	for _, peer := range peers {
		for _, port := range slices.Sorted(maps.Keys(ports)) {
			b.openTo(peer, jsii.Number(port), requestsToTargets)
		}
		b.openHealthCheckTo(peer, healthCheckPort)
	}
}

// attachments attaches the targets, each of which then says what it is.
func (b *LoadBalancer) attachments(group *onecall.Item[elbv2.ApplicationTargetGroup], plan *routePlan) (list []*onecall.Item[*elbv2.LoadBalancerTargetProps]) {
	var wanted []onecall.Wanted
	for _, target := range plan.targets {
		attachment := onecall.Result(onecall.Use(b.batch, target),
			elbv2.IApplicationLoadBalancerTarget.AttachToApplicationTargetGroup, elbv2.IApplicationTargetGroup(group.Placeholder()))
		list, wanted = append(list, attachment), append(wanted, attachment)
	}
	b.batch.Flush(wanted...)
	return list
}

// openTo opens the ALB to targets, and the targets to it if they have a security group. The rules are defined in the
// stack of the targets, which may depend on the stack of the ALB, and not the other way round.
func (b *LoadBalancer) openTo(connectable awsec2.IConnectable, port *float64, description string) {
	b.opened(connectable, port)
	connectable.Connections().AllowFrom(b.Listener(), b.plan.stack.Tcp(port), jsii.String(description))
}

// openHealthCheckTo opens the port of health checks, if they have one of their own.
func (b *LoadBalancer) openHealthCheckTo(connectable awsec2.IConnectable, port *float64) {
	if port != nil {
		b.openTo(connectable, port, healthChecksOfTargets)
	}
}

// openToAddress opens the ALB to an address, which has no security group, for requests and for health checks that have a
// port of their own.
func (b *LoadBalancer) openToAddress(address string, port, healthCheckPort *float64) {
	peer := targets.Peer(b.batch, address)
	b.opened(address, port)
	b.allowTo(peer, port, requestsToTargets)
	if healthCheckPort != nil {
		b.opened(address, healthCheckPort)
		b.allowTo(peer, healthCheckPort, healthChecksOfTargets)
	}
}

func (b *LoadBalancer) allowTo(peer *onecall.Item[awsec2.IPeer], port *float64, description string) {
	connections := onecall.Get(b.listenerOfRoutes(), elbv2.IApplicationListener.Connections)
	onecall.Call3(connections, awsec2.Connections.AllowTo, awsec2.IConnectable(peer.Placeholder()), b.plan.stack.Tcp(port), jsii.String(description))
}
