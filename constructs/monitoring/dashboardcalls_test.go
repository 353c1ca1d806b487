package monitoring_test

import (
	"fmt"
	"testing"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every call to CDK is a round trip between two processes, so the number of calls is pinned. The dashboard itself is one, however many widgets and
// lines it has; the others ask constructs what identifies their resources.
func TestDashboardCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		stack := cdktest.Stack(t)
		provider := pricing(stack)
		define := func(step string, props *monitoring.DashboardProps) {
			count(step, func() { monitoring.NewDashboard(stack, jsii.String("Dashboard of "+step), props) })
		}
		elsewhere := func(count int) *monitoring.DashboardProps {
			consumers := consumersOf()
			for i := range count {
				*consumers = append(*consumers, described(fmt.Sprint("consumer ", i)))
			}
			return &monitoring.DashboardProps{Consumers: consumers}
		}
		define("one consumer", elsewhere(1))
		define("fifty consumers", elsewhere(50))
		define("a provider", &monitoring.DashboardProps{Provider: &monitoring.DashboardProvider{Service: provider}})
		for _, n := range []int{1, 3} {
			props := &monitoring.DashboardProps{Consumers: consumersOf()}
			for i := range n {
				label := fmt.Sprintf("Checkout%d of %d", i, n)
				consumer := checkout(stack, label, provider)
				*props.Consumers = append(*props.Consumers, &monitoring.DashboardConsumer{Label: &label, Consumer: consumer})
			}
			define(fmt.Sprintf("%d consumers of this app", n), props)
		}
	})
	for step, want := range map[string]int{
		"one consumer": 1, "fifty consumers": 1, "a provider": 5, "1 consumers of this app": 2, "3 consumers of this app": 4,
	} {
		if got := steps[step]; len(got) != want {
			t.Errorf("%s: %d calls, want %d: %v", step, len(got), want, got)
		}
	}
}
