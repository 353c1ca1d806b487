package mesh_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Every package of awscdk costs each user compile time and memory: a mesh needs those of APIs over VPC Lattice and of contracts, and no others.
func TestImports(t *testing.T) {
	parts, own := slices.Concat(packagesOf(t, "../lattice"), packagesOf(t, "../contract")), packagesOf(t, ".")
	if len(parts) == 0 || len(own) == 0 {
		t.Fatal("no packages of awscdk")
	}
	for _, pkg := range own {
		if !slices.Contains(parts, pkg) {
			t.Errorf("%s is of none of its parts", pkg)
		}
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
