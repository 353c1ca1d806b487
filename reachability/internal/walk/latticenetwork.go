package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// networkEntry is how a request enters a service network: over the association of the client's VPC, or an endpoint.
type networkEntry struct {
	name *latticeName
	// vpc is the association of the client's VPC; nil if there is none, or for an endpoint.
	vpc *network.VpcAssociation
	// endpoint is nil for an association.
	endpoint *networkEndpoint
}

var _ transport = networkEntry{}

// network is the property that names the service network which the request enters; that of the service's association if it
// enters none.
func (in networkEntry) network() network.Property {
	switch {
	case in.endpoint != nil:
		return in.endpoint.ServiceNetworkArn()
	case in.vpc != nil:
		return in.vpc.ServiceNetworkIdentifier()
	case in.name.association != nil:
		return in.name.association.ServiceNetworkIdentifier()
	}
	return network.Property{}
}

// at is the resource by which the request enters; nil for none.
func (in networkEntry) at() *network.Resource {
	switch {
	case in.endpoint != nil:
		return in.endpoint.Resource
	case in.vpc != nil:
		return in.vpc.Resource
	}
	return nil
}

// cross takes the hops from the service network to the service, and through its listener.
func (in networkEntry) cross(t *trace) bool {
	request := t.request
	request.caller, request.route, request.over, request.path = nil, nil, nil, ""
	if !t.share(partKey{at: in.name.Resource, from: in.at(), request: request}, nil, in.connect) {
		return false
	}
	in.enter(t)
	return true
}

// connect takes the hops that are the same for all clients of a VPC.
func (in networkEntry) connect(t *trace) bool {
	a, r := in.association(t)
	t.take(proof.HopServiceAssociation, r)
	if in.name.service == nil {
		t.providerAssumed = r.assumption != "" && t.assumes(r.assumption)
		return false
	}
	t.take(proof.HopResourceShare, in.shares(t, a))
	t.throughName(in.name.service)
	return true
}

// vpcAssociation returns the association of the client's VPC; nil if the request ends there.
func (t *trace) vpcAssociation(d *latticeName) (*network.VpcAssociation, result) {
	vpc := t.client.VPC
	name := network.NameOf(vpc)
	if !network.IsIdentified(vpc) {
		return nil, unknownUntil(vpc, "the VPC of %s is unknown, and so is its service network: %s", t.client.Name, cite.Why(vpc)).related(cite.Resource(t.client.Resource))
	}
	var list []*network.VpcAssociation
	for _, v := range t.n.VpcAssociationsOf(vpc) {
		if v.Exists != network.No {
			list = append(list, v)
		}
	}
	switch {
	case len(list) == 0:
		return nil, t.withoutNetwork(vpc, d)
	case len(list) > 1:
		return list[0], secondAssociation(name, list[0], list[1])
	}
	v := list[0]
	joined := v.ServiceNetworkIdentifier()
	if r, wrong := wrongIdentifier(joined); wrong {
		return v, r
	}
	if r, wrong := t.otherOwner(v); wrong {
		return v, r
	}
	return v, passes("%s is associated with %s", name, nameOf(joined)).at(v.VpcIdentifier(), joined).concerningSubnets(t.client).
		related(cite.Referred(joined.Value)...)
}

// nameOf is what a property names, as people know it.
func nameOf(p network.Property) string { return network.NameOf(p.Value) }

// withoutNetwork is the result for a VPC that the templates associate with no service network. Another template may associate
// a VPC that is defined elsewhere.
func (t *trace) withoutNetwork(vpc network.Value, d *latticeName) result {
	name := network.NameOf(vpc)
	r := blocks(
		fmt.Sprintf("%s is associated with no service network, so nothing routes requests to VPC Lattice", name),
		"associate it with the service network of "+network.DisplayName(d.Resource),
	).related(cite.Referred(vpc)...).related(cite.Resource(d.Resource))
	if id, isText := vpc.Text(); isText {
		return unknown(
			fmt.Sprintf("%s is defined elsewhere, and no template associates it with a service network", id), "associate it with a service network",
			proof.Settlement{Kind: proof.SettleByTemplate, Subject: "the association of " + id + " with a service network"},
		).related(cite.Resource(d.Resource))
	}
	return r.unless(owners(t.n.UnplacedVpcAssociations(), (*network.VpcAssociation).VpcIdentifier))
}

