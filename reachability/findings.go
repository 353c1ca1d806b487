package reachability

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// findings returns the rules that the templates break, whatever is asked: errors first, each in the order of a
// request's path. What may not be deployed, or is not known, breaks none.
func (m *Model) findings() []Finding {
	v := newReview(m)
	for _, part := range []func(){
		v.hostedZones, v.records, v.vpcs, v.endpoints, v.services, v.permissions,
		v.loadBalancers, v.listeners, v.targetGroups, v.listenerRules, v.webACLs, v.openings, v.securityGroups,
	} {
		part()
	}
	slices.SortStableFunc(v.found, func(a, b Finding) int { return strings.Compare(string(a.Severity), string(b.Severity)) })
	return v.found
}

// review looks for broken rules. It never changes after newReview, but for what it found.
type review struct {
	reviewIndex
	found []Finding
}

// add records that a rule is broken; the first evidence is what to change.
func (v *review) add(rule rules.Rule, at []Evidence, format string, args ...any) {
	v.addWithFix(rule, rules.TemplateFix(rule), at, format, args...)
}

// addWithFix is add with a fix that fits the case better than the rule's own.
func (v *review) addWithFix(rule rules.Rule, fix string, at []Evidence, format string, args ...any) {
	v.found = append(v.found, Finding{
		Rule: rule.ID, Severity: Severity(rule.Severity), Message: fmt.Sprintf(format, args...), Evidence: at,
		AWS: rule.AWS, Fix: fix, Source: rule.Source,
	})
}

// check runs checks on plain values: what they report of a property becomes findings.
func (v *review) check(r *assembly.Resource, path []any, run func(report *rules.Report, property string)) {
	var report rules.Report
	at := evidence(r, path...)
	run(&report, at.Property)
	for _, p := range report.Problems() {
		fix := p.Fix
		if fix == p.Rule.Fix {
			fix = rules.TemplateFix(p.Rule)
		}
		v.addWithFix(p.Rule, fix, []Evidence{at}, "%s: %s", p.Property, p.What)
	}
}

// checkText is check for a property that is text, if it is known.
func (v *review) checkText(r *assembly.Resource, path []any, check func(report *rules.Report, property, value string)) {
	if value, ok := r.Property(path...).Text(); ok {
		v.check(r, path, func(report *rules.Report, property string) { check(report, property, value) })
	}
}

// checkNumber is check for a property that is a number, if it is known.
func (v *review) checkNumber(r *assembly.Resource, path []any, check func(report *rules.Report, property string, value float64)) {
	if value, ok := r.Property(path...).Number(); ok {
		v.check(r, path, func(report *rules.Report, property string) { check(report, property, value) })
	}
}

// sure returns the resources of a type that are deployed for certain, as the template has them: no macro changes them.
func (v *review) sure(resourceType string) []*assembly.Resource {
	return slices.DeleteFunc(v.m.ofType(resourceType), func(r *assembly.Resource) bool { return !v.isSure(r) })
}

func (v *review) isSure(r *assembly.Resource) bool {
	return r != nil && r.Exists == assembly.Yes && foreignMacro(r.Stack) == ""
}

// refersTo returns the resource of a type that a value refers to, or nil.
func refersTo(v assembly.Value, resourceType string) *assembly.Resource {
	if r, _, ok := v.Reference(); ok && r.Type == resourceType && r.Exists != assembly.No {
		return r
	}
	return nil
}

// partOf returns the resource of a type that a value is made of, such as the service in a service name, or nil.
func partOf(v assembly.Value, resourceType string) *assembly.Resource {
	if r := refersTo(v, resourceType); r != nil {
		return r
	}
	if _, _, of, ok := v.Part(); ok {
		return partOf(of, resourceType)
	}
	for _, p := range v.Parts() {
		if r := partOf(p, resourceType); r != nil {
			return r
		}
	}
	return nil
}

// isBool reports whether a value is known, and that.
func isBool(v assembly.Value, want bool) bool {
	is, ok := v.Bool()
	return ok && is == want
}

// isMissing reports whether a property is certain to be absent or to have no items.
func isMissing(v assembly.Value) bool {
	list, ok := v.Items()
	return v.Kind() == assembly.Absent || ok && len(list) == 0
}

// hasItem reports whether a list has an item for certain.
func hasItem(v assembly.Value) bool {
	list, _ := v.Items()
	return slices.ContainsFunc(list, func(item assembly.Value) bool { return item.Kind() != assembly.Unknown })
}

// keyed returns the value of a key in a list of keys and values, and its index; -1 if it is not there.
func keyed(r *assembly.Resource, property, key string) (assembly.Value, int) {
	for i, item := range items(r, property) {
		if name, ok := item.Field("Key").Text(); ok && name == key {
			return item.Field("Value"), i
		}
	}
	return assembly.Value{}, -1
}
