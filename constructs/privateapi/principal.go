package privateapi

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// principals are those that may create an endpoint to the service. EC2 asks whoever calls CreateVpcEndpoint, once:
// under CDK that is the CloudFormation execution role of the consumer's account, never the role of a task.
type principals struct {
	home               *home
	arns               []string
	keys               map[string]bool
	everyone           bool
	acceptanceRequired bool
	publicOnPurpose    bool // AllowEveryoneWithoutAcceptance
	noneOnPurpose      bool // AllowNoPrincipals
}

// newPrincipals reads the principals of the props and settles whether acceptance is required: by default it is, unless
// named principals are given.
func newPrincipals(r *rules.Report, props *PrivateApiProviderProps, home *home) *principals {
	p := &principals{
		home:            home,
		keys:            map[string]bool{},
		publicOnPurpose: isTrue(props.AllowEveryoneWithoutAcceptance),
		noneOnPurpose:   isTrue(props.AllowNoPrincipals),
	}
	if props.AllowedPrincipals != nil {
		for i, principal := range *props.AllowedPrincipals {
			property := fmt.Sprintf("AllowedPrincipals[%d]", i)
			if p.add(r, property, principal) == alreadyAllowed {
				r.Add(rules.PrincipalTwice, property, "%q is allowed already", principalKey(p.arnOf(&rules.Report{}, property, principal)))
			}
		}
	}
	byDefault := p.everyone || len(p.arns) == 0
	p.acceptanceRequired = *valueOr(props.AcceptanceRequired, jsii.Bool(byDefault))
	p.checkEveryone(r, "AllowedPrincipals")
	if p.noneOnPurpose && len(p.arns) > 0 {
		r.Add(rules.Contradiction, "AllowNoPrincipals", "is set, but AllowedPrincipals has %d", len(p.arns))
	}
	return p
}

// addition is what became of a principal.
type addition int

const (
	notAllowed addition = iota
	allowed
	alreadyAllowed
)

// add records one more principal, or reports why it cannot be one.
func (p *principals) add(r *rules.Report, property string, principal awsiam.ArnPrincipal) addition {
	if principal == nil {
		r.Add(rules.Required, property, "is nil")
		return notAllowed
	}
	arn := p.arnOf(r, property, principal)
	if _, ok := literal(&arn); ok {
		region, _ := literal(p.home.region())
		rules.CheckPrincipal(r, property, arn)
		rules.CheckPrincipalPartition(r, property, arn, region)
		if rules.IsAccountID(arn) {
			arn = p.accountRoot(arn)
		}
	}
	key := principalKey(arn)
	if p.keys[key] {
		return alreadyAllowed
	}
	p.keys[key] = true
	p.everyone = p.everyone || arn == rules.Everyone
	p.arns = append(p.arns, arn)
	slices.Sort(p.arns) // the order of the list means nothing: reordering it must not change the template
	return allowed
}

// covers reports whether an account is allowed, as a whole or by a role or user of its own, and true where a token hides
// the answer.
func (p *principals) covers(account string) bool {
	return p.everyone || slices.ContainsFunc(p.arns, func(arn string) bool {
		key := principalKey(arn)
		return isStringToken(key) || key == account || strings.Contains(key, ":iam::"+account+":")
	})
}

func (p *principals) clone() *principals {
	c := *p
	c.arns, c.keys = slices.Clone(p.arns), maps.Clone(p.keys)
	return &c
}

func (p *principals) checkEveryone(r *rules.Report, property string) {
	if p.everyone && !p.acceptanceRequired && !p.publicOnPurpose {
		r.Add(rules.EveryoneNeedsAcceptance, property, "allows * while AcceptanceRequired is false")
	}
}

// arnOf returns the ARN of a principal. An account's is put together here, because CDK's own depends on the
// feature flag @aws-cdk/core:enablePartitionLiterals.
func (p *principals) arnOf(r *rules.Report, property string, principal awsiam.ArnPrincipal) string {
	account, ok := principal.(awsiam.AccountPrincipal)
	if !ok {
		return *arnOf(principal)
	}
	given := accountID(account)
	id, isText := given.(string)
	if !isText {
		id = *awscdk.Token_AsString(given, nil)
	}
	if _, ok := literal(&id); ok {
		rules.CheckAccountID(r, property, id)
	}
	return p.accountRoot(id)
}

