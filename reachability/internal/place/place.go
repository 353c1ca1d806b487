// Package place finds where a resource is: its account, its Region and its VPC.
package place

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// Places knows where resources are. It is for one goroutine.
type Places struct {
	n         *network.Network
	stacks    map[stackKey]*network.Stack
	workloads map[*network.Resource]network.Node
	clients   map[string]*network.Resource            // workloads, and security groups in place of one
	boxes     map[boxKey]proof.Box                    // known so far
	runs      map[*network.Resource]*network.Resource // ECS services by task definitions; nil for one that several run
}

// stackKey tells stacks of one name apart.
type stackKey struct{ name, file string }

// New indexes the templates.
func New(n *network.Network) *Places {
	p := &Places{
		n: n, stacks: map[stackKey]*network.Stack{}, workloads: map[*network.Resource]network.Node{},
		clients: map[string]*network.Resource{}, runs: map[*network.Resource]*network.Resource{}, boxes: map[boxKey]proof.Box{},
	}
	for _, s := range n.Stacks() {
		p.stacks[stackKey{s.Name, s.File}] = s
	}
	for _, r := range n.OfType("AWS::EC2::SecurityGroup") {
		p.clients[network.DisplayName(r)] = r
	}
	for _, node := range n.Workloads() {
		p.workloads[node.Resource], p.clients[node.Name] = node, node.Resource
		if task, _, ok := node.Resource.Property("TaskDefinition").Reference(); ok {
			_, again := p.runs[task]
			p.runs[task] = map[bool]*network.Resource{false: node.Resource}[again]
		}
	}
	return p
}

// Box is a box as people look for it, with its place: the load balancer in place of a listener, and the ECS service in place of a task
// definition.
func (p *Places) Box(b proof.Box) proof.Box {
	if b.At.Stack == "" {
		return b
	}
	key := boxKey{b.Role, b.At}
	known, ok := p.boxes[key]
	if !ok {
		known = b
		if whole, ok := p.whole(b.At); ok {
			known = proof.NewBox(b.Role, whole)
		}
		known.Place = p.of(known.At)
		p.boxes[key] = known
	}
	if known.At == b.At { // clients of which only the stack is known have that in common
		b.Place = known.Place
		return b
	}
	return known
}

// boxKey tells boxes apart.
type boxKey struct {
	role string
	at   proof.Evidence
}

// whole is the resource that another one is a part of; ok is false for one that is no part.
func (p *Places) whole(e proof.Evidence) (whole proof.Evidence, ok bool) {
	r := p.resource(e)
	if r == nil {
		return proof.Evidence{}, false
	}
	if service := p.runs[r]; service != nil {
		return cite.Resource(service), true
	}
	if l := p.n.Listener(r.Ref()); l != nil {
		if lb := p.n.LoadBalancer(l.LoadBalancerArn().Value); lb != nil {
			return cite.Resource(lb.Resource), true
		}
	}
	return proof.Evidence{}, false
}

func (p *Places) resource(e proof.Evidence) *network.Resource {
	if s := p.stacks[stackKey{e.Stack, e.File}]; s != nil {
		return s.Resource(e.LogicalID)
	}
	return nil
}

// Client is the resource of a client that an answer names; ok is false if it is none of the templates.
func (p *Places) Client(name string) (e proof.Evidence, ok bool) {
	r, ok := p.clients[name]
	if !ok {
		return proof.Evidence{}, false
	}
	return cite.Resource(r), true
}

// of is the place of a resource that evidence names, or of the stack alone.
func (p *Places) of(e proof.Evidence) proof.Place {
	s := p.stacks[stackKey{e.Stack, e.File}]
	if s == nil {
		return proof.Place{}
	}
	at := proof.Place{Account: s.Account, Region: s.Region}
	if r := p.resource(e); r != nil {
		at.Vpc = name(p.vpc(r))
	}
	return at
}

// name is a VPC as people know it; empty if the templates do not tell which one it is.
func name(vpc network.Value) string {
	if _, _, ok := vpc.Reference(); ok {
		return network.NameOf(vpc)
	}
	text, _ := vpc.Text()
	return text
}

// vpc is the VPC of a resource; absent for one that is in none.
func (p *Places) vpc(r *network.Resource) network.Value {
	if node, ok := p.workloads[r]; ok {
		return node.VPC
	}
	if lb := p.n.LoadBalancer(r.Ref()); lb != nil {
		return p.n.LoadBalancerNode(lb).VPC
	}
	if g := p.n.NatGateway(r.Ref()); g != nil && g.VpcId().IsAbsent() {
		return p.n.NatGatewayNode(g).VPC
	}
	for _, property := range []string{"VpcId", "VpcIdentifier"} {
		switch r.Type {
		case "AWS::EC2::VPCPeeringConnection", "AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment", "AWS::VpcLattice::ServiceNetworkVpcAssociation":
			// They connect VPCs and are in none.
		default:
			if v := r.Property(property); name(v) != "" {
				return v
			}
		}
	}
	return network.Value{}
}
