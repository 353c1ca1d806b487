package publicapi

import "github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"

// IApi is an API behind an internet-facing Application Load Balancer, defined here or imported.
//
// As the Service or the Previous of a [privateapi.PrivateApiConsumer], its clients go over the internet: they are let out to every IPv4
// address on the ports of the API, and need a NAT gateway, or a public address and an internet gateway.
type IApi interface {
	privateapi.IPrivateApiService

	// LoadBalancerDnsName returns the DNS name of the ALB. It resolves to public addresses.
	LoadBalancerDnsName() *string

	// LoadBalancerCanonicalHostedZoneId returns the ID of the hosted zone in which AWS keeps that name, for alias records.
	LoadBalancerCanonicalHostedZoneId() *string
}
