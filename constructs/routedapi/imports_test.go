package routedapi_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Every package of awscdk costs each user compile time and memory: an API that is reached by route needs none beyond those of the core.
func TestImports(t *testing.T) {
	core, own := packagesOf(t, "../privateapi"), packagesOf(t, ".")
	if len(core) == 0 || !slices.Equal(own, core) {
		t.Errorf("the packages of awscdk are\n%v, want those of the core:\n%v", own, core)
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
	slices.Sort(list)
	return list
}
