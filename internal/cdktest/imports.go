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

// NoImportsBeyond fails a test whose package needs packages of awscdk that core, a package by its path, does not: all but those of which a part of
// the path is in allowed.
func NoImportsBeyond(t *testing.T, core string, allowed ...string) {
	t.Helper()
	known, own := PackagesOf(t, core), PackagesOf(t, ".")
	if len(known) == 0 || len(own) == 0 {
		t.Fatal("no packages of awscdk")
	}
	for _, pkg := range own {
		if !slices.Contains(known, pkg) && !slices.ContainsFunc(allowed, func(part string) bool { return strings.Contains(pkg, part) }) {
			t.Errorf("%s is none of the core's", pkg)
		}
	}
}
