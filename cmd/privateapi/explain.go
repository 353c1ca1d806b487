package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/compare"
	"github.com/cdk-private-api/cdk-private-api-go/internal/nearest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const explainUsage = `privateapi explain [ID] explains a rule: what it requires, what AWS does if it is broken, and how to fix it; an option of
privateapi compare, such as lattice; or a reason why one does not fit, such as lattice-ten-minutes. Without ID, it lists them all.

The ID of a rule is with or without "privateapi:" before it, such as onePort.
`

const idPrefix = "privateapi:"

// explain explains a rule, an option or a reason, or lists all.
func explain(args []string) (output string, code int, err error) {
	f := flag.NewFlagSet("explain", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return explainUsage, exitReachable, nil
	case err != nil:
		return "", exitBadInput, fmt.Errorf("explain: %w", err)
	case f.NArg() == 0:
		return explainTable(), exitReachable, nil
	case f.NArg() > 1:
		return "", exitBadInput, fmt.Errorf("explain: unexpected argument %q", f.Arg(1))
	}
	id := f.Arg(0)
	if rule, ok := proof.FindRule(id); ok {
		return explanation(rule), exitReachable, nil
	}
	if text, ok := explainComparison(id); ok {
		return text, exitReachable, nil
	}
	return "", exitBadInput, unknownRule(id)
}

// explanation returns a rule in several lines. The rule of a hop also has the hop's entry in the catalogue.
func explanation(r rules.Rule) string {
	text := fmt.Sprintf("%s  %s\n%s\n\n", r.ID, r.Severity, r.Summary)
	hop, isHop := proof.FindHopByRule(r.ID)
	if isHop {
		text += fmt.Sprintf("hop     %s, on the path to the %s: %s\n", hop.Name, hop.Segment.Name, hop.Summary)
	}
	text += fmt.Sprintf("AWS     %s\nfix     %s\n", r.AWS, r.Fix)
	for _, id := range hop.AssumedBy {
		text += fmt.Sprintf("use     --assume %s\n", id)
	}
	return text + fmt.Sprintf("source  %s\n", r.Source)
}

// explainTable lists the rules with their severities, then the options and the reasons of compare.
func explainTable() string {
	var rows [][3]string
	for _, r := range proof.Rules() {
		rows = append(rows, [3]string{r.ID, string(r.Severity), r.Summary})
	}
	for _, o := range compare.AllOptions() {
		rows = append(rows, [3]string{string(o.ID), "option", o.Title})
	}
	for _, r := range compare.Reasons() {
		rows = append(rows, [3]string{string(r.ID), "reason", r.Short})
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row[0]))
	}
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%-*s  %-7s  %s\n", width, row[0], row[1], row[2])
	}
	return b.String()
}

func unknownRule(id string) error {
	if ids := similar(id, explainable()); len(ids) > 0 {
		return fmt.Errorf("explain: there is no rule, option or reason %q; did you mean %s?", id, strings.Join(ids, ", "))
	}
	return fmt.Errorf("explain: there is no rule, option or reason %q; privateapi explain lists all", id)
}

// explainable are the IDs of all that is explained.
func explainable() (ids []string) {
	for _, r := range proof.Rules() {
		ids = append(ids, r.ID)
	}
	for _, o := range compare.AllOptions() {
		ids = append(ids, string(o.ID))
	}
	for _, r := range compare.Reasons() {
		ids = append(ids, string(r.ID))
	}
	return ids
}

// similar returns up to three IDs that the user may have meant.
func similar(id string, ids []string) []string {
	of := map[string]string{}
	var names []string
	for _, full := range ids {
		name := strings.TrimPrefix(full, idPrefix)
		names, of[name] = append(names, name), full
	}
	found := nearest.Names(strings.TrimPrefix(id, idPrefix), names)
	for i, name := range found {
		found[i] = of[name]
	}
	return found
}
