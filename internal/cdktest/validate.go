package cdktest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
)

// validating is the environment variable of the process that runs CDK's template validation.
const validating = "CDKTEST_VALIDATING"

// Validate synthesises what build adds to an app, with CDK's template validation on, and fails t for every finding. It
// runs the test again in another process, because a jsii kernel decides when it starts whether it validates.
func Validate(t *testing.T, context map[string]any, build func(awscdk.App)) {
	t.Helper()
	if os.Getenv(validating) == "" {
		rerun(t)
		return
	}
	strict := map[string]any{}
	for key, value := range context {
		strict[key] = value
	}
	strict["@aws-cdk/core:validateAgainstDefaultRules"] = true
	app := App(t, strict)
	Check(t, func() {
		build(app)
		WantValid(t, *app.Synth(nil).Directory())
	})
}

// WantValid fails t for every finding in a cloud assembly that was synthesised with CDK's template validation on.
func WantValid(t testing.TB, dir string) {
	t.Helper()
	wantNoFindings(t, dir)
	lint(t, dir)
}

func rerun(t *testing.T) {
	t.Helper()
	command := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	command.Env = append(os.Environ(), validating+"=1", "CDK_VALIDATION=true")
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if !strings.Contains(string(output), "--- PASS: "+t.Name()) {
		t.Fatalf("the validating process did not run the test\n%s", output)
	}
	for _, line := range strings.Split(string(output), "\n") {
		if strings.Contains(line, notice) {
			t.Log(line)
		}
	}
}

// notice is the prefix of what the validating process reports although it passes.
const notice = "NOTICE: "

// wantNoFindings reads CDK's report from its file, because what CDK prints can be lost when its process ends. What only
// informs, such as that a proof succeeded, is no finding.
func wantNoFindings(t testing.TB, dir string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, "validation-report.json"))
	if err != nil {
		t.Fatalf("CDK wrote no validation report, so nothing was validated: %v", err)
	}
	report := struct {
		PluginReports []struct {
			Violations []struct{ Severity string } `json:"violations"`
		} `json:"pluginReports"`
	}{}
	if err := json.Unmarshal(content, &report); err != nil {
		t.Fatal(err)
	}
	for _, plugin := range report.PluginReports {
		if slices.ContainsFunc(plugin.Violations, func(v struct{ Severity string }) bool { return v.Severity != "info" }) {
			t.Fatalf("CDK's validation found\n%s", content)
		}
	}
}

// lint runs cfn-lint on the templates, if it is installed.
func lint(t testing.TB, dir string) {
	t.Helper()
	const tool = "cfn-lint"
	if err := exec.Command(tool, "--version").Run(); err != nil {
		t.Log(notice + "cfn-lint does not run here, so it did not check the templates")
		return
	}
	templates, err := filepath.Glob(filepath.Join(dir, "*.template.json"))
	if err != nil || len(templates) == 0 {
		t.Fatalf("no templates in %s: %v", dir, err)
	}
	// cfn-lint exits non-zero for findings of any level; only its output tells a finding from a failure.
	output, failure := exec.Command(tool, append([]string{"--format", "json"}, templates...)...).Output()
	var findings []lintFinding
	if err := json.Unmarshal(output, &findings); err != nil {
		t.Fatalf("cfn-lint: %v: %v\n%s", failure, err, output)
	}
	for _, finding := range findings {
		if finding.Level == "Error" && !finding.outdated() {
			t.Errorf("cfn-lint: %s %s at %v", finding.Rule.ID, finding.Message, finding.Location.Path)
		}
	}
}

type lintFinding struct {
	Level    string
	Message  string
	Rule     struct{ ID string }
	Location struct{ Path []any }
}

// outdated reports whether a finding is about a property that CDK's schemas of September 2026 have and those of
// cfn-lint 1.51 do not have yet: the private DNS name of an endpoint service, tags of listeners and their rules, and the idle timeout of a
// VPC Lattice service.
func (f lintFinding) outdated() bool {
	return f.Rule.ID == "E3002" && slices.ContainsFunc([]string{"PrivateDnsName", "Tags", "IdleTimeoutSeconds"}, func(property string) bool {
		return strings.Contains(f.Message, "'"+property+"' was unexpected")
	})
}
