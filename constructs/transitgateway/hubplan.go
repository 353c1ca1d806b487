package transitgateway

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// hubPlan is a hub with all defaults filled in and all rules checked.
type hubPlan struct {
	props  *HubProps
	facts  *hubFacts
	report *rules.Report
}

// planHub panics with all problems of the props. It defines nothing.
func planHub(scope constructs.Construct, id *string, props *HubProps) *hubPlan {
	r := &rules.Report{}
	stack := answers.StackOf(scope)
	plan := &hubPlan{props: props, report: r, facts: &hubFacts{
		environment: placement.EnvironmentOfStack(stack), home: stack, references: props.SecurityGroupReferencing == nil || *props.SecurityGroupReferencing,
	}}
	plan.planSegments()
	plan.planShare()
	if asn, isLiteral := token.LiteralNumber(props.AmazonSideAsn); isLiteral {
		rules.CheckTransitAsn(r, "AmazonSideAsn", asn)
	}
	refusal.Of(r, scope, id)
	return plan
}

func (plan *hubPlan) planSegments() {
	const property = "Segments"
	list := prop.Elements(plan.props.Segments)
	check.NoNil(plan.report, property, plan.props.Segments)
	if len(list) == 0 {
		plan.report.AddWithFix(rules.Required, property, "name at least one segment", "is empty")
	}
	if slices.Contains(list, nil) {
		return
	}
	var names []*string
	var reaches []*[]*string
	for _, segment := range list {
		names, reaches = append(names, segment.Name), append(reaches, segment.Reaches)
	}
	plan.facts.segments = newSegments(plan.report, names, reaches)
	if n := len(list); n > rules.MaxTransitRouteTables {
		plan.report.Add(rules.TransitSegmentQuota, property, "has %d segments", n)
	}
}

// planShare checks with whom the hub is shared.
func (plan *hubPlan) planShare() {
	const property = "ShareWith"
	props, r := plan.props, plan.report
	check.NoNil(r, property, props.ShareWith)
	seen := map[string]bool{}
	check.Each(props.ShareWith, property, func(property, principal string) {
		rules.CheckTransitShare(r, property, principal)
		if seen[principal] {
			r.AddWithFix(rules.TransitShare, property, "list each one once", "%q is listed twice", principal)
		}
		seen[principal] = true
	})
	if len(prop.Elements(props.ShareWith)) > 0 {
		plan.facts.share = props.ShareWith
	} else if props.AllowExternalPrincipals != nil {
		r.AddWithFix(rules.Contradiction, "AllowExternalPrincipals", "set ShareWith, or leave it out", "is set without ShareWith")
	}
}

// sorted returns principals in an order that does not depend on the caller's, which means nothing to RAM.
func sorted(principals *[]*string) *[]*string {
	if token.IsList(*principals) {
		return principals
	}
	list := slices.Clone(*principals)
	slices.SortFunc(list, func(x, y *string) int { return strings.Compare(*x, *y) })
	return &list
}

func element(property string, i int) string { return fmt.Sprintf("%s[%d]", property, i) }
