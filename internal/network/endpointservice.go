package network

import "slices"

const endpointServiceType = "AWS::EC2::VPCEndpointService"

// EndpointService is an endpoint service.
type EndpointService struct{ *Resource }

// NetworkLoadBalancerArns are its NLBs.
func (s *EndpointService) NetworkLoadBalancerArns() Property {
	return property(s.Resource, "NetworkLoadBalancerArns")
}

// GatewayLoadBalancerArns are its Gateway Load Balancers.
func (s *EndpointService) GatewayLoadBalancerArns() Property {
	return property(s.Resource, "GatewayLoadBalancerArns")
}

// AcceptanceRequired says whether connections wait until the provider accepts them. Default: true.
func (s *EndpointService) AcceptanceRequired() Property {
	return property(s.Resource, "AcceptanceRequired")
}

// PayerResponsibility is who pays for endpoints, if it is not their owner.
func (s *EndpointService) PayerResponsibility() Property {
	return property(s.Resource, "PayerResponsibility")
}

// PrivateDnsName is its private DNS name.
func (s *EndpointService) PrivateDnsName() Property { return property(s.Resource, "PrivateDnsName") }

// SupportedIpAddressTypes are ipv4, ipv6 or both. Default: ipv4.
func (s *EndpointService) SupportedIpAddressTypes() Property {
	return property(s.Resource, "SupportedIpAddressTypes")
}

// SupportedRegions are the Regions from which it can be reached. Default: its own.
func (s *EndpointService) SupportedRegions() Property {
	return property(s.Resource, "SupportedRegions")
}

// EndpointServices are the endpoint services of the templates.
func (n *Network) EndpointServices() []*EndpointService { return n.endpointServices.list }

// EndpointServiceOf is the endpoint service that the service name of an endpoint refers to or is made of; nil if there is none.
func (n *Network) EndpointServiceOf(e *Endpoint) *EndpointService {
	return n.endpointServices.by[partOf(e.ServiceName().Value, endpointServiceType)]
}

// EndpointServiceNamed is the endpoint service that a person names; nil if there is none.
func (n *Network) EndpointServiceNamed(name string) *EndpointService {
	for _, s := range n.endpointServices.list {
		if IsNamed(name, s.Resource) {
			return s
		}
	}
	return nil
}

// EndpointsTo are the endpoints whose service name is made of an endpoint service.
func (n *Network) EndpointsTo(s *EndpointService) []*Endpoint { return n.endpointsTo[s.Resource] }

// EndpointServicesBehind are the endpoint services, certain to be deployed, that name a load balancer.
func (n *Network) EndpointServicesBehind(lb *LoadBalancer) []*EndpointService {
	return n.servicesOf[lb.Resource]
}

// Permissions lists the principals that may connect to an endpoint service.
type Permissions struct{ *Resource }

// ServiceId is the endpoint service.
func (p *Permissions) ServiceId() Property { return property(p.Resource, "ServiceId") }

// AllowedPrincipals are the principals.
func (p *Permissions) AllowedPrincipals() Property { return property(p.Resource, "AllowedPrincipals") }

// PermissionsOf are the permissions of an endpoint service.
func (n *Network) PermissionsOf(s *EndpointService) []*Permissions {
	return n.permissions.of(s.Resource)
}

// AllPermissions are the permissions of the templates.
func (n *Network) AllPermissions() []*Permissions { return n.allPermissions }

// UnplacedPermissions are the permissions whose endpoint service is undecided.
func (n *Network) UnplacedPermissions() []*Permissions { return n.permissions.unplaced() }

// EndpointService is the endpoint service that a value refers to; nil if the templates do not define it.
func (n *Network) EndpointService(v Value) *EndpointService { return n.endpointServices.referred(v) }

func (n *Network) indexEndpointServices() {
	collect(n, &n.endpointServices, endpointServiceType, func(r *Resource) *EndpointService { return &EndpointService{r} })
	for _, r := range n.OfType("AWS::EC2::VPCEndpointServicePermissions") {
		p := &Permissions{r}
		n.permissions.add(p.ServiceId().Value, p)
		n.allPermissions = append(n.allPermissions, p)
	}
	n.endpointsTo = map[*Resource][]*Endpoint{}
	for _, e := range n.endpoints.list {
		if s := n.EndpointServiceOf(e); s != nil {
			n.endpointsTo[s.Resource] = append(n.endpointsTo[s.Resource], e)
		}
	}
	n.servicesOf = map[*Resource][]*EndpointService{}
	for _, s := range n.endpointServices.list {
		if !IsCertain(s.Resource) {
			continue
		}
		for _, arn := range s.NetworkLoadBalancerArns().Items() {
			lb := n.LoadBalancer(arn.Value)
			if lb != nil && !slices.Contains(n.servicesOf[lb.Resource], s) {
				n.servicesOf[lb.Resource] = append(n.servicesOf[lb.Resource], s)
			}
		}
	}
}

// WithoutIPv6 is the NLB of an endpoint service that has no IPv6 addresses although the service supports ipv6; ok is false
// if there is none for certain.
func (n *Network) WithoutIPv6(s *EndpointService) (family, supported Property, ok bool) {
	for _, p := range s.SupportedIpAddressTypes().Items() {
		if p.Literal() != "ipv6" {
			continue
		}
		for _, arn := range s.NetworkLoadBalancerArns().Items() {
			lb := n.LoadBalancer(arn.Value)
			if lb == nil {
				continue
			}
			if family := lb.IpAddressType(); family.IsAbsent() || family.Literal() == "ipv4" {
				return family, p, true
			}
		}
	}
	return Property{}, Property{}, false
}

// MissingAddressType says which address type an endpoint needs and its service lacks: its own type, what the service
// supports, and the missing one. ok is false if none is missing, or if that is undecided.
func MissingAddressType(e *Endpoint, s *EndpointService) (own string, supported []string, missing string, ok bool) {
	own, known := e.IpAddressType().Text()
	if e.IpAddressType().IsAbsent() {
		own, known = "ipv4", true
	}
	if !known || !s.SupportedIpAddressTypes().IsListOrAbsent() {
		return "", nil, "", false
	}
	for _, p := range s.SupportedIpAddressTypes().Items() {
		name, isText := p.Text()
		if !isText {
			return "", nil, "", false
		}
		supported = append(supported, name)
	}
	if len(supported) == 0 {
		supported = []string{"ipv4"}
	}
	needs := []string{own}
	if own == "dualstack" {
		needs = []string{"ipv4", "ipv6"}
	}
	for _, name := range needs {
		if !slices.Contains(supported, name) {
			return own, supported, name, true
		}
	}
	return "", nil, "", false
}
