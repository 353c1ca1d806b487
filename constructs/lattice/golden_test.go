package lattice_test

import (
	"reflect"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func minimalApi(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "Stack", cdktest.Account)
	newApi(stack)
	return stack
}

func TestGoldens(t *testing.T) {
	defer cdktest.Recover(t)
	for name, build := range map[string]func(awscdk.App) awscdk.Stack{"api-minimal": minimalApi, "api-full": fullApi, "api-passthrough": passthrough} {
		cdktest.Run(t, name, func(t *testing.T) {
			cdktest.Golden(t, name, cdktest.SynthTemplate(t, build(cdktest.App(t, nil))))
		})
	}
}

// CDK's validation and cfn-lint find nothing in what the constructs can emit.
func TestValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) {
		minimalApi(app)
		fullApi(app)
		passthrough(app)
	})
}

// Our resources do not depend on feature flags: users set some, and unit tests none.
func TestFeatureFlagsChangeNothing(t *testing.T) {
	defer cdktest.Recover(t)
	flags := cdktest.CliContext(t, "../../cdk.json")
	for name, build := range map[string]func(awscdk.App) awscdk.Stack{"minimal": minimalApi, "passthrough": passthrough} {
		cdktest.Run(t, name, func(t *testing.T) {
			without := cdktest.SynthTemplate(t, build(cdktest.App(t, nil)))
			with := cdktest.SynthTemplate(t, build(cdktest.App(t, flags)))
			if !reflect.DeepEqual(with.Resources, without.Resources) {
				t.Errorf("with flags: %v\nwithout: %v", with.Resources, without.Resources)
			}
		})
	}
}
