package lattice_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// behind puts an API in front of an ALB that is edited.
func behind(edit func(*elbv2.ApplicationLoadBalancerProps)) func(awscdk.Stack) {
	return func(stack awscdk.Stack) {
		newApi(stack, func(p *P) {
			p.Target = lattice.Target_FromListener(newListener(stack, func(b *elbv2.ApplicationLoadBalancerProps, _ *elbv2.BaseApplicationListenerProps) { edit(b) }), nil)
		})
	}
}

func TestWarnings(t *testing.T) {
	defer cdktest.Recover(t)
	covered := map[string]bool{}
	for name, tc := range map[string]struct {
		rule  rules.Rule
		build func(awscdk.Stack)
		want  string
	}{
		"an ALB that appends": {
			rules.LatticeForwardedFor, behind(func(b *elbv2.ApplicationLoadBalancerProps) { b.XffHeaderProcessingMode = "" }),
			"Target: is an ALB whose XffHeaderProcessingMode is append",
		},
		"an ALB for WebSockets": {
			rules.LatticeConnections, behind(func(b *elbv2.ApplicationLoadBalancerProps) { b.IdleTimeout = awscdk.Duration_Hours(jsii.Number(1)) }),
			"Target: keeps idle connections for 3600 s, and VPC Lattice ends every connection after 600 s",
		},
		"eleven routes": {rules.LatticeQuota, func(stack awscdk.Stack) { addRoutes(newApi(stack), 11, nil) }, "AddRoute: the listener has 11 rules"},
		"eleven target groups": {rules.LatticeQuota, func(stack awscdk.Stack) {
			addRoutes(newApi(stack), 10, lattice.Target_FromFunctionArn(jsii.String(functionArn)))
		}, "AddRoute: the service has 11 target groups"},
		"a route behind another": {rules.RouteShadowed, func(stack awscdk.Stack) {
			api := newApi(stack)
			api.AddRoute(jsii.String("All"), &R{PathPrefix: jsii.String("/v1"), Priority: jsii.Number(1), FixedResponse: jsii.Number(404)})
			api.AddRoute(jsii.String("One"), &R{Path: jsii.String("/v1/quotes"), Priority: jsii.Number(2), FixedResponse: jsii.Number(404)})
		}, "Priority: route All has a smaller Priority and matches every request of this route"},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			covered[tc.rule.ID] = true
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
	for _, rule := range rules.Lattice() {
		if rule.Severity == rules.Warning && !covered[rule.ID] {
			t.Errorf("no case for %s", rule.ID)
		}
	}
	cdktest.Run(t, "none for what an API can have", func(t *testing.T) {
		if metadata := cdktest.Synth(t, fullApi(cdktest.App(t, nil))).Manifest(t); strings.Contains(metadata, "privateapi:") {
			t.Errorf("annotations = %s, want none of ours", metadata)
		}
	})
}

// addRoutes adds routes to a target; nil for fixed responses.
func addRoutes(api lattice.Api, n int, target lattice.ITarget) {
	for i := range n {
		options := &R{Path: jsii.String(fmt.Sprint("/", i)), Priority: jsii.Number(float64(i + 1)), Target: target}
		if target == nil {
			options.FixedResponse = jsii.Number(404)
		}
		api.AddRoute(jsii.String(fmt.Sprint("Route", i)), options)
	}
}
