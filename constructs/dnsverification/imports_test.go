package dnsverification_test

import (
	"os/exec"
	"strings"
	"testing"
)

// Every package of awscdk costs each user compile time and memory. A verification has those of the core, and 36 for a Lambda function, among
// which are those for its log group.
func TestImports(t *testing.T) {
	if core, own := packagesOf(t, "../privateapi"), packagesOf(t, "."); own-core != 36 {
		t.Errorf("%d packages of awscdk, and the core has %d; want 36 more", own, core)
	}
}

func packagesOf(t *testing.T, pkg string) (count int) {
	t.Helper()
	output, err := exec.Command("go", "list", "-deps", pkg).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, dependency := range strings.Fields(string(output)) {
		if strings.HasPrefix(dependency, "github.com/aws/aws-cdk-go/awscdk/v2") {
			count++
		}
	}
	return count
}
