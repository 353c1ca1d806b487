package monitoring

import (
	"unicode/utf8"

	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// SavedQueriesProps are the properties of [SavedQueries]: the logs to ask, at least one of them.
type SavedQueriesProps struct {
	// Flow logs of a consumer's endpoint, of NewConsumerFlowLogs. Queries: who called, and what was rejected.
	//
	// Default: - none.
	EndpointLogs FlowLogs

	// Flow logs of the subnets of clients, of NewSubnetFlowLogs. Queries: internal call or SaaS call, and what was rejected.
	//
	// Default: - none.
	ClientLogs FlowLogs

	// Flow logs of the subnets of a provider, of NewSubnetFlowLogs. Query: what was rejected.
	//
	// Default: - none.
	ProviderLogs FlowLogs

	// Logs of an ALB. Queries, for the types that are delivered: errors by route, slow requests, TLS failures, failed health checks.
	//
	// Default: - none.
	LoadBalancerLogs LoadBalancerLogDelivery

	// The folder of the queries in CloudWatch Logs Insights. A slash begins another folder in it.
	//
	// Default: - the path of the construct.
	Folder *string
}

// SavedQueries are queries of CloudWatch Logs Insights, under Saved queries in the console. docs/calls-by-log.md has the answers of each.
//
// To save them costs nothing. To run one costs $0.005 for each GB that it reads in us-east-1.
type SavedQueries interface {
	constructs.Construct

	// QueryDefinitions returns the queries.
	QueryDefinitions() *[]awslogs.CfnQueryDefinition
}

type savedQueries struct {
	constructs.Construct
	definitions []*onecall.Item[awslogs.CfnQueryDefinition]
}

var _ SavedQueries = (*savedQueries)(nil)

// NewSavedQueries defines [SavedQueries].
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewSavedQueries(scope constructs.Construct, id *string, props *SavedQueriesProps) SavedQueries {
	refusal.RequireScope("NewSavedQueries", scope, id)
	plan := planQueries(scope, id, prop.Or(prop.Copy(props), &SavedQueriesProps{}))
	q := &savedQueries{}
	batch := onecall.Begin(q, &q.Construct, scope, id)
	for _, planned := range plan.queries {
		name, text := plan.folder+"/"+planned.name, planned.text()
		q.definitions = append(q.definitions, onecall.Add(batch, awslogs.NewCfnQueryDefinition, planned.id, &awslogs.CfnQueryDefinitionProps{
			Name: &name, QueryString: &text, LogGroupNames: &[]any{planned.logGroup},
		}))
	}
	batch.Flush()
	return q
}

func (q *savedQueries) QueryDefinitions() *[]awslogs.CfnQueryDefinition {
	definitions := []awslogs.CfnQueryDefinition{}
	for _, definition := range q.definitions {
		definitions = append(definitions, definition.Object())
	}
	return &definitions
}

// queryPlan is saved queries with all rules checked.
type queryPlan struct {
	folder  string
	queries []plannedQuery
}

// plannedQuery is a query, and the name of the log group that it reads.
type plannedQuery struct {
	savedQuery
	logGroup *string
}

// planQueries panics with all problems of the props. It defines nothing.
func planQueries(scope constructs.Construct, id *string, props *SavedQueriesProps) *queryPlan {
	r := &rules.Report{}
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what embeds nil cannot be asked
	plan := &queryPlan{}
	add := func(logGroup *string, queries ...savedQuery) {
		for _, query := range queries {
			if logGroup != nil { // a type of logs that is delivered
				plan.queries = append(plan.queries, plannedQuery{query, logGroup})
			}
		}
	}
	stack := answers.StackOf(scope)
	if logs := props.EndpointLogs; logs != nil {
		checkLogsPlace(r, "EndpointLogs", stack, homeOf(logs))
		add(logs.LogGroupName(), whoCalled(hasEcs(logs.LogFormat())), rejected("RejectedAtEndpoint", "the endpoint", hasEcs(logs.LogFormat())))
	}
	if logs := props.ClientLogs; logs != nil {
		checkLogsPlace(r, "ClientLogs", stack, homeOf(logs))
		add(logs.LogGroupName(), internalOrSaaS(hasEcs(logs.LogFormat())), rejected("RejectedAtClients", "the clients", hasEcs(logs.LogFormat())))
	}
	if logs := props.ProviderLogs; logs != nil {
		checkLogsPlace(r, "ProviderLogs", stack, homeOf(logs))
		add(logs.LogGroupName(), rejected("RejectedAtProvider", "the provider", hasEcs(logs.LogFormat())))
	}
	if logs := props.LoadBalancerLogs; logs != nil {
		checkLogsPlace(r, "LoadBalancerLogs", stack, homeOf(logs))
		add(logs.LogGroupName(LoadBalancerLogType_ALB_ACCESS_LOGS), requestErrors, slowRequests)
		add(logs.LogGroupName(LoadBalancerLogType_ALB_CONNECTION_LOGS), tlsFailures)
		add(logs.LogGroupName(LoadBalancerLogType_ALB_HEALTH_CHECK_LOGS), failedHealthChecks)
	}
	if len(plan.queries) == 0 {
		r.Add(rules.QueryWithoutLogs, "EndpointLogs", "is missing, and so are all other logs")
	}
	plan.planFolder(r, scope, id, props.Folder)
	refusal.Of(r, scope, id)
	return plan
}

// maxQueryName is the longest name of a query, in characters.
const maxQueryName = 255

func (plan *queryPlan) planFolder(r *rules.Report, scope constructs.Construct, id, folder *string) {
	const property = "Folder"
	if plan.folder = refusal.ChildPath(scope, id); folder != nil {
		plan.folder = *folder
	}
	if plan.folder == "" {
		r.AddWithFix(rules.Required, property, "leave it out for the path of the construct", "is empty")
		return
	}
	if _, isLiteral := token.Literal(&plan.folder); !isLiteral {
		return
	}
	for _, query := range plan.queries {
		if n := utf8.RuneCountInString(plan.folder + "/" + query.name); n > maxQueryName {
			r.Add(rules.QueryFolder, property, "makes a name of %d characters with %q", n, query.name)
			return
		}
	}
}
