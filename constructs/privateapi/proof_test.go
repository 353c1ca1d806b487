package privateapi_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscertificatemanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// proofApp returns an app that panics at synth with the report, not with the name of its file.
func proofApp(t testing.TB) awscdk.App {
	return cdktest.App(t, map[string]any{"@aws-cdk/core:appMode": "inmemory"})
}

// newPricing defines a provider for [cdktest.Account], with the whole path to its tasks.
func newPricing(stack awscdk.Stack) privateapi.PrivateApiProvider {
	vpc := newOwnVpc(stack, "PricingVpc")
	certificate := awscertificatemanager.NewCfnCertificate(stack, jsii.String("PricingCertificate"), &awscertificatemanager.CfnCertificateProps{
		DomainName: jsii.String(domain),
	})
	provider := privateapi.NewPrivateApiProvider(stack, jsii.String("Pricing"), &privateapi.PrivateApiProviderProps{
		Vpc: vpc, DomainNames: jsii.Strings(domain), Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(certificate.Ref())},
		AllowedPrincipals: &[]awsiam.ArnPrincipal{account(cdktest.Account)},
	})
	provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: targets(fargate(stack, vpc))})
	return provider
}

// newCheckout defines a consumer of a service with one client.
func newCheckout(stack awscdk.Stack, service privateapi.IPrivateApiService) {
	vpc := newOwnVpc(stack, "CheckoutVpc")
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: service, Clients: &[]awsec2.IConnectable{newClient(stack, vpc)},
	})
}

// newPair defines both sides, in one stack or in two, and returns the provider and the consumer's stack.
func newPair(app awscdk.App, stacks ...string) (privateapi.PrivateApiProvider, awscdk.Stack) {
	pricing := cdktest.StackIn(app, stacks[0], cdktest.Account)
	checkout := pricing
	if len(stacks) > 1 {
		checkout = cdktest.StackIn(app, stacks[1], cdktest.Account)
	}
	provider := newPricing(pricing)
	newCheckout(checkout, provider)
	return provider, checkout
}

// wrongPort overrides the port of the NLB's target group with one on which the ALB does not listen.
func wrongPort(provider privateapi.PrivateApiProvider) {
	provider.TargetGroup().AddPropertyOverride(jsii.String("Port"), 444)
}

var acknowledgedBy = regexp.MustCompile(`Acknowledge with '(.+)'`)

// refused returns the error with which synth fails.
func refused(t *testing.T, app awscdk.App) string {
	t.Helper()
	return cdktest.Panic(t, func() { app.Synth(nil) })
}

func wantIn(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("got\n%s\nwant it to contain\n%s", text, want)
		}
	}
}

func TestProofPassesWhatIsReachable(t *testing.T) {
	defer cdktest.Recover(t)
	for name, stacks := range map[string][]string{"in one stack": {"Both"}, "across stacks": {"Pricing", "Checkout"}} {
		cdktest.Run(t, name, func(t *testing.T) {
			app := proofApp(t)
			newPair(app, stacks...)
			privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{FailOnUnknown: jsii.Bool(true)})
			app.Synth(nil)
		})
	}
}

func TestProofFailsWhatIsBlocked(t *testing.T) {
	defer cdktest.Recover(t)
	for name, stacks := range map[string][]string{"in one stack": {"Both"}, "across stacks": {"Pricing", "Checkout"}} {
		cdktest.Run(t, name, func(t *testing.T) {
			app := proofApp(t)
			provider, _ := newPair(app, stacks...)
			wrongPort(provider)
			privateapi.ProveReachability(app, nil)
			wantIn(t, refused(t, app), "ERROR ", "cannot call https://"+domain+"/", ": blocked at NLB target group\n", "✗ NLB target group: ",
				stacks[0]+"/Pricing/TargetGroup (", "444", "Suggested fix: ", "Acknowledge with 'privateapi::onePort["+stacks[0]+"/")
		})
	}
	cdktest.Run(t, "at the endpoint in another stack too", func(t *testing.T) {
		app := proofApp(t)
		provider, _ := newPair(app, "Pricing", "Checkout")
		wrongPort(provider)
		privateapi.ProveReachability(app, nil)
		wantIn(t, refused(t, app), "Checkout/Checkout/Endpoint (")
	})
}

