package cost_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// inOneStack has both in one stack, whose account is the consumer's.
func inOneStack(service object) object {
	connection := endpoint(2)
	connection["Properties"].(object)["ServiceName"] = object{"Fn::Sub": "com.amazonaws.vpce.us-east-1.${Service}"}
	return object{"Service": resource("AWS::EC2::VPCEndpointService", service), "Endpoint": connection}
}

func TestStates(t *testing.T) {
	for state, want := range map[string]string{
		"available":         "Endpoint endpoint.hour 1460 = 14.60\n",
		"pendingAcceptance": "Endpoint endpoint.hour 1460 = 14.60 (the connection is pendingAcceptance, and costs until the endpoint is deleted)\n",
		"failed":            "Endpoint endpoint.hour 1460 = 14.60 (the connection is failed, and costs until the endpoint is deleted)\n",
		"deleted":           "Endpoint endpoint.hour 1460 = 14.60\n",
		"rejected":          "Endpoint endpoint.hour 1460 = 14.60 (the connection is rejected, and costs until the endpoint or its service is deleted)\n",
	} {
		b := bill(t, "us-east-1", inOneStack(object{}), cost.Options{States: map[string]string{"Stack/Endpoint": state}})
		if got := show(b); !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %s, want %s", state, got, want)
		}
	}
	if got := show(bill(t, "us-east-1", inOneStack(object{}), cost.Options{})); !strings.HasSuffix(got, "note: endpoints cost from their creation on, accepted or not") {
		t.Errorf("a state that is not known: %s", got)
	}
	if got := show(bill(t, "us-east-1", inOneStack(object{"AcceptanceRequired": false}), cost.Options{})); strings.Contains(got, "note:") {
		t.Errorf("without acceptance: %s", got)
	}
}

