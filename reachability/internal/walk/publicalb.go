package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// publicALB is an internet-facing ALB as the destination of a name: clients reach its public addresses over the internet.
type publicALB struct {
	*network.LoadBalancer
	n     *network.Network
	facts proof.Facts
}

var _ destination = publicALB{}

// publicALBs are the internet-facing ALBs that records lead to.
func publicALBs(n *network.Network, facts proof.Facts) []destination {
	var list []destination
	for _, lb := range n.LoadBalancers() {
		if servesInternet(n, lb) && len(n.LoadBalancerRecords(lb)) > 0 {
			list = append(list, publicALB{lb, n, facts})
		}
	}
	return list
}

// servesInternet reports whether a load balancer is an internet-facing ALB with a listener, or may have one.
func servesInternet(n *network.Network, lb *network.LoadBalancer) bool {
	return lb.Kind() == network.Application && lb.IsInternetFacing() == network.Yes && mayListen(n, lb)
}

func (d publicALB) resource() *network.Resource { return d.Resource }

func (d publicALB) kind() string { return "ALB" }

func (d publicALB) entry(network.Node) network.Node { return d.n.LoadBalancerNode(d.LoadBalancer) }

// clients are the workloads that may send packets out and whose public addresses the ALB's groups admit by name, and those of VPCs in
// which a private zone leads to the ALB. If there is none, every workload of other VPCs that has a way to the internet may be meant to call.
func (d publicALB) clients() []network.Node {
	list := slices.DeleteFunc(d.admitted(), func(client network.Node) bool { return !d.n.MaySendOut(client) })
	if len(list) > 0 {
		return list
	}
	node := d.entry(network.Node{})
	for _, client := range d.n.Workloads() {
		isOther := network.Equal(client.VPC, node.VPC) != network.Yes
		if isOther && d.n.MaySendOut(client) && len(exitsOf(d.n, client)) > 0 {
			list = append(list, client)
		}
	}
	return list
}

func (d publicALB) admitted() []network.Node {
	var list []network.Node
	seen := map[*network.Resource]bool{}
	add := func(client network.Node) {
		if !seen[client.Resource] {
			seen[client.Resource] = true
			list = append(list, client)
		}
	}
	listed := d.n.NamedAddresses(d.entry(network.Node{}))
	for _, client := range d.n.Workloads() {
		if slices.ContainsFunc(exitsOf(d.n, client), func(e exit) bool { return listed.HasAny(e.source(d.n, client, d.facts).Internet.Addresses) }) {
			add(client)
		}
	}
	for _, vpc := range resolvingVpcs(d.n, d.LoadBalancer) {
		for _, client := range d.n.WorkloadsIn(vpc) {
			add(client)
		}
	}
	return list
}

func (d publicALB) names() []string { return namesOf(d.n, d.LoadBalancer) }

func (d publicALB) front() front { return albFront{d.n, d.LoadBalancer} }

func (d publicALB) api() string { return network.DisplayName(d.Resource) }

// sameAPI also knows an API of which the ALB is behind the NLBs of an endpoint service.
func (d publicALB) sameAPI(other destination) network.Tristate {
	return sameBehindALB(d.n, d.LoadBalancer, other)
}

// withoutIPv4 finds an ALB that has public addresses of IPv6 alone.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html
func (d publicALB) withoutIPv4() (result, bool) {
	if kind := d.IpAddressType(); kind.Literal() == "dualstack-without-public-ipv4" {
		return blocks(
			fmt.Sprintf("%s has no public IPv4 address, so its name has none", network.DisplayName(d.Resource)), "set IpAddressType to ipv4 or dualstack",
		).at(kind), true
	}
	return result{}, false
}

// route takes a request out of the client's VPC, over the internet and into that of the ALB, then through its listener.
func (d publicALB) route(t *trace) {
	alb := t.loadBalancer(d.LoadBalancer)
	exits, r := t.exits(alb.node)
	t.take(proof.HopInternetRoute, r)
	if len(exits) == 0 {
		exits = []exit{{}}
	}
	each(t, exits, func(t *trace, e exit) { overInternet{exit: e, alb: alb}.cross(t) })
	from := sources{internet: &network.Internet{}}
	for _, e := range exits {
		own := e.source(t.n, t.client, t.facts).Internet
		from.internet.Addresses, from.internet.IsPartial = append(from.internet.Addresses, own.Addresses...), from.internet.IsPartial || own.IsPartial
	}
	from.Addresses = t.n.AddressesOf(network.Node{Internet: from.internet})
	request := t.request
	request.caller = nil
	t.zones = nil
	t.share(partKey{at: d.Resource, request: request, nodes: from.key()}, nil, func(t *trace) bool {
		t.throughALB(alb, t.port, from)
		return true
	})
}
