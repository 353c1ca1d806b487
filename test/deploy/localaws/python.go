package localaws

import (
	_ "embed"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// Required is the environment variable that makes tests fail where they would skip because there is no local AWS API. CI
// sets it, so that a run in which nothing was deployed is not green.
const Required = "DEPLOY_TEST_REQUIRED"

// ErrMissing means that no Python on this machine can serve the local AWS API.
var ErrMissing = errors.New("there is no Python with moto[server] " + moto)

// MaySkip reports whether tests may be skipped because of an error of [Start] or [Python]. required is the value of the
// environment variable [Required].
func MaySkip(err error, required string) bool {
	return errors.Is(err, ErrMissing) && required == ""
}

//go:embed requirements.txt
var requirements string

// moto is the version of moto that the local AWS API is written for.
var moto = regexp.MustCompile(`(?m)^moto\[server\]==(\S+)$`).FindStringSubmatch(requirements)[1]

// Python returns the Python that has moto's server: that of the virtual environment of make deploy-test, or else the one
// on the PATH. dir is the directory test/deploy. The error is [ErrMissing] if there is none.
func Python(dir string) (string, error) {
	reasons := []string{}
	for _, python := range []string{filepath.Join(dir, ".venv", "bin", "python"), "python3"} {
		program, err := exec.LookPath(python)
		if err != nil {
			continue
		}
		check := exec.Command(program, "-c", "import moto, moto.moto_server.werkzeug_app; print(moto.__version__)")
		output, err := check.Output()
		version := strings.TrimSpace(string(output))
		if err == nil && version == moto {
			return filepath.Abs(program)
		}
		var failed *exec.ExitError
		switch {
		case err == nil:
			reasons = append(reasons, fmt.Sprintf("%s has moto %s", python, version))
		case errors.As(err, &failed):
			lines := strings.Split(strings.TrimSpace(string(failed.Stderr)), "\n")
			reasons = append(reasons, fmt.Sprintf("%s prints %s", python, lines[len(lines)-1]))
		}
	}
	if len(reasons) == 0 {
		return "", ErrMissing
	}
	return "", fmt.Errorf("%w: %s", ErrMissing, strings.Join(reasons, ", "))
}
