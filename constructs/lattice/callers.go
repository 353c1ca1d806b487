package lattice

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// The keys of conditions of auth policies.
const (
	sourceVpc      = "vpc-lattice-svcs:SourceVpc"
	sourceAccount  = "vpc-lattice-svcs:SourceVpcOwnerAccount"
	organizationID = "aws:PrincipalOrgID"
)

// What callers may do over a listener that reads requests, and over TLS_PASSTHROUGH.
const (
	invoke  = "vpc-lattice-svcs:Invoke"
	connect = "vpc-lattice-svcs:Connect"
)

// callers may call an API: those who sign their requests, and everybody in some VPCs.
type callers struct {
	stack    *answers.Stack
	protocol ListenerProtocol
	any      bool // AllowAnyCaller
	none     bool // AllowNoCallers

	arns          []string // of principals without conditions
	organizations []string // IDs
	conditional   []conditionalCaller
	vpcs          []string // IDs
	accounts      []string // of VPCs
}

// conditionalCaller is a principal with conditions of its own.
type conditionalCaller struct {
	arns       []string
	conditions map[string]any
}

// planCallers reads who may call.
func planCallers(r *rules.Report, stack *answers.Stack, protocol ListenerProtocol, props *ApiProps) *callers {
	c := &callers{stack: stack, protocol: protocol, any: prop.IsTrue(props.AllowAnyCaller), none: prop.IsTrue(props.AllowNoCallers)}
	for i, principal := range prop.Elements(props.AllowedPrincipals) {
		c.addPrincipal(r, fmt.Sprintf("AllowedPrincipals[%d]", i), principal)
	}
	for i, vpc := range prop.Elements(props.AllowedVpcs) {
		c.addVpc(r, fmt.Sprintf("AllowedVpcs[%d]", i), vpc)
	}
	check.NoNil(r, "AllowedVpcAccounts", props.AllowedVpcAccounts)
	if props.AllowedVpcAccounts != nil && token.IsList(*props.AllowedVpcAccounts) {
		r.AddWithFix(rules.LatticePrincipal, "AllowedVpcAccounts", "list the accounts one by one; each may be a token", "is a list that is known only at deploy time")
	}
	for i, account := range token.Elements(props.AllowedVpcAccounts) {
		if account != nil {
			c.addAccount(r, fmt.Sprintf("AllowedVpcAccounts[%d]", i), *account)
		}
	}
	if c.any {
		for _, name := range check.Set(
			check.Property{Name: "AllowedPrincipals", IsSet: len(prop.Elements(props.AllowedPrincipals)) > 0},
			check.Property{Name: "AllowedVpcs", IsSet: len(prop.Elements(props.AllowedVpcs)) > 0},
			check.Property{Name: "AllowedVpcAccounts", IsSet: len(prop.Elements(props.AllowedVpcAccounts)) > 0},
			check.Property{Name: "AllowNoCallers", IsSet: c.none},
		) {
			r.AddWithFix(rules.LatticeAuth, name, "remove it, or AllowAnyCaller", "is set together with AllowAnyCaller, under which the auth policy is inactive")
		}
	}
	c.checkSize(r, "AllowedPrincipals")
	return c
}

// isEmpty reports whether nobody may call.
func (c *callers) isEmpty() bool {
	return !c.any && len(c.arns)+len(c.organizations)+len(c.conditional)+len(c.vpcs)+len(c.accounts) == 0
}

// addPrincipal adds a caller that signs its requests, or reports why it cannot be one.
func (c *callers) addPrincipal(r *rules.Report, property string, principal awsiam.IPrincipal) {
	if principal == nil {
		r.Add(rules.Required, property, "is nil")
		return
	}
	if c.protocol == ListenerProtocol_TLS_PASSTHROUGH {
		r.AddWithFix(rules.LatticePassthrough, property, "use AllowedVpcs or AllowedVpcAccounts", "signs its requests, which a TLS_PASSTHROUGH listener cannot read")
		return
	}
	switch p := principal.(type) {
	case awsiam.AccountPrincipal:
		c.addAccountRoot(r, property, p)
	case awsiam.OrganizationPrincipal:
		c.organizations = added(c.organizations, *answers.Of(c.stack, p, "organization", p.OrganizationId))
	case awsiam.ArnPrincipal:
		c.addARN(r, property, *answers.Of(c.stack, p, "ARN", p.Arn))
	default:
		if arn, isNamed := c.namedRole(principal); isNamed {
			c.addARN(r, property, arn)
			return
		}
		c.addFragment(r, property, principal)
	}
}

// addAccountRoot adds an account. CDK's own ARN of it depends on the feature flag @aws-cdk/core:enablePartitionLiterals.
func (c *callers) addAccountRoot(r *rules.Report, property string, p awsiam.AccountPrincipal) {
	id := fmt.Sprint(answers.Of(c.stack, p, "account", p.AccountId))
	if _, isLiteral := token.Literal(&id); isLiteral && !rules.IsAccountID(id) {
		r.AddWithFix(rules.LatticePrincipal, property, "use the 12 digits of an account ID", "%q is not an account ID", id)
		return
	}
	c.arns = added(c.arns, fmt.Sprintf("arn:%s:iam::%s:root", *c.stack.Partition(), id))
}

func (c *callers) addARN(r *rules.Report, property, arn string) {
	if _, isLiteral := token.Literal(&arn); isLiteral {
		rules.CheckLatticePrincipal(r, property, arn)
	}
	c.arns = added(c.arns, arn)
}

