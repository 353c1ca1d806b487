package localaws_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/localaws"
)

func TestMaySkip(t *testing.T) {
	missing := fmt.Errorf("%w: python3 has moto 4", localaws.ErrMissing)
	for name, tc := range map[string]struct {
		err      error
		required string
		want     bool
	}{
		"no moto":                       {missing, "", true},
		"no moto, but it is required":   {missing, "1", false},
		"the server failed to start":    {errors.New("exit status 1"), "", false},
		"the same, and it is required":  {errors.New("exit status 1"), "1", false},
		"nothing is wrong":              {nil, "", false},
		"nothing is wrong, as required": {nil, "1", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := localaws.MaySkip(tc.err, tc.required); got != tc.want {
				t.Errorf("MaySkip(%v, %q) is %v, want %v", tc.err, tc.required, got, tc.want)
			}
		})
	}
}

// CI must set the variable, or a run in which nothing was deployed would be green.
func TestCIRequiresDeployments(t *testing.T) {
	script, err := os.ReadFile("../../../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(script), "export "+localaws.Required+"=1\n") {
		t.Errorf(".ci/run does not export %s=1", localaws.Required)
	}
}

// TestPython runs the tests of the Python code.
func TestPython(t *testing.T) {
	python, err := localaws.Python("..")
	if localaws.MaySkip(err, os.Getenv(localaws.Required)) {
		t.Skipf("not tested: %v; make deploy-test installs it", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	tests := exec.CommandContext(t.Context(), python, "-B", "-m", "unittest", "discover", "-s", "localaws", "-t", ".")
	tests.Dir = ".."
	if output, err := tests.CombinedOutput(); err != nil || strings.Contains(string(output), "Ran 0 tests") {
		t.Errorf("%v:\n%s", err, output)
	}
}
