// Package share shares resources with other accounts by AWS RAM, for what has the properties ShareWith and AllowExternalPrincipals.
package share

import (
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsram"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Plan is with whom resources are shared; nil for nobody.
type Plan struct {
	principals    *[]*string
	allowExternal bool
}

// New reports the problems of the two properties, and by checkPrincipal a principal with which the resources cannot be shared.
func New(r *rules.Report, shareWith *[]*string, allowExternalPrincipals *bool, checkPrincipal func(r *rules.Report, property, principal string)) *Plan {
	const property = "ShareWith"
	check.NoNil(r, property, shareWith)
	seen := map[string]bool{}
	check.Each(shareWith, property, func(property, principal string) {
		checkPrincipal(r, property, principal)
		if seen[principal] {
			r.Add(rules.ShareTwice, property, "%q is listed twice", principal)
		}
		seen[principal] = true
	})
	if len(prop.Elements(shareWith)) > 0 {
		return &Plan{shareWith, prop.IsTrue(allowExternalPrincipals)}
	}
	if allowExternalPrincipals != nil {
		r.AddWithFix(rules.Contradiction, "AllowExternalPrincipals", "set ShareWith, or leave it out", "is set without ShareWith")
	}
	return nil
}

// MayCover reports whether an account may be one of those that the resources are shared with: the accounts of organizations are not known.
func (p *Plan) MayCover(account string) bool {
	if p == nil {
		return false
	}
	covers, known := rules.ShareCovers(token.Literals(p.principals), account)
	return covers || !known || token.AnyIn(p.principals)
}

// Define adds the share to a batch, as its child Share. A share has no meaning by its name, but needs one; several may have the same. Without
// permissions, those that AWS RAM has for the type of the resources apply.
func (p *Plan) Define(b *onecall.Batch, name *string, resourceArns, permissionArns *[]*string) *onecall.Item[awsram.CfnResourceShare] {
	return onecall.Add(b, awsram.NewCfnResourceShare, "Share", &awsram.CfnResourceShareProps{
		Name:                    name,
		ResourceArns:            resourceArns,
		Principals:              p.sorted(),
		AllowExternalPrincipals: jsii.Bool(p.allowExternal),
		PermissionArns:          permissionArns,
	})
}

// sorted returns the principals in an order that does not depend on the caller's, which means nothing to AWS RAM.
func (p *Plan) sorted() *[]*string {
	if token.IsList(*p.principals) {
		return p.principals
	}
	list := slices.Clone(*p.principals)
	slices.SortFunc(list, func(x, y *string) int { return strings.Compare(*x, *y) })
	return &list
}
