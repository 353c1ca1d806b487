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

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// principals may create an endpoint to the service. EC2 checks the caller of CreateVpcEndpoint, once: under CDK that is
// the CloudFormation execution role of the consumer's account, never the role of a task.
type principals struct {
	stack              *answers.Stack
	arns               []string
	keys               map[string]bool
	everyone           bool
	acceptanceRequired bool
	allowsPublic       bool // AllowEveryoneWithoutAcceptance
	allowsNobody       bool // AllowNoPrincipals
}

// newPrincipals reads the principals of the options and decides whether acceptance is required: by default it is, unless
// principals are named.
func newPrincipals(r *rules.Report, o *privateLinkOptions, stack *answers.Stack) *principals {
	p := &principals{
		stack:        stack,
		keys:         map[string]bool{},
		allowsPublic: prop.IsTrue(o.AllowEveryoneWithoutAcceptance),
		allowsNobody: prop.IsTrue(o.AllowNoPrincipals),
	}
	for i, principal := range prop.Elements(o.AllowedPrincipals) {
		property := fmt.Sprintf("AllowedPrincipals[%d]", i)
		if p.add(r, property, principal) == alreadyAllowed {
			r.Add(rules.PrincipalTwice, property, "%q is allowed already", principalKey(p.arnOf(&rules.Report{}, property, principal)))
		}
	}
	p.addAccounts(r, o.AllowedAccounts)
	byDefault := p.everyone || len(p.arns) == 0
	p.acceptanceRequired = *prop.Or(o.AcceptanceRequired, jsii.Bool(byDefault))
	p.checkEveryone(r, "AllowedPrincipals")
	if p.allowsNobody && len(p.arns) > 0 {
		r.Add(rules.Contradiction, "AllowNoPrincipals", "is set, but %s", p.counted(o))
	}
	return p
}

// addition is the outcome of adding a principal.
type addition int

const (
	notAllowed addition = iota
	allowed
	alreadyAllowed
)

// add adds a principal, or reports why it cannot be one.
func (p *principals) add(r *rules.Report, property string, principal awsiam.ArnPrincipal) addition {
	if principal == nil {
		r.Add(rules.Required, property, "is nil")
		return notAllowed
	}
	arn := p.arnOf(r, property, principal)
	if _, ok := token.Literal(&arn); ok {
		region, _ := token.Literal(p.stack.Region())
		rules.CheckPrincipal(r, property, arn)
		rules.CheckPrincipalPartition(r, property, arn, region)
		if rules.IsAccountID(arn) {
			arn = p.accountRoot(arn)
		}
	}
	return p.addARN(arn)
}

func (p *principals) addARN(arn string) addition {
	key := principalKey(arn)
	if p.keys[key] {
		return alreadyAllowed
	}
	p.keys[key] = true
	p.everyone = p.everyone || arn == rules.Everyone
	p.arns = append(p.arns, arn)
	slices.Sort(p.arns) // the order means nothing to EC2: another order must not change the template
	return allowed
}

// covers reports whether an account is allowed, as a whole or by a role or user in it. A token counts, because it may stand
// for the account.
func (p *principals) covers(account string) bool {
	return p.everyone || slices.ContainsFunc(p.arns, func(arn string) bool {
		key := principalKey(arn)
		_, isKnown := token.Literal(&key)
		return !isKnown || key == account || strings.Contains(key, ":iam::"+account+":")
	})
}

func (p *principals) clone() *principals {
	c := *p
	c.arns, c.keys = slices.Clone(p.arns), maps.Clone(p.keys)
	return &c
}

func (p *principals) checkEveryone(r *rules.Report, property string) {
	if p.everyone && !p.acceptanceRequired && !p.allowsPublic {
		r.Add(rules.EveryoneNeedsAcceptance, property, "allows * while AcceptanceRequired is false")
	}
}

// arnOf returns the ARN of a principal. That of an account is built here, because CDK's own depends on the feature flag
// @aws-cdk/core:enablePartitionLiterals.
func (p *principals) arnOf(r *rules.Report, property string, principal awsiam.ArnPrincipal) string {
	account, ok := principal.(awsiam.AccountPrincipal)
	if !ok {
		return *answers.Of(p.stack, principal, "ARN", principal.Arn)
	}
	given := answers.Of(p.stack, account, "account", account.AccountId)
	id, isText := given.(string)
	if !isText {
		id = *awscdk.Token_AsString(given, nil)
	}
	if _, ok := token.Literal(&id); ok {
		rules.CheckAccountID(r, property, id)
	}
	return p.accountRoot(id)
}

func (p *principals) accountRoot(id string) string {
	return fmt.Sprintf("arn:%s:iam::%s:root", *p.stack.Partition(), id)
}

var rootArn = regexp.MustCompile(`^arn:.+:iam::(\d{12}):root$`)

// principalKey is the same for an account and for its root.
func principalKey(arn string) string {
	if m := rootArn.FindStringSubmatch(arn); m != nil {
		return m[1]
	}
	return arn
}

// validatePrincipals makes synthesis check that somebody is allowed, unless somebody is already or nobody is to be.
func (p *privateLinkProvider) validatePrincipals() {
	if len(p.principals.arns) == 0 && !p.principals.allowsNobody {
		p.self.Node().AddValidation(&somebodyAllowed{p.principals})
	}
}

// somebodyAllowed validates at synthesis, when no more principals can come, that there is one.
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
	return refusal.Messages(r)
}

func (p *privateLinkProvider) AllowPrincipal(principal awsiam.ArnPrincipal) {
	r := &rules.Report{}
	check.Embedded(r, "AllowPrincipal", &principal)
	refusal.At(r, p.self)
	more := p.principals.clone()
	if more.add(r, "AllowPrincipal", principal) == alreadyAllowed {
		return // two consumers of one account are allowed by one entry
	}
	more.checkEveryone(r, "AllowPrincipal")
	refusal.At(r, p.self)
	*p.principals = *more // only now, so that a later call does not allow a principal that was refused
	p.definePermissions()
	p.batch.Flush()
}

// definePermissions defines the one permissions resource of the service, or updates its list. The list is complete:
// CloudFormation revokes every principal that is not in it.
func (p *privateLinkProvider) definePermissions() {
	arns := jsii.Strings(p.principals.arns...)
	if p.permissions != nil {
		onecall.Call(p.permissions, awsec2.CfnVPCEndpointServicePermissions.SetAllowedPrincipals, arns)
		return
	}
	p.permissions = onecall.Add(p.batch, awsec2.NewCfnVPCEndpointServicePermissions, "Permissions", &awsec2.CfnVPCEndpointServicePermissionsProps{
		ServiceId:         p.endpointService.Placeholder(),
		AllowedPrincipals: arns,
	})
	for _, endpoint := range p.endpoints {
		onecall.WaitFor(p.batch, endpoint, p.permissions)
	}
}
