package mesh

import (
	"errors"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Mesh is a declaration that is known to be right: which services there are, and who calls them. It defines nothing by itself: see
// [MeshProvider] and [MeshConsumer]. [Mesh_FromJson] and [Mesh_FromDeclaration] return one.
type Mesh interface {
	// Region returns the Region of all services and consumers.
	Region() *string

	// Declaration returns the declaration in Go values: a copy.
	Declaration() *Declaration

	// ConnectionsOf returns the names of what a consumer connects to, in a stable order: the front doors over PrivateLink, such as
	// commerce.internal, and the services over VPC Lattice. They are the names of contracts, and the keys of Contracts, ServiceNames and
	// Services of [MeshConsumerProps]. It panics if there is no such consumer.
	ConnectionsOf(consumer *string) *[]*string

	// CallsOf returns the names of the services that a consumer calls over one of its connections.
	CallsOf(consumer, connection *string) *[]*string

	// DomainName returns the domain name of a service. It panics if there is no such service.
	DomainName(service *string) *string

	// OwnerOf returns the provider of a connection, whose account publishes its contract. It panics if there is no such connection.
	OwnerOf(connection *string) *Provider

	planned() *planned
}

// planned is a mesh with its plan.
type planned struct {
	plan   *mesh.Plan
	report *rules.Report // has no errors, but may have warnings
}

var _ Mesh = (*planned)(nil)

// Mesh_FromJson reads a mesh from JSON, as docs/privateapi.mesh.schema.json describes it: embed the file that all teams share.
//
// It panics with all that is wrong with it, each by the path of its field, such as consumers[2].calls[1].
func Mesh_FromJson(json *string) Mesh {
	if json == nil {
		panic(errors.New("Mesh_FromJson: supply the JSON of the mesh"))
	}
	r := &rules.Report{}
	d := mesh.Read(r, *json)
	refusal.Call(r, "Mesh_FromJson")
	return newMesh(r, d, "Mesh_FromJson")
}

func newMesh(r *rules.Report, d *mesh.Declaration, function string) Mesh {
	plan := d.PlanInto(r)
	refusal.Call(r, function)
	return &planned{plan, r}
}

func (m *planned) planned() *planned { return m }

func (m *planned) Region() *string { return jsii.String(m.plan.Declaration.Region) }

func (m *planned) Declaration() *Declaration { return valuesOf(m.plan.Declaration) }

func (m *planned) OwnerOf(connection *string) *Provider {
	var names []string
	for _, door := range m.plan.Doors {
		for _, api := range door.Apis() {
			if connection != nil && api.Name == *connection {
				return valueOfProvider(door.Provider)
			}
			names = append(names, api.Name)
		}
	}
	r := &rules.Report{}
	mesh.Undeclared(r, "connection", connection, names)
	refusal.Call(r, "OwnerOf")
	return nil
}

func (m *planned) ConnectionsOf(consumer *string) *[]*string {
	r := &rules.Report{}
	found := m.consumer(r, "consumer", consumer)
	refusal.Call(r, "ConnectionsOf")
	var names []string
	for _, api := range m.apisOf(found) {
		names = append(names, api.Name)
	}
	return jsii.Strings(names...)
}

func (m *planned) CallsOf(consumer, connection *string) *[]*string {
	r := &rules.Report{}
	found := m.consumer(r, "consumer", consumer)
	refusal.Call(r, "CallsOf")
	var names []string
	for _, api := range m.apisOf(found) {
		if connection != nil && api.Name == *connection {
			for _, service := range api.Services {
				names = append(names, service.Name)
			}
		}
	}
	return jsii.Strings(names...)
}

func (m *planned) DomainName(service *string) *string {
	r := &rules.Report{}
	var names []string
	for _, declared := range m.plan.Declaration.Services {
		if service != nil && declared.Name == *service {
			return jsii.String(declared.DomainName)
		}
		names = append(names, declared.Name)
	}
	mesh.Undeclared(r, "service", service, names)
	refusal.Call(r, "DomainName")
	return nil
}

// apisOf returns what a consumer connects to, with the services that it calls.
func (m *planned) apisOf(consumer *mesh.Consumer) []*mesh.Api {
	var apis []*mesh.Api
	for _, connection := range m.plan.ConnectionsOf(consumer.Name) {
		apis = append(apis, connection.Apis()...)
	}
	return apis
}

// provider returns a provider by its name, or reports that there is none.
func (m *planned) provider(r *rules.Report, property string, name *string) *mesh.Provider {
	var names []string
	for _, provider := range m.plan.Declaration.Providers {
		if name != nil && provider.Name == *name {
			return provider
		}
		names = append(names, provider.Name)
	}
	mesh.Undeclared(r, property, name, names)
	return nil
}

// consumer returns a consumer by its name, or reports that there is none.
func (m *planned) consumer(r *rules.Report, property string, name *string) *mesh.Consumer {
	var names []string
	for _, consumer := range m.plan.Declaration.Consumers {
		if name != nil && consumer.Name == *name {
			return consumer
		}
		names = append(names, consumer.Name)
	}
	mesh.Undeclared(r, property, name, names)
	return nil
}

// warn adds the warnings of the mesh that are about a provider or a consumer.
func (m *planned) warn(r *rules.Report, about any) {
	path := m.plan.Declaration.PathOf(about)
	for _, problem := range m.report.Warnings() {
		if problem.Property == path {
			r.AddProblem(problem)
		}
	}
}
