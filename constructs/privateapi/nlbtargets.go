package privateapi

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
	connectionsToTargets  = "Connections from NLB to targets"
	healthChecksOfTargets = "Health checks from NLB to targets"
)

// attach registers the targets, and opens the security groups of the NLB and the targets to each other: CDK opens none for the
// targets of an NLB.
func (p *privateNlbProvider) attach(r *rules.Report, group *onecall.Item[elbv2.NetworkTargetGroup], plan *listenerPlan) {
	attachments := p.attachments(group, plan)
	p.checkAttached(r, attachments, plan)
	if r.HasErrors() {
		return
	}
	ports := map[float64]bool{} // to open for peers
	for i, attachment := range attachments {
		attached := attachment.Object()
		onecall.Call(group, elbv2.NetworkTargetGroup.AddLoadBalancerTarget, attachment.Placeholder())
		port := targets.Port(attached, plan.targetGroup.Port)
		ports[*port] = true
		if address, isAddress := targets.Address(attached); isAddress {
			peer := onecall.As(targets.Peer(p.batch, address), func(peer awsec2.IPeer) awsec2.IConnectable { return peer })
			p.openToAddress(peer, plan, port)
		} else if connectable, isConnectable := plan.targets[i].(awsec2.IConnectable); isConnectable {
			p.openTo(connectable, plan, port)
		}
	}
	for _, peer := range plan.peers {
		for _, port := range slices.Sorted(maps.Keys(ports)) {
			p.openTo(peer, plan, jsii.Number(port))
		}
	}
}

// checkAttached reports targets that an NLB does not forward to, and those that nothing would open.
func (p *privateNlbProvider) checkAttached(r *rules.Report, attachments []*onecall.Item[*elbv2.LoadBalancerTargetProps], plan *listenerPlan) {
	first := targets.Type(attachments[0].Object())
	for i, attachment := range attachments {
		attached := attachment.Object()
		property, targetType := fmt.Sprintf("Targets[%d]", i), targets.Type(attached)
		_, isConnectable := plan.targets[i].(awsec2.IConnectable)
		address, isAddress := targets.Address(attached)
		switch {
		case targetType == elbv2.TargetType_ALB:
			r.Add(rules.NetworkTarget, property, "is an ALB")
		case targetType != first:
			r.Add(rules.NetworkTarget, property, "is of type %s, but Targets[0] is of type %s", targetType, first)
		case isAddress:
			p.place().CheckAddress(r, property, address, attached)
		case !isConnectable && targetType == elbv2.TargetType_INSTANCE && attached.TargetJson != nil && len(plan.peers) == 0:
			r.Add(rules.TargetPeers, property, "is an instance, whose security group a target does not tell")
		}
	}
}

// attachments attaches the targets, each of which then says what it is.
func (p *privateNlbProvider) attachments(group *onecall.Item[elbv2.NetworkTargetGroup], plan *listenerPlan) (list []*onecall.Item[*elbv2.LoadBalancerTargetProps]) {
	var wanted []onecall.Wanted
	for _, target := range plan.targets {
		attachment := onecall.Result(onecall.Use(p.batch, target),
			elbv2.INetworkLoadBalancerTarget.AttachToNetworkTargetGroup, elbv2.INetworkTargetGroup(group.Placeholder()))
		list, wanted = append(list, attachment), append(wanted, attachment)
	}
	p.batch.Flush(wanted...)
	return list
}

// openTo opens the NLB to targets, and the targets to it, on their port and on that of health checks. The rules are defined in the stack
// of the targets, which may depend on the stack of the NLB, and not the other way round.
func (p *privateNlbProvider) openTo(connectable awsec2.IConnectable, plan *listenerPlan, port *float64) {
	connections := onecall.Get(onecall.Use(p.batch, connectable), awsec2.IConnectable.Connections)
	nlb := awsec2.IConnectable(p.networkGroupView().Placeholder())
	onecall.Call3(connections, awsec2.Connections.AllowFrom, nlb, p.link.stack.Tcp(port), jsii.String(connectionsToTargets))
	if plan.healthCheckPort != nil {
		onecall.Call3(connections, awsec2.Connections.AllowFrom, nlb, p.link.stack.Tcp(plan.healthCheckPort), jsii.String(healthChecksOfTargets))
	}
}

// openToAddress opens the NLB to an address, which has no security group.
func (p *privateNlbProvider) openToAddress(peer *onecall.Item[awsec2.IConnectable], plan *listenerPlan, port *float64) {
	connections := onecall.Get(p.networkGroupView(), awsec2.ISecurityGroup.Connections)
	onecall.Call3(connections, awsec2.Connections.AllowTo, peer.Placeholder(), p.link.stack.Tcp(port), jsii.String(connectionsToTargets))
	if plan.healthCheckPort != nil {
		onecall.Call3(connections, awsec2.Connections.AllowTo, peer.Placeholder(), p.link.stack.Tcp(plan.healthCheckPort), jsii.String(healthChecksOfTargets))
	}
}
