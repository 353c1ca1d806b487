package transitgateway_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory: beyond those of the core, a hub needs those of awsram.
func TestImports(t *testing.T) { cdktest.NoImportsBeyond(t, "../privateapi", "awsram") }
