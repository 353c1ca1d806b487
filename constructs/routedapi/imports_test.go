package routedapi_test

import (
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory: an API that is reached by route needs none beyond those of the core.
func TestImports(t *testing.T) {
	core, own := cdktest.PackagesOf(t, "../privateapi"), cdktest.PackagesOf(t, ".")
	if len(core) == 0 || !slices.Equal(own, core) {
		t.Errorf("the packages of awscdk are\n%v, want those of the core:\n%v", own, core)
	}
}
