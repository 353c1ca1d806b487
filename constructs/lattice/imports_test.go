package lattice_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory: an API over VPC Lattice has those of the core, and four each for
// awsvpclattice and awsram.
func TestImports(t *testing.T) {
	core := cdktest.PackagesOf(t, "../privateapi")
	var more []string
	for _, pkg := range cdktest.PackagesOf(t, ".") {
		if !slices.Contains(core, pkg) {
			more = append(more, pkg)
		}
	}
	var lattice, ram int
	for _, pkg := range more {
		switch {
		case strings.Contains(pkg, "vpclattice"):
			lattice++
		case strings.Contains(pkg, "awsram"):
			ram++
		default:
			t.Errorf("%s is neither of awsvpclattice nor of awsram", pkg)
		}
	}
	if lattice != 4 || ram != 4 {
		t.Errorf("%d packages of awsvpclattice and %d of awsram, want 4 each: %v", lattice, ram, more)
	}
}
