package monitoring

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alarms"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// alarmPlan is what alarms to define, with all rules checked.
type alarmPlan struct {
	stack  *answers.Stack
	report *rules.Report

	all    []alarms.Alarm // with those that are off
	alarms []alarms.Alarm
	names  []string // of all, and of the composite

	topics              *[]awssns.ITopic
	actionARNs          *[]*string
	actions             []any // ARNs of both
	okActions, partsAct bool
	hasComposite        bool
}

// alarmOptions are what the props of all constructs with alarms have.
type alarmOptions struct {
	topics      *[]awssns.ITopic
	actionARNs  *[]*string
	okActions   *bool
	partActions *bool
	settings    *map[string]*AlarmSettings
}

func newAlarmPlan(scope constructs.Construct, o alarmOptions) *alarmPlan {
	return &alarmPlan{
		stack: answers.StackOf(scope), report: &rules.Report{},
		topics: o.topics, actionARNs: o.actionARNs,
		okActions: *prop.Or(o.okActions, jsii.Bool(true)), partsAct: prop.IsTrue(o.partActions),
	}
}

// resources returns what AWS measures of what is watched, which is a construct in a stack of its own.
func (p *alarmPlan) resources(property string, watched constructs.IConstruct) []metrics.Resource {
	p.checkPlace(property, answers.Of(p.stack, watched, "stack of its scope", func() *answers.Stack {
		return answers.StackOf(watched.Node().Scope()) // jsii does not know a struct that embeds a construct
	}))
	measured, ok := watched.(metrics.Measured)
	if !ok {
		p.report.Add(rules.AlarmSubject, property, "is a construct whose resources this module does not know")
		return nil
	}
	return measured.MetricResources()
}

// checkPlace checks that the alarms are where the metrics are, and can refer to what is measured.
func (p *alarmPlan) checkPlace(property string, home *answers.Stack) {
	if here, there := placement.EnvironmentOfStack(p.stack), placement.EnvironmentOfStack(home); here.DiffersFrom(there) {
		p.report.Add(rules.AlarmPlace, property, "is in %s, and the alarms in %s", there, here)
	}
	if home != p.stack && home.Stage() != p.stack.Stage() {
		p.report.AddWithFix(rules.AlarmPlace, property, "define the alarms in its stage", "is in another stage or app")
	}
}

// tune takes the settings, and decides on the composite.
func (p *alarmPlan) tune(all []alarms.Alarm, given *map[string]*AlarmSettings) {
	const property = "Alarms"
	p.all = numbered(all)
	p.names = alarms.Names(p.all)
	var composites []string
	if len(partsOf(p.all)) > 1 {
		composites = []string{apiUnavailable}
		p.names = append(p.names, apiUnavailable)
	}
	settings := map[string]*alarms.Settings{}
	for name, s := range *prop.Or(given, &map[string]*AlarmSettings{}) {
		settings[name] = (*alarms.Settings)(s)
	}
	p.alarms = alarms.Tune(p.report, property, p.all, settings, composites...)
	parts, own := len(partsOf(p.alarms)), prop.Or(settings[apiUnavailable], &alarms.Settings{})
	p.hasComposite = parts > 1 && (own.Enabled == nil || *own.Enabled)
	if p.hasComposite {
		rules.CheckAlarmParts(p.report, "Service", partsOf(p.alarms))
	}
	if len(composites) > 0 && parts < 2 && prop.IsTrue(own.Enabled) {
		p.report.AddWithFix(rules.Contradiction, property+"["+apiUnavailable+"]", "keep two of its alarms, or leave it out", "is on, but all of its alarms but %d are off", parts)
	}
}

// partsOf returns the IDs of alarms that a composite can act for.
func partsOf(list []alarms.Alarm) (ids []string) {
	for _, alarm := range list {
		if alarm.IsPart {
			ids = append(ids, alarm.ID)
		}
	}
	return ids
}

// isPart reports whether the composite acts for an alarm.
func (p *alarmPlan) isPart(alarm alarms.Alarm) bool { return alarm.IsPart && p.hasComposite }

// checkActions checks what alarms do.
func (p *alarmPlan) checkActions() {
	r := p.report
	p.actions = alarms.Topics(r, p.stack, "Topics", p.topics)
	check.NoNil(r, "ActionArns", p.actionARNs)
	if p.actionARNs != nil && token.IsList(*p.actionARNs) {
		r.AddWithFix(rules.AlarmActions, "ActionArns", "list the ARNs one by one; each may be a token", "is a list that is known only at deploy time")
	}
	for i, arn := range token.Elements(p.actionARNs) {
		alarms.CheckAction(r, p.stack, fmt.Sprintf("ActionArns[%d]", i), arn)
		p.actions = append(p.actions, arn)
	}
	rules.CheckAlarmActions(r, "Topics and ActionArns", len(p.actions))
}
