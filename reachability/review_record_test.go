package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

func (c call) alias() object { return c.consumer.Properties("Api000Record")["AliasTarget"].(object) }

// plain makes the alias a record with a value.
func (c call) plain(kind string) {
	p := c.consumer.Properties("Api000Record")
	p["Type"], p["TTL"], p["ResourceRecords"] = kind, 60, array{c.alias()["DNSName"]}
	delete(p, "AliasTarget")
}

// Route 53 takes the zone of the name that an alias leads to, and no other.
func TestAliasNeedsTheZoneOfTheEndpoint(t *testing.T) {
	for name, tc := range map[string]struct {
		edit    func(call)
		verdict reachability.Verdict
	}{
		"its own zone":              {func(c call) { c.alias()["HostedZoneId"] = refTo("Api000Zone") }, reachability.Blocked},
		"no zone":                   {func(c call) { delete(c.alias(), "HostedZoneId") }, reachability.Blocked},
		"the name":                  {func(c call) { c.alias()["HostedZoneId"] = c.alias()["DNSName"] }, reachability.Blocked},
		"a zone by ID":              {func(c call) { c.alias()["HostedZoneId"] = "Z2ABCDEFGHIJKL" }, reachability.Unknown},
		"an alias of type CNAME":    {func(c call) { c.consumer.Properties("Api000Record")["Type"] = "CNAME" }, reachability.Blocked},
		"an A record with the name": {func(c call) { c.plain("A") }, reachability.Blocked},
	} {
		t.Run(name, func(t *testing.T) { wantCall(t, tc.edit, tc.verdict, reachability.HopRecord) })
	}
}

// A CNAME below the apex leads to the endpoint too.
func TestCnameBelowTheApex(t *testing.T) {
	wantCall(t, func(c call) {
		c.plain("CNAME")
		c.consumer.Properties("Api000Zone")["Name"] = "internal.company.com"
	}, reachability.Reachable, "")
}

// Names of an endpoint with IPv6 alone have no A record.
func TestEndpointWithoutIPv4(t *testing.T) {
	supported := func(c call, types ...any) { c.api.Properties("Service")["SupportedIpAddressTypes"] = types }
	for name, edit := range map[string]func(call){
		"its addresses": func(c call) { c.consumer.Properties("Api000")["IpAddressType"] = "ipv6" },
		"its records":   func(c call) { c.consumer.Properties("Api000")["DnsOptions"] = object{"DnsRecordIpType": "ipv6"} },
	} {
		t.Run(name, func(t *testing.T) {
			wantCall(t, func(c call) {
				supported(c, "ipv4", "ipv6")
				edit(c)
			}, reachability.Unknown, reachability.HopRecord)
		})
	}
	wantCall(t, func(c call) {
		supported(c, "ipv4", "ipv6")
		c.consumer.Properties("Api000")["IpAddressType"] = "dualstack"
	}, reachability.Reachable, "")
}

// EC2 refuses an endpoint whose addresses are of a type that the service does not support.
func TestServiceOfIPv6Alone(t *testing.T) {
	report := wantCall(t, func(c call) { c.api.Properties("Service")["SupportedIpAddressTypes"] = array{"ipv6"} }, reachability.Blocked, reachability.HopEndpointService)
	if len(report.Findings) == 0 {
		t.Error("no finding")
	}
}
