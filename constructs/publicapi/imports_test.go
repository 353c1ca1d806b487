package publicapi_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory: a public API needs those of the core, and the four of WAF.
func TestImports(t *testing.T) {
	core, own := cdktest.PackagesOf(t, "../privateapi"), cdktest.PackagesOf(t, ".")
	more := slices.DeleteFunc(slices.Clone(own), func(pkg string) bool { return slices.Contains(core, pkg) })
	isOfWaf := func(pkg string) bool { return strings.Contains(pkg, "wafv2") }
	if len(core) == 0 || len(own) != len(core)+len(more) || len(more) == 0 || len(more) > 4 || !slices.ContainsFunc(more, isOfWaf) || slices.ContainsFunc(more, func(pkg string) bool { return !isOfWaf(pkg) }) {
		t.Errorf("the packages of awscdk beyond those of the core are %v, want at most four of WAF", more)
	}
}
