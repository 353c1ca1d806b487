package lattice_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Every package of awscdk costs each user compile time and memory: an API over VPC Lattice has those of the core, and four each for
// awsvpclattice and awsram.
func TestImports(t *testing.T) {
	core := packagesOf(t, "../privateapi")
	var more []string
	for _, pkg := range packagesOf(t, ".") {
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

func packagesOf(t *testing.T, pkg string) (list []string) {
	t.Helper()
	output, err := exec.Command("go", "list", "-deps", pkg).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, dependency := range strings.Fields(string(output)) {
		if strings.HasPrefix(dependency, "github.com/aws/aws-cdk-go/awscdk/v2") {
			list = append(list, dependency)
		}
	}
	return list
}
