package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func TestMain(m *testing.M) { cdktest.Main(m) }

func flags(t testing.TB) map[string]any {
	t.Helper()
	return cdktest.CliContext(t, "../../cdk.json")
}

// example is what the app synthesises.
type example struct {
	pricing, checkout cdktest.Template
	dir               string
}

// synth synthesises the app with the context of cdk.json and what edit adds to it.
func synth(t testing.TB, edit map[string]any) example {
	t.Helper()
	context := flags(t)
	for key, value := range edit {
		context[key] = value
	}
	app := cdktest.App(t, context)
	var pricing, checkout awscdk.Stack
	cdktest.Check(t, func() {
		pricing, checkout = NewPricingStack(app, "Pricing"), NewCheckoutStack(app, "Checkout")
	})
	assembly := cdktest.Synth(t, pricing)
	return example{
		pricing:  assembly.Template(t, *pricing.StackName()),
		checkout: assembly.Template(t, *checkout.StackName()),
		dir:      *app.Outdir(),
	}
}

func TestGolden(t *testing.T) {
	defer cdktest.Recover(t)
	e := synth(t, nil)
	cdktest.Golden(t, "Pricing", e.pricing)
	cdktest.Golden(t, "Checkout", e.checkout)
}

func TestValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, flags(t), func(app awscdk.App) {
		NewPricingStack(app, "Pricing")
		NewCheckoutStack(app, "Checkout")
	})
}

func TestSynthesisAsksNobody(t *testing.T) {
	defer cdktest.Recover(t)
	manifest := struct{ Missing []any }{}
	readJSON(t, synth(t, nil).dir, "manifest.json", &manifest)
	if len(manifest.Missing) > 0 {
		t.Errorf("synthesis would look up %v, which needs an account", manifest.Missing)
	}
}

func TestContext(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "replaces the defaults", func(t *testing.T) {
		e := synth(t, map[string]any{
			"checkoutAccount":           "333333333333",
			"pricingDomain":             "api.example.com",
			"pricingDeletionProtection": "false",
			"checkoutAvailabilityZones": "eu-west-1b,eu-west-1c",
		})
		if !allows(t, e.pricing, "333333333333") || allows(t, e.pricing, "111111111111") {
			t.Error("checkoutAccount is not the one that is allowed")
		}
		e.checkout.Has(t, typeZone, map[string]any{"Name": "api.example.com."})
		e.checkout.Has(t, "AWS::EC2::Subnet", map[string]any{"AvailabilityZone": "eu-west-1c"})
		for _, id := range e.pricing.OfType(typeBalancer) {
			attributes := e.pricing.Resources[id].Properties["LoadBalancerAttributes"]
			if got := valueOf(attributes, "deletion_protection.enabled"); got != "false" {
				t.Errorf("%s has deletion protection %v, want false", id, got)
			}
		}
	})
	cdktest.Run(t, "must be a string", func(t *testing.T) {
		app := cdktest.App(t, map[string]any{"pricingAccount": 222222222222})
		cdktest.WantPanic(t, `"pricingAccount" must be a string`, func() { NewPricingStack(app, "Pricing") })
	})
	cdktest.Run(t, "is in the README", func(t *testing.T) {
		readme, err := os.ReadFile("README.md")
		if err != nil {
			t.Fatal(err)
		}
		for key, value := range defaults {
			if !strings.Contains(string(readme), "| `"+key+"` | `"+value+"`") {
				t.Errorf("README.md does not have %s with its default %s in the table of placeholders", key, value)
			}
		}
	})
}

// A task that starts before it can pull its image fails, and three failures roll the deployment back.
func TestTasksWaitUntilTheyCanPullTheirImage(t *testing.T) {
	defer cdktest.Recover(t)
	e := synth(t, nil)
	for name, template := range map[string]cdktest.Template{"Pricing": e.pricing, "Checkout": e.checkout} {
		ecr := template.Has(t, typeEndpoint, map[string]any{"ServiceName": "com.amazonaws.eu-west-1.ecr.api"})
		endpoints := only(t, template.Resources[ecr].Properties["SecurityGroupIds"])
		for _, id := range template.OfType(typeService) {
			service := template.Resources[id]
			tasks := taskGroup(t, service)
			for _, want := range []string{
				ecr,
				template.Has(t, typeEndpoint, map[string]any{"ServiceName": "com.amazonaws.eu-west-1.ecr.dkr"}),
				template.Has(t, typeEndpoint, map[string]any{"ServiceName": "com.amazonaws.eu-west-1.logs"}),
				template.Has(t, typeEndpoint, map[string]any{"VpcEndpointType": "Gateway"}),
				template.Has(t, typeEgress, map[string]any{"GroupId": groupID(tasks), "DestinationSecurityGroupId": groupID(endpoints)}),
				template.Has(t, typeEgress, map[string]any{"GroupId": groupID(tasks), "DestinationPrefixListId": "pl-6da54004"}),
				template.Has(t, typeIngress, map[string]any{"GroupId": groupID(endpoints), "SourceSecurityGroupId": groupID(tasks)}),
			} {
				if !slices.Contains(service.DependsOn, want) {
					t.Errorf("%s: %s does not wait for %s", name, id, want)
				}
			}
		}
	}
}
