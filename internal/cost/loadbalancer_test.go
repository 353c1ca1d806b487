package cost_test

import (
	"fmt"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
)

// 400 new connections a second take as many units as the protocols of the listeners say.
func TestUnitsByProtocol(t *testing.T) {
	for name, tc := range map[string]struct {
		protocols []any
		want      string
	}{
		"TCP":            {list{"TCP", "TCP"}, "365"}, // half a unit
		"UDP":            {list{"UDP"}, "730"},        // one
		"QUIC":           {list{"TCP_QUIC"}, "730"},   // as UDP
		"TLS":            {list{"TLS"}, "5840"},       // eight
		"TLS and TCP":    {list{"TLS", "TCP"}, "365 to 5840"},
		"UDP and TCP":    {list{"UDP", "TCP"}, "365 to 730"},
		"not decided":    {list{ref("Any")}, "365 to 5840"},
		"not a listener": {nil, "365 to 5840"},
	} {
		resources := object{"R": loadBalancer("network")}
		for i, protocol := range tc.protocols {
			resources[fmt.Sprint("Listener", i)] = resource("AWS::ElasticLoadBalancingV2::Listener", object{
				"LoadBalancerArn": ref("R"), "Port": 443 + i, "Protocol": protocol, "DefaultActions": list{},
			})
		}
		n := load(t, "us-east-1", map[string]stack{"Stack": {consumer, resources}})
		b := billOf(t, n, cost.Options{Usage: usage(t, n, `{"version": 1, "resource_usage": {"Stack/R": {"new_connections": 400}}}`)})
		if got := b.Charges[1].Quantity.String(); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

// Data to other zones costs where the NLB sends it there, each GB twice.
func TestCrossZone(t *testing.T) {
	for name, tc := range map[string]struct {
		attributes any
		want       string
	}{
		"off": {list{}, "note: monthly_cross_zone_gb of Stack/R is in the usage file, and nothing in the bill is charged by it"},
		"on":  {list{object{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}}, "R cross-zone.gb 200 = 2.00 (each GB twice: out of one zone and into another)"},
	} {
		nlb := loadBalancer("network")
		nlb["Properties"].(object)["LoadBalancerAttributes"] = tc.attributes
		n := load(t, "us-east-1", map[string]stack{"Stack": {consumer, object{
			"R":       nlb,
			"Targets": resource("AWS::ElasticLoadBalancingV2::TargetGroup", object{"Port": 443, "Protocol": "TCP", "TargetType": "ip"}),
			"Listener": resource("AWS::ElasticLoadBalancingV2::Listener", object{
				"LoadBalancerArn": ref("R"), "Port": 443, "Protocol": "TCP", "DefaultActions": list{object{"Type": "forward", "TargetGroupArn": ref("Targets")}},
			}),
		}}})
		got := show(billOf(t, n, cost.Options{Usage: usage(t, n, `{"version": 1, "resource_usage": {"Stack/R": {"monthly_cross_zone_gb": 100}}}`)}))
		want := "R nlb.hour 730 = 16.43\nR nlb.lcu by use, 0.006\n" + tc.want
		if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

// A GB to functions takes as many capacity units of an ALB as 2.5 GB to other targets.
func TestUnitsByTarget(t *testing.T) {
	for name, tc := range map[string]struct {
		types []any
		want  string
	}{
		"addresses":               {list{"ip", "instance"}, "1000"},
		"functions":               {list{"lambda", "lambda"}, "2500"},
		"both":                    {list{"ip", "lambda"}, "1000 to 2500"},
		"not decided":             {list{ref("Any")}, "1000 to 2500"},
		"functions, and the rest": {list{"lambda", ref("Any")}, "1000 to 2500"},
		"no target":               {nil, "1000"},
	} {
		resources := object{"R": loadBalancer("application")}
		for i, kind := range tc.types {
			id := fmt.Sprint("Targets", i)
			resources[id] = resource("AWS::ElasticLoadBalancingV2::TargetGroup", object{"TargetType": kind})
			resources[fmt.Sprint("Listener", i)] = resource("AWS::ElasticLoadBalancingV2::Listener", object{
				"LoadBalancerArn": ref("R"), "Port": 443 + i, "Protocol": "HTTPS", "DefaultActions": list{object{"Type": "forward", "TargetGroupArn": ref(id)}},
			})
		}
		n := load(t, "us-east-1", map[string]stack{"Stack": {consumer, resources}})
		b := billOf(t, n, cost.Options{Usage: usage(t, n, `{"version": 1, "resource_usage": {"Stack/R": {"processed_bytes_gb": 1000}}}`)})
		if got := b.Charges[1].Quantity.String(); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}
