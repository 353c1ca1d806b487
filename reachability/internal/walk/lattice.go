package walk

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// latticeName is the generated name of a service of VPC Lattice as the destination of a name: that of the service itself, or
// of its association with a service network. Every client whose VPC is associated with a service network sends requests there
// to the same addresses; which service gets them, VPC Lattice decides by their host.
type latticeName struct {
	*network.Resource
	n     *network.Network
	facts proof.Facts
	// association is nil for the name of the service itself.
	association *network.ServiceAssociation
	service     *network.LatticeService // nil if the templates do not define it
}

var _ destination = (*latticeName)(nil)

// newLatticeName is the name of a service, or of an association of one.
func newLatticeName(n *network.Network, facts proof.Facts, r *network.Resource) *latticeName {
	d := &latticeName{Resource: r, n: n, facts: facts, association: n.AsServiceAssociation(r)}
	if d.association != nil {
		d.service = n.LatticeServiceOf(d.association.ServiceIdentifier().Value, facts.Services)
	} else {
		d.service = n.LatticeService(r.Ref())
	}
	return d
}

// isLattice reports whether a destination is the generated name of a service of VPC Lattice.
func isLattice(d destination) bool {
	_, is := d.(*latticeName)
	return is
}

// latticeDestinations are the associations of services, services that records lead to and nothing associates, and endpoints to
// service networks that have a name or services.
func latticeDestinations(n *network.Network, facts proof.Facts) []destination {
	var list []destination
	for _, a := range n.ServiceAssociations() {
		list = append(list, newLatticeName(n, facts, a.Resource))
	}
	for _, s := range n.LatticeServices() {
		if len(n.LatticeRecords(s.Resource)) > 0 && len(n.AssociationsOf(s.Ref())) == 0 {
			list = append(list, newLatticeName(n, facts, s.Resource))
		}
	}
	for _, e := range n.ServiceNetworkEndpoints() {
		if len(n.RecordsTo(e))+len(n.ServicesIn(e.ServiceNetworkArn().Value)) > 0 {
			list = append(list, &networkEndpoint{e, n, facts})
		}
	}
	return list
}

func (d *latticeName) resource() *network.Resource { return d.Resource }

func (d *latticeName) kind() string { return "service association" }

// entry is the association of the client's VPC.
func (d *latticeName) entry(client network.Node) network.Node {
	if list := d.n.VpcAssociationsOf(client.VPC); len(list) > 0 {
		return d.n.VpcAssociationNode(list[0])
	}
	return network.Node{}
}

// clients are those whom the associations of VPCs with the same service network admit, and, in other VPCs that resolve the
// name, those that the VPC's own association admits. Callers that policies keep out are not meant to call, unless that leaves
// nobody.
func (d *latticeName) clients() []network.Node {
	clients := d.nodes(d.n.ClientsOf)
	meant := slices.DeleteFunc(slices.Clone(clients), d.isKeptOut)
	if len(meant) == 0 {
		return clients
	}
	return meant
}

func (d *latticeName) admitted() []network.Node { return d.nodes(d.n.AdmittedBy) }

// nodes are the clients of the associations of VPCs.
func (d *latticeName) nodes(of func(network.Node) []network.Node) []network.Node {
	var list []network.Node
	seen := map[*network.Resource]bool{}
	add := func(nodes []network.Node) {
		for _, node := range nodes {
			if !seen[node.Resource] {
				seen[node.Resource] = true
				list = append(list, node)
			}
		}
	}
	if d.association != nil {
		for _, v := range d.n.VPCsIn(d.association.ServiceNetworkIdentifier().Value) {
			add(of(d.n.VpcAssociationNode(v)))
		}
	}
	records := d.n.LatticeRecords(d.Resource)
	if d.service != nil && d.service.Resource != d.Resource {
		records = slices.Concat(records, d.n.LatticeRecords(d.service.Resource))
	}
	for _, r := range records {
		zone := d.n.ZoneOfRecord(r)
		if zone == nil || zone.Resource == nil {
			continue
		}
		for _, vpc := range d.n.VPCsOf(zone) {
			if own := d.n.VpcAssociationsOf(vpc.Value); len(own) > 0 {
				add(of(d.n.VpcAssociationNode(own[0])))
			} else {
				add(d.n.WorkloadsIn(vpc.Value))
			}
		}
	}
	return list
}

// names are the names of the records that lead to the association, or to the service itself, and else the service's custom
// domain name.
func (d *latticeName) names() []string {
	names := d.n.LatticeNames(d.Resource)
	if len(names) > 0 || d.service == nil {
		return names
	}
	if names = d.n.LatticeNames(d.service.Resource); len(names) > 0 {
		return names
	}
	return []string{network.DomainName(d.service.CustomDomainName().Value)}
}

func (d *latticeName) front() front { return latticeFront{d.n, d.service} }

