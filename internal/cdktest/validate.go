package cdktest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest/validation"
)

// Later is the environment variable with a directory in which assemblies wait to be validated. make test sets it, and then validates those of
// all packages by one engine of CDK and one cfn-lint: each takes ten seconds to start, in each package that does not leave it to them.
const Later = "CDKTEST_VALIDATE_LATER"

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
// All assemblies of a test binary are validated by one engine. With [Later], it only leaves them there.
func WantValid(t testing.TB, dirs ...string) {
	t.Helper()
	if later := os.Getenv(Later); later != "" {
		leave(t, later, dirs)
		return
	}
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
	findings, err := validation.Lint(dirs...)
	if errors.Is(err, validation.ErrMissing) {
		t.Logf("NOTICE: nothing checked the templates but CDK: %v", err)
	} else if err != nil {
		t.Fatal(err)
	}
	for _, finding := range findings {
		t.Error(finding)
	}
}

// leave copies assemblies into a directory, each under the name of its package and test.
func leave(t testing.TB, later string, dirs []string) {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(here) + "-" + strings.ReplaceAll(t.Name(), "/", "-")
	for _, dir := range dirs {
		into, err := os.MkdirTemp(later, name+"-*")
		if err == nil {
			err = os.CopyFS(into, os.DirFS(dir))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
