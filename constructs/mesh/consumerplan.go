package mesh

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// consumerPlan is a VPC's part of a mesh with all rules checked.
type consumerPlan struct {
	report   *rules.Report // has no errors, but may have warnings
	mesh     *planned
	consumer *mesh.Consumer
	props    *MeshConsumerProps
	stacks   *stacks
	sources  map[string]source // by the name of the connection
}

// source returns the service of a connection, which an import defines in a scope.
type source func(scope constructs.Construct) privateapi.IPrivateApiService

// planConsumer panics with all problems of the props. It defines nothing.
func planConsumer(scope constructs.Construct, id *string, props *MeshConsumerProps) *consumerPlan {
	r := &rules.Report{}
	props = prop.Or(prop.Copy(props), &MeshConsumerProps{}) // the caller may change its own
	check.Embedded(r, "", props)
	checkMesh(r, props.Mesh)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	p := &consumerPlan{report: r, mesh: props.Mesh.planned(), props: props, sources: map[string]source{}}
	p.consumer = p.mesh.consumer(r, "Consumer", props.Consumer)
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC of the clients", "is missing")
	}
	check.NoNil(r, "Clients", props.Clients)
	p.checkProviders()
	refusal.Of(r, scope, id)
	p.stacks = planStacks(r, scope, *id, props.StackProps, p.consumer.Account, p.mesh.plan.Declaration.Region)
	for _, api := range p.mesh.apisOf(p.consumer) {
		p.planSource(api)
	}
	p.checkSize()
	refusal.Of(r, scope, id)
	p.mesh.warn(r, p.consumer)
	return p
}

// checkProviders reports providers of another mesh, whose front doors are others.
func (p *consumerPlan) checkProviders() {
	for i, provider := range prop.Elements(p.props.Providers) {
		property := fmt.Sprintf("Providers[%d]", i)
		switch {
		case provider == nil:
			p.report.Add(rules.Required, property, "is nil")
		case !provider.of(p.mesh):
			p.report.AddWithFix(rules.Contradiction, property, "read the mesh once, and give it to all", "is of another mesh than Mesh")
		}
	}
}

// planSource decides where the service of a connection comes from.
func (p *consumerPlan) planSource(api *mesh.Api) {
	json, name, service := copyOf(p.props.Contracts)[api.Name], copyOf(p.props.ServiceNames)[api.Name], copyOf(p.props.Services)[api.Name]
	given := check.Set(
		check.Property{Name: "Services", IsSet: service != nil}, check.Property{Name: "ServiceNames", IsSet: name != nil}, check.Property{Name: "Contracts", IsSet: json != nil},
	)
	for _, other := range given[min(len(given), 1):] {
		p.report.Add(rules.Contradiction, fmt.Sprintf("%s[%q]", other, api.Name), "is set, and so is %s[%q]", given[0], api.Name)
	}
	isLattice := api.Door.Tier.Transport == mesh.Lattice
	if isLattice && p.props.PrefixList == nil && service == nil && len(given) > 0 {
		p.report.AddWithFix(rules.Required, "PrefixList", "supply the prefix list com.amazonaws.<region>.vpc-lattice, to which clients are let out", "is missing, and %s is over VPC Lattice", api.Name)
	}
	if json != nil && len(given) == 1 {
		p.checkContract(api, *json)
	}
	id := jsii.String(api.Name + ".service")
	switch {
	case service != nil:
		p.sources[api.Name] = func(constructs.Construct) privateapi.IPrivateApiService { return service }
	case name != nil && isLattice:
		p.sources[api.Name] = func(scope constructs.Construct) privateapi.IPrivateApiService {
			return lattice.Api_FromAttributes(scope, id, &lattice.ApiAttributes{ServiceArn: name, DomainName: &api.Services[0].DomainName, PrefixList: p.props.PrefixList})
		}
	case name != nil:
		p.sources[api.Name] = func(scope constructs.Construct) privateapi.IPrivateApiService {
			return privateapi.PrivateApiService_FromAttributes(scope, id, &privateapi.PrivateApiServiceAttributes{ServiceName: name, DomainNames: domainNames(api)})
		}
	case json != nil && isLattice:
		p.sources[api.Name] = func(scope constructs.Construct) privateapi.IPrivateApiService {
			return lattice.Api_FromContract(scope, id, json, &lattice.ContractOptions{PrefixList: p.props.PrefixList})
		}
	case json != nil:
		p.sources[api.Name] = func(scope constructs.Construct) privateapi.IPrivateApiService {
			return privateapi.PrivateApiService_FromContract(scope, id, json, nil)
		}
	default:
		p.planProvider(api)
	}
}

// planProvider takes the service from a provider of the app.
func (p *consumerPlan) planProvider(api *mesh.Api) {
	for _, provider := range prop.Elements(p.props.Providers) {
		if service := provider.service(api.Name); service != nil {
			p.sources[api.Name] = func(constructs.Construct) privateapi.IPrivateApiService { return service }
			return
		}
	}
	p.report.AddWithFix(rules.Required, fmt.Sprintf("Contracts[%q]", api.Name),
		fmt.Sprintf("supply the contract that %s publishes, or what it connects to by ServiceNames, Services or Providers", api.Door.Provider.Name), "is missing")
}

// domainNames are the names that a consumer calls, in the order of the services' names.
func domainNames(api *mesh.Api) *[]*string {
	var names []string
	for _, service := range byName(api.Services) {
		names = append(names, service.DomainName)
	}
	return jsii.Strings(names...)
}

// connection are the properties of a connection.
func (p *consumerPlan) connection(api *mesh.Api, service privateapi.IPrivateApiService) *privateapi.PrivateApiConsumerProps {
	props := &privateapi.PrivateApiConsumerProps{
		Vpc: p.props.Vpc, Service: service, DomainNames: domainNames(api), Clients: p.props.Clients,
		ClientsDependOnConnection: p.props.ClientsDependOnConnection, HostedZoneVpcs: p.props.HostedZoneVpcs, Profile: p.props.Profile,
	}
	if _, isLink := service.(privateapi.IPrivateLinkService); isLink {
		props.Subnets, props.ZoneIds, props.IpAddressType = p.props.Subnets, p.props.ZoneIds, p.props.IpAddressType
	}
	return props
}

// needsServiceNetwork reports whether a consumer needs a service network that it does not have.
func (p *consumerPlan) needsServiceNetwork() bool {
	if p.props.ServiceNetwork != nil {
		return false
	}
	for _, api := range p.mesh.apisOf(p.consumer) {
		service := copyOf(p.props.Services)[api.Name]
		if _, isLattice := service.(lattice.IApi); isLattice || service == nil && api.Door.Tier.Transport == mesh.Lattice {
			return true
		}
	}
	return false
}
