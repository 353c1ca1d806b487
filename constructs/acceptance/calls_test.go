package acceptance_test

import (
	"testing"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/acceptance"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every call to CDK is a round trip between two processes, so the number of calls is pinned: two for the service and its stack, one for the accounts that it allows, and the acceptor itself. More consumers make no more calls.
func TestCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		stack := cdktest.Stack(t)
		first := newProvider(stack)
		newAcceptor(stack, first)
		for step, list := range map[string]*[]*acceptance.Consumer{
			"one consumer":    consumers(consumer("checkout", cdktest.OtherAccount)),
			"three consumers": consumers(consumer("checkout", cdktest.OtherAccount), consumer("reports", "333333333333"), consumer("orders", "444444444444")),
		} {
			provider := privateapi.NewPrivateNlbProvider(stack, jsii.String("Provider of "+step), &privateapi.PrivateNlbProviderProps{
				Vpc: newVpc(stack, step), AcceptanceRequired: jsii.Bool(true), DeletionProtection: jsii.Bool(false),
			})
			count(step, func() {
				acceptance.NewAcceptor(stack, jsii.String("Acceptor of "+step), &P{Service: provider, Consumers: list})
			})
		}
	})
	for step, got := range steps {
		if len(got) != 4 {
			t.Errorf("%s: %d calls, want 4: %v", step, len(got), got)
		}
	}
}
