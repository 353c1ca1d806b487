package route53profile_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory: beyond those of the core, a profile needs those of awsram and
// awsroute53profiles.
func TestImports(t *testing.T) {
	core, own := cdktest.PackagesOf(t, "../privateapi"), cdktest.PackagesOf(t, ".")
	if len(core) == 0 || len(own) == 0 {
		t.Fatal("no packages of awscdk")
	}
	for _, pkg := range own {
		if !slices.Contains(core, pkg) && !strings.Contains(pkg, "awsram") && !strings.Contains(pkg, "awsroute53profiles") {
			t.Errorf("%s is none of the core's", pkg)
		}
	}
}
