package privateapi_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Every package of awscdk costs each user compile time and memory, so the list is pinned: an import more is a decision.
func TestImports(t *testing.T) {
	output, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	const awscdk = "github.com/aws/aws-cdk-go/awscdk/v2"
	want := []string{
		awscdk, awscdk + "/awsec2", awscdk + "/awselasticloadbalancingv2", awscdk + "/awsiam", awscdk + "/awsroute53", awscdk + "/awss3",
	}
	var got []string
	for pkg := range strings.FieldsSeq(string(output)) {
		if strings.HasPrefix(pkg, awscdk) {
			got = append(got, pkg)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("imports of awscdk = %v, want %v", got, want)
	}

	output, err = exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := 0
	for pkg := range strings.FieldsSeq(string(output)) {
		if strings.HasPrefix(pkg, awscdk) {
			deps++
		}
		for _, heavy := range []string{"awsecs", "awsecspatterns", "awsroute53targets", "awselasticloadbalancingv2targets", "customresources", "awslambda"} {
			if pkg == awscdk+"/"+heavy {
				t.Errorf("%s is in the dependency graph", heavy)
			}
		}
	}
	if deps > 60 {
		t.Errorf("%d packages of awscdk, want 60 at most", deps)
	}
}
