package vpcpeering_test

import (
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory: a peering connection needs none beyond those of the core.
func TestImports(t *testing.T) {
	core, own := cdktest.PackagesOf(t, "../privateapi"), cdktest.PackagesOf(t, ".")
	if len(core) == 0 || len(own) == 0 {
		t.Fatal("no packages of awscdk")
	}
	for _, pkg := range own {
		if !slices.Contains(core, pkg) {
			t.Errorf("%s is none of the core's", pkg)
		}
	}
}
