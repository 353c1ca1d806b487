package vpcpeering_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every package of awscdk costs each user compile time and memory: a peering connection needs none beyond those of the core.
func TestImports(t *testing.T) { cdktest.NoImportsBeyond(t, "../privateapi") }
