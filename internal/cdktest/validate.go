package cdktest

import (
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest/validation"
)

// Validate synthesises what build adds to an app, and fails t for every finding of CDK's template validation and of cfn-lint.
func Validate(t *testing.T, context map[string]any, build func(awscdk.App)) {
	t.Helper()
	app := App(t, context)
	var dir string
	Check(t, func() {
		build(app)
		dir = *app.Synth(nil).Directory()
	})
	WantValid(t, dir)
}

// WantValid fails t for every finding in cloud assemblies: of CDK's template validation, of the plugins that their apps ran, and of cfn-lint.
// All assemblies of a test binary are validated by one engine, which takes CDK ten seconds to make.
func WantValid(t testing.TB, dirs ...string) {
	t.Helper()
	for _, dir := range dirs {
		Check(t, func() {
			findings, err := validation.Findings(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, finding := range findings {
				t.Error(finding)
			}
		})
	}
	lint(t, dirs)
}

// lint runs cfn-lint on the templates, if it is installed: once, because it takes seconds to start.
func lint(t testing.TB, dirs []string) {
	t.Helper()
	args := []string{"--format", "json"}
	for _, dir := range dirs {
		templates, err := filepath.Glob(filepath.Join(dir, "*.template.json"))
		if err != nil || len(templates) == 0 {
			t.Fatalf("no templates in %s: %v", dir, err)
		}
		args = append(args, templates...)
	}
	// cfn-lint exits non-zero for findings of any level; only its output tells a finding from a failure.
	output, failure := exec.Command("cfn-lint", args...).Output()
	var exit *exec.ExitError
	if errors.Is(failure, exec.ErrNotFound) || errors.As(failure, &exit) && exit.ExitCode() == notInstalled {
		t.Log("NOTICE: cfn-lint does not run here, so it did not check the templates")
		return
	}
	var findings []lintFinding
	if err := json.Unmarshal(output, &findings); err != nil {
		t.Fatalf("cfn-lint: %v: %v\n%s", failure, err, output)
	}
	for _, finding := range findings {
		if finding.Level == "Error" && !finding.outdated() {
			t.Errorf("cfn-lint: %s: %s %s at %v", finding.Filename, finding.Rule.ID, finding.Message, finding.Location.Path)
		}
	}
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
