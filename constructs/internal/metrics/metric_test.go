package metrics_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cloudwatch"
)

// TestConstructorsIdentify: the dimensions of each constructor are those of its kind, or no metric of it has data.
func TestConstructorsIdentify(t *testing.T) {
	x := jsii.String("x")
	all := []metrics.Resource{
		metrics.Endpoint(metrics.EndpointIdentity{ServiceName: x, VpcEndpointID: x, VpcID: x}), metrics.EndpointService(x),
		metrics.NetworkLoadBalancer(x), metrics.NetworkTargetGroup(x, x), metrics.ApplicationLoadBalancer(x), metrics.ApplicationTargetGroup(x, x),
		metrics.LatticeService(x), metrics.LatticeTargetGroup(x), metrics.TransitGateway(x), metrics.TransitGatewayAttachment(x, x),
		metrics.WebACL(x, x, x), metrics.Certificate(x), metrics.Function(x), metrics.Scheduler(), metrics.Acceptor(x),
	}
	var kinds []*cloudwatch.Resource
	for _, r := range all {
		kinds = append(kinds, r.Kind)
		for _, published := range r.Kind.Metrics {
			m := r.Metric(published.Name)
			if m.IsPublished() {
				continue
			}
			if zoned := m.ByZone(x); !zoned.IsPublished() { // it panics otherwise
				t.Errorf("%s %s has dimensions %v", r.Kind.Name, m.Name, m.DimensionNames())
			}
		}
	}
	if want := cloudwatch.Resources(); !slices.Equal(kinds, want) {
		t.Errorf("there are constructors of %d kinds, want %d", len(kinds), len(want))
	}
}

func TestByNarrowsACopy(t *testing.T) {
	service := metrics.EndpointService(jsii.String("vpce-svc-0")).Metric("ActiveConnections")
	for by, got := range map[string]metrics.Metric{
		"Az, Service Id":                    service.ByZone(jsii.String("euw1-az1")),
		"Load Balancer Arn, Service Id":     service.ByLoadBalancer(jsii.String("arn")),
		"Az, Load Balancer Arn, Service Id": service.ByZone(jsii.String("euw1-az1")).ByLoadBalancer(jsii.String("arn")),
		"Service Id, VPC Endpoint Id":       service.ByEndpoint(jsii.String("vpce-0")),
	} {
		if names := strings.Join(got.DimensionNames(), ", "); names != by {
			t.Errorf("dimensions = %s, want %s", names, by)
		}
	}
	if names := service.DimensionNames(); !slices.Equal(names, []string{"Service Id"}) {
		t.Errorf("the metric that was narrowed has %v now", names)
	}
}

func TestWhatAWSDoesNotPublishPanics(t *testing.T) {
	service := metrics.EndpointService(jsii.String("vpce-svc-0"))
	for want, f := range map[string]func(){
		`an endpoint service has no metric "PacketsDropped"`: func() { service.Metric("PacketsDropped") },
		"AWS publishes EndpointsCount by {Service Id}":       func() { service.Metric("EndpointsCount").ByZone(jsii.String("euw1-az1")) },
	} {
		func() {
			defer func() {
				if err, _ := recover().(error); err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("panic = %v, want %s", err, want)
				}
			}()
			f()
		}()
	}
}
