package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// What ELB refuses, though each resource alone is well.
func TestWhatElbRefuses(t *testing.T) {
	second := func(id, balancer, protocol string, port int) func(call) {
		return func(c call) {
			resource(c.api, id, elbType("Listener"), object{
				"LoadBalancerArn": refTo(balancer), "Port": port, "Protocol": protocol, "DefaultActions": forward(map[string]string{"Nlb": "AlbTargets", "Alb": "Targets"}[balancer]),
			})
		}
	}
	sharedTargets := func(c call) {
		c.secondALB()
		c.api.Properties("Listener2")["DefaultActions"] = forward("Targets")
	}
	for name, tc := range map[string]struct {
		edit    func(call)
		verdict reachability.Verdict
		hop     string
	}{
		"a target group of two ALBs": {sharedTargets, reachability.Blocked, reachability.HopTargetGroup},
		"a target group of two ALBs, of which one may not be deployed": {func(c call) {
			sharedTargets(c)
			c.maybe(c.api, "Alb2")
		}, reachability.Unknown, reachability.HopTargetGroup},
		"two listeners of the NLB on one port": {second("Again", "Nlb", "TCP", 443), reachability.Blocked, reachability.HopNlbListener},
		"two listeners of the NLB on one port, by condition": {func(c call) {
			second("Again", "Nlb", "TCP", 443)(c)
			c.maybe(c.api, "Again")
		}, reachability.Unknown, reachability.HopNlbListener},
		"two listeners of the ALB on one port": {second("Again", "Alb", "HTTP", 443), reachability.Blocked, reachability.HopNlbTargetGroup},
		"two listeners on two ports":           {second("Again", "Nlb", "TCP", 8443), reachability.Reachable, ""},
		"two certificates": {func(c call) {
			certificates := c.api.Properties("Listener")["Certificates"].(array)
			c.api.Properties("Listener")["Certificates"] = append(certificates, object{"CertificateArn": "arn:aws:acm:eu-west-1:200000000000:certificate/1"})
		}, reachability.Blocked, reachability.HopCertificate},
		"a target group without a port": {func(c call) { delete(c.api.Properties("Targets"), "Port") }, reachability.Blocked, reachability.HopTargetGroup},
	} {
		t.Run(name, func(t *testing.T) { wantCall(t, tc.edit, tc.verdict, tc.hop) })
	}
}

// DNS knows no capitals.
func TestDomainInCapitals(t *testing.T) {
	c := newCall()
	input, question := writeMesh(t, c.Mesh)
	model, err := reachability.Load(input)
	if err != nil {
		t.Fatal(err)
	}
	question.Domain = "API000.Internal.Company.com."
	model.Prove(question).RequireReachable(t)
}
