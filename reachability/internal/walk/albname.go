package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// internalALB is an internal ALB as the destination of a name: clients reach its private addresses by routes.
type internalALB struct {
	*network.LoadBalancer
	n *network.Network
}

var _ destination = internalALB{}

// internalALBs are the internal ALBs that records lead to.
func internalALBs(n *network.Network) []destination {
	var list []destination
	for _, lb := range n.LoadBalancers() {
		if servesRoutes(n, lb) && len(n.LoadBalancerRecords(lb)) > 0 {
			list = append(list, internalALB{lb, n})
		}
	}
	return list
}

// servesRoutes reports whether a load balancer is an internal ALB with a listener, or may have one.
func servesRoutes(n *network.Network, lb *network.LoadBalancer) bool {
	return lb.IsInternalALB() && mayListen(n, lb)
}

// mayListen reports whether a load balancer has a listener, or may have one.
func mayListen(n *network.Network, lb *network.LoadBalancer) bool {
	return len(n.ListenersOf(lb))+len(n.UnplacedListeners()) > 0
}

func (d internalALB) resource() *network.Resource { return d.Resource }

func (d internalALB) kind() string { return "ALB" }

func (d internalALB) entry(network.Node) network.Node { return d.n.LoadBalancerNode(d.LoadBalancer) }

// clients are the workloads that the ALB's groups admit or that call them, of whatever VPC, and those that rules for CIDR blocks admit
// in VPCs that resolve a name of the ALB. If there is none, every workload of these VPCs may be meant to call.
func (d internalALB) clients() []network.Node {
	list := d.admitted()
	if len(list) > 0 {
		return list
	}
	for _, vpc := range resolvingVpcs(d.n, d.LoadBalancer) {
		list = append(list, d.n.WorkloadsIn(vpc)...)
	}
	return list
}

// admitted leaves out what stands for a load balancer in front of the ALB: a group that no workload has.
func (d internalALB) admitted() []network.Node {
	node := d.entry(network.Node{})
	seen := map[*network.Resource]bool{}
	var list []network.Node
	add := func(client network.Node) {
		if !seen[client.Resource] && !d.n.IsHeldByOthers(client) {
			seen[client.Resource] = true
			list = append(list, client)
		}
	}
	for _, client := range d.n.AdmittedByGroup(node) {
		add(client)
	}
	for _, vpc := range resolvingVpcs(d.n, d.LoadBalancer) {
		for _, client := range d.n.WorkloadsIn(vpc) {
			if d.n.AdmitsAddresses(node, client) {
				add(client)
			}
		}
	}
	return list
}

// resolvingVpcs are the VPCs in which a zone with a name of a load balancer answers, each once.
func resolvingVpcs(n *network.Network, lb *network.LoadBalancer) []network.Value {
	var list []network.Value
	for _, r := range n.LoadBalancerRecords(lb) {
		zone := n.ZoneOfRecord(r)
		if zone == nil || zone.Resource == nil {
			continue
		}
		for _, vpc := range n.VPCsOf(zone) {
			if !slices.ContainsFunc(list, func(other network.Value) bool { return network.Identical(other, vpc.Value) }) {
				list = append(list, vpc.Value)
			}
		}
	}
	return list
}

func (d internalALB) names() []string { return namesOf(d.n, d.LoadBalancer) }

// namesOf are the names of the records that lead to a load balancer.
func namesOf(n *network.Network, lb *network.LoadBalancer) []string {
	var names []string
	for _, r := range n.LoadBalancerRecords(lb) {
		names = append(names, r.DomainName())
	}
	return names
}

func (d internalALB) front() front { return albFront{d.n, d.LoadBalancer} }

func (d internalALB) api() string { return network.DisplayName(d.Resource) }

// sameAPI also knows an API of which the ALB is behind the NLBs of an endpoint service.
func (d internalALB) sameAPI(other destination) network.Tristate {
	return sameBehindALB(d.n, d.LoadBalancer, other)
}

// sameBehindALB says whether a destination leads to an ALB, itself or as an endpoint of its API.
func sameBehindALB(n *network.Network, lb *network.LoadBalancer, other destination) network.Tristate {
	if e, ok := other.(*endpoint); ok {
		return yesOrNo(slices.ContainsFunc(e.doors().listenersBehind(), func(l *network.Listener) bool { return n.LoadBalancer(l.LoadBalancerArn().Value) == lb }))
	}
	return yesOrNo(other.resource() == lb.Resource)
}

// withoutIPv4 finds nothing: internal load balancers have IPv4 addresses.
func (d internalALB) withoutIPv4() (result, bool) { return result{}, false }

// route takes a request to the ALB's addresses, in its VPC or over what connects the VPCs, and through its listener.
func (d internalALB) route(t *trace) {
	alb := t.loadBalancer(d.LoadBalancer)
	if scheme := d.Scheme(); !scheme.IsLiteral() {
		t.take(proof.HopRoute, undecided(scheme)) // private addresses, or public ones
		return
	}
	if subnets := d.SubnetsProperty(); subnets.IsUnknown() {
		t.take(proof.HopRoute, undecided(subnets))
		return
	}
	local{to: alb.node, role: d.kind(), vpc: d.SubnetsProperty(), ingress: proof.HopAlbIngress}.cross(t)
	// Behind it nothing is left of the client but its request and its addresses.
	addresses := t.n.AddressesOf(t.client)
	request := t.request
	request.caller = nil
	t.zones = nil
	t.share(partKey{at: d.Resource, request: request, nodes: fmt.Sprint(addresses)}, nil, func(t *trace) bool {
		t.throughALB(alb, t.port, sources{Addresses: addresses})
		return true
	})
}

// albFront is an ALB as what receives requests.
type albFront struct {
	n  *network.Network
	lb *network.LoadBalancer
}

var _ front = albFront{}

func (f albFront) ports() []int { return frontDoors{f.n, []*network.LoadBalancer{f.lb}}.ports() }

func (f albFront) routes() []route {
	var routes []route
	for _, l := range f.n.ListenersOf(f.lb) {
		routes = append(routes, routesOfListeners(f.n, []*network.Listener{l}, l.Port().Int())...)
	}
	return routes
}

func (f albFront) certificates() []network.Property {
	var arns []network.Property
	for _, listener := range f.n.ListenersOf(f.lb) {
		arns = append(arns, listener.Certificates()...)
	}
	return arns
}

func (f albFront) protocol(*trace) string { return "" }
