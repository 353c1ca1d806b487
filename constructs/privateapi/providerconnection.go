package privateapi

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// PlanConnection plans an endpoint as for any endpoint service. About a provider in the same app more is known and can be
// checked: its stage, its Regions, its zones and the accounts that it allows.
func (p *privateLinkProvider) PlanConnection(options *ConnectionOptions) *ConnectionPlan {
	r := options.Report
	endpoint := planEndpoint(p.self, p.link.knownZones(r, answers.StackOf(options.Scope)), options)
	if endpoint.enablesPrivateDns && p.verification == nil {
		r.Add(rules.PrivateDnsUnverified, "DnsMode", "is %s for a provider of this app", options.DnsMode)
	}
	placement.CheckSameStage(r, "Service", rules.CrossStage.Fix, endpoint.stack, p.link.stack)
	p.link.checkRegionSupported(r, endpoint)
	if endpoint.subnets != nil && p.link.stack.SharesEnvironment(endpoint.stack) { // else zone names do not compare
		endpoint.zones.CheckWithin(r, "Subnets", p.link.zones)
	}
	endpoint.provider = p
	return endpoint.connectionPlan()
}

// checkRegionSupported checks that the service supports the Region of a consumer in another one.
func (plan *privateLinkPlan) checkRegionSupported(r *rules.Report, endpoint *endpointPlan) {
	own, ok := token.Literal(endpoint.stack.Region())
	if !ok || endpoint.serviceRegion == nil {
		return
	}
	supported := plan.supportedRegions
	isKnown := len(token.Literals(supported)) == len(token.Elements(supported))
	isToken := supported != nil && token.IsList(*supported)
	if isKnown && !isToken && !slices.Contains(token.Literals(supported), own) {
		r.AddWithFix(rules.ServiceRegion, "Service", fmt.Sprintf("add %s to SupportedRegions of the provider", own),
			"is in %s and does not support %s, the Region of this stack", *endpoint.serviceRegion, own)
	}
}

// waitForProvider makes the endpoint of a consumer wait until the NLB listens, and until its account is allowed: until then
// EC2 hides the service. Between two accounts nothing else orders the stacks, because a reference from one to the other does
// not. The endpoint service itself waits for no listener: that would delay every provider, also those without a consumer here.
func (p *privateLinkProvider) waitForProvider(consumer *onecall.Batch, endpoint *onecall.Item[awsec2.CfnVPCEndpoint]) {
	for _, listener := range p.listeners {
		onecall.WaitFor(consumer, endpoint, listener)
	}
	if p.permissions != nil {
		onecall.WaitFor(consumer, endpoint, p.permissions)
	}
}

// expectConsumer notes a consumer: its endpoint waits for permissions that are still to come, and its account must be allowed.
func (p *privateLinkProvider) expectConsumer(consumer constructs.Construct, endpoint *onecall.Item[awsec2.CfnVPCEndpoint], stack *answers.Stack) {
	p.connected = append(p.connected, consumer)
	if p.permissions == nil {
		p.endpoints = append(p.endpoints, endpoint)
	}
	p.expectAccount(consumer, stack)
}

// consumerAccount is a consumer of the same app in another account.
type consumerAccount struct {
	construct constructs.Construct
	account   string
}

// expectAccount notes that the account of a consumer must be allowed, if it is known to be another than the provider's.
func (p *privateLinkProvider) expectAccount(consumer constructs.Construct, stack *answers.Stack) {
	if stack == p.link.stack {
		return
	}
	own, ok := token.Literal(p.link.stack.Account())
	account, accountOk := token.Literal(stack.Account())
	if !ok || !accountOk || own == account {
		return
	}
	if len(p.consumers) == 0 {
		p.self.Node().AddValidation(&accountsAllowed{p})
	}
	p.consumers = append(p.consumers, consumerAccount{consumer, account})
}

// accountsAllowed validates at synthesis, when no more principals can come, that the accounts of the consumers in the
// app are allowed.
type accountsAllowed struct {
	provider *privateLinkProvider
}

var _ constructs.IValidation = (*accountsAllowed)(nil)

// Validate implements [constructs.IValidation].
func (v *accountsAllowed) Validate() *[]*string {
	r := &rules.Report{}
	for _, consumer := range v.provider.consumers {
		if !v.provider.principals.covers(consumer.account) {
			r.Add(rules.ConsumerAllowed, "AllowedPrincipals", "allows nobody in account %s, the account of %s", consumer.account, *consumer.construct.Node().Path())
		}
	}
	return refusal.Messages(r)
}
