package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// failure is a [reachability.TB] that remembers that it failed.
type failure struct{ failed bool }

func (*failure) Helper()                 {}
func (f *failure) Fatalf(string, ...any) { f.failed = true }

// mustFail fails the test unless an assertion does.
func mustFail(t *testing.T, assert func(reachability.TB)) {
	t.Helper()
	var f failure
	if assert(&f); !f.failed {
		t.Error("the assertion passes")
	}
}
