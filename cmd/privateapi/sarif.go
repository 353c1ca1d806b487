package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const repository = "https://github.com/cdk-private-api/cdk-private-api-go"

// The rules under which hops without a rule of their own are reported.
var (
	blockedPath = rules.Rule{
		ID: idPrefix + "path", Severity: rules.Error,
		Summary: "Every hop between a client and a private API passes.",
		AWS:     "drops or rejects the request",
		Fix:     "see the message, which names the hop",
		Source:  repository,
	}
	unknownPath = rules.Rule{
		ID: idPrefix + "unknown", Severity: rules.Warning,
		Summary: "The templates decide every hop between a client and a private API.",
		AWS:     "decides the hop when the templates are deployed",
		Fix:     "see the message, which says what would settle it",
		Source:  repository,
	}
)

// sarif collects one run.
type sarif struct {
	rules   []sarifRule
	index   map[string]int
	results []sarifResult
	seen    map[string]int // fingerprints
	locator *locator
}

func newSARIF() *sarif {
	return &sarif{rules: []sarifRule{}, results: []sarifResult{}, index: map[string]int{}, seen: map[string]int{}, locator: newLocator()}
}

// writeSARIF writes what is wrong or unknown as SARIF 2.1.0, with one result for each group of answers.
func writeSARIF(w io.Writer, r *reachability.Report, version string) error {
	s := newSARIF()
	for _, g := range r.Groups() {
		s.group(g)
	}
	for _, f := range r.Findings {
		s.finding(f)
	}
	return s.write(w, version, exitCode(r.Verdict()), s.notifications(r))
}

// write writes the run.
func (s *sarif) write(w io.Writer, version string, code int, notifications []sarifNotification) error {
	text, err := encode(sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs: []sarifRun{{
			Tool:        sarifTool{sarifDriver{Name: "privateapi", Version: strings.TrimPrefix(version, "v"), InformationURI: repository, Rules: s.rules}},
			Invocations: []sarifInvocation{{Successful: true, ExitCode: code, Notifications: notifications}},
			Results:     s.results,
		}},
	}, "")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text+"\n")
	return err
}

// group adds a hop and the calls that it decides.
func (s *sarif) group(g reachability.Group) {
	fallback := blockedPath
	if g.Verdict == reachability.Unknown {
		fallback = unknownPath
	}
	rule := fallback
	if g.Hop.Rule != "" {
		rule = findRule(g.Hop.Rule, fallback)
	}
	message := fmt.Sprintf("%s at %s: %s", g.Verdict, g.Hop.Name, g.Hop.Message)
	calls := g.Calls()
	for _, c := range calls[:min(len(calls), fewURLs)] {
		message += "\n" + few(c.Clients, fewClients) + " → " + c.URL
	}
	if more := len(calls) - fewURLs; more > 0 {
		message += "\nand " + count(more, "more URL")
	}
	for _, hop := range g.Further() {
		message += fmt.Sprintf("\nalso %s: %s: %s", hop.Verdict, hop.Name, hop.Message)
	}
	if g.Hop.Fix != "" {
		message += "\nfix: " + g.Hop.Fix
	}
	for _, flag := range flagsFor(g.Hop.Settle) {
		message += "\nuse: " + flag
	}
	s.add(rule, string(fallback.Severity), g.Hop.Name, message, evidenceOf(g))
}

// evidenceOf returns where to look: the evidence of the decisive hop, else of the last hop before it that has some.
func evidenceOf(g reachability.Group) []reachability.Evidence {
	list := g.Hop.Evidence
	for _, hop := range g.Answers[0].Hops {
		if hop.Name == g.Hop.Name {
			break
		}
		if len(g.Hop.Evidence) == 0 && len(hop.Evidence) > 0 {
			list = hop.Evidence[:1]
		}
	}
	return list
}

