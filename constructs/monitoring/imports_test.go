package monitoring_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory: beyond those of the core, alarms need topics, and topics their notifications.
// Actions of alarms would be 46 more, and subscriptions of topics 52.
func TestImports(t *testing.T) {
	core, own := cdktest.PackagesOf(t, "../privateapi"), cdktest.PackagesOf(t, ".")
	if len(core) == 0 || len(own) == 0 {
		t.Fatal("no packages of awscdk")
	}
	for _, pkg := range own {
		if !slices.Contains(core, pkg) && !strings.Contains(pkg, "awssns") && !strings.Contains(pkg, "awscodestarnotifications") {
			t.Errorf("%s is none of the core's", pkg)
		}
	}
}
