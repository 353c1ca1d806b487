package mesh

import (
	"cmp"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/contract"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// MeshProvider is what a team provides to a mesh: a front door for its services of each tier over PrivateLink, and a service of VPC Lattice for each
// service of the other tiers.
//
// Each is closed but to the accounts of the consumers that call it. One that nobody calls yet lets in no other account.
type MeshProvider interface {
	constructs.Construct

	// Service returns what consumers of a service connect to: the front door that it is behind, or its API over VPC Lattice. It panics if the
	// provider has no such service.
	Service(name *string) privateapi.IPrivateApiService

	// Door returns a front door by its name, such as commerce.internal; nil if there is none.
	Door(name *string) privateapi.PrivateApiProvider

	// Doors returns the front doors.
	Doors() *[]privateapi.PrivateApiProvider

	// Route returns the route of a service behind its front door; nil for a service over VPC Lattice.
	Route(service *string) privateapi.Route

	// Api returns the API over VPC Lattice of a service; nil for one behind a front door.
	Api(service *string) lattice.Api

	// Contract returns a published contract by its name: that of a front door, or of a service over VPC Lattice. It is nil if there is none.
	Contract(name *string) contract.ServiceContract

	// Stacks returns the stacks that were defined for the front doors, if scope is an App or a Stage.
	Stacks() *[]awscdk.Stack

	service(api string) privateapi.IPrivateApiService
	of(m *planned) bool
}

type meshProvider struct {
	constructs.Construct
	plan *providerPlan

	doors     []privateapi.PrivateApiProvider
	byName    map[string]privateapi.PrivateApiProvider
	routes    map[string]privateapi.Route
	apis      map[string]lattice.Api
	contracts map[string]contract.ServiceContract
}

var _ MeshProvider = (*meshProvider)(nil)

// NewMeshProvider defines a [MeshProvider]. If scope is an App or a Stage, it defines a stack for each front door, <id>-<tier>, in the account and
// Region that the mesh says. The VPC must then be in another stack than the targets, whose stack depends on those of the front doors. Else all is
// in the stack of scope.
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewMeshProvider(scope constructs.Construct, id *string, props *MeshProviderProps) MeshProvider {
	refusal.RequireScope("NewMeshProvider", scope, id)
	p := &meshProvider{
		plan:   planProvider(scope, id, props),
		byName: map[string]privateapi.PrivateApiProvider{}, routes: map[string]privateapi.Route{},
		apis: map[string]lattice.Api{}, contracts: map[string]contract.ServiceContract{},
	}
	constructs.NewConstruct_Override(p, scope, id)
	for _, stack := range p.plan.mesh.plan.StacksOfProvider(p.plan.provider.Name) {
		in := p.plan.stacks.in(p, stack.Name)
		for _, door := range stack.Doors {
			p.define(in, door)
		}
	}
	refusal.Warn(p.plan.report, p)
	return p
}

// define defines what is published at a front door.
func (p *meshProvider) define(scope constructs.Construct, door *mesh.Door) {
	for _, api := range door.Apis() {
		if door.Tier.Transport == mesh.PrivateLink {
			p.defineDoor(scope, api)
		} else {
			p.defineApi(scope, api)
		}
		p.publish(scope, api)
	}
}

// byName orders services by their names: their order in the mesh means nothing.
func byName(services []*mesh.Service) []*mesh.Service {
	return slices.SortedFunc(slices.Values(services), func(a, b *mesh.Service) int { return cmp.Compare(a.Name, b.Name) })
}

func (p *meshProvider) defineDoor(scope constructs.Construct, api *mesh.Api) {
	tier := api.Door.Tier
	props := prop.Or(prop.Copy(p.plan.tier(tier.Name).DoorProps), &privateapi.PrivateApiProviderProps{})
	props.Vpc, props.Certificates = p.plan.props.Vpc, p.plan.certificates(tier)
	var names []string
	services := byName(api.Services)
	for _, service := range services {
		names = append(names, service.DomainName)
	}
	props.DomainNames = jsii.Strings(names...)
	if accounts := api.Accounts(); len(accounts) > 0 {
		props.AllowedAccounts = jsii.Strings(accounts...)
	} else if props.AllowedPrincipals == nil {
		props.AllowNoPrincipals = jsii.Bool(true)
	}
	door := privateapi.NewPrivateApiProvider(scope, &api.Name, props)
	for _, service := range services {
		options := *p.plan.services[service.Name].Route
		options.HostHeaders = jsii.Strings(service.DomainName)
		options.Priority = jsii.Number(service.RulePriority())
		p.routes[service.Name] = door.AddRoute(&service.Name, &options)
	}
	p.doors = append(p.doors, door)
	p.byName[api.Name] = door
}

// defineApi defines a service over VPC Lattice. One that nobody calls yet denies every request.
func (p *meshProvider) defineApi(scope constructs.Construct, api *mesh.Api) {
	service := api.Services[0]
	own := p.plan.services[service.Name]
	props := prop.Or(prop.Copy(p.plan.tier(service.Tier).ApiProps), &lattice.ApiProps{})
	props.DomainName, props.PrefixList, props.Target = &service.DomainName, p.plan.props.PrefixList, own.Target
	props.Certificate = p.plan.certificateOf(own, api.Door.Tier)
	accounts := api.Accounts()
	if others := slices.DeleteFunc(slices.Clone(accounts), func(account string) bool { return account == p.plan.provider.Account }); len(others) > 0 {
		props.ShareWith = jsii.Strings(others...)
	}
	switch {
	case own.AllowedPrincipals != nil:
		props.AllowedPrincipals = own.AllowedPrincipals
	case len(accounts) > 0:
		props.AllowedVpcAccounts = jsii.Strings(accounts...)
	default:
		props.AllowNoCallers = jsii.Bool(true)
	}
	p.apis[service.Name] = lattice.NewApi(scope, &api.Name, props)
}

// publish publishes the contract of a front door or a service.
func (p *meshProvider) publish(scope constructs.Construct, api *mesh.Api) {
	if p.plan.props.PublishContracts != nil && !*p.plan.props.PublishContracts {
		return
	}
	props := &contract.ServiceContractProps{Service: p.service(api.Name), Name: &api.Name}
	if prop.IsTrue(p.plan.props.ShareContracts) {
		if others := slices.DeleteFunc(api.Accounts(), func(account string) bool { return account == p.plan.provider.Account }); len(others) > 0 {
			props.ShareWith = jsii.Strings(others...)
		}
	}
	p.contracts[api.Name] = contract.NewServiceContract(scope, jsii.String(api.Name+".contract"), props)
}

// service returns what has the name of a contract; nil if there is none.
func (p *meshProvider) service(api string) privateapi.IPrivateApiService {
	if door, ok := p.byName[api]; ok {
		return door
	}
	if api, ok := p.apis[api]; ok {
		return api
	}
	return nil
}

func (p *meshProvider) of(m *planned) bool { return p.plan.mesh == m }

func (p *meshProvider) Service(name *string) privateapi.IPrivateApiService {
	var names []string
	for service := range p.plan.services {
		names = append(names, service)
		if name == nil || service != *name {
			continue
		}
		if api, ok := p.apis[service]; ok {
			return api
		}
		return p.byName[p.plan.mesh.plan.DoorOf(service).Name]
	}
	r := &rules.Report{}
	mesh.Undeclared(r, "name", name, names)
	refusal.Call(r, "Service")
	return nil
}

func (p *meshProvider) Door(name *string) privateapi.PrivateApiProvider {
	if door, ok := p.byName[text(name)]; ok {
		return door
	}
	return nil
}

func (p *meshProvider) Doors() *[]privateapi.PrivateApiProvider {
	doors := slices.Clone(p.doors)
	return &doors
}

func (p *meshProvider) Route(service *string) privateapi.Route {
	if route, ok := p.routes[text(service)]; ok {
		return route
	}
	return nil
}

func (p *meshProvider) Api(service *string) lattice.Api {
	if api, ok := p.apis[text(service)]; ok {
		return api
	}
	return nil
}

func (p *meshProvider) Contract(name *string) contract.ServiceContract {
	if published, ok := p.contracts[text(name)]; ok {
		return published
	}
	return nil
}

func (p *meshProvider) Stacks() *[]awscdk.Stack { return p.plan.stacks.list() }
