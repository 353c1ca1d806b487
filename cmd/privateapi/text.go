package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

const (
	fewPaths    = 1000 // that are reachable
	fewBlocks   = 200  // of reasons, findings or notices
	fewClients  = 3    // of one URL
	fewURLs     = 3    // of one reason
	fewEvidence = 4    // of one reason
	fewPassing  = 12   // hops that pass
	fewHops     = 6    // that do not pass, besides the decisive one
	longestText = 600  // characters of one line that come from templates
)

type textOptions struct {
	verbose, colour bool
	typed           []string // the arguments of the command
}

// writeText writes a report to be read at a glance: one line for each reachable path, the decisive hop for the others, then
// findings, notices and a summary. With --verbose it writes everything, else no more than people read.
func writeText(w io.Writer, r *reachability.Report, o textOptions) error {
	p := &printer{textOptions: o, w: bufio.NewWriter(w)}
	p.reachable(r.Answers)
	some(p, r.Groups(), "more reason", p.group)
	some(p, r.Findings, "more finding", p.finding)
	some(p, r.Notices, "more notice", p.notice)
	if p.verbose {
		p.exposures(r.Exposures)
	}
	p.summary(r)
	return p.w.Flush()
}

// some writes a list, without --verbose only the first of it.
func some[T any](p *printer, list []T, rest string, write func(T)) {
	shown := len(list)
	if !p.verbose {
		shown = min(shown, fewBlocks)
	}
	for _, one := range list[:shown] {
		write(one)
	}
	p.more(len(list)-shown, rest)
}

// more writes how much was left out.
func (p *printer) more(n int, rest string) {
	if n > 0 {
		p.gap()
		p.line(0, dim, "", "and "+count(n, rest)+"; --verbose lists all")
	}
}

type style string

const (
	plain  style = ""
	red    style = "\x1b[31m"
	green  style = "\x1b[32m"
	yellow style = "\x1b[33m"
	dim    style = "\x1b[2m"
)

func styleOf(v reachability.Verdict) style {
	switch v {
	case reachability.Reachable:
		return green
	case reachability.Blocked:
		return red
	}
	return yellow
}

// printer writes lines. Nothing else writes control characters to a terminal.
type printer struct {
	textOptions
	w     *bufio.Writer // keeps its first error
	some  bool          // whether something was written
	rules bool          // whether a rule was named
}

// line writes a mark, which is ours, and text, which can come from any template.
func (p *printer) line(indent int, s style, mark, text string) {
	if p.colour && s != plain {
		mark = string(s) + mark + "\x1b[0m"
	}
	for _, part := range []string{strings.Repeat(" ", indent), mark, cut(clean(text), longestText), "\n"} {
		_, _ = p.w.WriteString(part) // Flush returns the error
	}
	p.some = true
}

// whole writes a label and text that is not cut, to be pasted.
func (p *printer) whole(label, text string) {
	_, _ = p.w.WriteString(label + clean(text) + "\n") // Flush returns the error
	p.some = true
}

// gap begins a block.
func (p *printer) gap() {
	if p.some {
		_ = p.w.WriteByte('\n')
	}
}

func (p *printer) headline(v reachability.Verdict, text string) {
	p.line(0, styleOf(v), fmt.Sprintf("%-11s", strings.ToUpper(v.String())), text)
}

func (p *printer) reachable(answers []reachability.Answer) {
	found := 0
	for _, a := range answers {
		if a.Verdict != reachability.Reachable {
			continue
		}
		if found++; found > fewPaths && !p.verbose {
			continue
		}
		if p.verbose {
			p.gap()
		}
		p.headline(a.Verdict, fmt.Sprintf("%s → %s  (%s)", a.Client, a.URL(), count(len(a.Hops), "hop")))
		if p.verbose {
			p.chain(a)
		}
	}
	if !p.verbose {
		p.more(found-fewPaths, "more reachable path")
	}
}

// group writes one hop and all answers that it decides, or with --verbose each answer with all of its hops.
func (p *printer) group(g reachability.Group) {
	if p.verbose {
		for _, a := range g.Answers {
			p.gap()
			p.headline(a.Verdict, a.Client+" → "+a.URL())
			p.chain(a)
		}
		return
	}
	p.gap()
	p.calls(g)
	switch names := g.Passing(); {
	case len(names) > fewPassing:
		p.line(2, green, "✓", fmt.Sprintf(" passes: %d other hops", len(names)))
	case len(names) > 0:
		p.line(2, green, "✓", " passes: "+strings.Join(names, ", "))
	}
	p.hop(g.Hop)
	further := g.Further()
	for _, hop := range further[:min(len(further), fewHops)] {
		p.line(2, styleOf(hop.Verdict), hop.Mark(), fmt.Sprintf(" %s: %s", hop.Name, hop.Message))
		if hop.Verdict == reachability.Blocked {
			p.at(hop.Evidence)
		}
		p.remedy(hop)
	}
	if more := len(further) - fewHops; more > 0 {
		p.line(2, yellow, "?", " and "+count(more, "more hop"))
	}
}

