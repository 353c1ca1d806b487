package lattice

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/l1"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// namedRole returns the ARN of a role that this app defines in another stack under a name. The auth policy has it as a literal: a reference
// would make the stack of the API depend on that of the caller, which depends on the API.
func (c *callers) namedRole(principal awsiam.IPrincipal) (arn string, ok bool) {
	role, isRole := principal.(awsiam.Role)
	if !isRole {
		return "", false
	}
	stack := answers.StackOf(role)
	if stack == c.stack {
		return "", false
	}
	arn = answers.Of(c.stack, role, "literal ARN", func() string { return c.literalArn(stack, role) })
	return arn, arn != ""
}

// literalArn builds the ARN of a role from its path, its name and the account of its stack; "" if one of them is unknown.
func (c *callers) literalArn(stack *answers.Stack, role awsiam.Role) string {
	resource := l1.ResourceOf(role)
	if resource == nil {
		return ""
	}
	var cfn awsiam.CfnRole
	jsii.UnsafeCast(resource, &cfn)
	name, ok := token.Literal(cfn.RoleName())
	account, isKnown := token.Literal(stack.Account())
	if !isKnown && stack.SharesEnvironment(c.stack) {
		account, isKnown = *c.stack.Account(), true
	}
	if !ok || !isKnown {
		return ""
	}
	path, ok := token.Literal(prop.Or(cfn.Path(), jsii.String("/")))
	if !ok {
		return ""
	}
	return fmt.Sprintf("arn:%s:iam::%s:role/%s%s", *c.stack.Partition(), account, strings.TrimPrefix(path, "/"), name)
}

// checkGrantee reports a role whose stack will depend on that of the API, because its policy names the service, while the auth policy can name
// the role by a reference only.
func (a *api) checkGrantee(r *rules.Report, principal awsiam.IPrincipal) {
	role, isRole := principal.(awsiam.Role)
	if !isRole || a.callers.any || answers.StackOf(role) == a.plan.stack {
		return
	}
	if _, isNamed := a.callers.namedRole(role); !isNamed {
		r.Add(rules.LatticeGrant, "GrantInvoke", "is called for %s, whose ARN is known only at deploy time, and whose stack would depend on the API's and the API's on it",
			*role.Node().Path())
	}
}