func TestProofCanBeAcknowledged(t *testing.T) {
	defer cdktest.Recover(t)
	blocked := func(t *testing.T, acknowledge ...string) awscdk.App {
		app := proofApp(t)
		provider, checkout := newPair(app, "Pricing", "Checkout")
		wrongPort(provider)
		privateapi.ProveReachability(app, nil)
		for _, id := range acknowledge {
			awscdk.Validations_Of(checkout).Acknowledge(&awscdk.Acknowledgment{Id: jsii.String(id), Reason: jsii.String("moves next week")})
		}
		return app
	}
	var ids []string
	for _, match := range acknowledgedBy.FindAllStringSubmatch(refused(t, blocked(t)), -1) {
		ids = append(ids, match[1])
	}
	if len(ids) == 0 {
		t.Fatal("nothing can be acknowledged")
	}
	cdktest.Run(t, "by the ID that it gives", func(t *testing.T) {
		app := blocked(t, ids...)
		report := readFile(t, filepath.Join(*app.Synth(nil).Directory(), "validation-report.json"))
		wantIn(t, report, `"suppressedViolations"`, `"reason": "moves next week"`)
	})
	cdktest.Run(t, "not by that of another resource", func(t *testing.T) {
		refused(t, blocked(t, "privateapi::onePort[Pricing/Other]", "privateapi::onePort"))
	})
}

// newPublisher defines a provider in a stack that has the service's name as an output.
func newPublisher(app awscdk.App, account string) privateapi.PrivateApiProvider {
	stack := cdktest.StackIn(app, "Pricing", account)
	provider := newPricing(stack)
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: provider.ServiceName()})
	return provider
}

// newConsumerByParameter defines a consumer whose service name is a parameter.
func newConsumerByParameter(app awscdk.App) {
	stack := cdktest.StackIn(app, "Checkout", cdktest.Account)
	name := awscdk.NewCfnParameter(stack, jsii.String("PricingServiceName"), nil)
	newCheckout(stack, privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: name.ValueAsString(), DomainNames: jsii.Strings(domain),
	}))
}

var joined = &map[string]*string{"Checkout.PricingServiceName": jsii.String("@Pricing.ServiceName")}

// factsFile writes a file with facts.
func factsFile(t *testing.T, text string) *string {
	file := filepath.Join(t.TempDir(), "facts.json")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return &file
}

func TestProofOfUnknownPaths(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "is a warning", func(t *testing.T) {
		app := proofApp(t)
		newConsumerByParameter(app)
		privateapi.ProveReachability(app, nil)
		report := readFile(t, filepath.Join(*app.Synth(nil).Directory(), "validation-report.json"))
		wantIn(t, report, `"conclusion": "success"`, `"severity": "warning"`, "is not proven to reach", "PricingServiceName")
	})
	cdktest.Run(t, "fails on demand", func(t *testing.T) {
		app := proofApp(t)
		newConsumerByParameter(app)
		privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{FailOnUnknown: jsii.Bool(true)})
		wantIn(t, refused(t, app), "ERROR ", "is not proven to reach", "Checkout.PricingServiceName")
	})
	cdktest.Run(t, "is settled by a parameter", func(t *testing.T) {
		app := proofApp(t)
		newPublisher(app, cdktest.Account)
		newConsumerByParameter(app)
		privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{FailOnUnknown: jsii.Bool(true), Parameters: joined})
		app.Synth(nil)
	})
	cdktest.Run(t, "includes an app without a client", func(t *testing.T) {
		app := proofApp(t)
		newOwnVpc(cdktest.StackIn(app, "Network", cdktest.Account), "Vpc")
		privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{FailOnUnknown: jsii.Bool(true)})
		wantIn(t, refused(t, app), "no client of a private API", "privateapi::nothingToProve")
	})
	cdktest.Run(t, "is none of a provider alone", func(t *testing.T) {
		app := proofApp(t)
		newPricing(cdktest.StackIn(app, "Pricing", cdktest.Account))
		privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{
			FailOnUnknown: jsii.Bool(true), FactsFile: factsFile(t, `{"certificates": {"`+certificateArn+`": ["`+domain+`"]}}`),
		})
		report := readFile(t, filepath.Join(*app.Synth(nil).Directory(), "validation-report.json"))
		wantIn(t, report, `"conclusion": "success"`, "1 proven, 0 blocked, 0 unknown", "by the facts: certificate "+certificateArn+" = ["+domain+"]")
	})
	cdktest.Run(t, "is settled by a file of facts", func(t *testing.T) {
		file := factsFile(t, `{"parameters": {"Checkout.PricingServiceName": "@Pricing.ServiceName"}}`)
		app := proofApp(t)
		newPublisher(app, cdktest.Account)
		newConsumerByParameter(app)
		privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{FailOnUnknown: jsii.Bool(true), FactsFile: file})
		app.Synth(nil)
	})
	cdktest.Run(t, "is all that there is without the file of facts", func(t *testing.T) {
		app := proofApp(t)
		newPublisher(app, cdktest.Account)
		privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{FactsFile: jsii.String("gone.json")})
		wantIn(t, refused(t, app), "no path is proven: gone.json: no such file")
	})
}

