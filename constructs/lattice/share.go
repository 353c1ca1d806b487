package lattice

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

// sharePlan is with whom the service is shared.
type sharePlan struct {
	principals    *[]*string
	allowExternal bool
}

// planShare checks with whom the service is shared; nil for nobody.
func planShare(r *rules.Report, props *ApiProps) *sharePlan {
	const property = "ShareWith"
	check.NoNil(r, property, props.ShareWith)
	seen := map[string]bool{}
	check.Each(props.ShareWith, property, func(property, principal string) {
		rules.CheckLatticeShare(r, property, principal)
		if seen[principal] {
			r.Add(rules.LatticeShareTwice, property, "%q is listed twice", principal)
		}
		seen[principal] = true
	})
	if len(prop.Elements(props.ShareWith)) == 0 {
		if props.AllowExternalPrincipals != nil {
			r.AddWithFix(rules.Contradiction, "AllowExternalPrincipals", "set ShareWith, or leave it out", "is set without ShareWith")
		}
		return nil
	}
	return &sharePlan{principals: props.ShareWith, allowExternal: prop.IsTrue(props.AllowExternalPrincipals)}
}

// covers reports whether an account may associate the service; true if it is not known.
func (s *sharePlan) covers(account string) bool {
	if s == nil {
		return false
	}
	covers, known := rules.LatticeShareCovers(token.Literals(s.principals), account)
	return covers || !known || token.AnyIn(s.principals)
}

// defineShare shares the service. A share has no meaning by its name, but needs one; several may have the same.
func (a *api) defineShare(id string) {
	if a.plan.share == nil {
		return
	}
	share := onecall.Add(a.batch, awsram.NewCfnResourceShare, "Share", &awsram.CfnResourceShareProps{
		Name:                    prop.Or(a.plan.domainName, &id),
		ResourceArns:            &[]*string{a.serviceArn()},
		Principals:              a.plan.share.sorted(),
		AllowExternalPrincipals: jsii.Bool(a.plan.share.allowExternal),
	})
	a.ready = append(a.ready, asConstruct(share))
}

// sorted returns the principals in an order that does not depend on the caller's, which means nothing to RAM.
func (s *sharePlan) sorted() *[]*string {
	if token.IsList(*s.principals) {
		return s.principals
	}
	list := slices.Clone(*s.principals)
	slices.SortFunc(list, func(x, y *string) int { return strings.Compare(*x, *y) })
	return &list
}
