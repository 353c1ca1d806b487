package main

import (
	"errors"
	"strings"
	"testing"

	acmtypes "github.com/aws/aws-sdk-go-v2/service/acm/types"
)

func TestDeploy(t *testing.T) {
	w := newWorld()
	if err := w.deploy(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.wantRuns(t,
		"synth --quiet",
		"bootstrap aws://222222222222/eu-west-1",
		"bootstrap aws://111111111111/eu-west-1",
		"deploy Pricing --exclusively --app cdk.out/aws --profile pricing",
		"deploy Checkout --exclusively --app cdk.out/aws --profile checkout --require-approval never --parameters Checkout:PricingServiceName="+service,
	)
	for _, want := range []string{
		"Pricing   account 222222222222, profile pricing, stack: does not exist",
		"zone      euw1-az2, in Pricing eu-west-1c, in Checkout eu-west-1a",
		"-c pricingAvailabilityZones=eu-west-1c,eu-west-1a -c checkoutAvailabilityZones=eu-west-1a,eu-west-1b -c pricingZoneIds=euw1-az2,euw1-az3",
		"https://aws.amazon.com/privatelink/pricing/",
	} {
		if !strings.Contains(w.output.String(), want) {
			t.Errorf("it printed\n%s\nwant it to contain %q", &w.output, want)
		}
	}
}

func TestDeployAgain(t *testing.T) {
	w := newDeployedWorld(t)
	toolkit := stack{"CREATE_COMPLETE", map[string]string{"BootstrapVersion": "31"}}
	w.pricingAWS.stacks["CDKToolkit"], w.checkoutAWS.stacks["CDKToolkit"] = toolkit, toolkit
	w.pricingAWS.zones["euw1-az0"], w.checkoutAWS.zones["euw1-az0"] = "eu-west-1z", "eu-west-1z" // it would come first
	if err := w.deploy(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.wantRuns(t, "synth", "deploy Pricing", "deploy Checkout")
	if !strings.Contains(w.output.String(), "-c pricingZoneIds=euw1-az2,euw1-az3") {
		t.Errorf("it printed\n%s\nwant the zones that Pricing is deployed in", &w.output)
	}
}

func TestDeployRefuses(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*world)
		want   []string
	}{
		"a profile that does not work": {
			func(w *world) { w.checkoutAWS.refuses = errors.New("ExpiredToken") },
			[]string{"the profile checkout of Checkout does not work: ExpiredToken"},
		},
		"one account": {
			func(w *world) { w.checkoutAWS.id = "222222222222" },
			[]string{"pricing and checkout are both for the account 222222222222"},
		},
		"a certificate of another account": {
			func(w *world) { w.certificateArn = strings.Replace(certificate, "222222222222", "111111111111", 1) },
			[]string{"CERTIFICATE_ARN is in the account 111111111111"},
		},
		"a certificate that was not validated": {
			func(w *world) { w.pricingAWS.certificate.Status = acmtypes.CertificateStatusPendingValidation },
			[]string{"PENDING_VALIDATION, and must be ISSUED"},
		},
		"a certificate for another name": {
			func(w *world) { w.domain = "v1.api.pricing.example.com" },
			[]string{"*.pricing.example.com, and does not cover v1.api.pricing.example.com"},
		},
		"no repository": {
			func(w *world) { delete(w.pricingAWS.images, "pricing-api") },
			[]string{
				"aws ecr create-repository --repository-name pricing-api --region eu-west-1 --profile pricing",
				"docker push 222222222222.dkr.ecr.eu-west-1.amazonaws.com/pricing-api:v1",
				"docker push 222222222222.dkr.ecr.eu-west-1.amazonaws.com/pricing-api:v2",
			},
		},
		"no tag": {
			func(w *world) { w.checkoutAWS.images["checkout-api"] = nil },
			[]string{"docker push 111111111111.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:v1"},
		},
		"one zone in common": {
			func(w *world) { delete(w.checkoutAWS.zones, "euw1-az3") },
			[]string{"a load balancer needs two"},
		},
		"a zone that one account does not have": {
			func(w *world) { w.zones = []string{"euw1-az1", "euw1-az2"} },
			[]string{"euw1-az1 is not a zone that both accounts have"},
		},
		"a stack that is being updated": {
			func(w *world) { w.pricingAWS.stacks["Pricing"] = stack{status: "UPDATE_IN_PROGRESS"} },
			[]string{"wait until CloudFormation has finished"},
		},
		"a stack that was not deleted": {
			func(w *world) { w.checkoutAWS.stacks["Checkout"] = stack{status: "DELETE_FAILED"} },
			[]string{"Checkout is DELETE_FAILED: see docs/deploy-aws.md"},
		},
		"another answer": {func(w *world) { w.confirmation = "yes" }, []string{`not confirmed: got "yes"`, "nothing was done"}},
		"no answer":      {func(w *world) { w.confirmation = "" }, []string{"not confirmed", "set CONFIRM=" + both}},
		"other accounts than those that were confirmed": {
			func(w *world) { w.checkoutAWS.id = "333333333333" },
			[]string{"want \"222222222222,333333333333\""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			tc.change(w)
			wantError(t, w.deploy(t.Context()), tc.want...)
			w.wantRuns(t)
		})
	}
}

func TestDeployIsConfirmedByTyping(t *testing.T) {
	w := newWorld()
	w.confirmation, w.in = "", strings.NewReader(both+"\n")
	if err := w.deploy(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestDeployStopsAtTheFirstFailure(t *testing.T) {
	w := newWorld()
	w.fails = "deploy Pricing"
	wantError(t, w.deploy(t.Context()), "step 4 of 5, deploy Pricing to 222222222222")
	w.wantRuns(t, "synth", "bootstrap", "bootstrap", "deploy Pricing")
}
