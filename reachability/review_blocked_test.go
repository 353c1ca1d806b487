package reachability_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// A group whose only egress rule may not be deployed has EC2's default egress then, which is everything.
func TestEgressThatMayNotBeDeployed(t *testing.T) {
	other := func(c call) {
		for id := range c.consumer.Resources {
			if strings.HasPrefix(id, "Client0To") {
				delete(c.consumer.Resources, id)
			}
		}
		resource(c.consumer, "Database", "AWS::EC2::SecurityGroupEgress", ruleOf(groupOf("Client0Group"), tcpRule(5432, from("192.168.0.0/16"))))
	}
	wantCall(t, other, reachability.Blocked, reachability.HopClientEgress)
	wantCall(t, func(c call) {
		other(c)
		c.maybe(c.consumer, "Database")
	}, reachability.Unknown, reachability.HopClientEgress)
}

// Route 53 does not answer with records of weight 0 where others have a weight.
func TestRecordsOfWeightZero(t *testing.T) {
	records := func(weight, other int) func(call) {
		return func(c call) {
			merged(c.consumer.Properties("Api000Record"), object{"SetIdentifier": "new", "Weight": weight})
			resource(c.consumer, "Old", "AWS::Route53::RecordSet", object{
				"HostedZoneId": refTo("Api000Zone"), "Name": c.consumer.Properties("Api000Record")["Name"], "Type": "A", "SetIdentifier": "old", "Weight": other,
				"AliasTarget": object{"DNSName": attOf("Before", "DNSName"), "HostedZoneId": attOf("Before", "CanonicalHostedZoneID")},
			})
			resource(c.consumer, "Before", elbType("LoadBalancer"), object{"Scheme": "internal", "Subnets": array{refTo("Subneta"), refTo("Subnetb")}})
		}
	}
	wantCall(t, records(100, 0), reachability.Reachable, "")
	wantCall(t, records(0, 100), reachability.Blocked, reachability.HopRecord)
	wantCall(t, records(100, 1), reachability.Blocked, reachability.HopRecord)
	wantCall(t, records(0, 0), reachability.Blocked, reachability.HopRecord)
}

// CDK leaves the protocol of a health check out, and AWS takes the target group: that it blocks is not known.
func TestHealthCheckWithoutAProtocol(t *testing.T) {
	report := wantCall(t, func(c call) {
		delete(c.api.Properties("AlbTargets"), "HealthCheckProtocol")
	}, reachability.Unknown, reachability.HopNlbHealthCheck)
	if report.Verdict() != reachability.Unknown {
		t.Errorf("want an unknown:\n%s", report)
	}
}
