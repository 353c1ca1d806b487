package routedapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestWarnings(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		rule  rules.Rule
		build func(awscdk.Stack)
		want  string
	}{
		"more clients than a security group has rules": {
			rules.SecurityGroupRuleQuota, func(stack awscdk.Stack) {
				newApi(stack, func(p *P) {
					p.AllowedCidrs = &[]*string{}
					for i := range rules.MaxSecurityGroupRules + 1 {
						*p.AllowedCidrs = append(*p.AllowedCidrs, jsii.String(fmt.Sprintf("10.2.%d.0/24", i)))
					}
				})
			},
			"AllowedCidrs: 61 rules in one direction",
		},
		"an ALB that takes no rules": {
			rules.SecurityGroupMutable, func(stack awscdk.Stack) {
				vpc := apiVpc(stack)
				balancer := elbv2.NewApplicationLoadBalancer(stack, jsii.String("Alb"), &elbv2.ApplicationLoadBalancerProps{
					Vpc:           vpc,
					SecurityGroup: awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("Immutable"), jsii.String(groupID), &awsec2.SecurityGroupImportOptions{Mutable: jsii.Bool(false)}),
				})
				listener := balancer.AddListener(jsii.String("Listener"), &elbv2.BaseApplicationListenerProps{
					Port: jsii.Number(443), Protocol: elbv2.ApplicationProtocol_HTTPS, Certificates: certificates(), Open: jsii.Bool(false), DefaultAction: elbv2.ListenerAction_FixedResponse(jsii.Number(404), nil),
				})
				api := routedapi.NewApi(stack, jsii.String("Pricing"), &P{Vpc: vpc, DomainNames: jsii.Strings(domain), Listener: listener})
				consume(stack, api.Over(newNetwork(stack, both)))
			},
			"Service: has an ALB whose security group is imported with Mutable set to false",
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { tc.build(stack) })
			metadata := strings.ReplaceAll(cdktest.Synth(t, stack).Manifest(t), `\"`, `"`)
			for _, want := range []string{tc.want, "[ack: " + tc.rule.ID + "]"} {
				if n := strings.Count(metadata, want); n != 1 {
					t.Errorf("annotations = %s\nwant %q once, not %d times", metadata, want, n)
				}
			}
		})
	}
	cdktest.Run(t, "none for what an API can have", func(t *testing.T) {
		if metadata := cdktest.Synth(t, fullApi(cdktest.App(t, nil))).Manifest(t); strings.Contains(metadata, "privateapi:") {
			t.Errorf("annotations = %s, want none of ours", metadata)
		}
	})
}