func (s *sarif) finding(f reachability.Finding) {
	rule := findRule(f.Rule, rules.Rule{
		ID: f.Rule, Severity: rules.Severity(f.Severity), Summary: "Rule " + f.Rule + ".", AWS: f.AWS, Fix: f.Fix, Source: f.Source,
	})
	level := "warning"
	if f.Severity == reachability.SeverityError {
		level = "error"
	}
	message := f.Message + "\nAWS: " + f.AWS
	if f.Fix != "" {
		message += "\nfix: " + f.Fix
	}
	s.add(rule, level, "", message, f.Evidence)
}

// findRule returns the rule with an ID, or the fallback under that ID.
func findRule(id string, fallback rules.Rule) rules.Rule {
	if rule, ok := proof.FindRule(id); ok {
		return rule
	}
	fallback.ID = id
	return fallback
}

func (s *sarif) add(rule rules.Rule, level, hop, message string, evidence []reachability.Evidence) {
	result := sarifResult{
		RuleID: clean(rule.ID), RuleIndex: s.rule(rule), Level: level, Message: sarifText{sarifMessage(message)},
		Fingerprints: map[string]string{"privateapi/v1": s.fingerprint(rule.ID, hop, evidence)},
	}
	for i, e := range evidence {
		location := s.locator.location(e)
		if i == 0 {
			result.Locations = []sarifLocation{location}
			continue
		}
		location.ID, location.Message = i, &sarifText{sarifMessage(e.String())}
		result.Related = append(result.Related, location)
	}
	s.results = append(s.results, result)
}

// rule returns the index of a rule in the rules of the run.
func (s *sarif) rule(r rules.Rule) int {
	i, ok := s.index[r.ID]
	if !ok {
		i, s.index[r.ID] = len(s.rules), len(s.rules)
		level := "error"
		if r.Severity == rules.Warning {
			level = "warning"
		}
		s.rules = append(s.rules, sarifRule{
			ID: clean(r.ID), Name: clean(strings.TrimPrefix(r.ID, idPrefix)),
			Short:   sarifText{clean(r.Summary)},
			Full:    sarifText{clean(r.Summary + " AWS: " + r.AWS + ".")},
			Help:    sarifText{"AWS: " + clean(r.AWS) + ".\nFix: " + clean(r.Fix) + ".\nSource: " + clean(r.Source)},
			HelpURI: helpURI(r.Source), Default: sarifLevel{level},
		})
	}
	return i
}

func helpURI(source string) string {
	if strings.HasPrefix(source, "https://") && isPrintable(source) && !strings.ContainsAny(source, " \"<>") {
		return source
	}
	return repository
}

// fingerprint identifies a broken rule by its location. It does not depend on values, clients or lines.
func (s *sarif) fingerprint(rule, hop string, evidence []reachability.Evidence) string {
	key := fmt.Sprintf("%q %q", rule, hop)
	for _, e := range evidence {
		key += fmt.Sprintf(" %q", qualified(e))
	}
	s.seen[key]++
	sum := sha256.Sum256([]byte(key))
	return fmt.Sprintf("%s:%d", hex.EncodeToString(sum[:16]), s.seen[key])
}

// notifications returns what the proof does not cover, which is not a result.
func (s *sarif) notifications(r *reachability.Report) []sarifNotification {
	list := []sarifNotification{}
	for _, n := range r.Notices {
		note := sarifNotification{
			Level: "note", Message: sarifText{sarifMessage("not covered: " + n.Message)}, Descriptor: &sarifDescriptor{clean(n.ID)},
		}
		for _, e := range n.Evidence {
			note.Locations = append(note.Locations, s.locator.location(e))
		}
		list = append(list, note)
	}
	if len(r.Answers) == 0 {
		list = append(list, sarifNotification{Level: "warning", Message: sarifText{sarifMessage("nothing to prove: " + r.WhyNothing())}})
	}
	return list
}

// sarifMessage is text for a message, in which braces are placeholders and [text](target) is a link.
func sarifMessage(s string) string {
	return strings.NewReplacer("{", "{{", "}", "}}", "](", "] (").Replace(cleanLines(s))
}
