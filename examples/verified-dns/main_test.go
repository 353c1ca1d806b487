package main

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/assertions"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

const (
	checkout = "VerifiedCheckout/Checkout"
	service  = "VerifiedPricing/Api/EndpointService"
)

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close() // one Node process runs CDK for all tests
	os.Exit(code)
}

// newApp defines the app with the context that the CDK CLI reads from a file, and go test does not.
func newApp(t *testing.T) awscdk.App {
	t.Helper()
	content, err := os.ReadFile("cdk.context.json")
	if err != nil {
		t.Fatal(err)
	}
	context := map[string]any{}
	if err := json.Unmarshal(content, &context); err != nil {
		t.Fatal(err)
	}
	app := awscdk.NewApp(&awscdk.AppProps{Context: &context, Outdir: jsii.String(t.TempDir())})
	newStacks(app)
	return app
}

// load loads the templates of the app, and what people know about its deployment.
func load(t *testing.T) (*reachability.Model, *reachability.FactsFile) {
	t.Helper()
	facts, err := reachability.LoadFacts("privateapi.facts.json")
	if err != nil {
		t.Fatal(err)
	}
	model, err := facts.Load(reachability.Assembly(*newApp(t).Synth(nil).Directory()))
	if err != nil {
		t.Fatal(err)
	}
	return model, facts
}

// templateOf returns the template of a stack, and the stacks that are deployed before it.
func templateOf(t *testing.T, name string) (template assertions.Template, before []string) {
	t.Helper()
	stack := newApp(t).Node().FindChild(&name).(awscdk.Stack)
	template = assertions.Template_FromStack(stack, nil) // synthesises, so that references between the stacks are known
	for _, other := range *stack.Dependencies() {
		before = append(before, *other.StackName())
	}
	return template, before
}

// The record proves the ownership of the domain, and the custom resource waits until AWS has found it.
func TestPricingVerifiesItsName(t *testing.T) {
	template, _ := templateOf(t, "VerifiedPricing")
	template.HasResourceProperties(jsii.String("AWS::EC2::VPCEndpointService"), map[string]any{"PrivateDnsName": domain, "AcceptanceRequired": false})
	template.HasResourceProperties(jsii.String("AWS::Route53::RecordSet"), map[string]any{
		"HostedZoneId": map[string]any{"Ref": "PublicZoneId"}, "Type": "TXT", "TTL": "60",
	})
	template.HasResource(jsii.String("Custom::PrivateDnsVerification"), map[string]any{
		"Properties": map[string]any{"PrivateDnsName": domain},
		"DependsOn":  assertions.Match_ArrayWith(&[]any{assertions.Match_StringLikeRegexp(jsii.String("^VerificationRecord"))}),
	})
}

// The consumer's stack is deployed after the provider's, whose name is verified by then. It defines no DNS of its own.
func TestCheckoutEnablesTheName(t *testing.T) {
	template, before := templateOf(t, "VerifiedCheckout")
	if !slices.Contains(before, "VerifiedPricing") {
		t.Errorf("VerifiedCheckout is deployed after %v, want VerifiedPricing too", before)
	}
	template.HasResourceProperties(jsii.String("AWS::EC2::VPCEndpoint"), map[string]any{"PrivateDnsEnabled": true})
	template.ResourceCountIs(jsii.String("AWS::Route53::HostedZone"), jsii.Number(0))
	template.ResourceCountIs(jsii.String("AWS::Route53::RecordSet"), jsii.Number(0))
}

// Before a deployment, the verification is the proof: Checkout is deployed after it, and it fails unless AWS finds the record. Afterwards, the state
// that EC2 has of the name wins.
func TestCheckoutReachesPricingOnceVerified(t *testing.T) {
	model, facts := load(t)
	for name, tc := range map[string]struct {
		state   string // none for what is not deployed yet
		want    reachability.Verdict
		message string
	}{
		"before the deployment": {"", reachability.Reachable, "waits until AWS has found the TXT record of api.verified.company.com"},
		"while AWS looks":       {"pendingVerification", reachability.Blocked, "is pendingVerification, so it does not resolve"},
		"without the record":    {"failed", reachability.Blocked, "is failed, so it does not resolve"},
		"verified":              {"verified", reachability.Reachable, "is verified"},
	} {
		t.Run(name, func(t *testing.T) {
			question := reachability.Question{Client: checkout, Domain: domain, Path: "/v1/quote", Facts: facts.Facts}
			question.Facts.Verifications = map[string]string{service: tc.state}
			if tc.state == "" {
				question.Facts.Verifications = nil
			}
			report := model.Prove(question)
			if got := report.Verdict(); got != tc.want {
				t.Errorf("%v, want %v:\n%s", got, tc.want, report)
			}
			hops := report.Answers[0].Hops
			name := slices.IndexFunc(hops, func(hop reachability.Hop) bool { return hop.Name == reachability.HopHostedZone })
			if message := hops[name].Message; !strings.Contains(message, tc.message) {
				t.Errorf("the name resolves: %q, want %q", message, tc.message)
			}
		})
	}
}

// Nobody but Checkout reaches Pricing.
func TestOnlyCheckoutReachesPricing(t *testing.T) {
	model, facts := load(t)
	report := model.Prove(reachability.Question{Facts: facts.Facts})
	report.RequireReachable(t)
	report.RequireOnly(t, checkout)
}
