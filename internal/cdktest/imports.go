package cdktest

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// PackagesOf returns the packages of awscdk that a package imports, directly or by others, in order: each costs users compile time and memory.
func PackagesOf(t *testing.T, pkg string) (list []string) {
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
	slices.Sort(list)
	return list
}
