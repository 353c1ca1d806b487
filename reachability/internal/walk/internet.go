package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// overInternet carries a request from the client to an internet-facing ALB, by one way out of the client's VPC.
type overInternet struct {
	exit exit
	alb  loadBalancer
}

var _ transport = overInternet{}

func (o overInternet) cross(t *trace) bool {
	to := o.alb.node
	to.Groups, to.Subnets, to.Internet = nil, nil, &network.Internet{}
	t.take(proof.HopClientEgress, t.allows(t.client, network.Egress, t.port, to))
	t.take(proof.HopClientNacl, t.clientAclOut(o.exit, to))
	if o.exit.kind == network.ToNatGateway {
		gateway, r := t.throughNat(o.exit, to)
		t.take(proof.HopNatGateway, r)
		if nat := t.n.NatGateway(o.exit.target.Value); nat != nil && nat.IsRegional() == network.No {
			t.take(proof.HopNatNacl, t.natAcl(o.exit, nat, to))
		}
		o.exit.gateway = gateway
	}
	if !o.exit.gateway.IsAbsent() {
		t.take(proof.HopInternetGateway, t.outOfGateway(o.exit))
	}
	t.take(proof.HopBlockPublicAccess, t.publicAccess(o))
	from := o.exit.source(t.n, t.client, t.facts)
	port := request{port: t.port}
	t.share(partKey{at: o.alb.Resource, request: port, from: from.Resource, nodes: "from " + from.Name}, nil, func(t *trace) bool {
		t.take(proof.HopPublicSubnet, t.publicSubnets(o.alb, from))
		t.take(proof.HopAlbNacl, t.aclIn(o.alb, from))
		t.take(proof.HopAlbIngress, t.allows(o.alb.node, network.Ingress, t.port, from))
		return true
	})
	return true
}

// exit is how packets of a client leave its VPC for the internet. The zero exit is not known.
type exit struct {
	// kind is what the route leads to, and target the property that names it.
	kind   network.RouteTargetKind
	target network.Property
	// gateway is the property that names the internet gateway: the target, or that of the route of a NAT gateway's subnet.
	gateway network.Property
	// from are the subnets of the client whose packets go this way.
	from []network.Value
}

// isDirect reports whether the client sends packets to the internet gateway itself.
func (e exit) isDirect() bool {
	return e.kind == network.ToGateway && network.IsInternetGateway(e.target.Value)
}

// source is the node whose public addresses the packets of a client have on the internet.
func (e exit) source(n *network.Network, client network.Node, facts proof.Facts) network.Node {
	node := network.Node{Name: client.Name, Resource: client.Resource, Internet: &network.Internet{IsPartial: true}}
	var isKnown bool
	switch {
	case e.kind == "":
		return node
	case e.isDirect():
		node.Internet.Addresses, isKnown = n.PublicAddressesOfNode(client, facts.PublicAddresses)
	default:
		node.Name = network.NameOf(e.target.Value)
		node.Resource, _, _ = e.target.Reference()
		if e.kind == network.ToNatGateway {
			node.Internet.Addresses, isKnown = n.PublicAddressesOfNat(e.target, facts.PublicAddresses)
		} else {
			node.Internet.Addresses, isKnown = n.GivenAddresses(e.target, facts.PublicAddresses)
		}
	}
	node.Internet.IsPartial = !isKnown
	return node
}

// outOfGateway finds whether an internet gateway carries packets out of the client's VPC.
func (t *trace) outOfGateway(e exit) result {
	r := t.attachedGateway(e.gateway, t.client.VPC)
	if !e.isDirect() {
		return r
	}
	for _, subnet := range e.from {
		has, at := t.n.PublicIP(t.client, subnet)
		switch has {
		case network.Yes:
			r = t.worse(r, passes("").at(at))
		case network.No:
			r = t.worse(r, blocks(
				fmt.Sprintf("%s has no public address in %s, and %s drops packets from private ones", t.client.Name, network.NameOf(subnet), network.NameOf(e.gateway.Value)),
				"route its subnets to a NAT gateway, or call over PrivateLink",
			).at(at, e.target))
		case network.Maybe:
			one := undecided(at)
			if at.IsWhole() {
				one = unknown(fmt.Sprintf("whether %s has a public address in %s is not in the templates", t.client.Name, network.NameOf(subnet)), "route its subnets to a NAT gateway").at(at)
			}
			r = t.worse(r, one)
		}
	}
	return r
}

// attachedGateway finds whether an internet gateway is attached to a VPC.
func (t *trace) attachedGateway(gateway network.Property, vpc network.Value) result {
	name := network.NameOf(gateway.Value)
	is, at := t.n.InternetAttachment(gateway.Value, vpc)
	switch {
	case is == network.Yes:
		return passes("%s is attached to %s", name, network.NameOf(vpc)).at(*at).concerningValues([]network.Value{gateway.Value})
	case is == network.Maybe:
		return unknownUntil(open(at.Value, vpc), "whether %s is attached to %s is unknown", name, network.NameOf(vpc)).at(*at).assumedBy(proof.AssumeRoutes)
	case network.IsDefinedInternetGateway(gateway.Value) && network.IsIdentified(vpc):
		return blocks(
			fmt.Sprintf("%s is not attached to %s, so it carries no packets of that VPC", name, network.NameOf(vpc)), "attach it with an AWS::EC2::VPCGatewayAttachment",
		).at(gateway).atResource(referred(gateway))
	}
	return assumable(fmt.Sprintf("whether %s is attached to %s is not in the templates", name, network.NameOf(vpc)), proof.AssumeRoutes, "load the template that attaches it").at(gateway)
}

// referred is the resource that a property refers to.
func referred(p network.Property) *network.Resource {
	r, _, _ := p.Reference()
	return r
}
