package check

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// pass is one check at work: the facts that it reads, the rule that it is for, and what it has found.
type pass struct {
	*facts
	rule  rules.Rule
	found []proof.Finding
}

// at lists the properties that a finding is about. The first one is what to change.
type at []network.Property

// report records that the rule is broken.
func (p *pass) report(where at, format string, args ...any) {
	p.reportWithFix(rules.TemplateFix(p.rule), where, format, args...)
}

// reportWithFix is report with a fix that suits the case better than that of the rule.
//
// Nothing is reported that rests on the placeholder of a zone: the next synthesis has another value.
func (p *pass) reportWithFix(fix string, where at, format string, args ...any) {
	if slices.ContainsFunc(where, func(property network.Property) bool { return placeholder.IsZone(property.Literal()) }) {
		return
	}
	p.found = append(p.found, proof.Finding{
		Rule: p.rule.ID, Severity: proof.Severity(p.rule.Severity), Message: fmt.Sprintf(format, args...),
		Evidence: cite.Properties(where...), AWS: p.rule.AWS, Fix: fix, Source: p.rule.Source,
	})
}

// values runs checks on plain values of a property. Those may be for several rules: only the pass's own counts.
func (p *pass) values(of network.Property, run func(report *rules.Report, property string)) {
	var report rules.Report
	run(&report, of.Path())
	for _, problem := range report.Problems() {
		if problem.Rule.ID != p.rule.ID {
			continue
		}
		fix := problem.Fix
		if fix == p.rule.Fix {
			fix = rules.TemplateFix(p.rule)
		}
		if of.IsWhole() {
			p.reportWithFix(fix, at{of}, "%s", problem.What)
			continue
		}
		p.reportWithFix(fix, at{of}, "%s: %s", problem.Property, problem.What)
	}
}

// text runs a check on a property that has text, if the template has it.
func (p *pass) text(of network.Property, run func(report *rules.Report, property, value string)) {
	if value, ok := of.Text(); ok {
		p.values(of, func(report *rules.Report, property string) { run(report, property, value) })
	}
}

// number runs a check on a property that has a number, if the template has it.
func (p *pass) number(of network.Property, run func(report *rules.Report, property string, value float64)) {
	if value, ok := of.Number(); ok {
		p.values(of, func(report *rules.Report, property string) { run(report, property, value) })
	}
}
