package main

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// leg is the way from one resource of a path to the next, with the hops that decide it.
type leg struct {
	role  string   // of the resource where it ends
	types []string // of that resource, the best first
	names []string // of the hops that belong to it
	hops  []reachability.Hop
}

const (
	loadBalancer = "AWS::ElasticLoadBalancingV2::LoadBalancer"
	listener     = "AWS::ElasticLoadBalancingV2::Listener"
	targetGroup  = "AWS::ElasticLoadBalancingV2::TargetGroup"
)

// allLegs are the legs of a path through both load balancers.
func allLegs() []leg {
	return []leg{
		{role: "endpoint", types: []string{"AWS::EC2::VPCEndpoint"}, names: []string{
			reachability.HopHostedZone, reachability.HopRecord, reachability.HopRoute, reachability.HopClientEgress,
			reachability.HopClientNacl, reachability.HopEndpointIngress,
		}},
		{role: "endpoint service", types: []string{"AWS::EC2::VPCEndpointService"}, names: []string{
			reachability.HopEndpointZones, reachability.HopEndpointService, reachability.HopAllowedPrincipal, reachability.HopAcceptance,
		}},
		{role: "NLB", types: []string{loadBalancer, listener}, names: []string{reachability.HopNlbIngress, reachability.HopNlbListener}},
		{role: "ALB", types: []string{loadBalancer, listener}, names: []string{
			reachability.HopNlbTargetGroup, reachability.HopNlbHealthCheck, reachability.HopNlbEgress, reachability.HopNlbNacl,
			reachability.HopAlbIngress, reachability.HopAlbListener, reachability.HopCertificate,
		}},
		{role: "target", types: []string{
			"AWS::ECS::Service", "AWS::ECS::TaskDefinition", "AWS::Lambda::Function", "AWS::EC2::Instance", targetGroup,
		}, names: []string{
			reachability.HopAlbRule, reachability.HopTargetGroup, reachability.HopTargetHealthCheck, reachability.HopLoadBalancerEgress,
			reachability.HopTargetNacl, reachability.HopTargetIngress, reachability.HopTarget,
		}},
	}
}

// legsOf are the legs that an answer's hops walk. A hop that no leg names belongs to that of the hop before.
func legsOf(a reachability.Answer) []leg {
	legs := allLegs()
	current := 0
	for _, hop := range a.Hops {
		if i := slices.IndexFunc(legs, func(l leg) bool { return slices.Contains(l.names, hop.Name) }); i >= 0 {
			current = i
		}
		legs[current].hops = append(legs[current].hops, hop)
	}
	return slices.DeleteFunc(legs, func(l leg) bool { return len(l.hops) == 0 })
}

// decisive is the hop that decides a leg: the first blocked one, else the first unknown one, else the last.
func (l leg) decisive() reachability.Hop { return reachability.Answer{Hops: l.hops}.Decisive() }

// label names the hop that decides the leg, and the reason where it does not pass. The first leg says which name is called,
// the one to the target which path it takes.
func (l leg) label(a reachability.Answer) string {
	hop := l.decisive()
	label := hop.Mark() + " " + escape(hop.Name)
	if hop.Verdict != reachability.Reachable {
		label += "#58; " + escape(hop.Says)
	}
	switch l.role {
	case "endpoint":
		a.Path = ""
		label += "<br/>" + escape(urlOf(a))
	case "target":
		label += "<br/>" + escape(a.Path)
	}
	return label
}

// place is where a node is drawn, and what it stands for.
type place struct {
	key, name, stack, file string
}

func placeOf(e reachability.Evidence) place {
	name := e.ConstructPath
	if name == "" {
		name = e.Stack + "/" + e.LogicalID
	}
	return place{key: e.Stack + "/" + e.LogicalID + "\x00" + e.File, name: name, stack: e.Stack, file: e.File}
}

// place is the resource where a leg ends: one of its types that the evidence of its hops names, the last one first, as the
// later hops are nearer to it. No leg ends where it began. Without evidence it is a place without a name.
func (l leg) place(before place) place {
	for _, resourceType := range l.types {
		for _, hop := range slices.Backward(l.hops) {
			for _, e := range hop.Evidence {
				if at := placeOf(e); e.Type == resourceType && at.key != before.key {
					return at
				}
			}
		}
	}
	return place{key: "after " + before.key}
}

// clientPlace is the client's own resource where a hop names it, else in the stack of its security group, or of the
// first thing on its way.
func clientPlace(a reachability.Answer) place {
	for _, hop := range a.Hops {
		for _, e := range hop.Evidence {
			if e.ConstructPath == a.Client || e.Stack+"/"+e.LogicalID == a.Client {
				return placeOf(e)
			}
		}
	}
	at := place{key: a.Client}
	for _, hop := range a.Hops {
		isFirst := at.stack == "" && slices.Contains(allLegs()[0].names, hop.Name)
		if len(hop.Evidence) > 0 && (isFirst || hop.Name == reachability.HopClientEgress) {
			at.stack, at.file = hop.Evidence[0].Stack, hop.Evidence[0].File
		}
	}
	return at
}
