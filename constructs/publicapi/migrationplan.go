package publicapi

import (
	"regexp"
	"slices"
	"strings"

	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// migrationPlan is a phase of a migration with all rules checked.
type migrationPlan struct {
	stack         *answers.Stack
	phase         Phase
	begins        bool
	parameterName string

	api   *ApiProps // nil unless the phase has it
	apiID *string
	stage stage
	// reservesPriority is true if a rule of the API answers the health checks of the NLB, now or in the phases to come.
	reservesPriority bool

	provider   *privateapi.PrivateApiProviderProps // of the phase; the listener of the API is still missing. Nil unless the phase has it
	providerID *string
}

// planMigration panics with all problems of the props. It only reads what the caller passed and defines nothing.
func planMigration(scope constructs.Construct, id *string, props *MigrationProps) *migrationPlan {
	r := &rules.Report{}
	props = prop.Or(prop.Copy(props), &MigrationProps{}) // the caller may change its own
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	plan := &migrationPlan{
		stack: answers.StackOf(scope), phase: props.Phase, begins: prop.IsTrue(props.Begin),
		apiID: prop.Or(props.PublicApiId, jsii.String("PublicApi")), providerID: prop.Or(props.ProviderId, jsii.String("Provider")),
	}
	checkPhases(r, props)
	plan.planParameter(r, scope, id, props)
	plan.checkSource(r, props)
	plan.checkIDs(r, scope, id, props)
	if props.Phase.isKnown() { // else it is not known what the phase has
		plan.planProvider(r, scope, props)
		plan.planApi(r, scope, props)
	}
	refusal.Of(r, scope, id)
	return plan
}

// checkPhases reports a phase that cannot be deployed.
func checkPhases(r *rules.Report, props *MigrationProps) {
	switch {
	case props.Phase == "":
		r.AddWithFix(rules.Required, "Phase", "set it, for the first deployment to STATUS_QUO", "is missing")
		return
	case !props.Phase.isKnown():
		r.AddWithFix(rules.KnownValue, "Phase", "use "+oneOf(namesOf(phases)), "%q is not one of its values", props.Phase)
		return
	case prop.IsTrue(props.Begin) && props.Phase != Phase_STATUS_QUO:
		r.Add(rules.MigrationBegin, "Begin", "is true in the phase %s", props.Phase)
	}
	switch {
	case props.DeployedPhase == "":
	case !props.DeployedPhase.isKnown():
		r.AddWithFix(rules.KnownValue, "DeployedPhase", "use "+oneOf(namesOf(phases)), "%q is not one of its values", props.DeployedPhase)
	case prop.IsTrue(props.Begin):
		r.Add(rules.MigrationBegin, "Begin", "is true, but %s is deployed", props.DeployedPhase)
	case !slices.Contains(props.Phase.beside(), props.DeployedPhase):
		r.AddWithFix(rules.MigrationPhase, "Phase", "deploy "+strings.Join(namesOf(props.Phase.between(props.DeployedPhase)), ", then ")+" first",
			"is %s, but %s is deployed", props.Phase, props.DeployedPhase)
	}
}

// notInParameter is what the name of an SSM parameter does not have.
var notInParameter = regexp.MustCompile(`[^A-Za-z0-9_.-]+`)

// planParameter names the SSM parameter of the phase.
func (plan *migrationPlan) planParameter(r *rules.Report, scope constructs.Construct, id *string, props *MigrationProps) {
	const property = "PhaseParameterName"
	if props.PhaseParameterName != nil {
		plan.parameterName = *props.PhaseParameterName
		if token.IsString(plan.parameterName) {
			r.Add(rules.MigrationParameter, property, "is known only at deploy time")
			return
		}
		rules.CheckParameterName(r, property, plan.parameterName)
		return
	}
	stackName, isLiteral := token.Literal(plan.stack.Construct().StackName())
	if !isLiteral {
		r.Add(rules.MigrationParameter, property, "is missing, and the name of the stack is known only at deploy time")
		return
	}
	path := strings.TrimPrefix(refusal.ChildPath(scope, id), *plan.stack.Construct().Node().Path())
	for _, part := range slices.Concat([]string{"privateapi", stackName}, strings.Split(strings.Trim(path, "/"), "/"), []string{"phase"}) {
		plan.parameterName += "/" + notInParameter.ReplaceAllString(part, "-")
	}
	rules.CheckParameterName(r, property, plan.parameterName)
}

// checkSource reports what does not describe one ALB that exists.
func (plan *migrationPlan) checkSource(r *rules.Report, props *MigrationProps) {
	switch {
	case props.PublicApi != nil && props.Listener != nil:
		r.AddWithFix(rules.Contradiction, "Listener", "remove PublicApi, or Listener", "is set together with PublicApi")
	case props.PublicApi == nil && props.Listener == nil && props.Phase != Phase_INTERNAL:
		r.AddWithFix(rules.Required, "PublicApi", "supply PublicApi, or the Listener of an ALB that exists", "is missing, and so is Listener")
	}
	if props.PublicApi != nil && props.PublicApi.PrivateLinkCidrBlocks != nil {
		r.AddWithFix(rules.Contradiction, "PublicApi.PrivateLinkCidrBlocks", "leave it out: the migration knows the subnets of the NLB", "is set")
	}
	if props.PublicApi == nil && props.PublicApiId != nil && props.Phase != Phase_INTERNAL {
		r.AddWithFix(rules.Contradiction, "PublicApiId", "leave it out", "is set without PublicApi")
	}
	if props.Listener == nil {
		for _, name := range check.Set(
			check.Property{Name: "ListenerLoadBalancer", IsSet: props.ListenerLoadBalancer != nil},
			check.Property{Name: "ListenerPort", IsSet: props.ListenerPort != nil},
			check.Property{Name: "ListenerProtocol", IsSet: props.ListenerProtocol != ""},
		) {
			r.AddWithFix(rules.Contradiction, name, "set Listener too, or leave it out", "is set without Listener")
		}
	}
	if listener, isOwn := props.Listener.(elbv2.ApplicationListener); isOwn && props.Phase != Phase_INTERNAL && alb.ReadListener(listener).IsInternal {
		r.AddWithFix(rules.PublicScheme, "Listener", "leave the ALB internet-facing: Phase_WATCH adds a second, internal one, and Phase_CLOSE moves the NLB to it",
			"has an internal ALB")
	}
}

// checkIDs reports construct IDs that are taken: most likely the API or the provider is defined beside the migration too.
func (plan *migrationPlan) checkIDs(r *rules.Report, scope constructs.Construct, id *string, props *MigrationProps) {
	checkID := func(property string, childID *string, isDefined bool, function string, taken ...*string) {
		if !isDefined {
			return
		}
		isTaken := scope.Node().TryFindChild(childID) != nil
		for _, other := range taken {
			isTaken = isTaken || *other == *childID
		}
		if isTaken {
			r.AddWithFix(rules.Contradiction, property, "remove "+function+", because the migration calls it; or use another ID", "%q is the ID of another construct", *childID)
		}
	}
	checkID("PublicApiId", plan.apiID, props.PublicApi != nil && props.Phase != Phase_INTERNAL, "NewApi", id)
	checkID("ProviderId", plan.providerID, props.Provider != nil && props.Phase.isFrom(Phase_ATTACH), "NewPrivateApiProvider", id, plan.apiID)
}

// addUnder adds the errors of a part, whose properties are below one of the migration. The part warns itself once it is defined.
func addUnder(r, part *rules.Report, rename func(property string) string) {
	errors := &rules.Report{}
	for _, p := range part.Problems() {
		if p.Rule.Severity == rules.Error {
			p.Property = rename(p.Property)
			errors.AddProblem(p)
		}
	}
	r.Merge(errors)
}
