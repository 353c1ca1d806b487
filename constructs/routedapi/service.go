package routedapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// IApi is an API behind an internal Application Load Balancer, defined here or imported.
//
// As the Service of a [privateapi.PrivateApiConsumer], it is for clients in the VPC of the API itself. Clients of other VPCs reach it over a
// network: their Service is Over(network). The names of the API, its certificate and its listener are the same on all ways.
type IApi interface {
	privateapi.IContractedService

	// LoadBalancerDnsName returns the DNS name of the ALB. It resolves everywhere, to private addresses in the VPC of the API.
	LoadBalancerDnsName() *string

	// LoadBalancerCanonicalHostedZoneId returns the ID of the hosted zone in which AWS keeps that name, for alias records.
	LoadBalancerCanonicalHostedZoneId() *string

	// CidrBlocks returns the IPv4 CIDR blocks of the subnets of the ALB; none if they are not known.
	CidrBlocks() *[]*string

	// SecurityGroup returns the security group of the ALB that lets clients in; nil if an import does not say.
	SecurityGroup() awsec2.ISecurityGroup

	// Over returns the API as clients of another VPC reach it: over a VPC peering connection of package vpcpeering, or over a spoke of a
	// transit gateway of package transitgateway.
	Over(network INetwork) privateapi.IPrivateApiService
}
