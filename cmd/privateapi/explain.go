package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

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
	if similar := nearest(id, proof.Rules()); len(similar) > 0 {
		return fmt.Errorf("explain: there is no rule %q; did you mean %s?", id, strings.Join(similar, ", "))
	}
	return fmt.Errorf("explain: there is no rule %q; privateapi explain lists all", id)
}

// nearest returns up to three IDs that the user may have meant.
func nearest(id string, list []rules.Rule) []string {
	const most = 3
	given := strings.ToLower(strings.TrimPrefix(id, idPrefix))
	type candidate struct {
		id   string
		cost int
	}
	var candidates []candidate
	for _, r := range list {
		name := strings.ToLower(strings.TrimPrefix(r.ID, idPrefix))
		cost := distance(given, name)
		isPart := len(given) > 2 && strings.Contains(name, given)
		if isPart || cost <= max(2, len(name)/3) {
			candidates = append(candidates, candidate{r.ID, cost})
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return a.cost - b.cost })
	var ids []string
	for _, c := range candidates[:min(len(candidates), most)] {
		ids = append(ids, c.id)
	}
	return ids
}

// distance is how many letters must be inserted, removed or changed to turn a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
