package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// consumer is a consumer of the app of an API.
type consumer struct {
	construct constructs.Construct
	stack     *answers.Stack
}

// waitFor makes the service association of a consumer wait until the service listens, has its auth policy and is shared. Between two accounts
// nothing else orders the stacks: a reference from one to the other does not. Routes that are added later are waited for too.
func (a *api) waitFor(consumer *onecall.Batch, association *onecall.Item[awsvpclattice.CfnServiceNetworkServiceAssociation]) {
	for _, part := range a.ready {
		onecall.WaitFor(consumer, association, part)
	}
	a.associations = append(a.associations, association)
}

// expectConsumer notes a consumer of this app: synthesis fails unless its account may associate the service, and somebody in it may call.
func (a *api) expectConsumer(construct constructs.Construct, stack *answers.Stack) {
	a.consumers = append(a.consumers, consumer{construct, stack})
}

// validate makes synthesis check who may call, and who may connect. All APIs of an app share one validation: each would be a call to CDK.
func (a *api) validate() {
	shared := answers.OfApp(a.plan.stack, "validation of APIs over VPC Lattice", func() *apisChecked { return &apisChecked{} })
	shared.apis = append(shared.apis, a)
	if len(shared.apis) == 1 {
		node := onecall.Get(a.service, awsvpclattice.CfnService.Node)
		onecall.Call(node, constructs.Node.AddValidation, constructs.IValidation(shared))
	}
}

// apisChecked validates at synthesis, when no more callers and consumers can come.
type apisChecked struct {
	apis []*api
}

var _ constructs.IValidation = (*apisChecked)(nil)

// Validate implements [constructs.IValidation].
func (v *apisChecked) Validate() *[]*string {
	r := &rules.Report{}
	for _, a := range v.apis {
		if a.callers.isEmpty() && !a.callers.none {
			r.Add(rules.LatticeCallers, "AllowedPrincipals", "of %s is empty, and so are AllowedVpcs and AllowedVpcAccounts", *a.Node().Path())
			continue
		}
		a.checkConsumers(r)
	}
	return refusal.Messages(r)
}

// checkConsumers checks the consumers whose accounts are known.
func (a *api) checkConsumers(r *rules.Report) {
	own, isKnown := token.Literal(a.plan.stack.Account())
	for _, c := range a.consumers {
		account, ok := token.Literal(c.stack.Account())
		if !ok {
			continue
		}
		path := *c.construct.Node().Path()
		if isKnown && account != own && !a.plan.share.MayCover(account) {
			r.Add(rules.LatticeConsumerShared, "ShareWith", "of %s does not have account %s, the account of %s", *a.Node().Path(), account, path)
		}
		if !a.callers.mayAllow(account) {
			r.Add(rules.LatticeConsumerAllowed, "AllowedPrincipals", "of %s allows nobody in account %s, the account of %s", *a.Node().Path(), account, path)
		}
	}
}
