package mesh_test

import (
	"testing"

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
