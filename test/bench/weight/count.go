// Package weight measures what an import of awscdk costs: packages, and the time and memory to compile them.
package weight

import (
	"fmt"
	"os/exec"
	"strings"
)

// The modules and packages that are measured.
const (
	CDK  = "github.com/aws/aws-cdk-go/awscdk/v2"
	Core = "github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"

	benchApps      = "github.com/cdk-private-api/cdk-private-api-go/test/bench/apps/"
	LibraryApp     = benchApps + "library"
	HandwrittenApp = benchApps + "handwritten"
)

// Features are awscdk packages that a package besides the core could need, from light to heavy.
var Features = []string{
	CDK + "/awscloudwatch", CDK + "/awssns", CDK + "/awslambda", CDK + "/customresources", CDK + "/awselasticloadbalancingv2targets",
	CDK + "/awsecs", CDK + "/awsroute53targets", CDK + "/awsecspatterns",
}

// Count returns how many packages of awscdk are in the dependency graph of some packages together.
func Count(packages ...string) (int, error) {
	all, err := list("{{.ImportPath}}", packages)
	count := 0
	for _, pkg := range all {
		if pkg == CDK || strings.HasPrefix(pkg, CDK+"/") {
			count++
		}
	}
	return count, err
}

// list lists the dependency graph of packages, and of their tests.
func list(format string, packages []string) ([]string, error) {
	output, err := exec.Command("go", append([]string{"list", "-deps", "-f", format}, packages...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list %v: %w", packages, err)
	}
	return strings.Fields(string(output)), nil
}
