package network

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
)

const storedParameterType = "AWS::SSM::Parameter"

// StoredParameter is an entry of Parameter Store.
type StoredParameter struct{ *Resource }

// Tier is Standard, Advanced or Intelligent-Tiering. Default: that of the account, which is Standard unless somebody changed it.
func (p *StoredParameter) Tier() Property { return property(p.Resource, "Tier") }

// Value is its value.
func (p *StoredParameter) Value() Property { return property(p.Resource, "Value") }

// IsStandard reports whether the entry is in the standard tier, which cannot be shared; by default, unless the account has another default.
func (p *StoredParameter) IsStandard() bool {
	return p.Tier().IsAbsent() || p.Tier().Literal() == "Standard"
}

// StoredParameters are the entries of Parameter Store that the templates define.
func (n *Network) StoredParameters() []*StoredParameter {
	var list []*StoredParameter
	for _, r := range n.OfType(storedParameterType) {
		list = append(list, &StoredParameter{r})
	}
	return list
}

// SharedParameters are the entries of Parameter Store that resource shares of their stacks name, each with the property that names it: by its
// ARN, made of a reference or of its name.
func (n *Network) SharedParameters() map[*Resource]Property {
	named := map[string]*Resource{} // by stack file and name
	for _, p := range n.StoredParameters() {
		if name := property(p.Resource, "Name").Literal(); name != "" {
			named[p.Stack.File+" "+strings.TrimPrefix(name, "/")] = p.Resource
		}
	}
	shared := map[*Resource]Property{}
	for _, share := range n.ResourceShares() {
		for _, arn := range share.ResourceArns().Items() {
			r := partOf(arn.Value, storedParameterType)
			text, _ := marked(arn.Value)
			if _, name, isParameter := strings.Cut(text, ":parameter/"); r == nil && isParameter && strings.Contains(text, ":ssm:") {
				r = named[share.Stack.File+" "+name]
			}
			if r != nil && IsCertain(share.Resource) {
				shared[r] = arn
			}
		}
	}
	return shared
}

// PublishedContract is a contract over PrivateLink that a template publishes for an endpoint service of the templates.
type PublishedContract struct {
	*StoredParameter
	Terms   contract.Service
	Service *EndpointService
}

// PublishedContracts are the contracts that the templates publish, as far as their terms are text.
func (n *Network) PublishedContracts() []PublishedContract {
	var list []PublishedContract
	for _, p := range n.StoredParameters() {
		text, refs := marked(p.Value().Value)
		var c struct {
			Version  int
			Service  contract.Service
			Deployed struct{ ServiceName string }
		}
		if json.Unmarshal([]byte(text), &c) != nil || c.Version != contract.Version || c.Service.Transport != contract.PrivateLink {
			continue
		}
		for _, ref := range refs {
			r := ofType(ref, endpointServiceType)
			if r != nil && strings.HasSuffix(c.Deployed.ServiceName, markerOf(slices.IndexFunc(refs, func(v Value) bool { return Identical(v, ref) }))) {
				list = append(list, PublishedContract{p, c.Service, n.endpointServices.by[r]})
				break
			}
		}
	}
	return list
}

// ContractDifference is a field of a contract that an endpoint service contradicts.
type ContractDifference struct {
	// Field is the field, such as service.ports, and Says what it says.
	Field, Says string
	// Is is what the service has, and At where.
	Is string
	At Property
}

// Differences are the terms of a contract that an endpoint service contradicts for certain.
func (n *Network) Differences(terms contract.Service, s *EndpointService) []ContractDifference {
	var list []ContractDifference
	add := func(field string, says, is any, at Property) {
		list = append(list, ContractDifference{"service." + field, fmt.Sprint(says), fmt.Sprint(is), at})
	}
	whole := Whole(s.Resource)
	if isPlain(terms.Account) && s.Stack.Account != "" && terms.Account != s.Stack.Account {
		add("account", terms.Account, s.Stack.Account, whole)
	}
	if isPlain(terms.Region) && s.Stack.Region != "" && terms.Region != s.Stack.Region {
		add("region", terms.Region, s.Stack.Region, whole)
	}
	acceptance := s.AcceptanceRequired()
	required, isKnown := acceptance.Bool()
	if acceptance.IsAbsent() {
		required, isKnown = true, true
	}
	if says := terms.AcceptanceRequired; says != nil && isKnown && *says != required {
		add("acceptanceRequired", *says, required, acceptance)
	}
	if name := s.PrivateDnsName(); !name.IsUndecided() && isPlain(terms.PrivateDnsName) && DomainNameOf(terms.PrivateDnsName) != DomainName(name.Value) {
		add("privateDnsName", orNone(terms.PrivateDnsName), orNone(name.Literal()), name)
	}
	if types, ok := literals(s.SupportedIpAddressTypes(), "ipv4"); ok && len(terms.IpAddressTypes) > 0 && !sameItems(terms.IpAddressTypes, types) {
		add("ipAddressTypes", terms.IpAddressTypes, types, s.SupportedIpAddressTypes())
	}
	regions, ok := literals(s.SupportedRegions(), s.Stack.Region)
	if ok && s.Stack.Region != "" && len(terms.SupportedRegions) > 0 && !sameItems(append(terms.SupportedRegions, s.Stack.Region), append(regions, s.Stack.Region)) {
		add("supportedRegions", terms.SupportedRegions, regions, s.SupportedRegions())
	}
	if ports, ok := n.portsOf(s); ok {
		for _, port := range terms.Ports {
			if !slices.Contains(ports, int(port)) {
				add("ports", terms.Ports, ports, s.NetworkLoadBalancerArns())
				break
			}
		}
	}
	return list
}

// portsOf are the ports of the listeners of an endpoint service; ok is false if one may be missing.
func (n *Network) portsOf(s *EndpointService) (ports []int, ok bool) {
	arns := s.NetworkLoadBalancerArns().Items()
	for _, arn := range arns {
		lb := n.LoadBalancer(arn.Value)
		if lb == nil || len(n.UnplacedListeners()) > 0 {
			return nil, false
		}
		for _, l := range n.ListenersOf(lb) {
			if !l.Port().IsLiteral() {
				return nil, false
			}
			ports = append(ports, l.Port().Int())
		}
	}
	return ports, len(ports) > 0
}

// literals are the items of a list that the template has as text, or what stands for an absent list.
func literals(p Property, absent string) (list []string, ok bool) {
	if p.IsAbsent() {
		return []string{absent}, true
	}
	for _, item := range p.Items() {
		text, isText := item.Text()
		if !isText {
			return nil, false
		}
		list = append(list, text)
	}
	return list, p.IsList()
}

func sameItems(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// isPlain reports whether a text of a contract has no part that the deployment decides.
func isPlain(text string) bool { return !strings.Contains(text, markerStart) && contract.IsKnown(text) }

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
