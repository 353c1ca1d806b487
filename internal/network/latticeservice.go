package network

import "strings"

const latticeServiceType = "AWS::VpcLattice::Service"

// LatticeService is a service of VPC Lattice.
type LatticeService struct{ *Resource }

// AuthType is NONE or AWS_IAM. Default: NONE.
func (s *LatticeService) AuthType() Property { return property(s.Resource, "AuthType") }

// CertificateArn is the certificate of its custom domain name.
func (s *LatticeService) CertificateArn() Property { return property(s.Resource, "CertificateArn") }

// CustomDomainName is the name that clients call, beside the one that AWS generates.
func (s *LatticeService) CustomDomainName() Property { return property(s.Resource, "CustomDomainName") }

// IdleTimeoutSeconds is the idle timeout of connections. Default: 60.
func (s *LatticeService) IdleTimeoutSeconds() Property {
	return property(s.Resource, "IdleTimeoutSeconds")
}

// LatticeName is the name of a resource of VPC Lattice. Default: one that CloudFormation makes.
func LatticeName(r *Resource) Property { return property(r, "Name") }

// AccessLogSubscription sends access logs of a service or a service network to a destination.
type AccessLogSubscription struct{ *Resource }

// DestinationArn is a log group, a bucket or a delivery stream.
func (s *AccessLogSubscription) DestinationArn() Property {
	return property(s.Resource, "DestinationArn")
}

// AccessLogSubscriptions are the subscriptions of the templates.
func (n *Network) AccessLogSubscriptions() []*AccessLogSubscription {
	var list []*AccessLogSubscription
	for _, r := range n.OfType("AWS::VpcLattice::AccessLogSubscription") {
		list = append(list, &AccessLogSubscription{r})
	}
	return list
}

// LatticeServices are the services of the templates.
func (n *Network) LatticeServices() []*LatticeService { return n.lattice.services.list }

// LatticeService is the service that an identifier names, an ARN or an ID; nil if the templates do not define it.
func (n *Network) LatticeService(identifier Value) *LatticeService {
	return n.lattice.services.by[latticeResource(identifier, latticeServiceType)]
}

// LatticeServiceNamed is the service that a person names; nil if there is none.
func (n *Network) LatticeServiceNamed(name string) *LatticeService {
	for _, s := range n.lattice.services.list {
		if IsNamed(name, s.Resource) {
			return s
		}
	}
	return nil
}

// LatticeServiceOf is the service that an identifier names; services are the services that people gave for ARNs that the
// templates have as text.
func (n *Network) LatticeServiceOf(identifier Value, services map[string]string) *LatticeService {
	if text, ok := identifier.Text(); ok && services[text] != "" {
		return n.LatticeServiceNamed(services[text])
	}
	return n.LatticeService(identifier)
}

// LatticeEntry is the service, or the association of a service, of whose DNS entry a value is a part: the generated name, or
// else the ID of its hosted zone.
func (n *Network) LatticeEntry(v Value) (r *Resource, isName bool) {
	r, attribute, ok := v.Reference()
	if !ok || r.Type != latticeServiceType && r.Type != serviceAssociationType || !strings.HasPrefix(attribute, "DnsEntry.") {
		return nil, false
	}
	return r, attribute == "DnsEntry.DomainName"
}

// LatticeRecords are the record sets that lead to the generated DNS name of a service, or of an association of one.
func (n *Network) LatticeRecords(r *Resource) []Record { return n.recordsTo[r] }

// LatticeNames are the names of these record sets, each once, in their order.
func (n *Network) LatticeNames(r *Resource) []string { return n.lattice.names[r] }

// indexLatticeNames collects the names of the record sets that lead to each service, or to an association of one.
func (n *Network) indexLatticeNames() {
	n.lattice.names = map[*Resource][]string{}
	for to, records := range n.recordsTo {
		if to.Type != latticeServiceType && to.Type != serviceAssociationType {
			continue
		}
		seen := map[string]bool{"": true}
		for _, r := range records {
			if name := r.DomainName(); !seen[name] {
				seen[name] = true
				n.lattice.names[to] = append(n.lattice.names[to], name)
			}
		}
	}
}
