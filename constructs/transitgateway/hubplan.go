package transitgateway

import (
	"fmt"
	"slices"

	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/share"
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
	plan.facts.share = share.New(r, props.ShareWith, props.AllowExternalPrincipals, rules.CheckTransitShare)
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

func element(property string, i int) string { return fmt.Sprintf("%s[%d]", property, i) }
