package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// A subnet can be associated with the default ACL of its VPC, which has no entry in the templates then.
func TestDefaultAclByAssociation(t *testing.T) {
	wantCall(t, func(c call) {
		resource(c.network, "Default", "AWS::EC2::SubnetNetworkAclAssociation", object{
			"SubnetId": refTo("Subneta"), "NetworkAclId": attOf("Vpc", "DefaultNetworkAcl"),
		})
	}, reachability.Reachable, "")
}

// Entries of the default ACL with numbers below 100 come before EC2's own.
func TestDefaultAclWithADeny(t *testing.T) {
	wantCall(t, func(c call) {
		resource(c.network, "Deny", "AWS::EC2::NetworkAclEntry", object{
			"NetworkAclId": attOf("Vpc", "DefaultNetworkAcl"), "RuleNumber": 50, "Protocol": -1, "RuleAction": "deny", "CidrBlock": "0.0.0.0/0",
		})
	}, reachability.Blocked, reachability.HopNlbNacl)
}
