package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/compare"
)

// explainComparison is the long form of an option or a reason of compare.
func explainComparison(id string) (text string, ok bool) {
	if o, ok := compare.FindOption(id); ok {
		return optionExplanation(o), true
	}
	if r, ok := compare.FindReason(compare.ReasonID(id)); ok {
		return reasonExplanation(r), true
	}
	return "", false
}

// optionExplanation is what an option is, what it costs, how it differs, and what rules it out.
func optionExplanation(o compare.Option) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  option\n%s\n\n%s\n\n", o.ID, o.Title, o.Summary)
	fmt.Fprintf(&b, "path    %s\nfixed   %s\neach GB %s\n", o.Path, o.Fixed, o.PerGB)
	if o.Build != "" {
		fmt.Fprintf(&b, "build   %s\n", o.Build)
	}
	fmt.Fprintf(&b, "source  %s\n", o.Source)
	for _, t := range compare.Traits() {
		if of := t.Of[o.ID]; of != "" {
			fmt.Fprintf(&b, "\n%s\n  %s\n", t.Title, of)
		}
	}
	for _, part := range []struct {
		title string
		fit   compare.Fit
	}{{"does not fit if", compare.FitsNot}, {"depends on", compare.Depends}, {"to know", compare.Fits}} {
		var lines []string
		for _, e := range compare.Effects() {
			if r, ok := compare.FindReason(e.Reason); ok && e.Option == o.ID && e.Fit == part.fit {
				lines = append(lines, fmt.Sprintf("  %s: %s\n", r.ID, r.Short))
			}
		}
		if len(lines) > 0 {
			b.WriteString("\n" + part.title + "\n" + strings.Join(slices.Compact(lines), ""))
		}
	}
	if quotas := compare.QuotasOf(o.ID); len(quotas) > 0 {
		b.WriteString("\nquotas\n")
		for _, q := range quotas {
			fmt.Fprintf(&b, "  %s  %s\n", quota(&q), q.Source)
		}
	}
	return b.String()
}

// reasonExplanation is why an option does not fit, AWS's rule, and what would change it.
func reasonExplanation(r compare.Reason) string {
	text := fmt.Sprintf("%s  reason\n%s\n\n%s\n\nAWS     %s\nchange  %s\nsource  %s\n", r.ID, r.Short, r.Long, r.AWS, r.Change, r.Source)
	if r.Inferred {
		text += "mark    inferred: the page has the facts, and not the conclusion\n"
	}
	of := map[compare.Fit][]string{}
	for _, e := range compare.Effects() {
		if e.Reason == r.ID && !slices.Contains(of[e.Fit], string(e.Option)) {
			of[e.Fit] = append(of[e.Fit], string(e.Option))
		}
	}
	for _, fit := range []compare.Fit{compare.FitsNot, compare.Depends, compare.Fits} {
		if len(of[fit]) > 0 {
			text += fmt.Sprintf("%-8s%s\n", mark(fit), strings.Join(of[fit], ", "))
		}
	}
	return text
}
