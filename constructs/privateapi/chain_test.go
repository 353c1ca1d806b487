package privateapi_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/deploytime"
)

// The longest chain of resources that wait for each other decides how long a deployment takes. This pins it.
func TestDeploymentChains(t *testing.T) {
	for file, want := range map[string]struct{ slowest, deepest string }{
		"provider-minimal": {
			"SecurityGroup > LoadBalancer > VPCEndpointService > VPCEndpointServicePermissions, about 3m0s",
			"SecurityGroup > LoadBalancer > Listener > TargetGroup > Listener, about 2m50s",
		},
		"consumer-minimal": {
			"SecurityGroup > VPCEndpoint > RecordSet, about 2m10s",
			"SecurityGroup > VPCEndpoint > RecordSet, about 2m10s",
		},
	} {
		a, err := assembly.Load(assembly.Input{Template: "testdata/" + file + ".json"})
		if err != nil {
			t.Fatal(err)
		}
		slowest, deepest := deploytime.Longest(a.Stacks[0])
		if got := slowest.String(); got != want.slowest {
			t.Errorf("%s: the slowest chain is\n  %s, want\n  %s", file, got, want.slowest)
		}
		if got := deepest.String(); got != want.deepest {
			t.Errorf("%s: the deepest chain is\n  %s, want\n  %s", file, got, want.deepest)
		}
	}
}
