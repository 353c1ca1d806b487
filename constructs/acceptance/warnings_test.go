package acceptance_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestWarnings(t *testing.T) {
	defer cdktest.Recover(t)
	covered := map[string]bool{}
	expired := func(expires string) func(awscdk.Stack, *P) {
		return func(_ awscdk.Stack, p *P) {
			p.Consumers = consumers(until(consumer("checkout", cdktest.OtherAccount), expires), until(consumer("reports", "333333333333"), "2999-12-31"))
		}
	}
	for name, tc := range map[string]struct {
		rule rules.Rule
		edit func(awscdk.Stack, *P)
		want string
	}{
		"a date that is over": {rules.AcceptorExpired, expired("2020-12-31"), `Consumers[0].Expires: "2020-12-31" is over`},
		"a time that is over": {rules.AcceptorExpired, expired("2020-12-31T18:00:00+02:00"), `Consumers[0].Expires: "2020-12-31T18:00:00+02:00" is over`},
		"an imported key": {rules.AcceptorKeyPolicy, func(stack awscdk.Stack, p *P) {
			p.EncryptionKey = awskms.Key_FromKeyArn(stack, jsii.String("Key"), jsii.String("arn:aws:kms:eu-west-1:222222222222:key/01234567-89ab-cdef-0123-456789abcdef"))
		}, "EncryptionKey: is imported, so its policy is not of this app"},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			covered[tc.rule.ID] = true
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { newAcceptor(stack, newProvider(stack), func(p *P) { tc.edit(stack, p) }) })
			metadata := strings.ReplaceAll(cdktest.Synth(t, stack).Manifest(t), `\"`, `"`)
			for _, want := range []string{tc.want, "[ack: " + tc.rule.ID + "]"} {
				if n := strings.Count(metadata, want); n != 1 {
					t.Errorf("annotations = %s\nwant %q once, not %d times", metadata, want, n)
				}
			}
		})
	}
	for _, rule := range rules.Acceptance() {
		if rule.Severity == rules.Warning && !covered[rule.ID] {
			t.Errorf("no case for %s", rule.ID)
		}
	}
}
