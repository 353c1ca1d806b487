package route53profile_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// stacksOf are the stacks of each shape whose templates are compared.
var stacksOf = map[string][]string{
	"one-stack":    {"OneAll"},
	"two-accounts": {"AccountsNetwork", "AccountsShop"},
}

// Every shape synthesises, so no stacks depend on each other in a cycle.
func TestGoldens(t *testing.T) {
	defer cdktest.Recover(t)
	for name, build := range shapes {
		cdktest.Run(t, name, func(t *testing.T) {
			assembly := cdktest.Synth(t, build(cdktest.App(t, nil)))
			for _, stack := range stacksOf[name] {
				cdktest.Golden(t, stack, assembly.Template(t, stack))
			}
		})
	}
}

// CDK's validation and cfn-lint find nothing in what the constructs can emit.
func TestValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) {
		for _, build := range shapes {
			build(app)
		}
	})
}
