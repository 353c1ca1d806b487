package route53profile_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Every package of awscdk costs each user compile time and memory: beyond those of the core, a profile needs those of awsram and
// awsroute53profiles.
func TestImports(t *testing.T) {
	core, own := packagesOf(t, "../privateapi"), packagesOf(t, ".")
	if len(core) == 0 || len(own) == 0 {
		t.Fatal("no packages of awscdk")
	}
	for _, pkg := range own {
		if !slices.Contains(core, pkg) && !strings.Contains(pkg, "awsram") && !strings.Contains(pkg, "awsroute53profiles") {
			t.Errorf("%s is none of the core's", pkg)
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
