package monitoring

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
)

// Dashboard is a CloudWatch dashboard of an API, of its consumers or of both, with graphs in the order of a request's path: client to endpoint,
// endpoint service, NLB, ALB and targets; then the acceptance of connections, and certificates.
type Dashboard interface {
	constructs.Construct

	// DashboardName returns the name of the dashboard.
	DashboardName() *string

	// Resource returns the dashboard as CloudFormation has it.
	Resource() awscloudwatch.CfnDashboard
}

type dashboard struct {
	constructs.Construct
	resource *onecall.Item[awscloudwatch.CfnDashboard]
}

var _ Dashboard = (*dashboard)(nil)

// NewDashboard defines a [Dashboard]. It costs $3 a month; the first three of an account are free.
//
// Metrics stay in the account that owns the resource: those of an endpoint in that of the consumer, and those of the service in that of the
// provider. A dashboard of both ends stands in a monitoring account of CloudWatch cross-account observability, which may be that of the provider or of
// the consumer, and to which the other accounts link: docs/monitoring.md has the commands. Without the link, the graphs of another account are
// empty.
//
// AWS publishes nothing about connections over VPC peering, and nothing on the side of a consumer without an endpoint.
//
// Before it defines anything, it panics with all that breaks a rule in props.
//
// See https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html
func NewDashboard(scope constructs.Construct, id *string, props *DashboardProps) Dashboard {
	refusal.RequireScope("NewDashboard", scope, id)
	props = prop.Or(prop.Copy(props), &DashboardProps{}) // the caller may change its own
	plan := planDashboard(scope, id, props)
	d := &dashboard{}
	batch := onecall.Begin(d, &d.Construct, scope, id)
	text := plan.body.text()
	d.resource = onecall.Add(batch, awscloudwatch.NewCfnDashboard, "Resource", &awscloudwatch.CfnDashboardProps{
		DashboardBody: &text, DashboardName: props.DashboardName,
	})
	batch.Flush()
	return d
}

func (d *dashboard) DashboardName() *string               { return d.Resource().Ref() }
func (d *dashboard) Resource() awscloudwatch.CfnDashboard { return d.resource.Object() }