// A proof that costs more than its limits fails synth, and says which limit to raise.
func TestProofWithinLimits(t *testing.T) {
	defer cdktest.Recover(t)
	for field, limits := range map[string]reachability.Limits{"Files": {Files: 1}, "Hops": {Hops: 1}} {
		cdktest.Run(t, field, func(t *testing.T) {
			app := proofApp(t)
			newPublisher(app, cdktest.Account)
			newConsumerByParameter(app)
			privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{Parameters: joined, Limits: &limits})
			wantIn(t, refused(t, app), "no path is proven", "to allow more, raise Limits."+field)
		})
	}
}

// The fix of an unknown path names the field that settles it.
func TestProofTakesFacts(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		define func(awscdk.App)
		want   string
		settle func(*privateapi.ProveReachabilityProps)
	}{
		"zones of two accounts": {
			func(app awscdk.App) {
				for _, account := range []string{cdktest.Account, cdktest.OtherAccount} {
					lookedUp(app, account)
				}
				newPublisher(app, cdktest.OtherAccount)
				newConsumerByParameter(app)
			}, `set AvailabilityZoneIds: &map[string]*string{"` + cdktest.OtherAccount + `/eu-west-1a": jsii.String("ZONE-ID"), `, func(p *privateapi.ProveReachabilityProps) {
				ids := map[string]*string{}
				for _, zone := range []string{"a", "b", "c"} {
					ids[cdktest.Account+"/eu-west-1"+zone], ids[cdktest.OtherAccount+"/eu-west-1"+zone] = jsii.String("euw1-az"+zone), jsii.String("euw1-az"+zone)
				}
				p.AvailabilityZoneIds = &ids
			},
		},
		"a connection that the provider accepts": {
			func(app awscdk.App) {
				newPublisher(app, cdktest.Account).EndpointService().AddPropertyOverride(jsii.String("AcceptanceRequired"), true)
				newConsumerByParameter(app)
			}, `set Assume: jsii.Strings("accepted") in ProveReachabilityProps`, func(p *privateapi.ProveReachabilityProps) { p.Assume = jsii.Strings("accepted") },
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			props := privateapi.ProveReachabilityProps{FailOnUnknown: jsii.Bool(true), Parameters: joined}
			synth := func() {
				app := proofApp(t)
				tc.define(app)
				privateapi.ProveReachability(app, &props)
				app.Synth(nil)
			}
			wantIn(t, cdktest.Panic(t, synth), tc.want)
			tc.settle(&props)
			synth()
		})
	}
	cdktest.Run(t, "the service of a literal service name", func(t *testing.T) {
		props := privateapi.ProveReachabilityProps{FailOnUnknown: jsii.Bool(true)}
		synth := func() {
			app := proofApp(t)
			pricing, checkout := cdktest.StackIn(app, "Pricing", cdktest.Account), cdktest.StackIn(app, "Checkout", cdktest.Account)
			service := newPricing(pricing).EndpointService()
			newCheckout(checkout, importedService(checkout))
			privateapi.ProveReachability(app, &props)
			props.Services = &map[string]*string{serviceName: jsii.String("Pricing/" + *pricing.GetLogicalId(service))}
			app.Synth(nil)
		}
		wantIn(t, cdktest.Panic(t, synth), `set Services: &map[string]*string{"`+serviceName+`": jsii.String("STACK/LOGICAL-ID")} in ProveReachabilityProps`)
		synth()
	})
}

// lookedUp answers the lookup of the zones of an account.
func lookedUp(app awscdk.App, account string) {
	app.Node().SetContext(jsii.String("availability-zones:account="+account+":region="+cdktest.Region), jsii.Strings("eu-west-1a", "eu-west-1b", "eu-west-1c"))
}

