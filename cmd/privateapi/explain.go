package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/nearest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const explainUsage = `privateapi explain [RULE] explains what a rule requires, what AWS does if it is broken, and how to fix it. Without RULE,
it lists all rules.

RULE is an ID, with or without "privateapi:" before it, such as onePort.
`

const idPrefix = "privateapi:"

// explain explains a rule, or lists all.
func explain(args []string) (output string, code int, err error) {
	f := flag.NewFlagSet("explain", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return explainUsage, exitReachable, nil
	case err != nil:
		return "", exitBadInput, fmt.Errorf("explain: %w", err)
	case f.NArg() == 0:
		return ruleTable(proof.Rules()), exitReachable, nil
	case f.NArg() > 1:
		return "", exitBadInput, fmt.Errorf("explain: unexpected argument %q", f.Arg(1))
	}
	id := f.Arg(0)
	rule, ok := proof.FindRule(id)
	if !ok {
		return "", exitBadInput, unknownRule(id)
	}
	return explanation(rule), exitReachable, nil
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

func ruleTable(list []rules.Rule) string {
	width := 0
	for _, r := range list {
		width = max(width, len(r.ID))
	}
	var b strings.Builder
	for _, r := range list {
		fmt.Fprintf(&b, "%-*s  %-7s  %s\n", width, r.ID, r.Severity, r.Summary)
	}
	return b.String()
}

func unknownRule(id string) error {
	if ids := similar(id, proof.Rules()); len(ids) > 0 {
		return fmt.Errorf("explain: there is no rule %q; did you mean %s?", id, strings.Join(ids, ", "))
	}
	return fmt.Errorf("explain: there is no rule %q; privateapi explain lists all", id)
}

// similar returns up to three IDs that the user may have meant.
func similar(id string, list []rules.Rule) []string {
	var names []string
	for _, r := range list {
		names = append(names, strings.TrimPrefix(r.ID, idPrefix))
	}
	found := nearest.Names(strings.TrimPrefix(id, idPrefix), names)
	for i, name := range found {
		found[i] = idPrefix + name
	}
	return found
}