func (d *latticeName) api() string {
	if d.service != nil {
		return network.DisplayName(d.service.Resource)
	}
	return network.NameOf(d.association.ServiceIdentifier().Value)
}

func (d *latticeName) sameAPI(other destination) network.Tristate {
	o, ok := other.(*latticeName)
	switch {
	case !ok:
		return network.No
	case d.service != nil && o.service != nil:
		return yesOrNo(d.service.Resource == o.service.Resource)
	case d.association == nil || o.association == nil:
		return network.Maybe
	}
	return network.SameLattice(d.association.ServiceIdentifier().Value, o.association.ServiceIdentifier().Value)
}

func yesOrNo(is bool) network.Tristate {
	if is {
		return network.Yes
	}
	return network.No
}

func (d *latticeName) withoutIPv4() (result, bool) { return result{}, false }

// route takes a request from the client's VPC into its service network, to the service, and through its listener.
func (d *latticeName) route(t *trace) {
	t.toLattice()
	v, r := t.vpcAssociation(d)
	t.take(proof.HopVpcAssociation, r)
	in := networkEntry{name: d}
	if v != nil {
		t.take(proof.HopAssociationIngress, t.associationIngress(v))
		in.vpc = v
	}
	in.cross(t)
}

// toLattice takes the hops of packets from the client to the addresses of VPC Lattice.
func (t *trace) toLattice() {
	lattice := t.lattice(t.client.Resource.Stack)
	t.take(proof.HopClientEgress, t.allows(t.client, network.Egress, t.port, lattice))
	t.take(proof.HopClientNacl, t.acls(t.client, lattice, t.port))
}

// lattice is VPC Lattice in the Region of a stack.
func (t *trace) lattice(s *network.Stack) network.Node {
	return network.LatticeNode(s, t.facts.LatticePrefixLists, t.facts.PrefixLists)
}

// latticeFront is a service of VPC Lattice as what receives requests; the service is nil if the templates do not define it.
type latticeFront struct {
	n       *network.Network
	service *network.LatticeService
}

var _ front = latticeFront{}

func (f latticeFront) listeners() []*network.LatticeListener {
	if f.service == nil {
		return nil
	}
	return f.n.LatticeListenersOf(f.service)
}

func (f latticeFront) ports() []int {
	var ports []int
	for _, l := range f.listeners() {
		if port, ok := l.PortNumber(); ok {
			ports = append(ports, port)
		}
	}
	return ports
}

// routes are the rules of the listeners, and the routes of ALBs behind them that are for the service's own name.
func (f latticeFront) routes() []route {
	var routes []route
	for _, l := range f.listeners() {
		for _, rule := range f.n.LatticeRulesOf(l) {
			routes = append(routes, f.routesOf(rule.Action, rule)...)
		}
		routes = append(routes, f.routesOf(l.DefaultAction, nil)...)
	}
	return routes
}

// routesOf are the routes of an action of a rule, or of the default action.
func (f latticeFront) routesOf(action network.LatticeAction, rule *network.LatticeRule) []route {
	if action.Answers() {
		return nil
	}
	var behind []route
	for _, forward := range action.Forwards {
		tg := f.n.LatticeTargetGroup(forward.TargetGroup.Value)
		if tg == nil {
			continue
		}
		for _, r := range routesOfListeners(f.n, listenersOnPort(f.n, tg.TargetId(0), tg.TargetPort(0)), 0) {
			if f.isForService(r) {
				r.over, r.hosts = rule, nil
				behind = append(behind, r)
			}
		}
	}
	path := "/"
	if rule != nil {
		path, _ = rule.Match.Path()
	}
	for i := range behind {
		if behind[i].rule == nil { // the default action of the ALB takes what the rule of the service takes
			behind[i].path = path
		}
	}
	if len(behind) > 0 {
		return behind
	}
	return []route{{over: rule, path: path}}
}

// isForService reports whether a route of an ALB takes requests for the service's own name.
func (f latticeFront) isForService(r route) bool {
	name := network.DomainName(f.service.CustomDomainName().Value)
	return len(r.hosts) == 0 || name == "" || slices.ContainsFunc(r.hosts, func(host string) bool { return network.PatternCovers(host, name) == network.All })
}

func (f latticeFront) certificates() []network.Property {
	if f.service == nil || f.service.CertificateArn().IsAbsent() {
		return nil
	}
	return []network.Property{f.service.CertificateArn()}
}

// protocol is TLS of a listener that passes TLS through.
func (f latticeFront) protocol(t *trace) string {
	for _, l := range f.listeners() {
		if is, _ := l.ListensOn(t.port); is == network.Yes && l.Protocol().Literal() == passthrough {
			return tls
		}
	}
	return ""
}

// passthrough is the protocol of a listener of VPC Lattice that does not end TLS.
const passthrough = "TLS_PASSTHROUGH"
