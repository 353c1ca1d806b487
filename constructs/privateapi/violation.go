package privateapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// Severities as CDK has them. A fatal violation cannot be acknowledged.
const (
	severityFatal   = "fatal"
	severityError   = "error"
	severityWarning = "warning"
	severityInfo    = "info"
)

// What people acknowledge where no rule of AWS is broken.
const (
	rulePath    = "path"
	ruleUnknown = "unknownPath"
	ruleNothing = "nothingToProve"
	ruleInput   = "input"
)

// reportOf fails if a violation is an error.
func reportOf(violations []*awscdk.PolicyViolation) *awscdk.PolicyValidationPluginReport {
	failed := slices.ContainsFunc(violations, func(v *awscdk.PolicyViolation) bool {
		return *v.Severity == severityError || *v.Severity == severityFatal
	})
	return &awscdk.PolicyValidationPluginReport{Success: jsii.Bool(!failed), Violations: &violations}
}

// violationsOf is a report in CDK's form: what is blocked, what is not known, what breaks a rule, what is not covered.
func violationsOf(report *reachability.Report, failOnUnknown bool) []*awscdk.PolicyViolation {
	unknown := severityWarning
	if failOnUnknown {
		unknown = severityError
	}
	var all []*awscdk.PolicyViolation
	for _, group := range grouped(report.Answers) {
		if group[0].Verdict == reachability.Blocked {
			all = append(all, violationsOfPaths(group, severityError)...)
		} else {
			all = append(all, violationsOfPaths(group, unknown)...)
		}
	}
	paths := all
	for _, finding := range report.Findings {
		v := violationOfFinding(finding)
		sameID := func(path *awscdk.PolicyViolation) bool { return *path.RuleName == *v.RuleName }
		if !slices.ContainsFunc(paths, sameID) { // the path that it blocks says more
			all = append(all, v)
		}
	}
	for _, n := range report.Notices {
		all = append(all, violation(severityInfo, n.ID, "not covered by the proof: "+n.Message+places(n.Evidence), "", n.Evidence))
	}
	if len(report.Answers) == 0 {
		all = append(all, violation(unknown, ruleNothing, "no path is proven: these templates have no client of a private API",
			"give ProveReachability the other side in Assemblies or Templates", nil))
	}
	return all
}

// notProven is what stops a proof before it starts.
func notProven(why string) *awscdk.PolicyViolation {
	return violation(severityFatal, ruleInput, "no path is proven: "+why, "", nil)
}

// grouped puts together the answers that are not reachable for the same reason, in the order of the report.
func grouped(answers []reachability.Answer) [][]reachability.Answer {
	var groups [][]reachability.Answer
	index := map[string]int{}
	for _, a := range answers {
		if a.Verdict == reachability.Reachable {
			continue
		}
		hop := a.Decisive()
		key := fmt.Sprint(a.Verdict, hop.Name, hop.Rule, hop.Message, hop.Evidence)
		i, ok := index[key]
		if !ok {
			i = len(groups)
			index[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], a)
	}
	return groups
}

// violationsOfPaths are the violation at the resource that decides and, if it is an error, one in each other stack that
// has an endpoint on the way: the CLI tells, and lets fail, only what concerns the stacks that it is asked for.
func violationsOfPaths(group []reachability.Answer, severity string) []*awscdk.PolicyViolation {
	first := group[0]
	hop := first.Decisive()
	id := idOf(first)
	cause := violation(severity, id, verdict(first)+chain(first)+more(group)+why(hop.Rule), fixes(first), hop.Evidence)
	all := []*awscdk.PolicyViolation{cause}
	if severity != severityError {
		return all
	}
	told := map[string]bool{}
	if len(hop.Evidence) > 0 {
		told[hop.Evidence[0].Stack] = true
	}
	for i, a := range group {
		end, ok := consumerEnd(a)
		if !ok || told[end.Stack] {
			continue
		}
		told[end.Stack] = true
		here := slices.DeleteFunc(slices.Clone(group[i:]), func(other reachability.Answer) bool {
			otherEnd, _ := consumerEnd(other)
			return otherEnd.Stack != end.Stack
		})
		effect := violation(severity, id, verdict(a)+": "+hop.Message+more(here), fixes(a), []reachability.Evidence{end})
		effect.RuleName = cause.RuleName
		all = append(all, effect)
	}
	return all
}

// idOf is what acknowledges an answer. Who lives with what is not known must not let off what is blocked.
func idOf(a reachability.Answer) string {
	hop := a.Decisive()
	id := hop.Rule
	switch {
	case a.Verdict != reachability.Blocked:
		id = ruleUnknown
	case id == "":
		id = rulePath
	}
	if len(hop.Evidence) == 0 { // nothing to point at, so who calls must do
		id += "[" + safe(a.Client) + "]"
	}
	return id
}

