package network

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// latticeFacts are the facts of VPC Lattice, and of the shares that let other accounts use it.
type latticeFacts struct {
	services facts[*LatticeService]
	names    map[*Resource][]string // by service or association

	listeners    facts[*LatticeListener]
	listenersOf  owned[*LatticeListener] // by service
	rules        []*LatticeRule
	rulesOf      owned[*LatticeRule] // by listener
	targetGroups facts[*LatticeTargetGroup]
	ecsEntries   owned[EcsLatticeEntry] // by target group
	forwardedBy  map[key][]LatticeForwardedBy

	networks            facts[*ServiceNetwork]
	serviceAssociations facts[*ServiceAssociation]
	servicesIn          owned[*ServiceAssociation] // by service network
	associationsOf      owned[*ServiceAssociation] // by service
	vpcAssociations     facts[*VpcAssociation]
	vpcsIn              owned[*VpcAssociation] // by service network
	associationsIn      owned[*VpcAssociation] // by VPC
	endpointsTo         owned[*Endpoint]       // by service network

	authPolicies     []*AuthPolicy
	authPoliciesOf   owned[*AuthPolicy] // by service or service network
	shares           []*ResourceShare
	sharesOf         owned[ShareOf] // by what is shared
	resourcePolicies owned[*Resource]
}

// latticeIdentifiers are the attributes that identify a resource of VPC Lattice; Ref is its ARN.
var latticeIdentifiers = map[string]bool{"Ref": true, "Arn": true, "Id": true}

// IsLatticeIdentifier reports whether an attribute identifies a resource of VPC Lattice: its ARN or its ID.
func IsLatticeIdentifier(attribute string) bool { return latticeIdentifiers[attribute] }

// latticeKey is the key of what an identifier names: an ARN or an ID, as a reference or as text. Two texts are one thing if
// they end in the same ID.
func latticeKey(identifier Value) key {
	for range 2 { // an attribute of an association can be one of another association
		if named, ok := associated(identifier); ok {
			identifier = named
		}
	}
	if text, ok := identifier.Text(); ok {
		return key{text: "=" + text[strings.LastIndexByte(text, '/')+1:]}
	}
	if r := arnResource(identifier); r != nil {
		return resourceKey(r)
	}
	return valueKey(identifier)
}

// associated is the identifier that an attribute of an association repeats, such as ServiceNetworkArn; ok is false for other
// values.
func associated(identifier Value) (named Value, ok bool) {
	r, attribute, ok := identifier.Reference()
	if !ok || r.Type != serviceAssociationType && r.Type != vpcAssociationType && r.Type != latticeListenerType {
		return Value{}, false
	}
	switch attribute {
	case "ServiceArn", "ServiceId":
		return r.Property("ServiceIdentifier"), true
	case "ServiceNetworkArn", "ServiceNetworkId":
		return r.Property("ServiceNetworkIdentifier"), true
	}
	return Value{}, false
}

// latticeResource is the resource of a type that an identifier names; nil for any other value.
func latticeResource(identifier Value, resourceType string) *Resource {
	r := latticeKey(identifier).resource
	if r == nil || r.Type != resourceType || r.Exists == No {
		return nil
	}
	return r
}

// arnResource is the resource of VPC Lattice whose ARN a value is, written out in front of its ID:
// arn:aws:vpc-lattice:eu-west-1:111111111111:service/${Service.Id}. It is nil for any other text, and if the account or the
// Region of the resource is not known.
func arnResource(v Value) *Resource {
	parts := v.Parts()
	if len(parts) != 2 {
		return nil
	}
	before, isText := parts[0].Text()
	r, attribute, isID := parts[1].Reference()
	if !isText || !isID || attribute != "Id" || r.Stack.Region == "" || r.Stack.Account == "" {
		return nil
	}
	kind := arnKinds[r.Type]
	if kind == "" || before != "arn:"+rules.Partition(r.Stack.Region)+":vpc-lattice:"+r.Stack.Region+":"+r.Stack.Account+":"+kind+"/" {
		return nil
	}
	return r
}

// arnKinds are the kinds of resources of VPC Lattice, as their ARNs have them.
var arnKinds = map[string]string{
	latticeServiceType: "service", serviceNetworkType: "servicenetwork", latticeTargetGroupType: "targetgroup",
	serviceAssociationType: "servicenetworkserviceassociation", vpcAssociationType: "servicenetworkvpcassociation",
}

// LatticeArn is what the ARN of a resource of VPC Lattice, as text, says.
type LatticeArn struct{ Region, Account, Kind, ID string }

// ParseLatticeArn takes the ARN of a resource of VPC Lattice apart; ok is false for any other value.
func ParseLatticeArn(v Value) (arn LatticeArn, ok bool) {
	text, _ := v.Text()
	parts := strings.SplitN(text, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" || parts[2] != "vpc-lattice" {
		return LatticeArn{}, false
	}
	kind, id, _ := strings.Cut(parts[5], "/")
	return LatticeArn{parts[3], parts[4], kind, id}, true
}

// SameLattice says whether two identifiers name one resource of VPC Lattice.
func SameLattice(a, b Value) Tristate {
	x, y := latticeKey(a), latticeKey(b)
	switch {
	case x == (key{}) || y == (key{}):
		return Same(a, b)
	case x == y:
		return Yes
	case x.resource != nil && y.resource != nil, x.resource == nil && y.resource == nil:
		return No
	}
	return Maybe // the resource may have the ID
}

// addLattice adds a fact to what an identifier names.
func (o *owned[T]) addLattice(identifier Value, fact T) { o.addTo(latticeKey(identifier), fact) }

// lattice are the facts of what an identifier names; none for an undecided one.
func (o *owned[T]) lattice(identifier Value) []T {
	k := latticeKey(identifier)
	if k == (key{}) {
		return nil
	}
	return o.by[k]
}

// indexLattice collects what VPC Lattice is made of. Records are indexed before.
func (n *Network) indexLattice() {
	n.indexLatticeNames()
	collect(n, &n.lattice.services, latticeServiceType, func(r *Resource) *LatticeService { return &LatticeService{r} })
	n.indexServiceNetworks()
	n.indexLatticeTargetGroups()
	n.indexLatticeListeners()
	n.indexAuthPolicies()
	n.indexShares()
}

// IsRepeatedIdentifier reports whether an attribute repeats an identifier that the resource names, such as ServiceNetworkArn of
// an association.
func IsRepeatedIdentifier(attribute string) bool {
	switch attribute {
	case "ServiceArn", "ServiceId", "ServiceNetworkArn", "ServiceNetworkId":
		return true
	}
	return false
}
