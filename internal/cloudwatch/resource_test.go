package cloudwatch_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cloudwatch"
	"github.com/cdk-private-api/cdk-private-api-go/internal/metricstest"
)

// TestAWSPublishesThem compares the list with one that was copied from AWS's pages by another hand: what is in one is in the other.
func TestAWSPublishesThem(t *testing.T) {
	got := map[string][]string{}
	for _, resource := range cloudwatch.Resources() {
		for _, metric := range resource.Metrics {
			key := resource.Namespace + "/" + metric.Name
			for _, set := range resource.Sets(metric) {
				got[key] = append(got[key], fmt.Sprint(set))
			}
		}
	}
	published := metricstest.Published()
	for key, metric := range published {
		var want []string
		for _, set := range metric.Sets {
			want = append(want, fmt.Sprint(set))
		}
		slices.Sort(want)
		slices.Sort(got[key])
		if !slices.Equal(got[key], want) {
			t.Errorf("%s is published by %v, and listed by %v", key, want, got[key])
		}
	}
	for _, key := range slices.Sorted(maps.Keys(got)) {
		if _, ok := published[key]; !ok {
			t.Errorf("%s is not published", key)
		}
	}
	if len(got) < 100 {
		t.Errorf("only %d metrics", len(got))
	}
}

// TestResourcesAreComplete: each metric has what an alarm needs.
func TestResourcesAreComplete(t *testing.T) {
	for _, resource := range cloudwatch.Resources() {
		if resource.Source == "" || resource.Name == "" || len(resource.By) == 0 || !slices.IsSorted(resource.Names()) {
			t.Errorf("%s is incomplete: %v", resource.Name, resource.Names())
		}
		for _, metric := range resource.Metrics {
			if metric.Statistic == "" || metric.Period%60 != 0 || metric.Period == 0 {
				t.Errorf("%s %s has statistic %q and period %d", resource.Name, metric.Name, metric.Statistic, metric.Period)
			}
			if found, ok := resource.Find(metric.Name); !ok || found.Statistic != metric.Statistic {
				t.Errorf("%s has %s twice", resource.Name, metric.Name)
			}
		}
	}
}

func TestPublishes(t *testing.T) {
	connections, _ := cloudwatch.EndpointService.Find("ActiveConnections")
	for want, dimensions := range map[bool][]string{true: {"Service Id", "Az"}, false: {"Service Id", "Subnet Id"}} {
		if got := cloudwatch.EndpointService.Publishes(connections, dimensions); got != want {
			t.Errorf("publishes by %v: %v, want %v", dimensions, got, want)
		}
	}
	if text := cloudwatch.Text(cloudwatch.EndpointService.Sets(connections)[:2]); text != "{Service Id}, {Az, Service Id}" {
		t.Errorf("text = %s", text)
	}
}
