package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

func (c call) webAclOn(arn any) {
	resource(c.api, "Acl", "AWS::WAFv2::WebACLAssociation", object{
		"ResourceArn": arn, "WebACLArn": "arn:aws:wafv2:eu-west-1:200000000000:regional/webacl/a/b",
	})
}

// What is assumed of a listener's certificates says nothing of its web ACL.
func TestAssumptionsDoNotHideEachOther(t *testing.T) {
	both := func(c call) {
		c.webAclOn(refTo("Alb"))
		c.api.Properties("Listener")["MutualAuthentication"] = object{"Mode": "verify", "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:200000000000:truststore/a/b"}
	}
	wantCall(t, both, reachability.Unknown, reachability.HopNlbHealthCheck)
	wantCall(t, both, reachability.Unknown, reachability.HopAlbListener, "mutual-tls")
	wantCall(t, both, reachability.Unknown, reachability.HopNlbHealthCheck, "web-acl")
	wantCall(t, both, reachability.Reachable, "", "web-acl", "mutual-tls")
}

// A web ACL of which it is not known what it looks at may look at the requests.
func TestWebAclOfSomething(t *testing.T) {
	wantCall(t, func(c call) { c.webAclOn(parameter(c.api, "Arn")) }, reachability.Unknown, reachability.HopAlbListener)
}

// What is assumed of a resource says nothing of whether it is deployed.
func TestAssumptionsLeaveConditions(t *testing.T) {
	byRole := func(c call) {
		c.api.Properties("Permissions")["AllowedPrincipals"] = array{"arn:aws:iam::100000000000:role/cfn"}
	}
	wantCall(t, byRole, reachability.Reachable, "", "principal")
	wantCall(t, func(c call) {
		byRole(c)
		c.maybe(c.api, "Permissions")
	}, reachability.Unknown, reachability.HopAllowedPrincipal, "principal")
}

// The network ACL of a subnet that is given by its ID is not in the templates.
func TestAclOfASubnetThatIsDefinedElsewhere(t *testing.T) {
	byID := func(c call) {
		network(c.consumer.Properties("Client0"))["Subnets"] = array{"subnet-0123", "subnet-0124"}
	}
	report := wantCall(t, byID, reachability.Unknown, reachability.HopClientNacl)
	if len(report.Answers[0].Decisive().Evidence) == 0 {
		t.Errorf("nothing to look at:\n%s", report)
	}
	wantCall(t, byID, reachability.Reachable, "", "network-acl")
	wantCall(t, func(c call) {
		byID(c)
		c.acl(0)
		resource(c.consumer, "Out", "AWS::EC2::NetworkAclEntry", object{
			"NetworkAclId": refTo("Acl"), "RuleNumber": 1, "Protocol": -1, "RuleAction": "allow", "Egress": true, "CidrBlock": "0.0.0.0/0",
		})
		resource(c.consumer, "In", "AWS::EC2::NetworkAclEntry", object{
			"NetworkAclId": refTo("Acl"), "RuleNumber": 1, "Protocol": -1, "RuleAction": "allow", "CidrBlock": parameter(c.consumer, "Block"),
		})
	}, reachability.Unknown, reachability.HopClientNacl, "network-acl")
}

// That clients have certificates does not make a health check succeed that the ALB answers with 404.
func TestAssumedCertificatesLeaveTheHealthCheck(t *testing.T) {
	wantCall(t, func(c call) {
		c.api.Properties("Listener")["MutualAuthentication"] = object{"Mode": "verify"}
		c.api.Properties("AlbTargets")["HealthCheckPath"] = "/other"
	}, reachability.Blocked, reachability.HopNlbHealthCheck, "mutual-tls")
}
