package privateapi

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
)

// defineEndpointService publishes the NLB. It is L1: the L2 has neither the private DNS name nor the payer, and fixes the
// principals at construction.
func (p *privateLinkProvider) defineEndpointService() {
	p.endpointService = onecall.Add(p.batch, awsec2.NewCfnVPCEndpointService, "EndpointService", &awsec2.CfnVPCEndpointServiceProps{
		NetworkLoadBalancerArns:    &[]any{p.networkLoadBalancer.Placeholder()},
		AcceptanceRequired:         jsii.Bool(p.principals.acceptanceRequired),
		ContributorInsightsEnabled: prop.OrAbsent(p.link.contributorInsights),
		PayerResponsibility:        p.link.payer,
		PrivateDnsName:             p.link.privateDnsName,
		SupportedIpAddressTypes:    lowerCase(p.link.supportedIpAddressTypes),
		SupportedRegions:           p.link.supportedRegions,
	})
	p.serviceId = onecall.Get(p.endpointService, awsec2.CfnVPCEndpointService.Ref)
	if len(p.principals.arns) > 0 {
		p.definePermissions()
	}
}

// lowerCase returns IP address types as EC2 spells them.
func lowerCase(types *[]awsec2.IpAddressType) *[]*string {
	if types == nil {
		return nil
	}
	var spelled []string
	for _, t := range *types {
		spelled = append(spelled, strings.ToLower(string(t)))
	}
	return jsii.Strings(spelled...)
}
