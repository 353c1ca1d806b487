package privateapi

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/contracts"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// IContractedService is a service that can say in a contract what consumers in other apps must know of it. Services over PrivateLink and VPC
// Lattice are, and services that are reached by route; so is a struct that embeds one. Package contract publishes what they say.
type IContractedService interface {
	IPrivateApiService

	// ContractTerms returns what a contract says of the service; nil if it can have none, as a service of AWS itself.
	ContractTerms() *ContractTerms
}

// ContractTerms is what a contract says of a service. Each value may be a token. Nil means unknown, or that the service has no such thing.
type ContractTerms struct {
	// Transport is how consumers reach the service: privatelink, lattice or routed.
	Transport string

	// Account and Region are where the service is. A contract needs both.
	Account *string
	Region  *string

	// Ports and DomainNames are those of the service.
	Ports       *[]*float64
	DomainNames *[]*string

	// The terms of PrivateLink are those of [IPrivateLinkService], with the private DNS name and the Regions that the provider supports.
	ServiceName             *string
	AcceptanceRequired      *bool
	PrivateDnsName          *string
	SupportedIpAddressTypes *[]awsec2.IpAddressType
	SupportedRegions        *[]*string
	AvailabilityZoneIds     *[]*string

	// ServiceArn is the ARN of a service of VPC Lattice.
	ServiceArn *string

	// The terms of a service by route are its ALB, with the VPC and the security group if they are known.
	LoadBalancerDnsName               *string
	LoadBalancerCanonicalHostedZoneId *string
	VpcId                             *string
	SecurityGroupId                   *string
	CidrBlocks                        *[]*string
}

func (p *privateLinkProvider) ContractTerms() *ContractTerms {
	return &ContractTerms{
		Transport:               contract.PrivateLink,
		Account:                 prop.Copy(p.link.stack.Account()),
		Region:                  p.ServiceRegion(),
		Ports:                   p.self.Ports(),
		DomainNames:             p.DomainNames(),
		ServiceName:             p.ServiceName(),
		AcceptanceRequired:      p.AcceptanceRequired(),
		PrivateDnsName:          prop.Copy(p.link.privateDnsName),
		SupportedIpAddressTypes: p.SupportedIpAddressTypes(),
		SupportedRegions:        prop.Copy(p.link.supportedRegions),
		AvailabilityZoneIds:     p.AvailabilityZoneIds(),
	}
}

// ContractTerms returns the terms of a contract that was imported. Attributes do not say whose a service is, and a service of AWS itself needs
// no contract.
func (s *importedService) ContractTerms() *ContractTerms {
	if _, kind := rules.ParseServiceName(*s.name); kind == rules.AwsService || s.shortName != "" {
		return nil
	}
	terms := &ContractTerms{
		Transport:               contract.PrivateLink,
		Region:                  s.ServiceRegion(),
		Ports:                   s.Ports(),
		DomainNames:             s.DomainNames(),
		ServiceName:             s.ServiceName(),
		AcceptanceRequired:      s.AcceptanceRequired(),
		PrivateDnsName:          s.PrivateDnsName(),
		SupportedIpAddressTypes: s.SupportedIpAddressTypes(),
		AvailabilityZoneIds:     s.AvailabilityZoneIds(),
	}
	if s.contract != nil {
		terms.Account = contracts.Text(s.contract.Service.Account)
		terms.SupportedRegions = contracts.Texts(s.contract.Service.SupportedRegions)
	}
	return terms
}

// ipAddressTypes returns the types of a contract, which spells them as EC2 does.
func ipAddressTypes(list []string) *[]awsec2.IpAddressType {
	if list == nil {
		return nil
	}
	types := []awsec2.IpAddressType{}
	for _, t := range list {
		types = append(types, awsec2.IpAddressType(strings.ToUpper(t)))
	}
	return &types
}
