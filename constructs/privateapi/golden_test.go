package privateapi_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func TestGoldens(t *testing.T) {
	t.Run("provider minimal", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newProvider(stack)
		cdktest.Golden(t, "provider-minimal", cdktest.SynthTemplate(t, stack))
	})
	t.Run("consumer minimal", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack)
		cdktest.Golden(t, "consumer-minimal", cdktest.SynthTemplate(t, stack))
	})
}
