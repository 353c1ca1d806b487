package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// example is what the app synthesises.
type example struct {
	pricing, checkout template
	dir               string
}

// synth synthesises the app with the context of cdk.json and what edit adds to it.
func synth(t *testing.T, edit map[string]any) example {
	t.Helper()
	context := cdkContext(t)
	for key, value := range edit {
		context[key] = value
	}
	app := newApp(t, context)
	pricing, checkout := NewPricingStack(app, "Pricing"), NewCheckoutStack(app, "Checkout")
	e := example{pricing: synthTemplate(t, pricing), dir: *app.Outdir()}
	readJSON(t, e.dir, *checkout.StackName()+".template.json", &e.checkout)
	return e
}

func TestSynthesisAsksNobody(t *testing.T) {
	defer failOnPanic(t)
	manifest := struct{ Missing []any }{}
	readJSON(t, synth(t, nil).dir, "manifest.json", &manifest)
	if len(manifest.Missing) > 0 {
		t.Errorf("synthesis would look up %v, which needs an account", manifest.Missing)
	}
}

func TestContext(t *testing.T) {
	defer failOnPanic(t)
	run(t, "replaces the defaults", func(t *testing.T) {
		e := synth(t, map[string]any{
			"checkoutAccount":           "333333333333",
			"pricingDomain":             "api.example.com",
			"pricingDeletionProtection": "false",
			"checkoutAvailabilityZones": "eu-west-1b,eu-west-1c",
		})
		if !allows(t, e.pricing, "333333333333") || allows(t, e.pricing, "111111111111") {
			t.Error("checkoutAccount is not the one that is allowed")
		}
		e.checkout.has(t, typeZone, map[string]any{"Name": "api.example.com."})
		e.checkout.has(t, "AWS::EC2::Subnet", map[string]any{"AvailabilityZone": "eu-west-1c"})
		for _, id := range e.pricing.ofType(typeBalancer) {
			attributes := e.pricing.Resources[id].Properties["LoadBalancerAttributes"]
			if got := valueOf(attributes, "deletion_protection.enabled"); got != "false" {
				t.Errorf("%s has deletion protection %v, want false", id, got)
			}
		}
	})
	run(t, "must be a string", func(t *testing.T) {
		app := newApp(t, map[string]any{"pricingAccount": 222222222222})
		message := panicOf(func() { NewPricingStack(app, "Pricing") })
		if want := `"pricingAccount" must be a string`; !strings.Contains(message, want) {
			t.Errorf("panicked with %q, want %s", message, want)
		}
	})
	run(t, "is in the README", func(t *testing.T) {
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
	defer failOnPanic(t)
	e := synth(t, nil)
	for name, template := range map[string]template{"Pricing": e.pricing, "Checkout": e.checkout} {
		ecr := template.has(t, typeEndpoint, map[string]any{"ServiceName": "com.amazonaws.eu-west-1.ecr.api"})
		endpoints := only(t, template.Resources[ecr].Properties["SecurityGroupIds"])
		for _, id := range template.ofType(typeService) {
			service := template.Resources[id]
			tasks := taskGroup(t, service)
			for _, want := range []string{
				ecr,
				template.has(t, typeEndpoint, map[string]any{"ServiceName": "com.amazonaws.eu-west-1.ecr.dkr"}),
				template.has(t, typeEndpoint, map[string]any{"ServiceName": "com.amazonaws.eu-west-1.logs"}),
				template.has(t, typeEndpoint, map[string]any{"VpcEndpointType": "Gateway"}),
				template.has(t, typeEgress, map[string]any{"GroupId": groupID(tasks), "DestinationSecurityGroupId": groupID(endpoints)}),
				template.has(t, typeEgress, map[string]any{"GroupId": groupID(tasks), "DestinationPrefixListId": "pl-6da54004"}),
				template.has(t, typeIngress, map[string]any{"GroupId": groupID(endpoints), "SourceSecurityGroupId": groupID(tasks)}),
			} {
				if !slices.Contains(service.DependsOn, want) {
					t.Errorf("%s: %s does not wait for %s", name, id, want)
				}
			}
		}
	}
}
