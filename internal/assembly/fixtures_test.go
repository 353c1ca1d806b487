package assembly_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const (
	examples   = "../../examples/pricing-checkout/testdata/"
	constructs = "../../constructs/privateapi/testdata/"
)

// All functions in templates that the constructs of this repository synthesise are resolved.
func TestSynthesisedTemplates(t *testing.T) {
	files, err := filepath.Glob(constructs + "*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, file := range append(files, examples+"Pricing.json", examples+"Checkout.json") {
		a := load(t, assembly.Input{Template: file, Account: "111111111111", Region: "eu-west-1"})
		s := a.Stacks[0]
		if len(s.Resources()) == 0 {
			t.Errorf("%s has no resources", file)
		}
		for _, r := range s.Resources() {
			if v := r.Property(); strings.Contains(v.String(), "Fn::") {
				t.Errorf("%s: %s is not resolved: %s", file, r, v)
			}
		}
	}
}

func TestExampleOfTheRepository(t *testing.T) {
	a := load(t,
		assembly.Input{Template: examples + "Pricing.json", Account: "222222222222", Region: "eu-west-1"},
		assembly.Input{
			Template: examples + "Checkout.json", Account: "111111111111", Region: "eu-west-1",
			Parameters: map[string]string{"PricingServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"},
		})
	services := a.OfType("AWS::EC2::VPCEndpointService")
	if len(services) != 1 {
		t.Fatalf("endpoint services = %v", services)
	}
	name := a.Stack("Pricing").Output("ServiceName")
	wantString(t, name, "com.amazonaws.vpce.eu-west-1.${"+services[0].String()+".Ref}")
	balancer, attribute, ok := services[0].Property("NetworkLoadBalancerArns", 0).Reference()
	if !ok || attribute != "Ref" || balancer.Type != "AWS::ElasticLoadBalancingV2::LoadBalancer" {
		t.Errorf("the service is in front of %v.%s", balancer, attribute)
	}
	for _, endpoint := range a.Stack("Checkout").OfType("AWS::EC2::VPCEndpoint") {
		if strings.HasSuffix(endpoint.ConstructPath, "Pricing/Endpoint") || strings.HasPrefix(endpoint.ID, "Pricing") {
			if got := assembly.Equal(endpoint.Property("ServiceName"), name); got != assembly.Maybe {
				t.Errorf("the endpoint connects to the service of the stack: %v", got)
			}
		}
	}
}

func TestNeedsNoCDK(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"aws-cdk-go", "jsii", "aws/constructs-go"} {
		if strings.Contains(string(out), name) {
			t.Errorf("the package depends on %s", name)
		}
	}
}
