// Command privateapi proves from synthesised templates that a client reaches a private API over AWS PrivateLink, or
// names the hop that blocks it. It needs neither AWS nor Node.
package main

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// The exit codes. 2 is left to Go, which ends with it after a panic or without memory: a crash is not a verdict.
const (
	exitReachable = 0
	exitBlocked   = 1
	exitBadInput  = 3
	exitUnknown   = 4
)

const usage = `privateapi proves from synthesised templates that a client reaches a private API, before anything is deployed.

  privateapi prove [flags]    prove the paths in cdk.out, or in the templates that the flags name
  privateapi graph [flags]    draw the paths, or who reaches what
  privateapi facts [flags]    write a facts file with what the proof does not know, and how to find it
  privateapi contract [flags] write the contract of a service, for the team that calls it
  privateapi cost [flags]     add up what the templates cost in a month
  privateapi compare [flags]  compare PrivateLink, VPC Lattice, peering and others: what fits, what it costs, where that flips
  privateapi lock [flags]     write what consumers hold in place, or find what a deployment would do to it
  privateapi explain [ID]     explain a rule, an option or a reason, or list them all
  privateapi version          show the version of this command

privateapi prove -h lists the flags.
`

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, isTerminal(os.Stdout) && wantsColour()))
}

// run executes the command and returns the exit code. Output is written when nothing but writing it can fail. After a panic the
// input counts as bad.
func run(args []string, stdout, stderr io.Writer, isTerminal bool) (code int) {
	defer func() {
		if r := recover(); r != nil {
			_, _ = io.WriteString(stderr, complaint(fmt.Sprintf("the command itself failed, please report it: %v", r)))
			code = exitBadInput
		}
	}()
	if len(args) == 0 {
		// Not success: a script that lost its arguments must not take this for reachable.
		_, _ = io.WriteString(stderr, usage)
		return exitBadInput
	}
	output, code, err := dispatch(args, isTerminal)
	if err == nil {
		err = output(stdout)
	}
	if err != nil {
		_, _ = io.WriteString(stderr, complaint(err.Error()))
		return exitBadInput
	}
	return code
}

// complaint is an error for stderr. Each of its lines begins with the name of the command: a name from a template can
// have a newline, and some CI systems take what follows it for a command, such as ::error.
func complaint(text string) string {
	return "privateapi: " + strings.ReplaceAll(cleanLines(text), "\n", "\nprivateapi: ") + "\n"
}

// writer writes the output of a command.
type writer func(w io.Writer) error

// text is output that is short enough to be held in memory.
func text(s string) writer {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func dispatch(args []string, isTerminal bool) (output writer, code int, err error) {
	switch command, rest := args[0], args[1:]; command {
	case "prove":
		return prove(rest, isTerminal)
	case graphCommand:
		return graph(rest)
	case factsCommand:
		return facts(rest)
	case contractCommand:
		return writeContract(rest)
	case costCommand:
		return writeCost(rest, time.Now())
	case compareCommand:
		return compareOptions(rest, time.Now())
	case lockCommand:
		return lockAssembly(rest, isTerminal)
	case "explain":
		output, code, err := explain(rest)
		return text(output), code, err
	case "version", "--version", "-version":
		return text("privateapi " + version() + "\n"), exitReachable, noArguments(command, rest)
	case "help", "--help", "-help", "-h":
		if len(rest) == 1 && slices.Contains([]string{"prove", graphCommand, factsCommand, contractCommand, costCommand, compareCommand, lockCommand, "explain"}, rest[0]) {
			return dispatch([]string{rest[0], "-h"}, isTerminal)
		}
		return text(usage), exitReachable, noArguments(command, rest)
	default:
		return nil, exitBadInput, fmt.Errorf("there is no command %q; privateapi help lists them", command)
	}
}

func noArguments(command string, rest []string) error {
	if len(rest) > 0 {
		return fmt.Errorf("%s: unexpected argument %q", command, rest[0])
	}
	return nil
}

// prove loads the templates, asks the question and writes the answers.
func prove(args []string, isTerminal bool) (output writer, code int, err error) {
	o, err := parse(args)
	if err != nil || o.help {
		return text(proveUsage), exitReachable, err
	}
	model, err := o.facts.LoadWithin(o.limits, o.inputs...)
	if err != nil {
		return nil, exitBadInput, o.explainMissing(err)
	}
	report := model.Prove(o.question)
	if report.Stopped != nil {
		return nil, exitBadInput, fmt.Errorf("prove: %w", withFlag(report.Stopped))
	}
	var paths []proof.Path
	if o.format == "mermaid" {
		if paths, err = model.Paths(report); err != nil {
			return nil, exitBadInput, fmt.Errorf("prove: %w", withFlag(err))
		}
	}
	output = func(w io.Writer) error {
		switch o.format {
		case "json":
			return writeJSON(w, report)
		case "sarif":
			return writeSARIF(w, report, version())
		case "mermaid":
			return writeMermaid(w, report, paths)
		}
		return writeText(w, report, textOptions{verbose: o.verbose, colour: isTerminal, typed: args})
	}
	return output, exitCode(report.Verdict()), nil
}

// exitCode is what a script reads. Only what is proven reachable is success.
func exitCode(v reachability.Verdict) int {
	switch v {
	case reachability.Reachable:
		return exitReachable
	case reachability.Blocked:
		return exitBlocked
	}
	return exitUnknown
}

// version is the version of the module that this command was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// wantsColour follows no-color.org: an empty variable does not count.
func wantsColour() bool {
	//nolint:forbidigo // only the environment knows what the terminal can show
	noColour, term := os.Getenv("NO_COLOR"), os.Getenv("TERM")
	return noColour == "" && !strings.EqualFold(term, "dumb")
}
