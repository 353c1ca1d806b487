package monitoring_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory: beyond those of the core, alarms need topics, and topics their notifications.
// Actions of alarms would be 46 more, and subscriptions of topics 52.
func TestImports(t *testing.T) {
	cdktest.NoImportsBeyond(t, "../privateapi", "awssns", "awscodestarnotifications")
}
