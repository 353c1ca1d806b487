package mesh

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Transport is how consumers reach the services of a tier.
type Transport string

const (
	// Transport_PRIVATELINK puts all services of a provider in the tier behind one endpoint service: a front door. It costs two load balancers,
	// and an endpoint in each consumer VPC, however many services there are.
	Transport_PRIVATELINK Transport = mesh.PrivateLink
	// Transport_LATTICE makes each service a service of VPC Lattice. It costs an hourly price for each service, however many consumers there are.
	Transport_LATTICE Transport = mesh.Lattice
)

// Declaration is a mesh in Go values: the same as docs/privateapi.mesh.schema.json has.
type Declaration struct {
	// The Region of all services and consumers, such as eu-west-1.
	//
	// Required.
	Region *string

	// The trust tiers. Add new ones at the end: the order decides in which stacks the connections of consumers are.
	//
	// Required.
	Tiers *[]*Tier

	// The teams that own services. Add new ones at the end, as for Tiers.
	//
	// Required.
	Providers *[]*Provider

	// The services, in any order.
	//
	// Required.
	Services *[]*Service

	// The VPCs from which services are called, in any order.
	//
	// Default: - none yet.
	Consumers *[]*Consumer
}

// Tier is a trust tier. Over PrivateLink, who may connect to a front door of a provider in the tier reaches every service behind it.
type Tier struct {
	// The name, of lower-case letters, digits and hyphens. Stacks are named after it.
	//
	// Required.
	Name *string

	// How consumers reach the services.
	//
	// Required.
	Transport Transport

	// How many services a provider can have in the tier. What it reserves decides how many front doors a provider has, and how many front doors
	// a stack of a consumer: beyond 80 services over PrivateLink, and 40 over VPC Lattice, there is another one. Raising it beyond a multiple of
	// that moves services to the new front door, unless their Door is set.
	//
	// Default: 80, and 40 over VPC Lattice.
	Capacity *float64
}

// Provider is a team that owns services, with one VPC in one account.
type Provider struct {
	// The name, of lower-case letters, digits and hyphens.
	//
	// Required.
	Name *string

	// The account of its VPC, by its ID of 12 digits. It may be a token.
	//
	// Required.
	Account *string
}

// Service is an API with one domain name.
type Service struct {
	// The name, of lower-case letters, digits and hyphens, by which the mesh calls it.
	//
	// Required.
	Name *string

	// The name under which clients call it, such as pricing.internal.company.com.
	//
	// Required.
	DomainName *string

	// The name of its provider.
	//
	// Required.
	Provider *string

	// The name of its tier.
	//
	// Required.
	Tier *string

	// The number of its front door, from 1, where the capacity of the tier makes several. Moving a service replaces the connections of its
	// consumers.
	//
	// Default: - derived from the name.
	Door *float64

	// The priority of its listener rule, from 2 to 50000; over PrivateLink only. It is needed where another service behind the same front door
	// has the same derived one.
	//
	// Default: - derived from the name, so that other services do not change it.
	Priority *float64
}

// Consumer is a VPC of one account whose clients call services.
type Consumer struct {
	// The name, of lower-case letters, digits and hyphens. A provider and a consumer of one name are one team, with one VPC.
	//
	// Required.
	Name *string

	// The account of its VPC, by its ID of 12 digits. It may be a token.
	//
	// Required.
	Account *string

	// The names of the services that it calls.
	//
	// Default: - none yet.
	Calls *[]*string
}

// declared converts a declaration. It reports numbers that are not whole, which the declaration cannot have.
func (d *Declaration) declared(r *rules.Report) *mesh.Declaration {
	out := &mesh.Declaration{Version: mesh.Version, Region: text(d.Region)}
	for i, tier := range prop.Elements(d.Tiers) {
		if tier == nil {
			tier = &Tier{}
		}
		out.Tiers = append(out.Tiers, &mesh.Tier{
			Name: text(tier.Name), Transport: string(tier.Transport), Capacity: whole(r, fmt.Sprintf("tiers[%d].capacity", i), tier.Capacity, rules.MeshCapacity),
		})
	}
	for _, provider := range prop.Elements(d.Providers) {
		if provider == nil {
			provider = &Provider{}
		}
		out.Providers = append(out.Providers, &mesh.Provider{Name: text(provider.Name), Account: text(provider.Account)})
	}
	for i, service := range prop.Elements(d.Services) {
		if service == nil {
			service = &Service{}
		}
		at := fmt.Sprintf("services[%d]", i)
		out.Services = append(out.Services, &mesh.Service{
			Name: text(service.Name), DomainName: text(service.DomainName), Provider: text(service.Provider), Tier: text(service.Tier),
			Door: whole(r, at+".door", service.Door, rules.MeshDoor), Priority: whole(r, at+".priority", service.Priority, rules.RoutePriority),
		})
	}
	for _, consumer := range prop.Elements(d.Consumers) {
		if consumer == nil {
			consumer = &Consumer{}
		}
		c := &mesh.Consumer{Name: text(consumer.Name), Account: text(consumer.Account)}
		for _, call := range prop.Elements(consumer.Calls) {
			c.Calls = append(c.Calls, text(call))
		}
		out.Consumers = append(out.Consumers, c)
	}
	return out
}

func text(value *string) string { return *prop.Or(value, jsii.String("")) }

// whole returns a whole number from 1; 0 for the default.
func whole(r *rules.Report, property string, value *float64, rule rules.Rule) int {
	if value == nil {
		return 0
	}
	if *value != float64(int(*value)) || *value < 1 {
		r.AddWithFix(rule, property, "use a whole number from 1", "%v is not a whole number from 1", *value)
		return 0
	}
	return int(*value)
}

// Mesh_FromDeclaration returns the mesh of a declaration in Go values.
//
// It panics with all that is wrong with it, each by the path of its field, such as consumers[2].calls[1].
func Mesh_FromDeclaration(declaration *Declaration) Mesh {
	r := &rules.Report{}
	d := prop.Or(declaration, &Declaration{}).declared(r)
	refusal.Call(r, "Mesh_FromDeclaration")
	return newMesh(r, d, "Mesh_FromDeclaration")
}
