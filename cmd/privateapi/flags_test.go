package main

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

func TestFlags(t *testing.T) {
	parameters := map[string]string{"Checkout.PricingServiceName": "@Pricing.ServiceName", "Empty": "", "Equals": "a=b"}
	nested := map[string]string{"Shop/Network": "network.json"}
	want := &options{
		inputs: []reachability.Input{
			{Template: "Pricing.json", Account: "222222222222", Region: "eu-west-1", Parameters: parameters, Nested: nested},
			{Dir: "cdk.out", Parameters: parameters, Nested: nested},
			{Template: "run=1/us-gov.yaml", Account: "333333333333", Region: "us-gov-west-1", Parameters: parameters, Nested: nested},
			{Template: "Plain.yaml", Parameters: parameters, Nested: nested},
		},
		question: reachability.Question{
			Client: "Checkout/Service", Domain: "api.pricing.example", Port: 8443, Path: "/v1/quote",
			Facts: reachability.Facts{
				ZoneIDs:            map[string]string{"111111111111/eu-west-1a": "euw1-az1", "subnet-0a1b": "use1-az6"},
				Services:           map[string]string{"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0": "Parent/Nested/Service"},
				Certificates:       map[string][]string{"arn:aws:acm:eu-west-1:222222222222:certificate/1": {"api.pricing.example", "*.pricing.example"}},
				ZoneNames:          map[string][]string{"111111111111/eu-west-1": {"eu-west-1a", "eu-west-1c"}},
				PrefixLists:        map[string][]string{"pl-6da54004": {"10.1.0.0/24", "2001:db8::/32"}},
				LatticePrefixLists: map[string]string{"eu-west-1": "pl-0123456789abcdef0"},
				PublicAddresses:    map[string][]string{"Checkout/Eip": {"203.0.113.7", "203.0.113.8"}},
				Assume:             []string{"accepted", "web-acl", "unmodelled/AWS::EC2::VPC.VpcEncryptionControl"},
			},
		},
		format: "sarif", verbose: true, parameters: parameters, nested: nested, facts: &reachability.FactsFile{},
		command: "prove", factsFile: reachability.FactsFileName,
	}
	got, err := parse([]string{
		"--verbose", "--client=Checkout/Service", "--template", "Pricing.json=222222222222/eu-west-1", "--assembly", "cdk.out",
		"--parameter", "Checkout.PricingServiceName=@Pricing.ServiceName", "--template", "run=1/us-gov.yaml=333333333333/us-gov-west-1",
		"--assume", "accepted", "--assume", "web-acl",
		"--assume", "unmodelled/AWS::EC2::VPC.VpcEncryptionControl", "--template", "Plain.yaml", "--parameter", "Empty=", "--parameter=Equals=a=b",
		"--zone", "111111111111/eu-west-1a=euw1-az1", "-zone", "subnet-0a1b=use1-az6", "--port", "8443", "--domain", "API.pricing.example.",
		"--service", "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0=Parent/Nested/Service", "--path", "/v1/quote", "--sarif",
		"--zone-names", "111111111111/eu-west-1=eu-west-1a,eu-west-1c", "--prefix-list", "pl-6da54004=10.1.0.0/24,2001:db8::/32",
		"--lattice-prefix-list", "eu-west-1=pl-0123456789abcdef0", "--public-address", "Checkout/Eip=203.0.113.7,203.0.113.8",
		"--parameter", "Empty=", "--nested", "Shop/Network=network.json",
		"--certificate", "arn:aws:acm:eu-west-1:222222222222:certificate/1=api.pricing.example,*.pricing.example",
	})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestDefaults(t *testing.T) {
	got, err := parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.inputs) != 1 || got.inputs[0].Dir != "cdk.out" || !got.isDefault || got.format != "" || got.verbose {
		t.Errorf("%+v", got)
	}
}

func TestTemplateWithAnEqualsSignInItsName(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a=b.json")
	if err := os.WriteFile(file, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := parse([]string{"--template", file})
	if err != nil || got.inputs[0].Template != file {
		t.Errorf("%+v, %v", got, err)
	}
}

// The usage lists every flag.
func TestUsageListsTheFlags(t *testing.T) {
	said := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^  --([a-z-]+) `).FindAllStringSubmatch(proveUsage, -1) {
		said[m[1]] = true
	}
	flags, _ := (&options{}).flags()
	var names []string
	flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	if got := slices.Sorted(maps.Keys(said)); !slices.Equal(got, names) {
		t.Errorf("-h lists %v, the flags are %v", got, names)
	}
}
