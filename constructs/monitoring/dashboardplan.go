package monitoring

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

// dashboardPlan is a dashboard with all rules checked, and its body.
type dashboardPlan struct {
	props     *DashboardProps
	stack     *answers.Stack
	report    *rules.Report
	provider  *answers.Stack // of the Service; nil without
	subjects  []subject
	consumers []consumerLine
	body      body
}

// planDashboard panics with all problems of the props. It defines nothing.
func planDashboard(scope constructs.Construct, id *string, props *DashboardProps) *dashboardPlan {
	p := &dashboardPlan{props: props, stack: answers.StackOf(scope), report: &rules.Report{}}
	check.Embedded(p.report, "", props)
	check.NoNil(p.report, "Consumers", props.Consumers)
	refusal.Of(p.report, scope, id) // what is nil cannot be asked
	if props.Provider == nil && len(prop.Elements(props.Consumers)) == 0 {
		p.report.Add(rules.DashboardEmpty, "Provider", "is missing, and so are Consumers")
	}
	p.checkFrame()
	p.planProvider()
	p.planConsumers()
	refusal.Of(p.report, scope, id)
	p.planBody()
	refusal.Of(p.report, scope, id)
	return p
}

// checkFrame checks what is not about a side.
func (p *dashboardPlan) checkFrame() {
	if name, isLiteral := token.Literal(p.props.DashboardName); isLiteral {
		rules.CheckDashboardName(p.report, "DashboardName", name)
	}
	check.Constant(p.report, "PeriodOverride", string(p.props.PeriodOverride))
	p.checkArns("AlarmArns", p.props.AlarmArns)
	check.Each(p.props.AlarmArns, "AlarmArns", func(property, arn string) { rules.CheckAlarmARN(p.report, property, arn) })
	start, end := textOf(p.props.Start), textOf(p.props.End)
	if token.IsString(start) || token.IsString(end) {
		p.report.Add(rules.DashboardTime, "Start", "or End is known only at deploy time")
		return
	}
	rules.CheckDashboardTime(p.report, "Start", start, end)
}

// checkArns reports nil elements, and a list that is not known.
func (p *dashboardPlan) checkArns(property string, arns *[]*string) {
	check.NoNil(p.report, property, arns)
	p.checkList(property, arns)
}

// checkList reports a list whose length only a deployment knows: each element needs a place of its own in the body.
func (p *dashboardPlan) checkList(property string, list *[]*string) {
	if list != nil && token.IsList(*list) {
		p.report.AddWithFix(rules.DashboardResource, property, "list the elements one by one; each may be a token", "is a list that is known only at deploy time")
	}
}

// checkPlace reports a construct to which the stack of the dashboard cannot refer.
func (p *dashboardPlan) checkPlace(property string, home *answers.Stack) {
	if here, there := placement.EnvironmentOfStack(p.stack), placement.EnvironmentOfStack(home); here.DiffersFrom(there) {
		p.report.Add(rules.DashboardPlace, property, "is in %s, and the dashboard in %s", there, here)
		return
	}
	if home != p.stack && home.Stage() != p.stack.Stage() {
		p.report.Add(rules.DashboardPlace, property, "is in another stage or app")
	}
}

// placeOf is the place of a side that is described.
func (p *dashboardPlan) placeOf(property string, account, region, otherwise *string) place {
	if literal, isLiteral := token.Literal(account); isLiteral && !rules.IsAccountID(literal) {
		p.report.AddWithFix(rules.DashboardResource, property+".Account", "use its 12 digits", "%q is not an account ID", literal)
	}
	if literal, isLiteral := token.Literal(region); isLiteral {
		rules.CheckRegion(p.report, property+".Region", literal)
	}
	at := place{account: textOf(account), region: *prop.Or(region, otherwise)}
	if at.account == *p.stack.Account() {
		at.account = ""
	}
	return at
}

// checkEither reports properties that describe what a construct says already.
func (p *dashboardPlan) checkEither(property, construct string, described ...check.Property) {
	for _, name := range check.Set(described...) {
		p.report.AddWithFix(rules.Contradiction, property+"."+name, "leave out "+name+", or "+construct, "is set, and so is %s", construct)
	}
}

// planBody writes the body, and checks its size.
func (p *dashboardPlan) planBody() {
	widgets := []widget{p.heading()}
	alarms := prop.Elements(p.props.AlarmArns)
	for from := 0; from < len(alarms); from += rules.MaxWidgetAlarms {
		widgets = append(widgets, alarmStatus(alarms[from:min(from+rules.MaxWidgetAlarms, len(alarms))]))
	}
	widgets = append(widgets, widgetsOf(p.subjects, p.consumers, *p.stack.Region())...)
	all, largest := 0, 0
	for _, w := range widgets {
		if g, isGraph := w.Properties.(graphProperties); isGraph {
			all, largest = all+len(g.Metrics), max(largest, len(g.Metrics))
		}
	}
	property := "Consumers"
	if p.props.Provider != nil && len(prop.Elements(p.props.Provider.CertificateArns)) > len(prop.Elements(p.props.Consumers)) {
		property = "Provider.CertificateArns"
	}
	rules.CheckDashboardSize(p.report, property, all, largest)
	p.body = body{
		Start: textOf(p.props.Start), End: textOf(p.props.End),
		PeriodOverride: strings.ToLower(string(p.props.PeriodOverride)), // as the body has it
		Widgets:        layOut(widgets),
	}
}

// heading names the API and the path. Names are code in Markdown, in which an asterisk means nothing.
func (p *dashboardPlan) heading() widget {
	var names []string
	for _, name := range p.domainNames() {
		names = append(names, "`"+*name+"`")
	}
	title := "Private API"
	if len(names) > 0 {
		title = strings.Join(names, ", ")
	}
	path := []string{"client"}
	for _, s := range sections {
		if s.hop != "" && slices.ContainsFunc(p.subjects, func(shown subject) bool { return shown.resource.Kind == s.kind }) {
			path = append(path, s.hop)
		}
	}
	return text(fmt.Sprintf("# %s\n\n%s", title, strings.Join(path, " → ")), 2)
}

// alarmStatus returns a widget that is high enough for its alarms, four in a row.
func alarmStatus(arns []*string) widget {
	properties := alarmProperties{Title: "Alarms"}
	for _, arn := range arns {
		properties.Alarms = append(properties.Alarms, *arn)
	}
	return widget{Type: "alarm", Width: gridColumns, Height: 1 + (len(arns)+3)/4, Properties: properties}
}

func textOf(value *string) string { return *prop.Or(value, new(string)) }
