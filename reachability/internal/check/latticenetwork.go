package check

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// latticeParts finds a resource that does not say to what it belongs.
func latticeParts(p *pass) {
	check := func(whole *network.Resource, what string, properties ...network.Property) {
		for _, property := range properties {
			if property.IsAbsent() {
				p.reportWithFix("set "+property.Path(), at{network.Whole(whole)}, "the %s has no %s", what, property.Path())
			}
		}
	}
	for _, l := range p.lattice.listeners {
		check(l.Resource, "listener", l.ServiceIdentifier())
	}
	for _, r := range p.lattice.rules {
		check(r.Resource, "rule", r.ServiceIdentifier(), r.ListenerIdentifier())
	}
	for _, a := range p.lattice.associations {
		check(a.Resource, "association", a.ServiceIdentifier(), a.ServiceNetworkIdentifier())
	}
	for _, a := range p.lattice.vpcs {
		check(a.Resource, "association", a.VpcIdentifier(), a.ServiceNetworkIdentifier())
	}
	for _, tg := range p.lattice.targetGroups {
		if kind := tg.Type(); kind.IsLiteral() && kind.Literal() != rules.LatticeFunctions {
			check(tg.Resource, "target group of type "+kind.Literal(), tg.VpcIdentifier())
		}
	}
}

// latticeArn finds an identifier that looks like an ARN and is not that of a service or of a service network, or that is in
// another Region than its association.
func latticeArn(p *pass) {
	check := func(of network.Property, check func(report *rules.Report, property, arn, region string)) {
		if strings.HasPrefix(of.Literal(), "arn:") {
			p.text(of, func(report *rules.Report, property, arn string) {
				check(report, property, arn, of.Resource.Stack.Region)
			})
		}
	}
	for _, a := range p.lattice.associations {
		check(a.ServiceIdentifier(), rules.CheckLatticeServiceArn)
		check(a.ServiceNetworkIdentifier(), rules.CheckLatticeServiceNetworkArn)
	}
	for _, a := range p.lattice.vpcs {
		check(a.ServiceNetworkIdentifier(), rules.CheckLatticeServiceNetworkArn)
	}
}

// latticeServiceNetwork finds a second association of a VPC.
func latticeServiceNetwork(p *pass) {
	first := map[vpcKey]*network.VpcAssociation{}
	for _, a := range p.lattice.vpcs {
		key, ok := p.vpcKey(a.VpcIdentifier().Value)
		switch {
		case !ok:
		case first[key] == nil:
			first[key] = a
		default:
			p.report(at{a.VpcIdentifier(), first[key].VpcIdentifier()}, "VPC %s has another association, %s",
				network.NameOf(a.VpcIdentifier().Value), network.DisplayName(first[key].Resource))
		}
	}
}

// latticeServiceTwice finds a second association of a service with a service network, and a second service of one name in it.
func latticeServiceTwice(p *pass) {
	type key struct{ serviceNetwork, service any }
	first := map[key]*network.ServiceAssociation{}
	for _, a := range p.lattice.associations {
		in, serviceNetwork := a.ServiceNetworkIdentifier(), p.ServiceNetwork(a.ServiceNetworkIdentifier().Value)
		of, service := a.ServiceIdentifier(), p.LatticeService(a.ServiceIdentifier().Value)
		where, isKnown := identity(in, serviceNetwork != nil, func() any { return serviceNetwork.Resource })
		which, ok := identity(of, service != nil, func() any { return service.Resource })
		if !isKnown || !ok {
			continue
		}
		if other := first[key{where, which}]; other != nil {
			p.report(at{of, other.ServiceIdentifier()}, "the service has another association with the service network, %s", network.DisplayName(other.Resource))
			continue
		}
		first[key{where, which}] = a
		if service == nil || !network.IsCertain(service.Resource) || service.CustomDomainName().Literal() == "" {
			continue
		}
		name := strings.ToLower(service.CustomDomainName().Literal())
		if other := first[key{where, name}]; other != nil {
			p.report(at{of, service.CustomDomainName(), other.ServiceIdentifier()}, "the service network has another service with the name %s, by %s", name, network.DisplayName(other.Resource))
			continue
		}
		first[key{where, name}] = a
	}
}

// identity is what tells things apart that an identifier names: the resource, or the text of one that the templates do not define.
func identity(identifier network.Property, isDefined bool, resource func() any) (id any, ok bool) {
	if isDefined {
		return resource(), true
	}
	text := identifier.Literal()
	return "the identifier " + text, text != ""
}

// latticeAssociation finds an association with more security groups than VPC Lattice accepts.
func latticeAssociation(p *pass) {
	for _, a := range p.lattice.vpcs {
		count := 0
		for _, item := range a.SecurityGroupIds().Items() {
			if !item.IsUnknown() {
				count++
			}
		}
		if count > 0 {
			p.values(a.SecurityGroupIds(), func(report *rules.Report, property string) {
				rules.CheckLatticeAssociationGroups(report, property, count)
			})
		}
	}
}

// latticeOpenAssociation warns of an association without a security group.
func latticeOpenAssociation(p *pass) {
	for _, a := range p.lattice.vpcs {
		if a.SecurityGroupIds().IsEmpty() {
			p.report(at{a.SecurityGroupIds(), network.Whole(a.Resource)}, "the association of VPC %s has no security group", network.NameOf(a.VpcIdentifier().Value))
		}
	}
}

// latticeEndpoint finds an endpoint that is to connect to a service network and to a service, or to neither.
func latticeEndpoint(p *pass) {
	for _, e := range p.endpoints {
		kind, service, arn := e.VpcEndpointType(), e.ServiceName(), e.ServiceNetworkArn()
		isOfNetwork := kind.Literal() == "ServiceNetwork"
		switch {
		case isSet(service) && (isOfNetwork || isSet(arn)):
			p.report(at{service, arn}, "the endpoint has a ServiceName, and is for a service network")
		case isOfNetwork && arn.IsAbsent():
			p.report(at{arn, kind}, "the endpoint is of type ServiceNetwork, and has no ServiceNetworkArn")
		case isSet(arn) && (kind.IsAbsent() || kind.IsLiteral() && !isOfNetwork):
			p.report(at{kind, arn}, "the endpoint has a ServiceNetworkArn, and is not of type ServiceNetwork")
		}
	}
}

// isSet reports whether a property is there for certain.
func isSet(property network.Property) bool { return !property.IsAbsent() && !property.IsUnknown() }

// latticeShare finds a principal with which what VPC Lattice has cannot be shared.
func latticeShare(p *pass) {
	for _, s := range p.lattice.shares {
		if !p.sharesLattice(s) {
			continue
		}
		for _, principal := range s.Principals().Items() {
			p.text(principal, rules.CheckLatticeShare)
		}
	}
}

// shareTwice finds a principal that a share lists twice.
func shareTwice(p *pass) {
	for _, s := range p.lattice.shares {
		listed := map[string]bool{}
		for _, principal := range s.Principals().Items() {
			text := principal.Literal()
			if listed[text] && p.sharesLattice(s) {
				p.report(at{principal}, "%s is listed twice", text)
			}
			listed[text] = text != ""
		}
	}
}

// sharesLattice reports whether a share is certain to have a service or a service network.
func (f *facts) sharesLattice(s *network.ResourceShare) bool {
	for _, arn := range s.ResourceArns().Items() {
		_, isLattice := network.ParseLatticeArn(arn.Value)
		if isLattice || f.LatticeService(arn.Value) != nil || f.ServiceNetwork(arn.Value) != nil {
			return true
		}
	}
	return false
}
