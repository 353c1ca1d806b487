package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/cdk-private-api/cdk-private-api-go/internal/lock"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// lockEvidence is where a finding is.
func lockEvidence(f lock.Finding) []reachability.Evidence {
	return []reachability.Evidence{{
		Stack: f.Stack, LogicalID: f.LogicalID, Type: f.Type, Property: f.Property, ConstructPath: f.Path, File: f.File, Line: f.Line,
	}}
}

// nameOfLocked is what a finding is about, as people know it.
func nameOfLocked(f lock.Finding) string {
	name := f.Path
	switch {
	case f.LogicalID == "":
		name = "stack " + f.Stack
	case name == "":
		name = f.Stack + "/" + f.LogicalID
	}
	if f.Property != "" {
		return f.Property + " of " + name
	}
	return name
}

// fewNotices is how many notices are written as text.
const fewNotices = 10

// writeLockText writes what a check found, the same block for each finding as prove writes.
func writeLockText(w io.Writer, r *lock.Report, colour bool) error {
	p := &printer{textOptions: textOptions{colour: colour}, w: bufio.NewWriter(w)}
	for _, f := range r.Findings {
		p.locked(f)
	}
	for i, note := range r.Notes {
		p.gap()
		if i == fewNotices {
			p.line(0, dim, "", "and "+count(len(r.Notes)-i, "more notice")+"; --format json has all")
			break
		}
		p.line(0, yellow, fmt.Sprintf("%-11s", "NOTICE"), note)
	}
	p.gap()
	if p.rules {
		p.line(0, dim, "privateapi explain RULE explains a rule", "")
	}
	p.line(0, plain, "", lockSummary(r))
	return p.w.Flush()
}

func (p *printer) locked(f lock.Finding) {
	p.gap()
	s, title := red, "BROKEN"
	switch {
	case f.IsWarning():
		s, title = yellow, "WARNING"
	case f.IsUnknown:
		s, title = yellow, "UNKNOWN"
	}
	p.line(0, s, fmt.Sprintf("%-11s", title), nameOfLocked(f)+": "+f.What)
	p.at(lockEvidence(f))
	p.detail("AWS", f.Rule.AWS)
	p.detail("fix", f.Fix)
	p.rule(f.Rule.ID)
}

// lockSummary has the counts of a check.
func lockSummary(r *lock.Report) string {
	broken := r.Count(func(f lock.Finding) bool { return !f.IsWarning() && !f.IsUnknown })
	unknown := r.Count(func(f lock.Finding) bool { return f.IsUnknown })
	return fmt.Sprintf("%s: %s locked in %s; %d broken, %d unknown, %d not locked",
		r.Verdict(), count(r.Resources, "resource"), count(r.Stacks, "stack"), broken, unknown, r.Count(lock.Finding.IsWarning))
}

// lockDocument is what a check found, as JSON.
type lockDocument struct {
	Version   int           `json:"version"`
	Verdict   lock.Verdict  `json:"verdict"`
	Resources int           `json:"resources"`
	Stacks    int           `json:"stacks"`
	Findings  []lockFinding `json:"findings"`
	Notes     []string      `json:"notes"`
}

type lockFinding struct {
	Rule     string                  `json:"rule"`
	Severity string                  `json:"severity"`
	Unknown  bool                    `json:"unknown"`
	Message  string                  `json:"message"`
	AWS      string                  `json:"aws"`
	Fix      string                  `json:"fix"`
	Source   string                  `json:"source"`
	Evidence []reachability.Evidence `json:"evidence"`
}

// writeLockJSON writes what a check found as JSON.
func writeLockJSON(w io.Writer, r *lock.Report) error {
	d := lockDocument{Version: 1, Verdict: r.Verdict(), Resources: r.Resources, Stacks: r.Stacks, Findings: []lockFinding{}, Notes: orEmpty(r.Notes)}
	for _, f := range r.Findings {
		d.Findings = append(d.Findings, lockFinding{
			Rule: f.Rule.ID, Severity: string(f.Rule.Severity), Unknown: f.IsUnknown, Message: nameOfLocked(f) + ": " + f.What,
			AWS: f.Rule.AWS, Fix: f.Fix, Source: f.Rule.Source, Evidence: lockEvidence(f),
		})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(d)
}

// writeLockSARIF writes what a check found as SARIF 2.1.0.
func writeLockSARIF(w io.Writer, r *lock.Report, version string) error {
	s := newSARIF()
	for _, f := range r.Findings {
		level := string(f.Rule.Severity)
		if f.IsUnknown {
			level = "warning"
		}
		s.add(f.Rule, level, f.Property, nameOfLocked(f)+": "+f.What+"\nAWS: "+f.Rule.AWS+"\nfix: "+f.Fix, lockEvidence(f))
	}
	notes := []sarifNotification{}
	for _, note := range r.Notes {
		notes = append(notes, sarifNotification{Level: "note", Message: sarifText{sarifMessage(note)}})
	}
	return s.write(w, version, lockCode(r), notes)
}
