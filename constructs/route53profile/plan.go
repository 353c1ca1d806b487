package route53profile

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/share"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/zones"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// plan is a profile with all defaults filled in and all rules checked.
type plan struct {
	props  *ProfileProps
	facts  *facts
	name   *string
	vpcs   []vpcPlan
	report *rules.Report
}

// vpcPlan is a VPC, and how its association is named as a construct and in AWS.
type vpcPlan struct {
	zones.Use
	id, name string
}

// planProfile panics with all problems of the props. It defines nothing.
func planProfile(scope constructs.Construct, id *string, props *ProfileProps) *plan {
	r := &rules.Report{}
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	stack := answers.StackOf(scope)
	p := &plan{props: props, report: r, name: props.Name, facts: &facts{
		environment: placement.EnvironmentOfStack(stack), associatesZones: props.PermissionArn != nil,
	}}
	if p.name == nil {
		name := nameOf(*id)
		p.name = &name
	}
	if name, isLiteral := token.Literal(props.Name); isLiteral {
		rules.CheckProfileName(r, "Name", name)
	}
	p.vpcs = planVpcs(r, stack, props.Vpcs)
	p.planShare()
	zones.UseProfile(r, stack, usesOf(p.vpcs), p.facts.idText, func() string { return refusal.ChildPath(scope, id) })
	refusal.Of(r, scope, id)
	return p
}

// planShare checks with whom the profile is shared.
func (p *plan) planShare() {
	props := p.props
	p.facts.share = share.New(p.report, props.ShareWith, props.AllowExternalPrincipals, rules.CheckProfileShare)
	if p.facts.share == nil && props.PermissionArn != nil {
		p.report.AddWithFix(rules.Contradiction, "PermissionArn", "set ShareWith, or leave it out", "is set without ShareWith")
	}
}

// planVpcs checks that each VPC is listed once, and belongs to the account and the Region of the stack.
func planVpcs(r *rules.Report, stack *answers.Stack, list *[]awsec2.IVpc) (vpcs []vpcPlan) {
	const property = "Vpcs"
	check.NoNil(r, property, list)
	seen := map[string]bool{}
	own := placement.EnvironmentOfStack(stack)
	for i, vpc := range prop.Elements(list) {
		if vpc == nil {
			continue // reported already
		}
		property := element(property, i)
		planned := placement.VPCOf(stack, vpc)
		switch env := placement.EnvironmentOf(stack, vpc); {
		case planned.IsLookedUp() && seen[planned.ID()]:
			r.AddWithFix(rules.ProfileVpc, property, "list each one once", "is listed twice")
		case placement.Differ(env.Region, own.Region):
			r.Add(rules.ProfileRegion, property, "is in Region %s, and the association in %s", env.Region, own.Region)
		case placement.Differ(env.Account, own.Account):
			r.Add(rules.ProfileVpc, property, "is in account %s, and the association in %s", env.Account, own.Account)
		}
		seen[planned.ID()] = true
		name := planned.ID()
		if _, isLiteral := token.Literal(&name); !isLiteral {
			name = strings.ReplaceAll(answers.Of(stack, vpc, "path", func() string { return *vpc.Node().Path() }), "/", "-")
		}
		vpcs = append(vpcs, vpcPlan{zones.Use{Property: property, VPC: planned}, name, nameOf(name)})
	}
	return vpcs
}

func usesOf(vpcs []vpcPlan) (uses []zones.Use) {
	for _, vpc := range vpcs {
		uses = append(uses, vpc.Use)
	}
	return uses
}

var unnamable = regexp.MustCompile(`[^a-zA-Z0-9\-_' ]+`)

// nameOf returns a text as a name that AWS takes.
func nameOf(text string) string {
	name := unnamable.ReplaceAllString(text, "-")
	if len(name) <= rules.MaxProfileName && strings.Trim(name, "0123456789") != "" {
		return name
	}
	sum := sha256.Sum256([]byte(text))
	return fmt.Sprintf("%.40s-%s", name, hex.EncodeToString(sum[:8]))
}

func element(property string, i int) string { return fmt.Sprintf("%s[%d]", property, i) }
