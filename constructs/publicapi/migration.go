package publicapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Migration moves an API from an internet-facing ALB to PrivateLink, in phases that are deployed one after the other, without clients
// noticing.
//
// It records the phase in an SSM parameter, and its template has a rule that CloudFormation checks before it changes anything: the recorded
// phase is the same, the one before or the next.
type Migration interface {
	constructs.Construct

	// Phase returns the phase.
	Phase() Phase

	// PublicApi returns the API with the internet-facing ALB; nil in Phase_INTERNAL, and with Listener.
	PublicApi() Api

	// Provider returns the provider over PrivateLink; nil in Phase_STATUS_QUO.
	Provider() privateapi.PrivateApiProvider

	// AddRoute sends requests that match to targets, on each ALB that the migration defines in the phase: targets are registered with both
	// while there are two. The constructs have the IDs of the routes that the API and the provider add themselves. An ECS service starts new
	// tasks in Phase_WATCH and in Phase_INTERNAL, before it stops those with other target groups. It panics if AWS would not accept the
	// rule, and on TargetGroups that exist: a target group belongs to one load balancer.
	AddRoute(id *string, options *privateapi.RouteOptions)
}

type migration struct {
	constructs.Construct
	plan     *migrationPlan
	api      *api // nil unless it is defined
	provider privateapi.PrivateApiProvider
}

var _ Migration = (*migration)(nil)

// NewMigration defines a [Migration].
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewMigration(scope constructs.Construct, id *string, props *MigrationProps) Migration {
	refusal.RequireScope("NewMigration", scope, id)
	m := &migration{plan: planMigration(scope, id, props)}
	constructs.NewConstruct_Override(m, scope, id)
	m.definePhase()
	if m.plan.api != nil {
		m.api = newApi(scope, m.plan.apiID, m.plan.api, m.plan.stage)
	}
	if m.plan.provider != nil {
		m.defineProvider(scope)
	}
	return m
}

// defineProvider defines the provider in front of the ALBs of the phase.
func (m *migration) defineProvider(scope constructs.Construct) {
	props := m.plan.provider
	if m.api != nil {
		props.Listener = m.api.Listener()
	}
	m.provider = privateapi.NewPrivateApiProvider(scope, m.plan.providerID, props)
	if props.Listener != nil {
		awscdk.Annotations_Of(m.provider).AcknowledgeWarning(jsii.String(rules.InternetFacing.ID), jsii.String("the migration removes it"))
	}
}

func (m *migration) Phase() Phase { return m.plan.phase }

func (m *migration) PublicApi() Api {
	if m.api == nil {
		return nil
	}
	return m.api
}

func (m *migration) Provider() privateapi.PrivateApiProvider { return m.provider }

func (m *migration) AddRoute(id *string, options *privateapi.RouteOptions) {
	refusal.RequireScope("AddRoute", m, id)
	r := &rules.Report{}
	options = prop.Or(options, &privateapi.RouteOptions{})
	if len(prop.Elements(options.TargetGroups)) > 0 {
		r.AddWithFix(rules.TargetGroupLoadBalancer, "TargetGroups", "use Targets: each ALB gets a target group of its own for them",
			"is set, but in %s and %s two ALBs have the route", Phase_WATCH, Phase_CLOSE)
	}
	if priority, ok := token.LiteralNumber(options.Priority); ok && priority == rules.HighestPriority && m.plan.reservesPriority {
		r.Add(rules.RoutePriority, "Priority", "%d is the rule that answers health checks from %s on", rules.HighestPriority, Phase_ATTACH)
	}
	refusal.Of(r, m, jsii.String("Route"+*id))
	if m.api != nil {
		m.api.AddRoute(id, options)
	}
	if m.plan.phase.hasInternalALB() {
		m.provider.AddRoute(id, options)
	}
}
