package publicapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestWarnings(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "more blocks than a security group has rules", func(t *testing.T) {
		stack := cdktest.Stack(t)
		cdktest.Check(t, func() {
			newApi(stack, func(p *P) {
				blocks := []*string{}
				for i := range rules.MaxSecurityGroupRules + 1 {
					blocks = append(blocks, jsii.String(fmt.Sprintf("203.0.113.%d/32", i)))
				}
				p.AllowedClients = clients(&publicapi.AllowedClient{Name: jsii.String("Partners"), CidrBlocks: &blocks})
			})
		})
		wantOnce(t, cdktest.Synth(t, stack).Manifest(t), "AllowedClients: 61 rules in one direction", "[ack: "+rules.SecurityGroupRuleQuota.ID+"]")
	})
	cdktest.Run(t, "none for what an API can have", func(t *testing.T) {
		if metadata := cdktest.Synth(t, fullApi(cdktest.App(t, nil))).Manifest(t); strings.Contains(metadata, "privateapi:") {
			t.Errorf("annotations = %s, want none of ours", metadata)
		}
	})
}

func wantOnce(t *testing.T, metadata string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if n := strings.Count(metadata, want); n != 1 {
			t.Errorf("annotations = %s\nwant %q once, not %d times", metadata, want, n)
		}
	}
}
