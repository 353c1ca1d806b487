package dnsverification_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory. A verification has those of the core, and 36 for a Lambda function, among
// which are those for its log group.
func TestImports(t *testing.T) {
	if core, own := len(cdktest.PackagesOf(t, "../privateapi")), len(cdktest.PackagesOf(t, ".")); own-core != 36 {
		t.Errorf("%d packages of awscdk, and the core has %d; want 36 more", own, core)
	}
}
