package transitgateway_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestWarnings(t *testing.T) {
	defer cdktest.Recover(t)
	covered := map[string]bool{}
	for name, tc := range map[string]struct {
		rule  rules.Rule
		build func(awscdk.Stack)
		want  string
	}{
		"21 segments": {
			rules.TransitSegmentQuota, func(stack awscdk.Stack) {
				newHub(stack, func(p *H) {
					list := []*transitgateway.Segment{}
					for i := range 21 {
						list = append(list, segment(fmt.Sprint("segment", i)))
					}
					p.Segments = &list
				})
			}, "Segments: has 21 segments",
		},
		"a public subnet": {
			rules.TransitPublicSubnet, func(stack awscdk.Stack) {
				vpc := newVpc(stack, "Vpc", shopBlock, &awsec2.SubnetConfiguration{Name: jsii.String("Public"), SubnetType: awsec2.SubnetType_PUBLIC, CidrMask: jsii.Number(28)})
				newSpoke(stack, "Spoke", newHub(stack), vpc, "shops", func(p *S) {
					p.Subnets = &awsec2.SubnetSelection{Subnets: &[]awsec2.ISubnet{(*vpc.PublicSubnets())[0], (*vpc.IsolatedSubnets())[1]}}
				})
			}, "Subnets: selects the public subnet Stack/Vpc/PublicSubnet1",
		},
		"two spokes with one block that a segment reaches": {
			rules.TransitIdentical, func(stack awscdk.Stack) {
				hub := newHub(stack)
				newSpoke(stack, "One", hub, newVpc(stack, "OneVpc", shopBlock), "shops")
				newSpoke(stack, "Two", hub, newVpc(stack, "TwoVpc", shopBlock), "shops")
			}, "Vpc: has 10.1.0.0/16, which overlaps 10.1.0.0/16 of Stack/One, and segment apis reaches both",
		},
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
	for _, rule := range rules.TransitGateway() {
		if rule.Severity == rules.Warning && !covered[rule.ID] {
			t.Errorf("no case for %s", rule.ID)
		}
	}
	cdktest.Run(t, "none for spokes that no segment reaches both", func(t *testing.T) {
		stack := cdktest.Stack(t)
		hub := newHub(stack)
		newSpoke(stack, "One", hub, newVpc(stack, "OneVpc", shopBlock), "shops")
		newSpoke(stack, "Two", hub, newVpc(stack, "TwoVpc", shopBlock), "lab")
		if metadata := cdktest.Synth(t, stack).Manifest(t); strings.Contains(metadata, "privateapi:") {
			t.Errorf("annotations = %s, want none of ours", metadata)
		}
	})
}
