package privateapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// The severities of CDK. A fatal violation cannot be acknowledged.
const (
	severityFatal   = "fatal"
	severityError   = "error"
	severityWarning = "warning"
	severityInfo    = "info"
)

// IDs of violations that break no rule of AWS.
const (
	rulePath    = "path"
	ruleUnknown = "unknownPath"
	ruleNothing = "nothingToProve"
	ruleInput   = "input"
	ruleSummary = "proof"
)

// reportOf returns the report with these violations. It fails if one of them is an error.
func reportOf(violations []*awscdk.PolicyViolation) *awscdk.PolicyValidationPluginReport {
	failed := slices.ContainsFunc(violations, func(v *awscdk.PolicyViolation) bool {
		return *v.Severity == severityError || *v.Severity == severityFatal
	})
	return &awscdk.PolicyValidationPluginReport{Success: jsii.Bool(!failed), Violations: &violations}
}

// summary says how many paths are proven, and by which facts: a proof that succeeded says so. CDK shows nothing of a plugin
// without a violation.
func summary(report *reachability.Report) *awscdk.PolicyViolation {
	text := fmt.Sprintf("paths: %d proven, %d blocked, %d unknown",
		report.Count(reachability.Reachable), report.Count(reachability.Blocked), report.Count(reachability.Unknown))
	if list := report.Facts.List(); len(list) > 0 {
		text += "\n   by the facts: " + strings.Join(list, "; ")
	}
	v := violation(severityInfo, ruleSummary, nil)
	v.Description = jsii.String(text)
	return v
}

// violations returns a report in CDK's form: blocked paths, unknown paths, broken rules, and what the proof does not cover.
func (p *proofPlugin) violations(report *reachability.Report) []*awscdk.PolicyViolation {
	unknown := severityWarning
	if p.failOnUnknown {
		unknown = severityError
	}
	var all []*awscdk.PolicyViolation
	for _, group := range report.Groups() {
		severity := severityError
		if group.Verdict == reachability.Unknown {
			severity = unknown
		}
		all = append(all, p.violationsOfGroup(group, severity)...)
	}
	paths := all
	for _, finding := range report.Findings {
		v := violationOfFinding(finding)
		sameID := func(path *awscdk.PolicyViolation) bool { return *path.RuleName == *v.RuleName }
		if !slices.ContainsFunc(paths, sameID) { // the violation of a blocked path has more details
			all = append(all, v)
		}
	}
	for _, n := range report.Notices {
		v := violation(severityInfo, n.ID, n.Evidence)
		v.Description = jsii.String("not covered by the proof: " + n.Message + locations(n.Evidence))
		v.Fix = fix(p.fields(n.Settle))
		all = append(all, v)
	}
	if len(report.Answers) == 0 {
		v := violation(unknown, ruleNothing, nil)
		v.Description = jsii.String("no path is proven: these templates have no client of a private API")
		v.Fix = jsii.String("set Assemblies or Templates in ProveReachabilityProps to load the other side")
		all = append(all, v)
	}
	return all
}

// notProven returns the violation of a proof that could not start.
func notProven(why string) *awscdk.PolicyViolation {
	v := violation(severityFatal, ruleInput, nil)
	v.Description = jsii.String("no path is proven: " + why)
	return v
}

// violationsOfGroup returns the violation at the resource that decides and, if it is an error, one in each other stack
// that has an endpoint on the path: the CLI shows, and fails on, only the violations in the stacks that it deploys.
func (p *proofPlugin) violationsOfGroup(group reachability.Group, severity string) []*awscdk.PolicyViolation {
	first, hop := group.Answers[0], group.Hop
	id := idOf(first)
	cause := violation(severity, id, hop.Evidence)
	cause.Description = jsii.String(headline(first) + chain(group) + others(group.Answers) + explainHint(hop.Rule))
	cause.Fix = p.fixOf(group)
	all := []*awscdk.PolicyViolation{cause}
	if severity != severityError {
		return all
	}
	reported := map[string]bool{}
	if len(hop.Evidence) > 0 {
		reported[hop.Evidence[0].Stack] = true
	}
	for i, a := range group.Answers {
		end, ok := consumerEnd(a)
		if !ok || reported[end.Stack] {
			continue
		}
		reported[end.Stack] = true
		here := slices.DeleteFunc(slices.Clone(group.Answers[i:]), func(other reachability.Answer) bool {
			otherEnd, _ := consumerEnd(other)
			return otherEnd.Stack != end.Stack
		})
		effect := violation(severity, id, []reachability.Evidence{end})
		effect.RuleName = cause.RuleName
		effect.Description = jsii.String(headline(a) + ": " + hop.Message + others(here))
		effect.Fix = cause.Fix
		all = append(all, effect)
	}
	return all
}

