package publicapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// apiPlan is an API with all defaults filled in and all rules checked.
type apiPlan struct {
	report       *rules.Report // has no errors, but may have warnings
	stack        *answers.Stack
	domainNames  *[]*string
	loadBalancer *alb.Plan
	ingress      []*ingressRule
	webACL       *webACLPlan // nil for the caller's
	records      *recordsPlan
}

// planApi panics with all problems of the props.
func planApi(scope constructs.Construct, id *string, props *ApiProps, at stage) *apiPlan {
	r := &rules.Report{}
	plan := newApiPlan(r, scope, props, at)
	refusal.Of(r, scope, id)
	return plan
}

// newApiPlan reports all problems of the props. It only reads what the caller passed and defines nothing. It returns nil if something is nil
// that cannot be asked for more.
func newApiPlan(r *rules.Report, scope constructs.Construct, props *ApiProps, at stage) *apiPlan {
	props = prop.Or(prop.Copy(props), &ApiProps{}) // the caller may change its own
	check.Embedded(r, "", props)
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC in which the ALB stands", "is missing")
	}
	if r.HasErrors() {
		return nil
	}
	plan := &apiPlan{report: r, stack: answers.StackOf(scope), domainNames: props.DomainNames}
	check.DomainNames(r, "DomainNames", props.DomainNames)
	plan.planLoadBalancer(r, props, at, planSubnets(r, plan.stack, props))
	at.networkBlocks = networkBlocksOf(r, props, at)
	clients := planClients(r, props)
	plan.ingress = planIngress(r, plan.stack, clients, props, at)
	plan.webACL = planWebACL(r, clients, props, at)
	plan.records = planRecords(r, plan.stack, props, at)
	return plan
}

func (plan *apiPlan) planLoadBalancer(r *rules.Report, props *ApiProps, at stage, selected *[]awsec2.ISubnet) {
	plan.loadBalancer = alb.NewPlan(r, plan.stack, &alb.Options{
		Vpc:                      props.Vpc,
		Subnets:                  selected,
		SecurityGroupDescription: "ALB of a public API: named clients in, targets out",
		DeletionProtection:       !at.isClosed && (props.DeletionProtection == nil || *props.DeletionProtection),
		InternetFacing:           true,
		ListenerPort:             props.Port,
		PortProperty:             "Port",
		DomainNames:              props.DomainNames,
		Certificates:             props.Certificates,
		SslPolicy:                props.SslPolicy,
		MutualAuthentication:     props.MutualAuthentication,
		AccessLogsBucket:         props.AccessLogsBucket,
		AccessLogsPrefix:         props.AccessLogsPrefix,
		ConnectionLogsBucket:     props.ConnectionLogsBucket,
		ConnectionLogsPrefix:     props.ConnectionLogsPrefix,
		IdleTimeout:              props.IdleTimeout,
		XffHeaderProcessingMode:  props.XffHeaderProcessingMode,
		WebAclArn:                props.WebAclArn,
		HealthCheck:              at.healthCheck,
	})
}
