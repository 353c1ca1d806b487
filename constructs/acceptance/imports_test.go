package acceptance_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory. An acceptor needs those of Lambda, Scheduler and SNS beyond those of the core, and
// what these import: packages that make alarms act, or subscribe functions, would be 50 more.
func TestImports(t *testing.T) {
	core := cdktest.PackagesOf(t, "../privateapi")
	var more []string
	for _, pkg := range cdktest.PackagesOf(t, ".") {
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
