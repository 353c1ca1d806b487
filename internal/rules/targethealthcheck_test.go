package rules_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestCheckTargetCodes(t *testing.T) {
	http := func(version string) func(*rules.Report, string, string) {
		return func(r *rules.Report, property, codes string) { rules.CheckTargetHTTPCodes(r, property, codes, version) }
	}
	grpc := func(version string) func(*rules.Report, string, string) {
		return func(r *rules.Report, property, codes string) { rules.CheckTargetGRPCCodes(r, property, codes, version) }
	}
	runChecks(t, http(""), map[string]checkCase[string]{
		"one code":            {"200", ok},
		"all codes":           {"200-499", ok},
		"a list":              {"200,301-308", ok},
		"an error of servers": {"500", rules.TargetHealthCheck},
		"a range backwards":   {"299-200", rules.TargetHealthCheck},
		"a gRPC code":         {"12", rules.TargetHealthCheck},
	})
	runChecks(t, http("GRPC"), map[string]checkCase[string]{"a code": {"200", rules.TargetHealthCheck}})
	runChecks(t, grpc("GRPC"), map[string]checkCase[string]{
		"one code":          {"12", ok},
		"all codes":         {"0-99", ok},
		"a list":            {"0,9-12", ok},
		"a range backwards": {"12-9", rules.TargetHealthCheck},
		"an HTTP code":      {"200", rules.TargetHealthCheck},
		"nothing":           {"", rules.TargetHealthCheck},
	})
	runChecks(t, grpc("HTTP2"), map[string]checkCase[string]{"a code": {"0", rules.TargetHealthCheck}})
}

func TestCheckTargetHealthCheckTimes(t *testing.T) {
	after := func(timeout float64) func(*rules.Report, string, float64) {
		return func(r *rules.Report, property string, interval float64) {
			rules.CheckTargetHealthCheckTimes(r, property, interval, timeout)
		}
	}
	runChecks(t, after(5), map[string]checkCase[float64]{
		"longer":                       {6, ok},
		"equal":                        {5, rules.TargetHealthCheck},
		"out of range, told elsewhere": {1, ok},
	})
	runChecks(t, after(121), map[string]checkCase[float64]{"a timeout out of range, told elsewhere": {30, ok}})
	interval, timeout := rules.TargetHealthCheckTimes("lambda")
	if interval <= timeout {
		t.Error("ELB's own times of functions would be refused")
	}
}
