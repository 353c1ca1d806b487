package reachability_test

import (
	"fmt"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// A client is found by its way out, also where the endpoint's security group is given by its ID.
func TestClientOfAGroupThatIsDefinedElsewhere(t *testing.T) {
	report := wantCall(t, func(c call) {
		c.consumer.Properties("Api000")["SecurityGroupIds"] = array{"sg-0123"}
		c.consumer.Properties("Client0ToApi000")["DestinationSecurityGroupId"] = "sg-0123"
		delete(c.consumer.Resources, "Api000FromClient0")
	}, reachability.Unknown, reachability.HopEndpointIngress)
	if settle := fmt.Sprint(report.Answers[0].Decisive().Settle); settle != "[template the template that defines sg-0123]" {
		t.Errorf("what would settle it = %s", settle)
	}
}

// What is given by its ARN is nothing that a parameter decides.
func TestFixOfWhatIsDefinedElsewhere(t *testing.T) {
	arn := "arn:aws:elasticloadbalancing:eu-west-1:200000000000:loadbalancer/app/x/1"
	report := wantCall(t, func(c call) {
		c.api.Properties("AlbTargets")["Targets"] = array{object{"Id": arn}}
	}, reachability.Unknown, reachability.HopNlbTargetGroup)
	if settle := fmt.Sprint(report.Answers[0].Decisive().Settle); settle != "[template the template that defines "+arn+"]" {
		t.Errorf("what would settle it = %s", settle)
	}
}