func (p *printer) calls(g reachability.Group) {
	list := g.Calls()
	for i, c := range list[:min(len(list), fewURLs)] {
		text := few(c.Clients, fewClients) + " → " + c.URL
		if i == 0 {
			p.headline(g.Verdict, text)
			continue
		}
		p.line(11, plain, "", text)
	}
	if more := len(list) - fewURLs; more > 0 {
		p.line(11, plain, "", "and "+count(more, "more URL"))
	}
}

// chain writes every hop of an answer.
func (p *printer) chain(a reachability.Answer) {
	for _, hop := range a.Hops {
		p.hop(hop)
	}
}

func (p *printer) hop(hop reachability.Hop) {
	if hop.Name == "" {
		return
	}
	p.line(2, styleOf(hop.Verdict), hop.Mark(), fmt.Sprintf(" %s: %s", hop.Name, hop.Message))
	p.at(hop.Evidence)
	p.remedy(hop)
	p.rule(hop.Rule)
}

// remedy writes how to fix a hop that does not pass, and the flags that would settle it.
func (p *printer) remedy(hop reachability.Hop) {
	p.detail("fix", hop.Fix)
	p.flags(hop.Settle)
}

func (p *printer) flags(list []reachability.Settlement) {
	for _, flag := range flagsFor(list) {
		p.detail("use", flag)
	}
}

func (p *printer) detail(label, text string) {
	if text != "" {
		p.line(6, dim, fmt.Sprintf("%-6s", label), text)
	}
}

func (p *printer) rule(id string) {
	p.detail("rule", id)
	p.rules = p.rules || id != ""
}

func (p *printer) at(list []reachability.Evidence) {
	shown := len(list)
	if !p.verbose {
		shown = min(shown, fewEvidence)
	}
	for _, e := range list[:shown] {
		text := e.String()
		if e.ConstructPath != "" && e.ConstructPath != e.Stack+"/"+e.LogicalID {
			text += "  (" + e.ConstructPath + ")"
		}
		p.detail("at", text)
	}
	if more := len(list) - shown; more > 0 {
		p.detail("at", fmt.Sprintf("and %d more", more))
	}
}

func (p *printer) finding(f reachability.Finding) {
	p.gap()
	s := yellow
	if f.Severity == reachability.SeverityError {
		s = red
	}
	p.line(0, s, fmt.Sprintf("%-11s", strings.ToUpper(clean(string(f.Severity)))), f.Message)
	p.at(f.Evidence)
	p.detail("AWS", f.AWS)
	p.detail("fix", f.Fix)
	p.rule(f.Rule)
}

func (p *printer) notice(n reachability.Notice) {
	p.gap()
	p.line(0, yellow, fmt.Sprintf("%-11s", "NOTICE"), "not covered: "+n.Message)
	p.at(n.Evidence)
	p.flags(n.Settle)
}

func (p *printer) exposures(list []reachability.Exposure) {
	if len(list) == 0 {
		return
	}
	p.gap()
	p.line(0, plain, "EXPOSURES", "")
	for _, a := range list {
		p.line(2, plain, "", a.String())
	}
}

// summary writes the counts, and what to type next.
func (p *printer) summary(r *reachability.Report) {
	p.gap()
	if p.rules {
		p.line(0, dim, "privateapi explain RULE explains a rule", "")
	}
	text := summaryOf(r)
	if len(r.Answers) == 0 {
		p.inventory(r.Inventory)
	}
	if flags := settlesAll(r.Groups()); flags != "" {
		p.whole("all unknown paths: ", flags)
	}
	p.line(0, plain, "", text)
}

// summaryOf has the counts of a report, and the number of errors among the findings, as a single one makes the verdict blocked.
func summaryOf(r *reachability.Report) string {
	text := "nothing to prove: " + r.WhyNothing()
	if len(r.Answers) > 0 {
		text = fmt.Sprintf("%d reachable, %d blocked, %d unknown",
			r.Count(reachability.Reachable), r.Count(reachability.Blocked), r.Count(reachability.Unknown))
	}
	if n := len(r.Findings); n > 0 {
		text += "; " + count(n, "finding")
		warnings := slices.DeleteFunc(slices.Clone(r.Findings), func(f reachability.Finding) bool { return f.Severity == reachability.SeverityError })
		if errs := n - len(warnings); errs > 0 {
			text += fmt.Sprintf(" (%s)", count(errs, "error"))
		}
	}
	return text
}
