// Package meshtest generates templates of many private APIs and their consumers, as a CDK app synthesises them, for tests
// and benchmarks of the proof.
package meshtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// How many share a VPC. By default, AWS allows 50 endpoints in a VPC, including those for its own services.
const (
	apisOfVpc      = 10
	clientsOfVpc   = 5
	endpointsOfVpc = 25
)

// Object is an object of a template.
type Object = map[string]any

// List is a list of a template.
type List = []any

// Mesh is a cloud assembly of APIs, each called by many consumers. Provider VPCs hold ten APIs. Consumer VPCs
// hold five clients, which share an endpoint for each API that they call. Every VPC has its own account.
type Mesh struct {
	// Apis is the number of APIs, and Consumers the number of clients that call each of them.
	Apis, Consumers int
	// OverLattice says that the APIs are services of VPC Lattice, and not endpoint services.
	OverLattice bool
	// Stacks are all stacks.
	Stacks []*Stack
	// Parameters are the values that the parameters of the stacks need, by "Stack.Name".
	Parameters map[string]string
	// ZoneIDs are the IDs of the Availability Zones, by "account/zone name".
	ZoneIDs map[string]string
}

// Stack is a stack of a mesh. A test may edit it before it writes the mesh.
type Stack struct {
	// Name and Account are where it is deployed, in eu-west-1.
	Name, Account string
	// Parameters, Resources and Outputs are those of its template.
	Parameters, Resources, Outputs Object
}

// New generates a mesh. The VPCs are full if apis is at most 25 or a multiple of it, and consumers is at most 5 or a
// multiple of it.
func New(apis, consumers int) *Mesh { return newMesh(apis, consumers, false) }

// NewOverLattice generates a mesh of the same APIs and callers over VPC Lattice.
func NewOverLattice(apis, consumers int) *Mesh { return newMesh(apis, consumers, true) }

func newMesh(apis, consumers int, overLattice bool) *Mesh {
	m := &Mesh{Apis: apis, Consumers: consumers, OverLattice: overLattice, Parameters: map[string]string{}, ZoneIDs: map[string]string{}}
	for vpc := range (apis + apisOfVpc - 1) / apisOfVpc {
		m.providers(vpc)
	}
	for api := range apis {
		if overLattice {
			m.latticeApi(api)
		} else {
			m.api(api)
		}
	}
	for vpc := range m.vpcs() {
		if overLattice {
			m.latticeConsumer(vpc)
		} else {
			m.consumer(vpc)
		}
	}
	return m
}

// Consumer VPCs come in rounds. Each round has one endpoint for every API, spread over its VPCs.
func (m *Mesh) clients() int   { return min(m.Consumers, clientsOfVpc) }
func (m *Mesh) rounds() int    { return m.Consumers / m.clients() }
func (m *Mesh) endpoints() int { return min(m.Apis, endpointsOfVpc) }
func (m *Mesh) vpcs() int      { return m.rounds() * m.Apis / m.endpoints() }

// calls returns the API of an endpoint in a consumer VPC. Each round starts at a different API, so the VPCs of two rounds do
// not call the same APIs.
func (m *Mesh) calls(vpc, endpoint int) int {
	ofRound := m.Apis / m.endpoints()
	round, block := vpc/ofRound, vpc%ofRound
	return (block*m.endpoints() + endpoint + 7*round) % m.Apis
}

// Domain returns the name that the clients of an API call.
func Domain(api int) string { return fmt.Sprintf("api%03d.internal.company.com", api) }

func apiName(api int) string         { return fmt.Sprintf("Api%03d", api) }
func providersName(vpc int) string   { return fmt.Sprintf("Providers%02d", vpc) }
func consumerName(vpc int) string    { return fmt.Sprintf("Consumer%03d", vpc) }
func providerAccount(vpc int) string { return fmt.Sprintf("2%011d", vpc) }
func consumerAccount(vpc int) string { return fmt.Sprintf("1%011d", vpc) }

// Stack returns the stack with that name, or nil.
func (m *Mesh) Stack(name string) *Stack {
	i := slices.IndexFunc(m.Stacks, func(s *Stack) bool { return s.Name == name })
	if i < 0 {
		return nil
	}
	return m.Stacks[i]
}

// Resources returns the number of resources.
func (m *Mesh) Resources() int {
	n := 0
	for _, s := range m.Stacks {
		n += len(s.Resources)
	}
	return n
}

func (m *Mesh) add(name, account string) *Stack {
	s := &Stack{Name: name, Account: account, Parameters: Object{}, Resources: Object{}, Outputs: Object{}}
	m.Stacks = append(m.Stacks, s)
	maps.Copy(m.ZoneIDs, map[string]string{account + "/eu-west-1a": "euw1-az1", account + "/eu-west-1b": "euw1-az2"})
	return s
}

// Write writes the cloud assembly into a directory.
func (m *Mesh) Write(dir string) error {
	artifacts := Object{}
	for _, s := range m.Stacks {
		if len(s.Resources) > 500 {
			return fmt.Errorf("stack %s has %d resources, but CloudFormation allows 500", s.Name, len(s.Resources))
		}
		file := s.Name + ".template.json"
		artifacts[s.Name] = Object{
			"type": "aws:cloudformation:stack", "environment": "aws://" + s.Account + "/eu-west-1",
			"properties": Object{"templateFile": file},
		}
		template := Object{"Parameters": s.Parameters, "Resources": s.Resources, "Outputs": s.Outputs}
		if err := save(filepath.Join(dir, file), template); err != nil {
			return err
		}
	}
	return save(filepath.Join(dir, "manifest.json"), Object{"version": "54.0.0", "artifacts": artifacts})
}

func save(file string, v any) error {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o600)
}
