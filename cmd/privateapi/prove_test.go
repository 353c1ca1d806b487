package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const examples = "../../examples/pricing-checkout/testdata/"

// The flags that settle the example: where the two templates are deployed, what connects them, the zones' IDs, and the
// names of the certificate.
var (
	pricingFlags  = []string{"--template", examples + "Pricing.json=222222222222/eu-west-1"}
	checkoutFlags = []string{"--template", examples + "Checkout.json=111111111111/eu-west-1"}
	serviceFlags  = []string{"--parameter", "Checkout.PricingServiceName=@Pricing.ServiceName"}
	zoneFlags     = []string{
		"--zone", "111111111111/eu-west-1a=euw1-az1", "--zone", "111111111111/eu-west-1b=euw1-az2",
		"--zone", "222222222222/eu-west-1a=euw1-az2", "--zone", "222222222222/eu-west-1b=euw1-az1",
	}
	certificateFlags = []string{
		"--certificate", "arn:aws:acm:eu-west-1:222222222222:certificate/00000000-0000-0000-0000-000000000000=api.pricing.internal.company.com",
	}
)

func proveExample(flags ...[]string) result {
	return runCommand(append([]string{"prove"}, slices.Concat(flags...)...)...)
}

// onlyResource is the stack and the logical ID of the only resource of a type in a template of the example.
func onlyResource(t *testing.T, stack, resourceType string) string {
	t.Helper()
	data, err := os.ReadFile(examples + stack + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var template struct {
		Resources map[string]struct{ Type string }
	}
	if err := json.Unmarshal(data, &template); err != nil {
		t.Fatal(err)
	}
	var found []string
	for id, r := range template.Resources {
		if r.Type == resourceType {
			found = append(found, stack+"/"+id)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s has %d resources of type %s, want one", stack, len(found), resourceType)
	}
	return found[0]
}

// wantOutput fails unless a command ended with a code and wrote all of the parts.
func wantOutput(t *testing.T, got result, code int, parts ...string) {
	t.Helper()
	if got.code != code || got.stderr != "" {
		t.Fatalf("exit code %d, want %d; stderr %q, stdout\n%s", got.code, code, got.stderr, got.stdout)
	}
	for _, part := range parts {
		if !strings.Contains(got.stdout, part) {
			t.Errorf("no %q in\n%s", part, got.stdout)
		}
	}
}

func TestTheExampleIsReachable(t *testing.T) {
	got := proveExample(pricingFlags, checkoutFlags, serviceFlags, zoneFlags, certificateFlags)
	wantOutput(t, got, exitReachable,
		"REACHABLE  ", " → https://api.pricing.internal.company.com/v1/*", "/v2/*", "\n2 reachable, 0 blocked, 0 unknown")
	if again := proveExample(certificateFlags, zoneFlags, serviceFlags, checkoutFlags, pricingFlags); again != got {
		t.Errorf("in another order of the flags:\n%s\nwant\n%s", again.stdout, got.stdout)
	}
}

func TestAQuestionCanBeNarrow(t *testing.T) {
	client := onlyResource(t, "Checkout", "AWS::ECS::Service")
	question := []string{"--client", client, "--domain", "api.pricing.internal.company.com", "--port", "443", "--path", "/v2/quote"}
	got := proveExample(pricingFlags, checkoutFlags, serviceFlags, zoneFlags, certificateFlags, question)
	wantOutput(t, got, exitReachable, "/v2/quote", "\n1 reachable, 0 blocked, 0 unknown")
}

func TestTheExampleIsUnknownWithout(t *testing.T) {
	for name, tc := range map[string]struct {
		flags [][]string
		want  []string
	}{
		"zone IDs":                 {[][]string{pricingFlags, checkoutFlags, serviceFlags}, []string{"? endpoint zones", "--zone"}},
		"names of the certificate": {[][]string{pricingFlags, checkoutFlags, serviceFlags, zoneFlags}, []string{"? certificate", "--certificate arn:aws:acm:eu-west-1:222222222222:certificate/", "--assume certificate-names"}},
		"the parameter":            {[][]string{pricingFlags, checkoutFlags, zoneFlags}, []string{"--parameter Checkout.PricingServiceName="}},
		"the provider's side":      {[][]string{checkoutFlags, {"--parameter", "PricingServiceName=com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"}}, []string{"vpce-svc-0123456789abcdef0"}},
	} {
		t.Run(name, func(t *testing.T) {
			wantOutput(t, proveExample(tc.flags...), exitUnknown, append(tc.want, "UNKNOWN ")...)
		})
	}
}

func TestNothingToProveIsUnknown(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Empty.yaml")
	if err := os.WriteFile(file, []byte("Resources: {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantOutput(t, runCommand("prove", "--template", file), exitUnknown, "nothing to prove")
}

// brokenCheckout is the consumer's template after an edit.
func brokenCheckout(t *testing.T, before, after string) []string {
	t.Helper()
	text, err := os.ReadFile(examples + "Checkout.json")
	if err != nil {
		t.Fatal(err)
	}
	broken := strings.Replace(string(text), before, after, 1)
	if broken == string(text) {
		t.Fatalf("the template has no %s", before)
	}
	file := filepath.Join(t.TempDir(), "Checkout.json")
	if err := os.WriteFile(file, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"--template", file + "=111111111111/eu-west-1"}
}

func TestBlockedPath(t *testing.T) {
	broken := brokenCheckout(t, `"Name": "api.pricing.internal.company.com.",
        "VPCs"`, `"Name": "api.pricing.elsewhere.company.com.",
        "VPCs"`)
	question := []string{"--domain", "api.pricing.internal.company.com"}
	got := proveExample(pricingFlags, broken, serviceFlags, zoneFlags, certificateFlags, question)
	wantOutput(t, got, exitBlocked, "BLOCKED ", "✗ hosted zone: ", "      fix   ")
}

func TestPortWithoutListenerIsBlocked(t *testing.T) {
	got := proveExample(pricingFlags, checkoutFlags, serviceFlags, zoneFlags, []string{"--port", "8443"})
	wantOutput(t, got, exitBlocked, "BLOCKED ", "8443", " blocked, 0 unknown")
}

func TestFormatsOfTheExample(t *testing.T) {
	flags := [][]string{pricingFlags, checkoutFlags, serviceFlags, zoneFlags, certificateFlags}
	asJSON := proveExample(append(flags, []string{"--json"})...)
	wantOutput(t, asJSON, exitReachable)
	var report struct {
		Verdict string
		Answers []struct{ Verdict string }
	}
	if err := json.Unmarshal([]byte(asJSON.stdout), &report); err != nil || report.Verdict != "reachable" || len(report.Answers) != 2 {
		t.Errorf("%v: %+v", err, report)
	}

	asSARIF := proveExample(append(flags[:3:3], []string{"--sarif"})...)
	wantOutput(t, asSARIF, exitUnknown, `"level": "warning"`, "unknown at endpoint zones: ", `"exitCode": 4`)

	asMermaid := proveExample(append(flags, []string{"--mermaid"})...)
	wantOutput(t, asMermaid, exitReachable, "flowchart LR\n", `["account 111111111111, eu-west-1"]`, `["account 222222222222, eu-west-1"]`, `["VPC Checkout/Vpc`, `["VPC Pricing/Vpc`,
		`"client<br/>`, `"endpoint<br/>`, `"endpoint service<br/>`, `"NLB<br/>`, `"ALB<br/>`, `"target<br/>`)
	if strings.Contains(asMermaid.stdout, `["ALB"]`) || strings.Contains(asMermaid.stdout, `"ALB<br/>Pricing/PrivateApiNetwork`) || strings.Contains(asMermaid.stdout, "linkStyle") {
		t.Errorf("the picture is not that of the path:\n%s", asMermaid.stdout)
	}

	verbose := proveExample(append(flags, []string{"--verbose"})...)
	wantOutput(t, verbose, exitReachable, "✓ hosted zone: ", "✓ target: ")
}

// The service name is known, and a flag maps it to a service.
func TestServiceOfAName(t *testing.T) {
	const name = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
	parameter := []string{"--parameter", "PricingServiceName=" + name}
	wantOutput(t, proveExample(pricingFlags, checkoutFlags, zoneFlags, parameter), exitUnknown, "? endpoint service: ", "--service "+name)
	named := []string{"--service", name + "=" + onlyResource(t, "Pricing", "AWS::EC2::VPCEndpointService")}
	wantOutput(t, proveExample(pricingFlags, checkoutFlags, zoneFlags, certificateFlags, parameter, named), exitReachable, "\n2 reachable")
}

// Without --assembly and --template, the command reads cdk.out, as cdk synth leaves it.
func TestDefaultAssembly(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"manifest.json": `{"version": "54.0.0", "artifacts": {
			"Pricing": {"type": "aws:cloudformation:stack", "environment": "aws://222222222222/eu-west-1", "properties": {"templateFile": "Pricing.json"}},
			"Checkout": {"type": "aws:cloudformation:stack", "environment": "aws://111111111111/eu-west-1", "properties": {"templateFile": "Checkout.json"}}
		}}`,
		"Pricing.json": "", "Checkout.json": "",
	} {
		if text == "" {
			content, err := os.ReadFile(examples + name)
			if err != nil {
				t.Fatal(err)
			}
			text = string(content)
		}
		file := filepath.Join(dir, "cdk.out", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	wantOutput(t, proveExample(serviceFlags, zoneFlags, certificateFlags), exitReachable, "\n2 reachable")
	wantOutput(t, proveExample(serviceFlags, []string{"--sarif"}), exitUnknown, `"uri": "cdk.out/Checkout.json"`)
	wantOutput(t, proveExample([]string{"--assembly=./cdk.out"}, serviceFlags, zoneFlags, certificateFlags), exitReachable, "\n2 reachable")
}

// A path over VPC Lattice is drawn from the client to the service network, to the service, and to its targets.
func TestPathOverLatticeIsDrawn(t *testing.T) {
	const templates = "../../reachability/testdata/templates/lattice/"
	got := runCommand(
		"prove", "--template", templates+"Pricing.yaml=222222222222/eu-west-1", "--template", templates+"Checkout.yaml=111111111111/eu-west-1",
		"--lattice-prefix-list", "eu-west-1=pl-0a1b2c3d4e5f60001", "--assume", "share-accepted", "--assume", "signed-requests", "--client", "Checkout/Client",
		"--parameter", "Undecided=no", "--mermaid",
	)
	wantOutput(t, got, 0,
		`service network<br/>Checkout/Network`, `service<br/>Pricing/Service`, `ALB<br/>Pricing/Alb`, `target<br/>Pricing/App`,
		`"✓ 443"`, `"✓ 8080<br/>api.pricing.internal/`,
	)
}

// A path over the internet is drawn from the client to its NAT gateway, to the ALB, and to its targets.
func TestPathOverTheInternetIsDrawn(t *testing.T) {
	const templates = "../../reachability/testdata/cases/bases/"
	flags := []string{
		"prove", "--template", templates + "publicapi.yaml=222222222222/eu-west-1", "--template", templates + "publicclient.yaml=111111111111/eu-west-1",
		"--parameter", "publicapi.ClientAddressA=@publicclient.AddressA", "--parameter", "publicapi.ClientAddressB=@publicclient.AddressB",
		"--zone", "222222222222/eu-west-1a=euw1-az1", "--zone", "222222222222/eu-west-1b=euw1-az2", "--assume", "public-dns",
	}
	wantOutput(t, runCommand(append(flags, "--mermaid")...), exitReachable,
		`client<br/>publicclient/Caller`, `internet<br/>publicclient/NatA`, `ALB<br/>publicapi/Alb`, `target<br/>publicapi/App`,
		`"✓ 443"`, `"✓ 8080<br/>api.company.com/`,
	)
	wantOutput(t, runCommand(flags...), exitReachable, "not covered: VPC Block Public Access can block what comes in")
}
