package assembly_test

import (
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// Assemblies as they are in the repositories of aws-cdk and of AWS Solutions Constructs, and as a unit test synthesises
// them without the CDK CLI: with stacks that have no resources, and with nested stacks whose files only manifests name.
func TestSnapshots(t *testing.T) {
	for dir, want := range map[string]struct{ stacks, resources []string }{
		"integ.nlb-endpoint-service.js.snapshot": {
			[]string{"endpoint-service", "endpointserviceDefaultTestDeployAssert0A1B2C3D"},
			[]string{"endpoint-service/Nlb55158F82", "endpoint-service/Service3D9E3B1C", "endpoint-service/Vpc8378EB38"},
		},
		"integ.albfgt-nested.js.snapshot": {
			[]string{"albfgt-nested", "albfgt-nested/NetworkNestedStackNetworkNestedStackResource1A2B3C4D", "IntegDefaultTestDeployAssert11223344"},
			[]string{
				"albfgt-nested/Group9F1E2D3C", "albfgt-nested/NetworkNestedStackNetworkNestedStackResource1A2B3C4D",
				"albfgt-nested/NetworkNestedStackNetworkNestedStackResource1A2B3C4D/Vpc",
			},
		},
		"go-test": {
			[]string{"Prod-Shop", "Prod-Shop/Inner", "Prod-Shop/Inner/Deep", "Legacy", "Legacy/Inner", "Empty"},
			[]string{"Prod-Shop/Inner", "Prod-Shop/Inner/Deep", "Prod-Shop/Inner/Vpc", "Prod-Shop/Inner/Deep/Group", "Legacy/Inner", "Legacy/Inner/Vpc"},
		},
	} {
		t.Run(dir, func(t *testing.T) {
			a := load(t, assembly.Input{Dir: "testdata/snapshots/" + dir})
			var stacks, resources []string
			for _, s := range a.Stacks {
				stacks = append(stacks, s.Name)
				for _, r := range s.Resources() {
					resources = append(resources, r.String())
				}
			}
			if !slices.Equal(stacks, want.stacks) {
				t.Errorf("stacks = %q\n want %q", stacks, want.stacks)
			}
			if !slices.Equal(resources, want.resources) {
				t.Errorf("resources = %q\n want %q", resources, want.resources)
			}
			if len(a.Unread) > 0 {
				t.Errorf("unread = %v", a.Unread)
			}
		})
	}
}

func TestValuesAcrossNestedStacksOfSnapshots(t *testing.T) {
	a := load(t, assembly.Input{Dir: "testdata/snapshots/go-test"}, assembly.Input{Dir: "testdata/snapshots/integ.albfgt-nested.js.snapshot"})
	wantString(t, a.Stack("Prod-Shop/Inner/Deep").Resource("Group").Property("VpcId"), "Prod-Shop/Inner/Vpc.Ref")
	wantString(t, a.Stack("albfgt-nested").Resource("Group9F1E2D3C").Property("VpcId"),
		"albfgt-nested/NetworkNestedStackNetworkNestedStackResource1A2B3C4D/Vpc.Ref")
}
