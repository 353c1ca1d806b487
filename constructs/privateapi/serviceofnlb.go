package privateapi

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// validateServices makes synthesis look for a second endpoint service of the NLB once the NLB is handed out.
func (p *privateLinkProvider) validateServices() {
	if !p.servicesAreValidated {
		p.servicesAreValidated = true
		p.self.Node().AddValidation(&serviceOfNlb{p})
	}
}

// serviceOfNlb validates at synthesis that no other endpoint service of the app publishes the provider's NLB.
type serviceOfNlb struct {
	provider *privateLinkProvider
}

var _ constructs.IValidation = (*serviceOfNlb)(nil)

// Validate implements [constructs.IValidation].
func (v *serviceOfNlb) Validate() *[]*string {
	r := &rules.Report{}
	nlb, own := *v.provider.networkLoadBalancer.Object().Ref(), *v.provider.endpointService.Object().Node().Path()
	for _, construct := range *v.provider.self.Node().Root().Node().FindAll(constructs.ConstructOrder_PREORDER) {
		service, isService := construct.(awsec2.CfnVPCEndpointService)
		if !isService || *service.Node().Path() == own {
			continue
		}
		isNlb := func(arn *string) bool { return *arn == nlb }
		if slices.ContainsFunc(prop.Elements(service.NetworkLoadBalancerArns()), isNlb) {
			r.Add(rules.ServiceOfLoadBalancer, "NetworkLoadBalancer", "is published by %s too", *service.Node().Path())
		}
	}
	return refusal.Messages(r)
}
