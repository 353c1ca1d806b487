package deploy_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/localaws"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

var (
	local   *scenario.Scenario
	missing error // the reason why there is no local AWS API
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

// run runs all tests against one local AWS API.
func run(m *testing.M) (code int) {
	dir, err := os.MkdirTemp("", "deploy-")
	if err != nil {
		panic(err)
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	local, err = scenario.New(ctx, ".", dir)
	if localaws.MaySkip(err, os.Getenv(localaws.Required)) {
		missing = err
		return m.Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code = m.Run()
	if err := local.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	return code
}

// needLocal skips the test where the local AWS API is missing.
func needLocal(t *testing.T) {
	t.Helper()
	if missing != nil {
		t.Skipf("not deployed: %v; make deploy-test installs it", missing)
	}
}

// must returns a value, or ends the test with the error.
func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
