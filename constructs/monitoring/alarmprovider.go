package monitoring

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alarms"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/certificates"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// defaultMinimumRequests is how many requests a period has at least for a rate of errors to count.
const defaultMinimumRequests = 10

// ProviderAlarmsProps are the properties of [ProviderAlarms].
type ProviderAlarmsProps struct {
	// The API that is watched: a provider over PrivateLink, an API over VPC Lattice of package lattice, or one behind an ALB of package
	// routedapi or publicapi, but no import. It is in the account and Region of the alarms. Alarms on target groups are those of the routes and listeners that it has
	// by now, so add these first. Keep the alarms in its stack: CloudFormation removes no route whose target group an alarm of another stack names.
	//
	// Required.
	Service privateapi.IPrivateApiService

	// The topics that alarms notify when they go off, and when they are over, in the Region of the alarms. A topic lets CloudWatch publish by its policy.
	//
	// Default: - none: without ActionArns too, the alarms only have a state.
	Topics *[]awssns.ITopic

	// What else alarms do, by ARNs: Systems Manager incidents or OpsItems, Lambda functions, or topics. At most five with Topics.
	//
	// Default: - none.
	ActionArns *[]*string

	// Whether alarms also act when they are over.
	//
	// Default: true.
	OkActions *bool

	// Whether the alarms that ApiUnavailable combines act too, besides it.
	//
	// Default: false: ApiUnavailable acts for them.
	PartActions *bool

	// The certificates of the API, as its Certificates has them. Each has an alarm DaysToExpiry. They are of ACM: one of IAM has no metric.
	//
	// Default: - none: no alarm watches a certificate.
	Certificates *[]elbv2.IListenerCertificate

	// How many requests a period has at least for LoadBalancerErrors, TargetErrors and ServerErrors to go off: one failed request of two is no
	// outage.
	//
	// Default: 10.
	MinimumRequests *float64

	// What is changed of alarms, by their names, which docs/monitoring.md lists. Of ApiUnavailable only Enabled can be set.
	//
	// Default: - all alarms are as listed.
	Alarms *map[string]*AlarmSettings
}

// ProviderAlarms are the alarms of an API, in the account of its provider.
//
// AWS recommends some of them, which docs/monitoring.md marks; the others are of this module. ApiUnavailable combines those that mean that no
// request is answered, and acts for them: it goes off if no zone of the NLB or no target of a group is healthy, or if the ALB answers with errors
// of its own. With fewer than two such alarms there is none, and the one that is left acts itself.
//
// An alarm costs $0.10 a month for each metric that it looks at, and ApiUnavailable $0.50: those of a [privateapi.PrivateApiProvider] with
// one route and one certificate cost about $2. The command privateapi cost has the sum.
//
// Of an API behind an ALB alone, it has the alarms of the ALB and its target groups, and of one over VPC Lattice those of its service and target
// groups, without ApiUnavailable. Not covered: what targets measure themselves, web ACLs, and acceptors, which have alarms of their own.
type ProviderAlarms interface {
	IAlarms

	// ApiUnavailable returns the composite alarm; nil if it is off, or if fewer than two of its alarms are on.
	ApiUnavailable() awscloudwatch.CfnCompositeAlarm
}

type providerAlarms struct {
	constructs.Construct
	alarmSet
}

var _ ProviderAlarms = (*providerAlarms)(nil)

// NewProviderAlarms defines [ProviderAlarms].
//
// Before it defines anything, it panics with all that breaks a rule in props, such as a name of Alarms that no alarm has.
func NewProviderAlarms(scope constructs.Construct, id *string, props *ProviderAlarmsProps) ProviderAlarms {
	refusal.RequireScope("NewProviderAlarms", scope, id)
	props = prop.Or(prop.Copy(props), &ProviderAlarmsProps{}) // the caller may change its own
	plan := newAlarmPlan(scope, alarmOptions{props.Topics, props.ActionArns, props.OkActions, props.PartActions, props.Alarms})
	check.Embedded(plan.report, "", props)
	refusal.Of(plan.report, scope, id) // what embeds nil cannot be asked
	plan.watchProvider(props)
	refusal.Of(plan.report, scope, id)

	a := &providerAlarms{}
	a.define(a, &a.Construct, plan, scope, id)
	return a
}

// watchProvider plans the alarms in the order of a request's path.
func (p *alarmPlan) watchProvider(props *ProviderAlarmsProps) {
	minimum := *prop.Or(props.MinimumRequests, jsii.Number(defaultMinimumRequests))
	if token.IsNumber(minimum) {
		p.report.AddWithFix(rules.AlarmThreshold, "MinimumRequests", "write the number", "is known only at deploy time")
	} else {
		rules.CheckAlarmMinimum(p.report, "MinimumRequests", minimum)
	}
	p.checkCertificates(props.Certificates)
	p.checkActions()
	if props.Service == nil {
		p.report.AddWithFix(rules.Required, "Service", "supply the API to watch", "is missing")
		return
	}
	if !isDefinedHere(props.Service) {
		p.report.Add(rules.AlarmSubject, "Service", "is an import, whose metrics are in the account of its owner, or is none of this module")
		return
	}
	resources := p.resources("Service", props.Service)
	if len(resources) == 0 && !p.report.HasErrors() {
		p.report.Add(rules.AlarmSubject, "Service", "has nothing that AWS measures in this account")
	}
	var all []alarms.Alarm
	for _, resource := range resources {
		all = append(all, alarmsOn(resource, minimum)...)
	}
	for _, certificate := range prop.Elements(props.Certificates) {
		if certificate != nil {
			arn := certificates.Read(p.stack, certificate).ARN
			all = append(all, alarmsOn(metrics.Certificate(&arn), minimum)...)
		}
	}
	p.tune(all, props.Alarms)
}

// checkCertificates checks that each certificate has a metric here, and is watched once.
func (p *alarmPlan) checkCertificates(list *[]elbv2.IListenerCertificate) {
	const property = "Certificates"
	check.NoNil(p.report, property, list)
	account, _ := token.Literal(p.stack.Account())
	region, _ := token.Literal(p.stack.Region())
	seen := map[string]bool{}
	for i, certificate := range prop.Elements(list) {
		if certificate == nil {
			continue
		}
		at, read := fmt.Sprintf("%s[%d]", property, i), certificates.Read(p.stack, certificate)
		if seen[read.ARN] {
			p.report.AddWithFix(rules.Contradiction, at, "remove the duplicate", "is listed twice")
		}
		seen[read.ARN] = true
		if !read.IsLiteral {
			continue
		}
		rules.CheckCertificate(p.report, at, read.ARN, rules.Environment{Account: account, Region: region})
		if arn, ok := rules.ParseCertificateARN(read.ARN); ok && arn.Region == "" {
			p.report.AddWithFix(rules.AlarmSubject, at, "leave it out", "is of IAM, of which AWS publishes no metric")
		}
	}
}

// isDefinedHere reports whether an app defines an API: over PrivateLink, behind an ALB, or over VPC Lattice. An import lacks the methods by which
// one is opened.
func isDefinedHere(service privateapi.IPrivateApiService) bool {
	switch service.(type) {
	case privateapi.IPrivateLinkProvider, interface {
		LoadBalancer() elbv2.IApplicationLoadBalancer
	}, interface{ AllowVpcAccount(account *string) }:
		return true
	}
	return false
}

func (a *providerAlarms) ApiUnavailable() awscloudwatch.CfnCompositeAlarm {
	if a.composite == nil {
		return nil
	}
	return a.composite.Object()
}