// secondAssociation is the result for a VPC that two associations name, which VPC Lattice refuses.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html
func secondAssociation(vpc string, a, b *network.VpcAssociation) result {
	r := blocks(
		fmt.Sprintf("%s and %s both associate %s with a service network, and VPC Lattice refuses the second", network.DisplayName(a.Resource), network.DisplayName(b.Resource), vpc),
		"keep one of them",
	).at(a.VpcIdentifier(), b.VpcIdentifier())
	if a.Exists == network.Yes && b.Exists == network.Yes {
		return r
	}
	r.verdict, r.fix, r.uses = proof.Unknown, "make their conditions exclude each other", nil
	for _, v := range []*network.VpcAssociation{a, b} {
		if v.Exists != network.Yes {
			r.settle = append(r.settle, cite.Settle(v.Existence()))
		}
	}
	return r
}

// otherOwner finds an association by another account than that of the VPC, which VPC Lattice refuses.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-network-associations.html
func (t *trace) otherOwner(v *network.VpcAssociation) (r result, found bool) {
	vpc := t.n.VPC(v.VpcIdentifier().Value)
	if vpc == nil || vpc.Stack.Account == "" || v.Stack.Account == "" || vpc.Stack.Account == v.Stack.Account {
		return result{}, false
	}
	return blocks(
		fmt.Sprintf("%s is in account %s, and only account %s, which owns %s, can associate it", network.DisplayName(v.Resource), v.Stack.Account, vpc.Stack.Account, network.DisplayName(vpc.Resource)),
		"associate the VPC in its own account",
	).at(v.VpcIdentifier()), true
}

// wrongIdentifier finds a reference to another attribute than the ARN or the ID of what it names.
func wrongIdentifier(p network.Property) (r result, found bool) {
	named, attribute, ok := p.Reference()
	if !ok || network.IsLatticeIdentifier(attribute) || network.IsRepeatedIdentifier(attribute) {
		return result{}, false
	}
	return blocks(
		fmt.Sprintf("%s is %s of %s, and neither its ARN nor its ID", p.Path(), attribute, network.DisplayName(named)), "use Fn::GetAtt Arn",
	).at(p), true
}

// associationIngress finds whether the association of the client's VPC lets the client in.
func (t *trace) associationIngress(v *network.VpcAssociation) result {
	groups := v.SecurityGroupIds()
	if groups.IsEmpty() {
		return passes("%s has no security group, so every workload of the VPC may call", network.DisplayName(v.Resource)).at(groups)
	}
	return t.allows(t.n.VpcAssociationNode(v), network.Ingress, t.port, t.client)
}