// Neither the fix of a path that rests on a lookup without an answer names a placeholder, nor the file of facts.
func TestProofBeforeLookups(t *testing.T) {
	defer cdktest.Recover(t)
	app := proofApp(t)
	newPublisher(app, cdktest.OtherAccount)
	newConsumerByParameter(app)
	privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{Parameters: joined})
	dir := *app.Synth(nil).Directory()
	model, err := reachability.Load(reachability.Input{Dir: dir, Parameters: map[string]string{"Checkout.PricingServiceName": "@Pricing.ServiceName"}})
	if err != nil {
		t.Fatal(err)
	}
	report := model.Prove(reachability.Question{})
	facts, err := reachability.AskForFacts("none.json", report)
	if err != nil {
		t.Fatal(err)
	}
	if want := (reachability.Settlement{Kind: proof.SettleByLookup, Subject: "the Availability Zones of account " + cdktest.OtherAccount}); !slices.Contains(facts.Elsewhere, want) {
		t.Errorf("elsewhere = %v, want %v among it", facts.Elsewhere, want)
	}
	text := string(facts.Text)
	for _, a := range report.Answers {
		for _, hop := range a.Hops {
			text += fmt.Sprint(hop.Fix, hop.Settle)
		}
	}
	if strings.Contains(text, "dummy1") {
		t.Errorf("fixes and facts name a placeholder: %s", text)
	}
}

// Each side has a repository of its own: the other's templates are files.
func TestProofWithTheOtherSide(t *testing.T) {
	defer cdktest.Recover(t)
	synthPricing := func(broken bool) string {
		app := cdktest.App(t, nil)
		provider := newPublisher(app, cdktest.Account)
		if broken {
			wrongPort(provider)
		}
		return *app.Synth(nil).Directory()
	}
	good, broken := synthPricing(false), synthPricing(true)
	prove := func(t *testing.T, props privateapi.ProveReachabilityProps) awscdk.App {
		app := proofApp(t)
		newConsumerByParameter(app)
		props.Parameters, props.FailOnUnknown = joined, jsii.Bool(true)
		privateapi.ProveReachability(app, &props)
		return app
	}
	cdktest.Run(t, "as a cloud assembly", func(t *testing.T) {
		prove(t, privateapi.ProveReachabilityProps{Assemblies: jsii.Strings(good)}).Synth(nil)
	})
	cdktest.Run(t, "as a template", func(t *testing.T) {
		prove(t, privateapi.ProveReachabilityProps{Templates: &[]*privateapi.ReachabilityTemplate{{
			File: jsii.String(filepath.Join(good, "Pricing.template.json")), Account: jsii.String(cdktest.Account), Region: jsii.String(cdktest.Region),
		}}}).Synth(nil)
	})
	cdktest.Run(t, "which blocks it", func(t *testing.T) {
		wantIn(t, refused(t, prove(t, privateapi.ProveReachabilityProps{Assemblies: jsii.Strings(broken)})),
			"blocked at NLB target group", "Pricing.template.json", "Checkout/Checkout/Endpoint (")
	})
	cdktest.Run(t, "which does not exist", func(t *testing.T) {
		wantIn(t, refused(t, prove(t, privateapi.ProveReachabilityProps{Assemblies: jsii.Strings("../nowhere")})),
			"FATAL no path is proven: ../nowhere: not a cloud assembly: it has no manifest.json")
	})
	cdktest.Run(t, "which is not a template", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "pricing.yaml")
		if err := os.WriteFile(file, []byte("Resources: []"), 0o600); err != nil {
			t.Fatal(err)
		}
		wantIn(t, refused(t, prove(t, privateapi.ProveReachabilityProps{Templates: &[]*privateapi.ReachabilityTemplate{{File: jsii.String(file)}}})),
			"FATAL no path is proven: "+file)
	})
}

