package monitoring_test

import (
	"testing"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every call to CDK is a round trip between two processes, so the number of calls is pinned. More alarms, topics and certificates make no more.
func TestAlarmCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		app := cdktest.App(t, nil)
		stack := stackOf(app, "Stack")
		api, one, two := alarmedAPI(stack, "Quote"), stackOf(app, "One"), stackOf(app, "Two")
		topics, certificates := onCall(two), alarmedCertificates()
		newProviderAlarms(stackOf(app, "Before"), api, func(p *providerAlarms) { // CDK is asked once for what all alarms need
			p.Topics, p.Certificates = topics, certificates
		})
		count("one route", func() { newProviderAlarms(one, api) })
		api.AddRoute(jsii.String("Trade"), alarmedRoute("/Trade"))
		count("two routes", func() {
			newProviderAlarms(two, api, func(p *providerAlarms) {
				p.Topics, p.Certificates, p.Alarms = topics, certificates, &settings{"NoEndpoints": on(), "BlockedInbound": on()}
			})
		})
	})
	for step, got := range steps {
		if len(got) != 7 {
			t.Errorf("%s: %d calls, want 7: %v", step, len(got), got)
		}
	}
}
