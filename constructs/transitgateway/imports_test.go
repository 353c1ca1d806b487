package transitgateway_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory: beyond those of the core, a hub needs those of awsram.
func TestImports(t *testing.T) {
	core, own := cdktest.PackagesOf(t, "../privateapi"), cdktest.PackagesOf(t, ".")
	if len(core) == 0 || len(own) == 0 {
		t.Fatal("no packages of awscdk")
	}
	for _, pkg := range own {
		if !slices.Contains(core, pkg) && !strings.Contains(pkg, "awsram") {
			t.Errorf("%s is none of the core's", pkg)
		}
	}
}
