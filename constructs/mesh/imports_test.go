package mesh_test

import (
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory: a mesh needs those of APIs over VPC Lattice and of contracts, and no others.
func TestImports(t *testing.T) {
	parts, own := slices.Concat(cdktest.PackagesOf(t, "../lattice"), cdktest.PackagesOf(t, "../contract")), cdktest.PackagesOf(t, ".")
	if len(parts) == 0 || len(own) == 0 {
		t.Fatal("no packages of awscdk")
	}
	for _, pkg := range own {
		if !slices.Contains(parts, pkg) {
			t.Errorf("%s is of none of its parts", pkg)
		}
	}
}
