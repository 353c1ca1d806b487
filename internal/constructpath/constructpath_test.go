package constructpath_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/constructpath"
)

func TestNames(t *testing.T) {
	for _, tc := range []struct {
		name, given, path string
		want              bool
	}{
		{"the path", "Checkout/Client", "Checkout/Client", true},
		{"the L1 of an L2", "Checkout/Client/Resource", "Checkout/Client", true},
		{"the L1, where the path is whole", "Checkout/Client", "Checkout/Client/Resource", true},
		{"the L2 of an ECS service", "Checkout/Api/Service", "Checkout/Api/Service/Service", true},
		{"the L2 of an Auto Scaling group", "Checkout/Fleet", "Checkout/Fleet/ASG", true},
		{"a construct around an L2", "Checkout/Api", "Checkout/Api/Service/Service", false},
		{"a construct around an L1", "Checkout/Api", "Checkout/Api/Client", false},
		{"the stack of an L1", "Checkout", "Checkout/Service", false},
		{"another resource", "Checkout/Other", "Checkout/Client", false},
		{"no name", "", "Checkout/Client", false},
		{"no path", "Checkout/Client", "", false},
		{"nothing", "", "", false},
	} {
		if got := constructpath.Names(tc.given, tc.path); got != tc.want {
			t.Errorf("%s: Names(%q, %q) = %v", tc.name, tc.given, tc.path, got)
		}
	}
}
