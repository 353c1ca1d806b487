package acceptance_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/acceptance"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// text is a value that is known only at deployment.
func text(name string) *string { return awscdk.Fn_ImportValue(jsii.String(name)) }

// What is known only at deployment passes every check, and is a part of the list and of the principals.
func TestTokensPass(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		consumer *acceptance.Consumer
		inList   string
		allowed  bool
	}{
		"an account": {&acceptance.Consumer{Label: jsii.String("checkout"), Account: text("Account")}, `{"Fn::ImportValue":"Account"}`, true},
		"an expiry":  {&acceptance.Consumer{Label: jsii.String("checkout"), Account: jsii.String(cdktest.OtherAccount), Expires: text("End")}, `{"Fn::ImportValue":"End"}`, false},
		"a label":    {&acceptance.Consumer{Label: text("Label"), Account: jsii.String(cdktest.OtherAccount)}, `{"Fn::ImportValue":"Label"}`, false},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			newAcceptor(stack, newProvider(stack), func(p *P) { p.Consumers = consumers(tc.consumer) })
			template := cdktest.SynthTemplate(t, stack)
			_, function := template.Only(t, typeFunction)
			if code := compact(t, function.Properties["Code"]); !strings.Contains(code, tc.inList) {
				t.Errorf("the code has no %s:\n%s", tc.inList, code)
			}
			_, permissions := template.Only(t, typePermissions)
			if list := compact(t, permissions.Properties["AllowedPrincipals"]); strings.Contains(list, tc.inList) != tc.allowed {
				t.Errorf("the principals are %s", list)
			}
		})
	}
}

// Stacks of any account and Region know theirs only at deployment.
func TestAnyEnvironment(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	provider, stack := awscdk.NewStack(app, jsii.String("Provider"), nil), awscdk.NewStack(app, jsii.String("Acceptance"), nil)
	newAcceptor(stack, newProvider(provider))
	_, role := cdktest.SynthTemplate(t, stack).Only(t, typeSchedule)
	if role.Properties["ScheduleExpression"] != "rate(5 minutes)" {
		t.Errorf("the schedule is %v", role.Properties)
	}
}
