package mesh

import (
	"fmt"
	"maps"
	"slices"

	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// providerPlan is a team's part of a mesh with all rules checked.
type providerPlan struct {
	report   *rules.Report // has no errors, but may have warnings
	mesh     *planned
	provider *mesh.Provider
	props    *MeshProviderProps
	services map[string]*MeshServiceProps
	stacks   *stacks
}

// planProvider panics with all problems of the props. It defines nothing.
func planProvider(scope constructs.Construct, id *string, props *MeshProviderProps) *providerPlan {
	r := &rules.Report{}
	props = prop.Or(prop.Copy(props), &MeshProviderProps{}) // the caller may change its own
	check.Embedded(r, "", props)
	checkMesh(r, props.Mesh)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	p := &providerPlan{report: r, mesh: props.Mesh.planned(), props: props, services: copyOf(props.Services)}
	p.provider = p.mesh.provider(r, "Provider", props.Provider)
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC of the team", "is missing")
	}
	refusal.Of(r, scope, id)
	p.stacks = planStacks(r, scope, *id, props.StackProps, p.provider.Account, p.mesh.plan.Declaration.Region)
	p.checkServices()
	p.checkTiers()
	p.checkSize()
	refusal.Of(r, scope, id)
	p.mesh.warn(r, p.provider)
	return p
}

func checkMesh(r *rules.Report, m Mesh) {
	if m == nil {
		r.AddWithFix(rules.Required, "Mesh", "supply the mesh: Mesh_FromJson or Mesh_FromDeclaration returns it", "is missing")
	}
}

// copyOf returns a map that may be nil.
func copyOf[V any](of *map[string]V) map[string]V {
	if of == nil {
		return nil
	}
	return maps.Clone(*of)
}

