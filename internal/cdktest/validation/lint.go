package validation

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// ErrMissing says that cfn-lint does not run on this machine.
var ErrMissing = errors.New("cfn-lint is not installed")

// Lint returns the errors that cfn-lint finds in the templates of assemblies, or [ErrMissing]. It runs cfn-lint once, because that takes seconds to start.
func Lint(dirs ...string) ([]string, error) {
	args := []string{"--format", "json"}
	for _, dir := range dirs {
		templates, err := filepath.Glob(filepath.Join(dir, "*.template.json"))
		if err != nil {
			return nil, err
		}
		if len(templates) == 0 {
			return nil, fmt.Errorf("no templates in %s", dir)
		}
		args = append(args, templates...)
	}
	// cfn-lint exits non-zero for findings of any level; only its output tells a finding from a failure.
	output, failure := exec.Command("cfn-lint", args...).Output()
	var exit *exec.ExitError
	if errors.Is(failure, exec.ErrNotFound) || errors.As(failure, &exit) && exit.ExitCode() == notInstalled {
		return nil, ErrMissing
	}
	var all []lintFinding
	if err := json.Unmarshal(output, &all); err != nil {
		return nil, fmt.Errorf("cfn-lint: %w\n%s", errors.Join(failure, err), output)
	}
	var findings []string
	for _, f := range all {
		if f.Level == "Error" && !f.outdated() {
			findings = append(findings, fmt.Sprintf("cfn-lint: %s: %s %s at %v", f.Filename, f.Rule.ID, f.Message, f.Location.Path))
		}
	}
	return findings, nil
}

// notInstalled is how a shell, or a shim of a version manager, exits without the command.
const notInstalled = 127

type lintFinding struct {
	Level    string
	Message  string
	Filename string
	Rule     struct{ ID string }
	Location struct{ Path []any }
}

// outdated reports whether a finding is about a property that CDK's schemas of September 2026 have and those of
// cfn-lint 1.51 do not have yet: the private DNS name of an endpoint service and its attributes, tags of listeners and their rules, and the
// idle timeout of a VPC Lattice service.
func (f lintFinding) outdated() bool {
	if slices.Contains([]string{"E1010", "E1022", "E6101"}, f.Rule.ID) { // in a property, in Fn::Join, in an output
		return strings.HasPrefix(f.Message, "'PrivateDnsNameConfiguration.")
	}
	return f.Rule.ID == "E3002" && slices.ContainsFunc([]string{"PrivateDnsName", "Tags", "IdleTimeoutSeconds"}, func(property string) bool {
		return strings.Contains(f.Message, "'"+property+"' was unexpected")
	})
}