func TestThePayer(t *testing.T) {
	for name, tc := range map[string]struct {
		payer any
		want  string
	}{
		"the owner of the endpoint": {nil, ""},
		"the owner of the service":  {"ServiceOwner", " (paid by the owner of Stack/Service)"},
		"undecided":                 {ref("Any"), " (only the deployment decides the PayerResponsibility of Stack/Service)"},
	} {
		service := object{"AcceptanceRequired": false}
		if tc.payer != nil {
			service["PayerResponsibility"] = tc.payer
		}
		got := show(bill(t, "us-east-1", inOneStack(service), cost.Options{}))
		want := "Endpoint endpoint.hour 1460 = 14.60" + tc.want + "\nEndpoint endpoint.gb by use, 0.01, 0.006 above 1048576, 0.004 above 5242880" + tc.want
		if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

// One note names the endpoints to services elsewhere.
func TestStrangers(t *testing.T) {
	resources := object{}
	for i := range 5 {
		resources[fmt.Sprint("E", i)] = endpoint(1)
	}
	want := []string{"the templates do not define the service of Stack/E0, Stack/E1, Stack/E2 and 2 more: if its PayerResponsibility is ServiceOwner, its owner pays"}
	if got := bill(t, "us-east-1", resources, cost.Options{}).Notes; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// A service name as text is that of the service that people name.
func TestANamedService(t *testing.T) {
	n := load(t, "us-east-1", map[string]stack{
		"Provider": {provider, object{"Service": resource("AWS::EC2::VPCEndpointService", object{"PayerResponsibility": "ServiceOwner"})}},
		"Stack":    {consumer, object{"Endpoint": endpoint(2)}},
	})
	services := map[string]string{"com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60001": "Provider/Service"}
	groups := billOf(t, n, cost.Options{Services: services}).Groups(cost.ByAccount)
	if len(groups) != 1 || groups[0].Name != provider || groups[0].Total.Fixed.String() != "14.60" {
		t.Errorf("got %+v", groups)
	}
}

// zones are hosted zones with numbers.
func zones(from, to int) object {
	resources := object{}
	for i := from; i < to; i++ {
		resources[fmt.Sprint("Zone", i)] = resource("AWS::Route53::HostedZone", object{"Name": fmt.Sprintf("z%d.example.com", i)})
	}
	return resources
}

// Regions whose zones count together may have prices of their own, with other tiers.
func TestTiersOfRegionsThatDiffer(t *testing.T) {
	for _, flat := range []string{"us-east-1", "eu-west-1"} {
		book, err := prices.Default().With([]byte(`{"version": 1, "currency": "USD", "items": {"route53.zone": {"regions": {"` + flat + `": {"price": "0.5"}}}}}`))
		if err != nil {
			t.Fatal(err)
		}
		// Of 30 zones, 25 cost 0.50 and 5 cost 0.10 where tiers count, which is 0.4333 each.
		n := load(t, "us-east-1", map[string]stack{"A": {consumer + "/us-east-1", zones(0, 15)}, "B": {consumer + "/eu-west-1", zones(15, 30)}})
		for _, g := range billOf(t, n, cost.Options{Prices: book}).Groups(cost.ByStack) {
			want := "6.50"
			if (g.Name == "A") == (flat == "us-east-1") {
				want = "7.50"
			}
			if got := g.Total.Fixed.String(); got != want {
				t.Errorf("with one price in %s, %s costs %s, want %s", flat, g.Name, got, want)
			}
		}
	}
}

// What one account has counts together, in all Regions for zones, and accounts count apart.
func TestTiersArePooled(t *testing.T) {
	for name, tc := range map[string]struct {
		by     cost.By
		stacks map[string]stack
		want   string
	}{
		"by account": { // 25 × 0.50 + 5 × 0.10, and 20 × 0.50
			cost.ByAccount,
			map[string]stack{"A": {consumer, zones(0, 20)}, "B": {consumer, zones(20, 30)}, "C": {provider, zones(0, 20)}},
			consumer + " 13.00, " + provider + " 10.00",
		},
		"by stack": {
			cost.ByStack, map[string]stack{"A": {consumer, zones(0, 20)}, "B": {consumer, zones(20, 30)}}, "A 8.67, B 4.33",
		},
		"in two Regions": {
			cost.ByAccount, map[string]stack{"A": {consumer, zones(0, 20)}, "B": {consumer + "/eu-west-1", zones(20, 30)}}, consumer + " 13.00",
		},
		"of accounts that are not known": {
			cost.ByStack, map[string]stack{"A": {"", zones(0, 20)}, "B": {"", zones(20, 30)}}, "A 10.00, B 5.00",
		},
	} {
		var got []string
		for _, g := range billOf(t, load(t, "us-east-1", tc.stacks), cost.Options{}).Groups(tc.by) {
			got = append(got, g.Name+" "+g.Total.Fixed.String())
		}
		if strings.Join(got, ", ") != tc.want {
			t.Errorf("%s: %v, want %s", name, got, tc.want)
		}
	}
}

// Data has tiers in each Region.
func TestDataIsPooledByRegion(t *testing.T) {
	stacks := map[string]stack{
		"A": {consumer, object{"E": endpoint(1), "F": endpoint(1)}}, "B": {consumer + "/us-west-2", object{"E": endpoint(1)}},
	}
	n := load(t, "us-east-1", stacks)
	u := usage(t, n, `{"version": 1, "resource_type_default_usage": {"AWS::EC2::VPCEndpoint": {"monthly_data_processed_gb": 1048576}}}`)
	groups := billOf(t, n, cost.Options{Usage: u}).Groups(cost.ByStack)
	for i, want := range []string{"16777.22", "10485.76"} { // 1,048,576 × (0.01 + 0.006), and × 0.01
		if got := groups[i].Total.Usage.String(); got != want {
			t.Errorf("%s: %s, want %s", groups[i].Name, got, want)
		}
	}
}

// A profile costs once in an account, and its first 100 VPCs nothing.
func TestProfilesArePooled(t *testing.T) {
	resources := object{}
	for i := range 2 {
		resources[fmt.Sprint("Profile", i)] = resource("AWS::Route53Profiles::Profile", object{})
	}
	for i := range 110 {
		resources[fmt.Sprint("Vpc", i)] = resource("AWS::Route53Profiles::ProfileAssociation", object{})
	}
	if got := bill(t, "us-east-1", resources, cost.Options{}).Total().Fixed.String(); got != "557.72" { // 730 × 0.75 + 10 × 730 × 0.0014
		t.Errorf("got %s", got)
	}
}

func TestUndecidedExistence(t *testing.T) {
	perhaps := loadBalancer("application")
	perhaps["Condition"] = "Maybe"
	never := loadBalancer("application")
	never["Condition"] = "Never"
	b := bill(t, "us-east-1", object{"Alb": perhaps, "Never": never, "Nlb": loadBalancer("network")}, cost.Options{})
	want := "Alb alb.hour 0 to 730 = 0.00 to 16.43 (only the deployment decides whether it exists)"
	if got := show(b); !strings.HasPrefix(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := b.Total().Sum().String(); got != "16.43 to 32.85" {
		t.Errorf("the total is %s", got)
	}
}

func TestWithoutAnAccount(t *testing.T) {
	n := load(t, "us-east-1", map[string]stack{"Stack": {"", object{"Alb": loadBalancer("application")}}})
	if groups := billOf(t, n, cost.Options{}).Groups(cost.ByAccount); len(groups) != 1 || groups[0].Name != cost.UnknownAccount {
		t.Errorf("got %v", groups)
	}
}

func TestFails(t *testing.T) {
	albs := map[string]stack{"One": {consumer, object{"Alb": loadBalancer("application"), "Other": loadBalancer("application")}}}
	for name, tc := range map[string]struct {
		region string
		o      cost.Options
		want   string
	}{
		"a Region without prices": {
			"ap-south-1",
			cost.Options{},
			"there is no price of alb.hour in ap-south-1: give it with --prices FILE\nthere is no price of alb.lcu in ap-south-1: give it with --prices FILE",
		},
		"no Region":      {"", cost.Options{}, "the Region of stack One is not known: give it with --region, or set Env of the stack"},
		"a Region given": {"", cost.Options{Region: "us-east-1"}, ""},
	} {
		_, err := cost.Of(load(t, tc.region, albs), tc.o)
		if tc.want == "" && err != nil || tc.want != "" && (err == nil || err.Error() != tc.want) {
			t.Errorf("%s: got %v, want %s", name, err, tc.want)
		}
	}
}

func TestOwnPrices(t *testing.T) {
	book, err := prices.Default().With([]byte(`{"version": 1, "currency": "USD", "items": {"nlb.hour": {"regions": {"eu-west-1": {"price": "0.0252"}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := bill(t, "eu-west-1", mesh{1, 1}.each(), cost.Options{Prices: book}).Total().Fixed.String(); got != "52.85" {
		t.Errorf("got %s, want 52.85", got)
	}
}

func TestOldPrices(t *testing.T) {
	n := load(t, "us-east-1", map[string]stack{"Stack": {consumer, object{"Nlb": loadBalancer("network")}}})
	b, err := cost.Of(n, cost.Options{Today: time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(b.Warnings, "\n")
	for _, want := range []string{"the prices are of 2026-11, more than a year ago", "older than a year: nlb.hour in us-east-1 (2024-07), nlb.lcu in us-east-1 (2024-07)"} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// What was not read opens the total.
func TestUnread(t *testing.T) {
	for name, tc := range map[string]struct{ template, note string }{
		"a nested stack": {
			`{"Resources": {"Below": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "https://s3.amazonaws.com/b/below.json"}}}}`,
			"Stack/Below was not read, and what it defines is not in the bill",
		},
		"a macro": {
			`{"Transform": "Company", "Resources": {"Key": {"Type": "AWS::KMS::Key", "Properties": {}}}}`,
			"the macro Company may add resources to stack Stack, which are not in the bill",
		},
	} {
		file := filepath.Join(t.TempDir(), "Stack.json")
		if err := os.WriteFile(file, []byte(tc.template), 0o600); err != nil {
			t.Fatal(err)
		}
		asm, err := assembly.Load(assembly.Input{Template: file, Account: consumer, Region: "us-east-1"})
		if err != nil {
			t.Fatal(err)
		}
		b := billOf(t, network.New(asm), cost.Options{})
		if got := strings.Join(b.Notes, "\n"); got != tc.note || !strings.HasPrefix(b.Total().Sum().String(), "at least ") {
			t.Errorf("%s: %s, %s", name, got, b.Total().Sum())
		}
		for by, want := range map[cost.By]string{cost.ByStack: "Stack", cost.ByAccount: consumer} {
			if groups := b.Groups(by); len(groups) != 1 || groups[0].Name != want || !strings.HasPrefix(groups[0].Total.Fixed.String(), "at least ") {
				t.Errorf("%s, by %s: %+v", name, by, groups)
			}
		}
	}
}

// A stack that is deployed to two Regions is two stacks.
func TestStacksOfOneName(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Stack.json")
	if err := os.WriteFile(file, []byte(`{"Resources": {"Key": {"Type": "AWS::KMS::Key", "Properties": {}}}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	asm, err := assembly.Load(
		assembly.Input{Template: file, Account: consumer, Region: "us-east-1"}, assembly.Input{Template: file, Account: consumer, Region: "eu-west-1"},
	)
	if err != nil {
		t.Fatal(err)
	}
	b := billOf(t, network.New(asm), cost.Options{})
	for by, want := range map[cost.By]string{
		cost.ByStack:    "Stack in " + consumer + "/eu-west-1 1.00, Stack in " + consumer + "/us-east-1 1.00",
		cost.ByResource: "Stack/Key in " + consumer + "/eu-west-1 1.00, Stack/Key in " + consumer + "/us-east-1 1.00",
		cost.ByAccount:  consumer + " 2.00",
	} {
		var got []string
		for _, g := range b.Groups(by) {
			got = append(got, g.Name+" "+g.Total.Fixed.String())
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("by %s: %q, want %s", by, got, want)
		}
	}
}