// checkServices checks that each service has its props, and that there are no others.
func (p *providerPlan) checkServices() {
	var names []string
	for _, door := range p.mesh.plan.DoorsOf(p.provider.Name) {
		for _, service := range door.Services {
			names = append(names, service.Name)
			property := fmt.Sprintf("Services[%q]", service.Name)
			props := p.services[service.Name]
			switch {
			case props == nil:
				p.report.AddWithFix(rules.Required, property, "say where its requests go", "is missing")
			case door.Tier.Transport == mesh.PrivateLink:
				p.checkRoute(property, props)
			default:
				p.checkTarget(property, props, door.Tier)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.services)) {
		if !slices.Contains(names, name) {
			mesh.Undeclared(p.report, fmt.Sprintf("Services[%q]", name), &name, names)
		}
	}
}

// checkRoute checks the props of a service over PrivateLink.
func (p *providerPlan) checkRoute(property string, props *MeshServiceProps) {
	for _, name := range check.Set(
		check.Property{Name: "Target", IsSet: props.Target != nil},
		check.Property{Name: "Certificate", IsSet: props.Certificate != nil},
		check.Property{Name: "AllowedPrincipals", IsSet: props.AllowedPrincipals != nil},
	) {
		p.report.AddWithFix(rules.Contradiction, property+"."+name, "set Route instead", "is of VPC Lattice, and the tier of the service is over PrivateLink")
	}
	if props.Route == nil {
		p.report.AddWithFix(rules.Required, property+".Route", "supply the targets of the service", "is missing")
		return
	}
	for _, name := range check.Set(
		check.Property{Name: "HostHeaders", IsSet: props.Route.HostHeaders != nil},
		check.Property{Name: "Priority", IsSet: props.Route.Priority != nil},
	) {
		p.report.AddWithFix(rules.Contradiction, property+".Route."+name, "leave it out: the mesh has domainName and priority of the service", "is set, but the mesh decides it")
	}
}

// checkTarget checks the props of a service over VPC Lattice.
func (p *providerPlan) checkTarget(property string, props *MeshServiceProps, tier *mesh.Tier) {
	if props.Route != nil {
		p.report.AddWithFix(rules.Contradiction, property+".Route", "set Target instead", "is of a front door, and the tier of the service is over VPC Lattice")
	}
	if props.Target == nil {
		p.report.AddWithFix(rules.Required, property+".Target", "supply the target of the service", "is missing")
	}
	if p.certificateOf(props, tier) == nil {
		p.report.AddWithFix(rules.Required, property+".Certificate", "set it, or give the tier exactly one of Certificates, which all its services present", "is missing")
	}
}

// certificates are those of a tier.
func (p *providerPlan) certificates(tier *mesh.Tier) *[]elbv2.IListenerCertificate {
	return prop.Or(p.tier(tier.Name).Certificates, p.props.Certificates)
}

// certificateOf is the certificate of a service over VPC Lattice; nil if it has none.
func (p *providerPlan) certificateOf(props *MeshServiceProps, tier *mesh.Tier) elbv2.IListenerCertificate {
	if props.Certificate != nil {
		return props.Certificate
	}
	if list := prop.Elements(p.certificates(tier)); len(list) == 1 {
		return list[0]
	}
	return nil
}

// tier returns the props of a tier.
func (p *providerPlan) tier(name string) *MeshTierProps {
	if props := copyOf(p.props.Tiers)[name]; props != nil {
		return props
	}
	return &MeshTierProps{}
}

// checkTiers checks what is set for tiers.
func (p *providerPlan) checkTiers() {
	transports := map[string]string{}
	for _, door := range p.mesh.plan.DoorsOf(p.provider.Name) {
		if _, isKnown := transports[door.Tier.Name]; isKnown {
			continue
		}
		transports[door.Tier.Name] = door.Tier.Transport
		if door.Tier.Transport == mesh.Lattice && p.props.PrefixList == nil {
			p.report.AddWithFix(rules.Required, "PrefixList", "supply the prefix list com.amazonaws.<region>.vpc-lattice, from which targets allow traffic", "is missing, and tier %s is over VPC Lattice", door.Tier.Name)
		}
		if door.Tier.Transport == mesh.PrivateLink && len(prop.Elements(p.certificates(door.Tier))) == 0 {
			p.report.Add(rules.CertificateRequired, "Certificates", "is empty, and so is Certificates of tier %s", door.Tier.Name)
		}
	}
	names := slices.Sorted(maps.Keys(transports))
	for _, name := range slices.Sorted(maps.Keys(copyOf(p.props.Tiers))) {
		property := fmt.Sprintf("Tiers[%q]", name)
		if transports[name] == "" {
			mesh.Undeclared(p.report, property, &name, names)
			continue
		}
		tier := p.tier(name)
		p.checkOverrides(property+".DoorProps", transports[name] == mesh.PrivateLink, tier.DoorProps != nil, decidedOfDoor(prop.Or(tier.DoorProps, &privateapi.PrivateApiProviderProps{})))
		p.checkOverrides(property+".ApiProps", transports[name] == mesh.Lattice, tier.ApiProps != nil, decidedOfApi(prop.Or(tier.ApiProps, &lattice.ApiProps{})))
	}
}

// checkOverrides reports further properties of another transport, and those that the mesh decides.
func (p *providerPlan) checkOverrides(property string, isTransport, isSet bool, decided []check.Property) {
	if isSet && !isTransport {
		p.report.AddWithFix(rules.Contradiction, property, "remove it", "is of another transport than the tier")
		return
	}
	for _, name := range check.Set(decided...) {
		p.report.AddWithFix(rules.Contradiction, property+"."+name, "leave it out", "is set, but the mesh decides it")
	}
}

// decidedOfDoor are the properties of a front door that the mesh decides.
func decidedOfDoor(o *privateapi.PrivateApiProviderProps) []check.Property {
	return []check.Property{
		{Name: "Vpc", IsSet: o.Vpc != nil},
		{Name: "DomainNames", IsSet: o.DomainNames != nil},
		{Name: "Certificates", IsSet: o.Certificates != nil},
		{Name: "AllowedAccounts", IsSet: o.AllowedAccounts != nil},
		{Name: "AllowNoPrincipals", IsSet: o.AllowNoPrincipals != nil},
		{Name: "Listener", IsSet: o.Listener != nil},
		{Name: "StandbyAlb", IsSet: o.StandbyAlb != ""},
		{Name: "Port", IsSet: o.Port != nil},
	}
}

// decidedOfApi are the properties of a service over VPC Lattice that the mesh decides.
func decidedOfApi(o *lattice.ApiProps) []check.Property {
	return []check.Property{
		{Name: "DomainName", IsSet: o.DomainName != nil},
		{Name: "Certificate", IsSet: o.Certificate != nil},
		{Name: "Protocol", IsSet: o.Protocol != ""},
		{Name: "Port", IsSet: o.Port != nil},
		{Name: "Target", IsSet: o.Target != nil},
		{Name: "PrefixList", IsSet: o.PrefixList != nil},
		{Name: "ShareWith", IsSet: o.ShareWith != nil},
		{Name: "AllowedPrincipals", IsSet: o.AllowedPrincipals != nil},
		{Name: "AllowedVpcs", IsSet: o.AllowedVpcs != nil},
		{Name: "AllowedVpcAccounts", IsSet: o.AllowedVpcAccounts != nil},
		{Name: "AllowAnyCaller", IsSet: o.AllowAnyCaller != nil},
		{Name: "AllowNoCallers", IsSet: o.AllowNoCallers != nil},
	}
}