func TestProofOfStages(t *testing.T) {
	defer cdktest.Recover(t)
	define := func(stage awscdk.Stage) privateapi.PrivateApiProvider {
		stack := awscdk.NewStack(stage, jsii.String("Both"), &awscdk.StackProps{
			Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: jsii.String(cdktest.Region)},
		})
		provider := newPricing(stack)
		newCheckout(stack, provider)
		return provider
	}
	stages := func(t *testing.T) (app awscdk.App, good, broken awscdk.Stage) {
		app = proofApp(t)
		good, broken = awscdk.NewStage(app, jsii.String("Good"), nil), awscdk.NewStage(app, jsii.String("Broken"), nil)
		define(good)
		wrongPort(define(broken))
		return app, good, broken
	}
	cdktest.Run(t, "by itself", func(t *testing.T) {
		app, good, _ := stages(t)
		privateapi.ProveReachability(good, &privateapi.ProveReachabilityProps{FailOnUnknown: jsii.Bool(true)})
		app.Synth(nil)
	})
	for name, scope := range map[string]func(awscdk.App, awscdk.Stage) awscdk.Stage{
		"which blocks": func(_ awscdk.App, broken awscdk.Stage) awscdk.Stage { return broken },
		"of the app":   func(app awscdk.App, _ awscdk.Stage) awscdk.Stage { return app },
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			app, _, broken := stages(t)
			privateapi.ProveReachability(scope(app, broken), nil)
			wantIn(t, refused(t, app), "Broken/Both/Pricing/TargetGroup (")
		})
	}
}

func TestProofRefusesProps(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	app := awscdk.App_Of(stack)
	token := awscdk.NewCfnParameter(stack, jsii.String("Name"), nil).ValueAsString()
	for name, tc := range map[string]struct {
		props privateapi.ProveReachabilityProps
		want  string
	}{
		"an empty assembly":              {privateapi.ProveReachabilityProps{Assemblies: jsii.Strings("cdk.out", "")}, "Assemblies[1]: is empty"},
		"no template":                    {privateapi.ProveReachabilityProps{Templates: &[]*privateapi.ReachabilityTemplate{nil}}, "Templates[0]: is nil"},
		"no file":                        {privateapi.ProveReachabilityProps{Templates: &[]*privateapi.ReachabilityTemplate{{}}}, "Templates[0].File: is empty"},
		"a token":                        {privateapi.ProveReachabilityProps{Parameters: &map[string]*string{"Checkout.Name": token}}, `Parameters["Checkout.Name"]: is a token`},
		"no zone":                        {privateapi.ProveReachabilityProps{AvailabilityZoneIds: &map[string]*string{"a": nil}}, `AvailabilityZoneIds["a"]: is empty`},
		"no names of a certificate":      {privateapi.ProveReachabilityProps{CertificateNames: &map[string]*[]*string{"a": {}}}, `CertificateNames["a"]: is empty`},
		"an empty name of a certificate": {privateapi.ProveReachabilityProps{CertificateNames: &map[string]*[]*string{"a": jsii.Strings("")}}, `CertificateNames["a"][0]: is empty`},
		"no service":                     {privateapi.ProveReachabilityProps{Services: &map[string]*string{"a": nil}}, `Services["a"]: is empty`},
		"an empty assumption":            {privateapi.ProveReachabilityProps{Assume: jsii.Strings("")}, "Assume[0]: is empty"},
		"no facts file":                  {privateapi.ProveReachabilityProps{FactsFile: jsii.String("")}, "FactsFile: is empty"},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			message := cdktest.Panic(t, func() { privateapi.ProveReachability(app, &tc.props) })
			wantIn(t, message, "ProveReachability: 1 problem\n- ", tc.want, "["+rules.Required.ID+"]")
		})
	}
	cdktest.WantPanic(t, "supply the App or a Stage", func() { privateapi.ProveReachability(nil, nil) })
}

// A panic that reaches CDK is a plugin that fails without violations, which the CLI takes for success.
func TestProofThatPanicsFails(t *testing.T) {
	report := privateapi.BrokenProof.Validate(nil)
	if *report.Success {
		t.Error("the report is a success")
	}
	wantIn(t, shown(*report.Violations), "fatal input at nowhere\nno path is proven: the proof itself failed: runtime error")
}

// This logs how much time the proof adds to a synth. It checks no limit.
func TestProofTime(t *testing.T) {
	defer cdktest.Recover(t)
	synth := func(prove bool) time.Duration {
		app := proofApp(t)
		newPair(app, "Pricing", "Checkout")
		if prove {
			privateapi.ProveReachability(app, nil)
		}
		start := time.Now()
		app.Synth(nil)
		return time.Since(start)
	}
	var without, with []time.Duration
	for range 5 {
		without, with = append(without, synth(false)), append(with, synth(true))
	}
	t.Logf("synth of a pair takes %v without and %v with a proof", slices.Min(without), slices.Min(with))
}

func readFile(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
