package privateapi_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const (
	module    = "github.com/cdk-private-api/cdk-private-api-go/"
	internals = module + "constructs/internal/"
	cdk       = "github.com/aws/aws-cdk-go/awscdk/v2"
)

// Every package of awscdk costs each user compile time and memory, so the list is pinned: an import more is a decision.
func TestImports(t *testing.T) {
	want := []string{
		cdk, cdk + "/awscloudwatch", cdk + "/awsec2", cdk + "/awselasticloadbalancingv2", cdk + "/awsiam", cdk + "/awsroute53", cdk + "/awss3",
	}
	var got []string
	for pkg, imports := range importsOf(t, "-deps", ".") {
		for _, imported := range imports {
			if strings.HasPrefix(pkg, module) && strings.HasPrefix(imported, cdk) && !slices.Contains(got, imported) {
				got = append(got, imported)
			}
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("imports of awscdk = %v, want %v", got, want)
	}

	deps := 0
	for _, pkg := range goList(t, "-deps", ".") {
		if strings.HasPrefix(pkg, cdk) {
			deps++
		}
		for _, heavy := range []string{"awsecs", "awsecspatterns", "awsroute53targets", "awselasticloadbalancingv2targets", "customresources", "awslambda"} {
			if pkg == cdk+"/"+heavy {
				t.Errorf("%s is in the dependency graph", heavy)
			}
		}
	}
	if deps > 60 {
		t.Errorf("%d packages of awscdk, want at most 60", deps)
	}
}

// What the packages of constructs share imports none of them.
func TestSharedPackagesImportNothingAboveThem(t *testing.T) {
	below := []string{module + "internal/rules", module + "internal/cloudwatch", module + "internal/nearest", module + "internal/placeholder", module + "internal/contract"}
	packages := importsOf(t, internals+"...")
	if len(packages) == 0 {
		t.Fatal("there are no shared packages")
	}
	for pkg, imports := range packages {
		for _, imported := range imports {
			if strings.HasPrefix(imported, module) && !strings.HasPrefix(imported, internals) && !slices.Contains(below, imported) {
				t.Errorf("%s imports %s", pkg, imported)
			}
		}
	}
}

// importsOf returns the imports of packages, without those of their tests, by package.
func importsOf(t *testing.T, patterns ...string) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	for _, line := range goList(t, append([]string{"-f", `{{.ImportPath}}{{range .Imports}},{{.}}{{end}}`}, patterns...)...) {
		list := strings.Split(line, ",")
		imports[list[0]] = list[1:]
	}
	return imports
}

// goList returns the words that go list prints.
func goList(t *testing.T, args ...string) []string {
	t.Helper()
	output, err := exec.Command("go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(output))
}