// verdict is an answer in one sentence.
func verdict(a reachability.Answer) string {
	form := "%s cannot call %s: blocked at %s"
	if a.Verdict != reachability.Blocked {
		form = "%s is not proven to reach %s: unknown at %s"
	}
	return fmt.Sprintf(form, a.Client, a.URL(), a.Decisive().Name)
}

// consumerEnd is the endpoint on the way of an answer.
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

// chain is the hops of an answer below its verdict: how many pass, and the others with what is wrong and where.
func chain(a reachability.Answer) string {
	var passed []string
	var text strings.Builder
	for _, hop := range a.Hops {
		if hop.Verdict == reachability.Reachable {
			passed = append(passed, hop.Name)
			continue
		}
		fmt.Fprintf(&text, "\n   %s %s: %s%s", hop.Mark(), hop.Name, hop.Message, places(hop.Evidence))
	}
	switch n := len(passed); n {
	case 0:
		return text.String()
	case 1:
		return "\n   ✓ " + passed[0] + text.String()
	default:
		return fmt.Sprintf("\n   ✓ %d hops, %s to %s%s", n, passed[0], passed[n-1], text.String())
	}
}

// places are where, a line each.
func places(evidence []reachability.Evidence) string {
	var text strings.Builder
	for _, e := range evidence {
		if strings.HasPrefix(e.Value, "unknown: ") { // what was found says so already
			e.Value = ""
		}
		fmt.Fprintf(&text, "\n     at %s", e)
	}
	return text.String()
}

// more names the other paths of a group, a few of them in full.
func more(group []reachability.Answer) string {
	const most = 4
	var text strings.Builder
	for i, a := range group[1:] {
		if i == most {
			fmt.Fprintf(&text, "\n   and %d more", len(group)-1-most)
			break
		}
		fmt.Fprintf(&text, "\n   the same: %s calls %s", a.Client, a.URL())
	}
	return text.String()
}

// why is where people read more of a rule.
func why(rule string) string {
	if rule == "" {
		return ""
	}
	return "\n   why: privateapi explain " + short(rule)
}

// short is the ID of a rule without the namespace that CDK puts before it.
func short(rule string) string { return strings.TrimPrefix(rule, proofName+":") }

// fixes are what to do about each hop that does not pass, one a line.
func fixes(a reachability.Answer) string {
	var list []string
	for _, hop := range a.Hops {
		if hop.Verdict != reachability.Reachable && hop.Fix != "" && !slices.Contains(list, hop.Fix) {
			list = append(list, hop.Fix)
		}
	}
	return strings.Join(list, "\n")
}

func violationOfFinding(f reachability.Finding) *awscdk.PolicyViolation {
	severity := severityError
	if f.Severity == reachability.SeverityWarning {
		severity = severityWarning
	}
	return violation(severity, f.Rule, f.Message+places(f.Evidence)+"\n   AWS: "+f.AWS+why(f.Rule), f.Fix, f.Evidence)
}

// flags puts properties in place of flags of the command, in which the proof speaks.
var flags = strings.NewReplacer(
	"--parameter ", "Parameters ",
	"--service ", "Services ",
	"--zone ", "AvailabilityZoneIds ",
	"--assume ", "Assume ",
	"--template FILE=ACCOUNT/REGION", "Account and Region of Templates",
	"--template ", "Templates ",
)

// violation is one violation at the first of evidence. CDK finds the construct of a logical ID in its tree.
func violation(severity, id, description, fix string, at []reachability.Evidence) *awscdk.PolicyViolation {
	id = short(id)
	where := &awscdk.PolicyViolatingResource{Locations: &[]*string{}}
	if len(at) > 0 {
		id += "[" + safe(at[0].Stack+"/"+at[0].LogicalID) + "]"
		where.ResourceLogicalId, where.TemplatePath = jsii.String(at[0].LogicalID), jsii.String(at[0].File)
		if at[0].Property != "" {
			where.Locations = jsii.Strings("Properties." + at[0].Property)
		}
	}
	v := &awscdk.PolicyViolation{
		RuleName:           jsii.String(id),
		Description:        jsii.String(flags.Replace(description)),
		Severity:           jsii.String(severity),
		ViolatingResources: &[]*awscdk.PolicyViolatingResource{where},
	}
	if fix != "" {
		v.Fix = jsii.String(fixAtSynth(fix))
	}
	return v
}

func fixAtSynth(fix string) string {
	text := flags.Replace(fix)
	if text != fix {
		text += " (properties of ProveReachability)"
	}
	return text
}

// safe is text that CDK takes inside the brackets of an ID: without spaces, which it would turn into hyphens, and without
// brackets, which it would match.
func safe(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" []{}()", r) {
			return '-'
		}
		return r
	}, text)
}
