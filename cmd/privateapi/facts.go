package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

const factsCommand = "facts"

const factsUsage = `privateapi facts [flags] writes a facts file with a place for each value that the proof waits for, and beside it the AWS CLI
command that answers it. Run that with credentials of the account it is about, and replace null with the answer. An existing
file is extended: what it gives stays. Values can bring up new questions, so run it again until nothing is added.

The file is privateapi.facts.json, or the one that --facts names. The other flags are those of privateapi prove: what they give
is not asked for.

Exit codes: 0 nothing to fill in, 3 bad input, 4 values to fill in, or something that no fact settles.
`

// facts writes what is missing into a facts file.
func facts(args []string) (output writer, code int, err error) {
	o, err := parseFor(factsCommand, args)
	switch {
	case err != nil || o.help:
		return text(factsUsage), exitReachable, err
	case o.format != "" || o.verbose:
		return nil, exitBadInput, fmt.Errorf("facts: it writes no report; use privateapi prove for --json, --sarif, --mermaid and --verbose")
	}
	model, err := o.facts.LoadWithin(o.limits, o.inputs...)
	if err != nil {
		return nil, exitBadInput, o.explainMissing(err)
	}
	report := model.Prove(o.question)
	if report.Stopped != nil {
		return nil, exitBadInput, fmt.Errorf("facts: %w", withFlag(report.Stopped))
	}
	questions, err := reachability.AskForFacts(o.factsFile, report)
	if err != nil {
		return nil, exitBadInput, fmt.Errorf("facts: %w", err)
	}
	if questions.Added > 0 {
		if err := os.WriteFile(o.factsFile, questions.Text, 0o644); err != nil { //nolint:gosec // it has no secrets, and is checked in
			return nil, exitBadInput, fmt.Errorf("facts: %w", err)
		}
	}
	code = exitReachable
	if len(questions.Open)+len(questions.Elsewhere) > 0 {
		code = exitUnknown
	}
	return func(w io.Writer) error { return writeQuestions(w, o.factsFile, questions) }, code, nil
}

// writeQuestions writes what there is to fill in, with the commands that answer it.
func writeQuestions(w io.Writer, file string, q *reachability.FactsQuestions) error {
	p := &printer{w: bufio.NewWriter(w)}
	switch {
	case len(q.Open) == 0:
		p.line(0, plain, "", file+": nothing to fill in")
	case q.Added == 0:
		p.line(0, plain, "", fmt.Sprintf("%s: %s to fill in, none of them new", file, count(len(q.Open), "value")))
	default:
		p.line(0, plain, "", fmt.Sprintf("%s: %s to fill in, %d of them new", file, count(len(q.Open), "value"), q.Added))
	}
	for _, fact := range q.Open {
		p.gap()
		p.line(2, plain, "", fact.Field)
		for _, text := range []string{fact.Comment, fact.Command} {
			if text != "" {
				p.whole("    ", text)
			}
		}
	}
	if flags := flagsFor(q.Elsewhere); len(flags) > 0 {
		p.gap()
		p.whole("not for the file: ", strings.Join(flags, " "))
	}
	return p.w.Flush()
}