// addFragment adds a principal of any other kind by what it says in a policy, such as a role or one with conditions.
func (c *callers) addFragment(r *rules.Report, property string, principal awsiam.IPrincipal) {
	caller := answers.Of(c.stack, principal, "policy fragment", func() *conditionalCaller { return fragmentOf(principal) })
	if caller == nil {
		r.Add(rules.LatticePrincipal, property, "is not a role, a user, an account or an organization")
		return
	}
	if len(caller.conditions) > 0 {
		for _, arn := range caller.arns {
			if _, isLiteral := token.Literal(&arn); isLiteral {
				rules.CheckLatticeConditionalPrincipal(r, property, arn, caller.conditions)
			}
		}
		c.conditional = append(c.conditional, *caller)
		return
	}
	for _, arn := range caller.arns {
		c.addARN(r, property, arn)
	}
}

// fragmentOf reads what a principal says in a policy; nil if it is not of IAM.
func fragmentOf(principal awsiam.IPrincipal) *conditionalCaller {
	fragment := principal.PolicyFragment()
	principals := *fragment.PrincipalJson()
	arns, isAWS := principals["AWS"]
	if len(principals) != 1 || !isAWS {
		return nil
	}
	caller := &conditionalCaller{conditions: *fragment.Conditions()}
	for _, arn := range *arns {
		caller.arns = append(caller.arns, *arn)
	}
	return caller
}

// addVpc adds everybody in a VPC.
func (c *callers) addVpc(r *rules.Report, property string, vpc awsec2.IVpc) {
	if vpc == nil {
		r.Add(rules.Required, property, "is nil")
		return
	}
	if own, isOwn := vpc.(awsec2.Vpc); isOwn && !answers.StackOf(own).SharesEnvironment(c.stack) {
		r.AddWithFix(rules.LatticePrincipal, property, "use AllowedVpcAccounts, or import the VPC by its ID", "is defined in another account or Region, so its ID is not known here")
		return
	}
	c.vpcs = added(c.vpcs, *answers.Of(c.stack, vpc, "ID", vpc.VpcId))
}

// addAccount adds everybody in the VPCs of an account.
func (c *callers) addAccount(r *rules.Report, property, account string) {
	if _, isLiteral := token.Literal(&account); isLiteral && !rules.IsAccountID(account) {
		r.AddWithFix(rules.LatticePrincipal, property, "use the 12 digits of an account ID", "%q is not an account ID", account)
		return
	}
	c.accounts = added(c.accounts, account)
}

// added returns a list with one more element, unless it is in the list. The list is sorted by what is known of its elements, because another
// order of calls must not change the template; the names of tokens change with everything that an app defines before.
func added(list []string, element string) []string {
	if slices.Contains(list, element) {
		return list
	}
	list = append(slices.Clone(list), element)
	slices.SortStableFunc(list, func(x, y string) int { return cmp.Compare(token.WithoutTokens(x), token.WithoutTokens(y)) })
	return list
}

// document returns the auth policy.
func (c *callers) document() map[string]any {
	statements := []any{}
	allow := func(arns []string, conditions map[string]any) {
		statement := map[string]any{"Effect": "Allow", "Action": c.action(), "Resource": "*", "Principal": "*"}
		if arns != nil {
			statement["Principal"] = map[string]any{"AWS": texts(arns)}
		}
		if conditions != nil {
			statement["Condition"] = conditions
		}
		statements = append(statements, statement)
	}
	if len(c.arns) > 0 {
		allow(c.arns, nil)
	}
	for _, caller := range c.conditional {
		allow(caller.arns, caller.conditions)
	}
	for _, key := range []struct {
		name   string
		values []string
	}{{organizationID, c.organizations}, {sourceVpc, c.vpcs}, {sourceAccount, c.accounts}} {
		if len(key.values) > 0 {
			allow(nil, map[string]any{"StringEquals": map[string]any{key.name: texts(key.values)}})
		}
	}
	if len(statements) == 0 && c.none { // a policy needs a statement
		statements = append(statements, map[string]any{"Effect": "Deny", "Action": c.action(), "Resource": "*", "Principal": "*"})
	}
	return map[string]any{"Version": "2012-10-17", "Statement": statements}
}

// action is what the callers may do: a TLS_PASSTHROUGH listener sees connections, not requests.
func (c *callers) action() string {
	if c.protocol == ListenerProtocol_TLS_PASSTHROUGH {
		return connect
	}
	return invoke
}

// texts returns a list for a policy, in which CDK resolves tokens.
func texts(list []string) []any {
	converted := make([]any, len(list))
	for i, text := range list {
		converted[i] = text
	}
	return converted
}

// checkSize reports an auth policy that is too large. What tokens stand for is not counted.
func (c *callers) checkSize(r *rules.Report, property string) {
	text, err := json.Marshal(c.document())
	if err != nil {
		return // a condition of the caller's, which CDK will refuse
	}
	rules.CheckLatticeAuthPolicySize(r, property, token.WithoutTokens(string(text)))
}

// mayAllow reports whether somebody in an account is allowed. A token, an organization and a VPC count, because they may be of the account.
func (c *callers) mayAllow(account string) bool {
	return c.any || len(c.organizations)+len(c.conditional)+len(c.vpcs) > 0 ||
		slices.ContainsFunc(slices.Concat(c.arns, c.accounts), func(text string) bool {
			if of := accountInARN.FindStringSubmatch(text); of != nil { // its partition may be a token
				return of[1] == account
			}
			return text == account || token.IsString(text)
		})
}

var accountInARN = regexp.MustCompile(`:(?:iam|sts)::(\d{12}):`)

func (c *callers) clone() *callers {
	copied := *c
	copied.conditional = slices.Clone(c.conditional)
	for i, caller := range copied.conditional {
		copied.conditional[i].conditions = maps.Clone(caller.conditions)
	}
	return &copied
}
