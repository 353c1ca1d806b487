package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// ELB registers a function by its ARN, and only if load balancers may invoke it.
func TestFunctionBehindTheAlb(t *testing.T) {
	behind := func(id any, more func(call)) func(call) {
		return func(c call) {
			delete(c.api.Properties("App"), "LoadBalancers")
			c.functionBehind(id)
			more(c)
		}
	}
	nothing := func(call) {}
	for name, tc := range map[string]struct {
		edit    func(call)
		verdict reachability.Verdict
	}{
		"its ARN":              {behind(attOf("Function", "Arn"), nothing), reachability.Reachable},
		"its name":             {behind(refTo("Function"), nothing), reachability.Blocked},
		"without a permission": {behind(attOf("Function", "Arn"), func(c call) { delete(c.api.Resources, "Invoke") }), reachability.Blocked},
		"a permission for somebody else": {behind(attOf("Function", "Arn"), func(c call) {
			c.api.Properties("Invoke")["Principal"] = "apigateway.amazonaws.com"
		}), reachability.Blocked},
		"a permission that may not be there": {behind(attOf("Function", "Arn"), func(c call) { c.maybe(c.api, "Invoke") }), reachability.Unknown},
		"an alias with a permission": {behind(refTo("Alias"), func(c call) {
			resource(c.api, "Alias", "AWS::Lambda::Alias", object{"FunctionName": refTo("Function"), "FunctionVersion": "1", "Name": "live"})
			c.api.Properties("Invoke")["FunctionName"] = refTo("Alias")
		}), reachability.Reachable},
		"an alias with a permission for its function": {behind(refTo("Alias"), func(c call) {
			resource(c.api, "Alias", "AWS::Lambda::Alias", object{"FunctionName": refTo("Function"), "FunctionVersion": "1", "Name": "live"})
		}), reachability.Blocked},
	} {
		t.Run(name, func(t *testing.T) {
			wantCall(t, tc.edit, tc.verdict, map[bool]string{false: reachability.HopTarget}[tc.verdict == reachability.Reachable])
		})
	}
}

// straight lets the NLB forward to the tasks.
func (c call) straight(listener, targets string) {
	merged(c.api.Properties("NlbListener"), object{"Protocol": listener, "DefaultActions": forward("Straight")})
	resource(c.api, "Straight", elbType("TargetGroup"), object{"TargetType": "ip", "Protocol": targets, "Port": 8080, "VpcId": c.shared("Vpc")})
	c.api.Properties("App")["LoadBalancers"] = array{object{"ContainerName": "app", "ContainerPort": 8080, "TargetGroupArn": refTo("Straight")}}
	c.api.Properties("AppFromAlb")["SourceSecurityGroupId"] = groupOf("NlbGroup")
	resource(c.api, "NlbToApp", "AWS::EC2::SecurityGroupEgress", ruleOf(groupOf("NlbGroup"), tcpRule(8080, object{"DestinationSecurityGroupId": groupOf("AppGroup")})))
}

// An NLB takes target groups of some protocols only, by the protocol of its listener.
func TestProtocolsOfAnNlb(t *testing.T) {
	certificates := array{object{"CertificateArn": refTo("Certificate")}}
	for name, tc := range map[string]struct {
		listener, targets string
		certificates      array
		verdict           reachability.Verdict
		hop               string
	}{
		"TCP":                       {"TCP", "TCP", nil, reachability.Reachable, ""},
		"TCP to TCP_UDP":            {"TCP", "TCP_UDP", nil, reachability.Reachable, ""},
		"TCP to TLS":                {"TCP", "TLS", nil, reachability.Blocked, reachability.HopTargetGroup},
		"TCP_UDP to TCP":            {"TCP_UDP", "TCP", nil, reachability.Blocked, reachability.HopTargetGroup},
		"TLS to TCP":                {"TLS", "TCP", certificates, reachability.Reachable, ""},
		"TLS to TCP_UDP":            {"TLS", "TCP_UDP", certificates, reachability.Blocked, reachability.HopTargetGroup},
		"TLS without a certificate": {"TLS", "TCP", nil, reachability.Blocked, reachability.HopCertificate},
	} {
		t.Run(name, func(t *testing.T) {
			wantCall(t, func(c call) {
				c.straight(tc.listener, tc.targets)
				if tc.certificates != nil {
					c.api.Properties("NlbListener")["Certificates"] = tc.certificates
				}
			}, tc.verdict, tc.hop)
		})
	}
	wantCall(t, func(c call) {
		c.straight("TLS", "TCP")
		c.api.Properties("NlbListener")["Certificates"] = certificates
		c.api.Properties("Certificate")["DomainName"] = "other.company.com"
	}, reachability.Blocked, reachability.HopCertificate)
	wantCall(t, func(c call) { delete(c.api.Properties("AlbTargets"), "Protocol") }, reachability.Blocked, reachability.HopNlbTargetGroup)
}
