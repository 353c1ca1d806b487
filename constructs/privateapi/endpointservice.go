package privateapi

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"
)

// newEndpointService publishes the NLB. It is L1: the L2 knows neither the private DNS name nor who pays, and fixes the
// principals at construction.
func (p *privateApiProvider) newEndpointService() {
	props := p.plan.props
	p.endpointService = awsec2.NewCfnVPCEndpointService(p, jsii.String("EndpointService"), &awsec2.CfnVPCEndpointServiceProps{
		NetworkLoadBalancerArns:    &[]any{p.networkLoadBalancer},
		AcceptanceRequired:         jsii.Bool(p.principals.acceptanceRequired),
		ContributorInsightsEnabled: boolOrAbsent(props.ContributorInsights),
		PayerResponsibility:        payer(props.PayerResponsibility),
		PrivateDnsName:             props.PrivateDnsName,
		SupportedIpAddressTypes:    ipAddressTypes(props.SupportedIpAddressTypes),
		SupportedRegions:           copied(props.SupportedRegions),
	})
	if len(p.principals.arns) > 0 {
		p.renderPermissions()
	} else if !p.principals.noneOnPurpose {
		p.Node().AddValidation(&somebodyAllowed{p.principals})
	}
}

func payer(responsibility PayerResponsibility) *string {
	if responsibility == "" {
		return nil
	}
	return jsii.String(string(responsibility))
}

// ipAddressTypes spells the types as EC2 does.
func ipAddressTypes(types *[]awsec2.IpAddressType) *[]*string {
	if types == nil {
		return nil
	}
	var spelled []string
	for _, t := range *types {
		spelled = append(spelled, strings.ToLower(string(t)))
	}
	return jsii.Strings(spelled...)
}

// boolOrAbsent keeps an unset property out of the template: a nil *bool in an interface would not be nil.
func boolOrAbsent(p *bool) any {
	if p == nil {
		return nil
	}
	return p
}
