// Package contract reads and writes the contract between the team that owns an API and the teams that call it: what a consumer in another
// app must know of the API. Its JSON travels as a file, as an SSM parameter, or as an output; docs/contract.md describes it, and
// docs/privateapi.contract.schema.json is its schema.
//
// A contract has two halves: the service as synthesis knows it, and what only a deployment generates. The package imports neither jsii nor
// awscdk.
package contract

import "github.com/cdk-private-api/cdk-private-api-go/internal/rules"

// Version is the version of contracts that this package reads and writes.
const Version = 1

// The transports.
const (
	PrivateLink = rules.TransportPrivateLink
	Lattice     = rules.TransportLattice
	Routed      = rules.TransportRouted
)

// Contract is a contract. A text in it may be a token of CDK, or what CDK gives for a lookup that has no answer yet: see [IsKnown].
type Contract struct {
	// Version is 1.
	Version int `json:"version"`
	// Service is the half that synthesis knows.
	Service Service `json:"service"`
	// Deployed is the half that only a deployment knows; nil if it is not there.
	Deployed *Deployed `json:"deployed,omitempty"`
}

// Service is an API as synthesis knows it.
type Service struct {
	// Name is the name of the contract.
	Name string `json:"name"`
	// Transport is how consumers reach the API.
	Transport string `json:"transport"`
	// Account and Region are where the API is.
	Account string `json:"account"`
	Region  string `json:"region"`
	// Ports are the TCP ports that clients connect to: at least one.
	Ports []float64 `json:"ports"`
	// DomainNames are the names under which clients call the API.
	DomainNames []string `json:"domainNames,omitempty"`

	// Of PrivateLink alone. What is nil or empty is not known, but PrivateDnsName: without one there is none.

	AcceptanceRequired *bool    `json:"acceptanceRequired,omitempty"`
	PrivateDnsName     string   `json:"privateDnsName,omitempty"`
	IpAddressTypes     []string `json:"ipAddressTypes,omitempty"`
	SupportedRegions   []string `json:"supportedRegions,omitempty"`

	// CidrBlocks are the IPv4 blocks of the subnets of a routed API's ALB, as far as synthesis knows them.
	CidrBlocks []string `json:"cidrBlocks,omitempty"`
}

// Deployed is what a deployment generated. Which members there are depends on the transport.
type Deployed struct {
	// ServiceName is the name of an endpoint service.
	ServiceName string `json:"serviceName,omitempty"`
	// AvailabilityZoneIds are the IDs of its Availability Zones.
	AvailabilityZoneIds []string `json:"availabilityZoneIds,omitempty"`

	// ServiceArn is the ARN of a service of VPC Lattice.
	ServiceArn string `json:"serviceArn,omitempty"`

	// LoadBalancerDnsName is the DNS name of a routed API's ALB, and CanonicalHostedZoneId the hosted zone in which AWS keeps it.
	LoadBalancerDnsName   string `json:"loadBalancerDnsName,omitempty"`
	CanonicalHostedZoneId string `json:"canonicalHostedZoneId,omitempty"`
	// VpcId, SecurityGroupId and CidrBlocks are those of that ALB; empty for unknown.
	VpcId           string   `json:"vpcId,omitempty"`
	SecurityGroupId string   `json:"securityGroupId,omitempty"`
	CidrBlocks      []string `json:"cidrBlocks,omitempty"`
}

// Locator returns what consumers connect to, which CloudFormation may read from a parameter of its own: the name of an endpoint service, the
// ARN of a service of VPC Lattice, or the DNS name of an ALB. It is empty without the deployed half.
func (c *Contract) Locator() string {
	switch {
	case c.Deployed == nil:
		return ""
	case c.Service.Transport == PrivateLink:
		return c.Deployed.ServiceName
	case c.Service.Transport == Lattice:
		return c.Deployed.ServiceArn
	}
	return c.Deployed.LoadBalancerDnsName
}

// ZoneIDs returns the IDs of the Availability Zones of an endpoint service; nil if they are not known.
func (d *Deployed) ZoneIDs() []string {
	if d == nil {
		return nil
	}
	return d.AvailabilityZoneIds
}
