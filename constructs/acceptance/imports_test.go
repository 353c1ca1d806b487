package acceptance_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Every package of awscdk costs each user compile time and memory. An acceptor needs those of Lambda, Scheduler and SNS beyond those of the core, and
// what these import: packages that make alarms act, or subscribe functions, would be 50 more.
func TestImports(t *testing.T) {
	core := packagesOf(t, "../privateapi")
	var more []string
	for _, pkg := range packagesOf(t, ".") {
		if name, _ := strings.CutSuffix(pkg, "/internal"); !slices.Contains(core, pkg) && !strings.Contains(name, "/interfaces/") && name == pkg {
			more = append(more, name[strings.LastIndex(name, "/")+1:])
		}
	}
	want := []string{
		"awsapplicationautoscaling", "awscodeguruprofiler", "awscodestarnotifications", "awsecr", "awsecrassets", "awsefs", "awslambda", "awsscheduler",
		"awssigner", "awssns",
	}
	if slices.Sort(more); !slices.Equal(more, want) {
		t.Errorf("imports %v beyond the core's, want %v", more, want)
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
