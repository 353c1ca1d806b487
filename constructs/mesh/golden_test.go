package mesh_test

import (
	"reflect"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// assembly synthesises a mesh and returns the directory of its templates.
func assembly(t *testing.T, d *D, splits bool) string {
	t.Helper()
	app := cdktest.App(t, nil)
	newWorld(app, d, splits)
	return *app.Synth(nil).Directory()
}

// stacksOf are the stacks with parts of the mesh, if they split by themselves.
var stacksOf = []string{"Commerce-internal", "Commerce-payments", "Checkout-ServiceNetwork", "Checkout-internal", "Checkout-payments", "Reports-internal"}

func TestGoldens(t *testing.T) {
	defer cdktest.Recover(t)
	assembly := cdktest.AssemblyIn(assembly(t, small(), true))
	for _, name := range stacksOf {
		cdktest.Golden(t, name, assembly.Template(t, name))
	}
}

// CDK's validation and cfn-lint find nothing in what a mesh can have.
func TestValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.WantValid(t, assembly(t, small(), true), assembly(t, small(), false))
}

// What is defined does not depend on feature flags, but for references between stacks.
func TestFeatureFlagsChangeNothing(t *testing.T) {
	defer cdktest.Recover(t)
	flags := cdktest.CliContext(t, "../../cdk.json")
	provider := func(stack awscdk.Stack) { providerIn(stack, stack, small()) }
	consumer := func(stack awscdk.Stack) { consumerOf(stack, sources["Contracts"]) }
	for name, define := range map[string]func(awscdk.Stack){"provider": provider, "consumer": consumer} {
		cdktest.Run(t, name, func(t *testing.T) {
			var templates []cdktest.Template
			for _, context := range []map[string]any{nil, flags} {
				stack := cdktest.StackIn(cdktest.App(t, context), "Stack", map[string]string{"provider": cdktest.Account, "consumer": cdktest.OtherAccount}[name])
				define(stack)
				templates = append(templates, cdktest.SynthTemplate(t, stack))
			}
			if !reflect.DeepEqual(templates[0].Resources, templates[1].Resources) {
				t.Errorf("without flags: %v\nwith flags: %v", templates[0].Resources, templates[1].Resources)
			}
		})
	}
}
