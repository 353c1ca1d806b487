package dnsverification_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/dnsverification"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// pair is a provider with a verification, and a consumer in another account that waits for it.
func pair(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "Stack", cdktest.Account)
	v := verify(stack, func(p *P) { consume(cdktest.StackIn(app, "Checkout", cdktest.OtherAccount), p.Service) })
	return awscdk.Stack_Of(v)
}

func TestGolden(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Golden(t, "verification", cdktest.SynthTemplate(t, pair(cdktest.App(t, nil))))
}

// CDK's validation and cfn-lint find nothing in what the construct can emit.
func TestValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) {
		pair(app)
		verify(cdktest.StackIn(app, "Published", cdktest.Account), func(p *P) { p.HostedZone = nil })
	})
}

// The resources do not depend on feature flags: users set some, and unit tests none.
func TestFeatureFlagsChangeNothing(t *testing.T) {
	defer cdktest.Recover(t)
	build := func(context map[string]any) map[string]cdktest.Resource {
		return cdktest.SynthTemplate(t, awscdk.Stack_Of(verify(cdktest.StackIn(cdktest.App(t, context), "Stack", cdktest.Account)))).Resources
	}
	if with, without := build(cdktest.CliContext(t, "../../cdk.json")), build(nil); !reflect.DeepEqual(with, without) {
		t.Errorf("with flags: %v\nwithout: %v", with, without)
	}
}

// IDs are a contract: with another one, CloudFormation would create the record of a deployed name again, which Route 53 refuses.
func TestLogicalIDs(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	verify(stack)
	template := cdktest.SynthTemplate(t, stack)
	for kind, want := range map[string]string{
		typeRecord: "VerificationRecord27AD41D1", typeRole: "VerificationRoleF297A251", typeLogGroup: "VerificationLogGroup4F85FDD6",
		typeFunction: "VerificationFunctionDD73401C", typeResource: "VerificationBFE7ED42",
	} {
		if id, _ := template.Only(t, kind); id != want {
			t.Errorf("%s has the ID %s, want %s", kind, id, want)
		}
	}
}

// Every call to CDK is a round trip between two processes: one for the service's resource, one for its stack, one for all that is defined.
func TestCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		stack := cdktest.Stack(t)
		zone := publicZone(stack, "company.com")
		for i := range 2 {
			provider := newProvider(stack, fmt.Sprint("Pricing", i), jsii.String(privateDnsName))
			measure := count
			if i == 0 {
				measure = func(_ string, f func()) { f() } // the first one asks for the answers that all share
			}
			measure("verification", func() {
				dnsverification.NewVerification(stack, jsii.String(fmt.Sprint("Verification", i)), &P{Service: provider, HostedZone: zone})
			})
		}
	})
	if got := steps["verification"]; len(got) != 3 {
		t.Errorf("%d calls, want 3: %v", len(got), got)
	}
}
