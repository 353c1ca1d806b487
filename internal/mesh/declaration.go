// Package mesh reads the declaration of a mesh: which services there are, who provides them, in which tier, and which consumers call them. From
// that it plans what is built: front doors, the connections of consumers to them, and the stacks in which each is. docs/mesh.md describes it,
// and docs/privateapi.mesh.schema.json is its schema.
//
// A mesh is one declaration that the app of each team reads. What is planned for one team does not depend on the order in which services and
// consumers are declared, nor on how many there are, so that adding one changes nothing of another: see [Door] and [Stack].
//
// The package imports neither jsii nor awscdk.
package mesh

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Version is the version of declarations that this package reads.
const Version = 1

// The transports of tiers.
const (
	PrivateLink = rules.TransportPrivateLink
	Lattice     = rules.TransportLattice
)

// Declaration is a mesh as people declare it.
type Declaration struct {
	// Version is 1; 0 in Go values counts as 1.
	Version int `json:"version"`
	// Region is where all services and consumers are, such as eu-west-1.
	Region string `json:"region"`
	// Tiers are the trust tiers. A new one goes to the end.
	Tiers []*Tier `json:"tiers"`
	// Providers are the teams that own services. A new one goes to the end.
	Providers []*Provider `json:"providers"`
	// Services are the services, in any order.
	Services []*Service `json:"services"`
	// Consumers are the VPCs from which services are called, in any order.
	Consumers []*Consumer `json:"consumers"`
}

// Tier is a trust tier. Over PrivateLink, all services of a provider in a tier share their front doors, and who may connect to one of them
// reaches each service behind it.
type Tier struct {
	Name string `json:"name"`
	// Transport is how consumers reach the services: privatelink or lattice.
	Transport string `json:"transport"`
	// Capacity is how many services a provider can have in the tier. What it reserves decides how many front doors and stacks there are. 0
	// is the default: as many as one front door or one stack takes, which is [DefaultCapacity].
	Capacity int `json:"capacity,omitempty"`
}

// Provider is a team that owns services: one VPC of one account.
type Provider struct {
	Name    string `json:"name"`
	Account string `json:"account"`
}

// Service is an API with one domain name.
type Service struct {
	Name string `json:"name"`
	// DomainName is what clients call.
	DomainName string `json:"domainName"`
	// Provider and Tier are the names of its provider and its tier.
	Provider string `json:"provider"`
	Tier     string `json:"tier"`
	// Door is the number of its front door, from 1. 0 is the default: derived from the name.
	Door int `json:"door,omitempty"`
	// Priority is the priority of its listener rule, from 1 to 50000, over PrivateLink. 0 is the default: derived from the name.
	Priority int `json:"priority,omitempty"`
}

// Consumer is a VPC of one account whose clients call services.
type Consumer struct {
	Name    string `json:"name"`
	Account string `json:"account"`
	// Calls are the names of the services that it calls.
	Calls []string `json:"calls,omitempty"`
}

// PathOf returns the path of a provider or a consumer of the declaration, such as consumers[2].
func (d *Declaration) PathOf(member any) string {
	for i, provider := range d.Providers {
		if member == provider {
			return jsondoc.At("providers", i)
		}
	}
	for i, consumer := range d.Consumers {
		if member == consumer {
			return jsondoc.At("consumers", i)
		}
	}
	return ""
}