// idOf returns the ID by which people acknowledge an answer. An unknown path and a blocked one have different IDs, so that
// nobody acknowledges both at once.
func idOf(a reachability.Answer) string {
	hop := a.Decisive()
	id := hop.Rule
	switch {
	case a.Verdict != reachability.Blocked:
		id = ruleUnknown
	case id == "":
		id = rulePath
	}
	if len(hop.Evidence) == 0 { // no resource to name, so name the client
		id += "[" + safe(a.Client) + "]"
	}
	return id
}

// consumerEnd returns the endpoint on an answer's path.
func consumerEnd(a reachability.Answer) (reachability.Evidence, bool) {
	for _, hop := range a.Hops {
		for _, e := range hop.Evidence {
			if e.Type == "AWS::EC2::VPCEndpoint" {
				return e, true
			}
		}
	}
	return reachability.Evidence{}, false
}

// fixOf returns how to fix the hops of a group that do not pass: first what to change, then what to set for the proof.
func (p *proofPlugin) fixOf(group reachability.Group) *string {
	var lines []string
	var settle []reachability.Settlement
	for _, hop := range append([]reachability.Hop{group.Hop}, group.Further()...) {
		if hop.Fix != "" && !slices.Contains(lines, hop.Fix) {
			lines = append(lines, hop.Fix)
		}
		settle = append(settle, hop.Settle...)
	}
	return fix(append(lines, p.fields(settle)...))
}

// fix joins the lines of a fix, or returns nil if there are none.
func fix(lines []string) *string {
	if len(lines) == 0 {
		return nil
	}
	return jsii.String(strings.Join(lines, "\n"))
}

func violationOfFinding(f reachability.Finding) *awscdk.PolicyViolation {
	severity := severityError
	if f.Severity == reachability.SeverityWarning {
		severity = severityWarning
	}
	v := violation(severity, f.Rule, f.Evidence)
	v.Description = jsii.String(f.Message + locations(f.Evidence) + "\n   AWS: " + f.AWS + explainHint(f.Rule))
	if f.Fix != "" {
		v.Fix = jsii.String(f.Fix)
	}
	return v
}

// violation returns a violation at the first evidence. CDK finds the construct by its logical ID.
func violation(severity, id string, at []reachability.Evidence) *awscdk.PolicyViolation {
	id = short(id)
	where := &awscdk.PolicyViolatingResource{Locations: &[]*string{}}
	if len(at) > 0 {
		id += "[" + safe(at[0].Resource()) + "]"
		where.ResourceLogicalId, where.TemplatePath = jsii.String(at[0].LogicalID), jsii.String(at[0].File)
		if at[0].Property != "" {
			where.Locations = jsii.Strings("Properties." + at[0].Property)
		}
	}
	return &awscdk.PolicyViolation{
		RuleName:           jsii.String(id),
		Severity:           jsii.String(severity),
		ViolatingResources: &[]*awscdk.PolicyViolatingResource{where},
	}
}

// safe replaces characters that CDK does not accept between the brackets of an ID: spaces, which it turns into hyphens, and
// brackets, which it matches.
func safe(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" []{}()", r) {
			return '-'
		}
		return r
	}, text)
}

// short returns the ID of a rule without the namespace, which CDK adds.
func short(rule string) string { return strings.TrimPrefix(rule, proofName+":") }

// explainHint returns the command that explains a rule.
func explainHint(rule string) string {
	if rule == "" {
		return ""
	}
	return fmt.Sprintf("\n   why: privateapi explain %s", short(rule))
}
