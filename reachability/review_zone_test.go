package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// subnet adds a subnet to the network of the API, and returns it as its stack has it.
func (c call) subnet(zone, block string) object {
	resource(c.network, "Subnet"+zone, "AWS::EC2::Subnet", object{"VpcId": refTo("Vpc"), "AvailabilityZone": "eu-west-1" + zone, "CidrBlock": block})
	c.network.Outputs["Subnet"+zone] = object{"Value": refTo("Subnet" + zone), "Export": object{"Name": "Providers00:Subnet" + zone}}
	return c.shared("Subnet" + zone)
}

// Targets in zones that their load balancer does not have are registered, and get no requests.
func TestTargetsInOtherZones(t *testing.T) {
	elsewhere := func(c call) array { return array{c.subnet("c", "10.0.8.0/24"), c.subnet("d", "10.0.9.0/24")} }
	for name, tc := range map[string]struct {
		edit    func(call)
		verdict reachability.Verdict
		hop     string
	}{
		"tasks": {func(c call) { network(c.api.Properties("App"))["Subnets"] = elsewhere(c) }, reachability.Blocked, reachability.HopTargetHealthCheck},
		"one of the subnets of the tasks": {func(c call) {
			network(c.api.Properties("App"))["Subnets"] = append(elsewhere(c), c.shared("Subneta"))
		}, reachability.Reachable, ""},
		"other subnets of the same zones": {func(c call) {
			subnet := c.subnet("c", "10.0.8.0/24")
			c.network.Properties("Subnetc")["AvailabilityZone"] = "eu-west-1a"
			network(c.api.Properties("App"))["Subnets"] = array{subnet}
		}, reachability.Reachable, ""},
		"the ALB": {func(c call) {
			c.api.Properties("Alb")["Subnets"] = elsewhere(c)
			network(c.api.Properties("App"))["Subnets"] = elsewhere(c)
		}, reachability.Blocked, reachability.HopNlbHealthCheck},
	} {
		t.Run(name, func(t *testing.T) { wantCall(t, tc.edit, tc.verdict, tc.hop) })
	}
}