// association returns the association of the service with the service network that the request enters; nil if there is none.
func (in networkEntry) association(t *trace) (*network.ServiceAssociation, result) {
	entered, own := in.network(), in.name.association
	if own != nil {
		for _, p := range []network.Property{own.ServiceNetworkIdentifier(), own.ServiceIdentifier()} {
			if r, wrong := wrongIdentifier(p); wrong {
				return nil, r
			}
		}
	}
	if in.name.service == nil {
		return own, t.serviceElsewhere(own.ServiceIdentifier())
	}
	var doubt *network.ServiceAssociation
	for _, a := range in.candidates(t) {
		switch network.SameLattice(a.ServiceNetworkIdentifier().Value, entered.Value) {
		case network.Yes:
			return a, in.inRegion(a)
		case network.Maybe:
			doubt = a
		}
	}
	service := network.DisplayName(in.name.service.Resource)
	if entered.Resource == nil { // neither the VPC nor the name says which
		return nil, blocks(fmt.Sprintf("nothing associates %s with a service network of the client's VPC", service), "associate the service and the VPC with one service network").
			atResource(in.name.service.Resource).unless(owners(t.n.UnplacedServiceAssociations(), (*network.ServiceAssociation).ServiceNetworkIdentifier))
	}
	if doubt != nil {
		named := doubt.ServiceNetworkIdentifier()
		undecided := open(named.Value, entered.Value)
		return doubt, unknownUntil(undecided, "whether %s and the client's VPC are associated with one service network is unknown: %s", service, cite.Why(undecided)).at(named, entered)
	}
	r := blocks(
		fmt.Sprintf("%s is not associated with %s, the service network of the client's VPC", service, nameOf(entered)),
		"associate the service with that network",
	).at(entered)
	if own != nil {
		r.message = fmt.Sprintf("%s is associated with %s, and the client's VPC with %s", service, nameOf(own.ServiceNetworkIdentifier()), nameOf(entered))
		r = r.at(own.ServiceNetworkIdentifier())
	}
	return own, r.unless(owners(t.n.UnplacedServiceAssociations(), (*network.ServiceAssociation).ServiceNetworkIdentifier))
}

// candidates are the associations of the service: the one that the name is of first.
func (in networkEntry) candidates(t *trace) []*network.ServiceAssociation {
	var list []*network.ServiceAssociation
	if in.name.association != nil {
		list = append(list, in.name.association)
	}
	all := t.n.AssociationsOf(in.name.service.Ref())
	t.run.left.Steps(len(all))
	for _, a := range all {
		if a != in.name.association {
			list = append(list, a)
		}
	}
	return list
}

// inRegion finds whether service, service network and client are in one Region: VPC Lattice connects no others.
func (in networkEntry) inRegion(a *network.ServiceAssociation) result {
	service := in.name.service
	message := fmt.Sprintf("%s is associated with %s", network.DisplayName(service.Resource), nameOf(a.ServiceNetworkIdentifier()))
	here, there := a.Stack.Region, service.Stack.Region
	switch {
	case a.Stack != service.Stack && (here == "" || there == ""):
		return unknown("the Regions of the two stacks are unknown", "deploy the stacks to named Regions", unknownRegions(a.Stack, service.Stack)...).at(a.ServiceIdentifier())
	case here != there:
		return blocks(fmt.Sprintf("%s is in %s, and its association in %s", network.DisplayName(service.Resource), there, here), "use a service of the same Region").at(a.ServiceIdentifier())
	}
	return passes("%s", message).at(a.ServiceIdentifier(), a.ServiceNetworkIdentifier()).restsOn(service.Resource)
}

// serviceElsewhere is the result for a service that the templates do not define.
func (t *trace) serviceElsewhere(p network.Property) result {
	if c := t.n.ContractOf(p.Value); c != nil {
		return t.latticeContract(p, c)
	}
	arn, isText := p.Text()
	if named, _, isReference := p.Reference(); isReference {
		return blocks(network.DisplayName(named)+" is not a service of VPC Lattice", "name a service of VPC Lattice").at(p)
	}
	if isText {
		return unknown("no template says which resource "+arn+" is", "",
			proof.Settlement{Kind: proof.SettleByTemplate, Subject: "the service of VPC Lattice"},
			proof.Settlement{Kind: proof.SettleByService, Subject: arn},
		).at(p).assumedBy(proof.AssumeProvider)
	}
	r := unknownUntil(p.Value, "which service is associated is unknown: %s", cite.Why(p.Value)).at(p).assumedBy(proof.AssumeProvider)
	if s := cite.Settle(p.Value); s.Kind == proof.SettleByParameter {
		r.fix = "pass the output of the provider's stack that has the ARN of the service, with the provider's templates"
		r.settle = []proof.Settlement{{Kind: proof.SettleByOutput, Subject: s.Subject}}
	}
	return r
}
