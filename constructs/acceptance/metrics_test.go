package acceptance_test

import (
	"maps"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/acceptance"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/metricstest"
)

// What alarms on the metrics of an acceptor look at is what its handler writes, for the service.
func TestMetrics(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newProvider(stack)
	acceptor := newAcceptor(stack, provider, func(p *P) {
		p.Alarms = &settings{}
		for _, name := range []string{"Waiting", "Failed", "Errors", "Silence"} {
			(*p.Alarms)[name] = &acceptance.AlarmSettings{Enabled: jsii.Bool(false)}
		}
	})
	for id, metric := range map[string]awscloudwatch.Metric{
		"Accepted":      acceptor.MetricAccepted(nil),
		"Failed":        acceptor.MetricFailed(nil),
		"OldestWaiting": acceptor.MetricOldestWaiting(nil),
		"Rejected":      acceptor.MetricRejected(&awscloudwatch.MetricOptions{Statistic: jsii.String("Maximum")}),
		"Waiting":       acceptor.Metric(jsii.String("Waiting"), nil),
		"Waiting2":      acceptor.MetricWaiting(nil),
	} {
		awscloudwatch.NewAlarm(stack, &id, &awscloudwatch.AlarmProps{Metric: metric, Threshold: jsii.Number(1), EvaluationPeriods: jsii.Number(1)})
	}
	resources := cdktest.SynthTemplate(t, stack).Section("Resources")
	metricstest.Check(t, resources)
	const service = "ServiceId=map[Ref:OrdersEndpointService3BB7AAF7]"
	want := map[string]string{
		"Accepted":      "PrivateApi Accepted Sum 300 " + service,
		"Failed":        "PrivateApi Failed Sum 300 " + service,
		"OldestWaiting": "PrivateApi OldestWaiting Maximum 300 " + service,
		"Rejected":      "PrivateApi Rejected Maximum 300 " + service,
		"Waiting":       "PrivateApi Waiting Maximum 300 " + service,
		"Waiting2":      "PrivateApi Waiting Maximum 300 " + service,
	}
	if got := metricstest.Alarms(resources); !maps.Equal(got, want) {
		t.Errorf("alarms look at %v, want %v", got, want)
	}
	cdktest.WantPanic(t, "use Waiting", func() { acceptor.Metric(jsii.String("waiting"), nil) })
	cdktest.WantPanic(t, "makes the set {Label, ServiceId}", func() {
		acceptor.MetricRejected(&awscloudwatch.MetricOptions{DimensionsMap: &map[string]*string{"Label": jsii.String("checkout")}})
	})
}