func (p *principals) accountRoot(id string) string {
	return fmt.Sprintf("arn:%s:iam::%s:root", *p.home.partition(), id)
}

var rootArn = regexp.MustCompile(`^arn:.+:iam::(\d{12}):root$`)

// principalKey is equal for two ways to write one principal.
func principalKey(arn string) string {
	if m := rootArn.FindStringSubmatch(arn); m != nil {
		return m[1]
	}
	return arn
}

// somebodyAllowed is a validation at synth, when no more principals can come.
type somebodyAllowed struct {
	principals *principals
}

var _ constructs.IValidation = (*somebodyAllowed)(nil)

// Validate implements [constructs.IValidation].
func (v *somebodyAllowed) Validate() *[]*string {
	r := &rules.Report{}
	if len(v.principals.arns) == 0 {
		r.Add(rules.SomebodyAllowed, "AllowedPrincipals", "is empty, and AllowPrincipal was not called")
	}
	return problemsOf(r)
}

// AllowPrincipal allows one more principal.
func (p *privateApiProvider) AllowPrincipal(principal awsiam.ArnPrincipal) {
	r := &rules.Report{}
	more := p.principals.clone()
	if more.add(r, "AllowPrincipal", principal) == alreadyAllowed {
		return // two consumers of one account are allowed by one entry
	}
	more.checkEveryone(r, "AllowPrincipal")
	refuseAt(r, p)
	*p.principals = *more // only now: who is refused must not be in the list that a later call renders
	p.renderPermissions()
}

// renderPermissions makes the one permissions resource of the service, or brings its list up to date. The list is
// authoritative: CloudFormation revokes whoever is not in it.
func (p *privateApiProvider) renderPermissions() {
	arns := jsii.Strings(p.principals.arns...)
	if p.permissions != nil {
		p.permissions.SetAllowedPrincipals(arns)
		return
	}
	p.permissions = awsec2.NewCfnVPCEndpointServicePermissions(p, jsii.String("Permissions"), &awsec2.CfnVPCEndpointServicePermissionsProps{
		ServiceId:         p.endpointService,
		AllowedPrincipals: arns,
	})
	for _, endpoint := range p.endpoints {
		endpoint.AddResourceDependency(p.permissions, nil)
	}
}

// consumerAccount is a consumer of the same app in another account.
type consumerAccount struct{ path, account string }

// consumersAllowed is a validation at synth, when no more principals can come: that the accounts of the consumers in the
// app are allowed.
type consumersAllowed struct {
	provider *privateApiProvider
}

var _ constructs.IValidation = (*consumersAllowed)(nil)

// Validate implements [constructs.IValidation].
func (v *consumersAllowed) Validate() *[]*string {
	r := &rules.Report{}
	for _, consumer := range v.provider.consumers {
		if !v.provider.principals.covers(consumer.account) {
			r.Add(rules.ConsumerAllowed, "AllowedPrincipals", "has nobody of account %s, in which %s is", consumer.account, consumer.path)
		}
	}
	return problemsOf(r)
}

// expect notes a consumer whose account has to be allowed: one in another account than the provider's, if both are known.
func (p *privateApiProvider) expect(consumer *privateApiConsumer) {
	if consumer.home == p.plan.home {
		return
	}
	own, ok := literal(p.plan.home.account())
	account, accountOk := literal(consumer.home.account())
	if !ok || !accountOk || own == account {
		return
	}
	if len(p.consumers) == 0 {
		p.Node().AddValidation(&consumersAllowed{p})
	}
	p.consumers = append(p.consumers, consumerAccount{*consumer.Node().Path(), account})
}

// connect makes the endpoint of a consumer in the same app wait until its account is allowed: EC2 hides the service until
// then. Between two accounts this is what orders the stacks: a reference from one to the other does not.
func (p *privateApiProvider) connect(consumer *privateApiConsumer) {
	if p.permissions != nil {
		consumer.endpoint.AddResourceDependency(p.permissions, nil)
		return
	}
	p.endpoints = append(p.endpoints, consumer.endpoint)
}
