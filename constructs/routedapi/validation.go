package routedapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func (a *api) stackOf() *answers.Stack { return a.plan.stack }
func (a *api) vpcOf() awsec2.IVpc      { return a.plan.vpc }
func (a *api) defined() *api           { return a }
func (a *api) environment() (account, region *string) {
	return a.plan.stack.Account(), a.plan.stack.Region()
}
func (a *api) named() map[string]string { return a.clients }

// expectConsumer notes a consumer of this app that cannot let its own clients in: synthesis fails unless the API lets clients in.
func (a *api) expectConsumer(consumer constructs.Construct, opens bool) {
	if !opens {
		a.closedTo = append(a.closedTo, consumer)
	}
}

// validate makes synthesis check that somebody lets the clients of all consumers in. All APIs of an app share one validation: each would be
// a call to CDK.
func (a *api) validate() {
	shared := answers.OfApp(a.plan.stack, "validation of APIs reached by route", func() *apisChecked { return &apisChecked{} })
	shared.apis = append(shared.apis, a)
	if len(shared.apis) == 1 {
		a.Node().AddValidation(shared)
	}
}

// apisChecked validates at synthesis, when no more clients and consumers can come.
type apisChecked struct{ apis []*api }

var _ constructs.IValidation = (*apisChecked)(nil)

// Validate implements [constructs.IValidation].
func (v *apisChecked) Validate() *[]*string {
	r := &rules.Report{}
	for _, a := range v.apis {
		if len(a.closedTo) > 0 && len(a.clients) == 0 {
			r.Add(rules.RoutedClients, "AllowedCidrs", "of %s is empty, and so is AllowedSecurityGroups, but %s is of another account or Region, or over a network without security group references",
				*a.Node().Path(), *a.closedTo[0].Node().Path())
		}
	}
	return refusal.Messages(r)
}
