package reachability_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const example = "../examples/pricing-checkout/testdata/"

// exampleInputs are the templates of the example, with or without what connects them.
func exampleInputs(isConnected bool) []reachability.Input {
	inputs := []reachability.Input{
		{Template: example + "Pricing.json", Account: "222222222222", Region: "eu-west-1"},
		{Template: example + "Checkout.json", Account: "111111111111", Region: "eu-west-1"},
	}
	if isConnected {
		inputs[1].Parameters = map[string]string{"Checkout.PricingServiceName": "@Pricing.ServiceName"}
	}
	return inputs
}

func graphOf(t *testing.T, q reachability.Question, inputs ...reachability.Input) *proof.Graph {
	t.Helper()
	model, err := reachability.Load(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	paths, err := model.Paths(model.Prove(q))
	if err != nil {
		t.Fatal(err)
	}
	return proof.NewGraph(paths)
}

// edited is a copy of a template in which all of one text is replaced.
func edited(t *testing.T, file, before, after string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), before) {
		t.Fatal(err, before)
	}
	copied := filepath.Join(t.TempDir(), filepath.Base(file))
	if err := os.WriteFile(copied, []byte(strings.ReplaceAll(string(text), before, after)), 0o600); err != nil {
		t.Fatal(err)
	}
	return copied
}

// shape is the graph as text: each edge by its ends and its verdict.
func shape(g *proof.Graph) []string {
	list := make([]string, len(g.Edges))
	for i, e := range g.Edges {
		name := func(box int) string { return g.Boxes[box].Role + " " + strings.SplitN(g.Boxes[box].Name, "/", 2)[0] }
		list[i] = strings.Join([]string{name(e.From), name(e.To), e.Mark() + e.Port(), strings.Join(e.Hosts, " ")}, " | ")
	}
	return list
}

// All of a path is drawn, whether it is proven, unknown in the middle, or blocked at its first hop.
func TestAllOfAPathIsDrawn(t *testing.T) {
	const name, zoneEnd = "api.pricing.internal.company.com", ".\",\n        \"VPCs\""
	edges := func(first, second, rest string) []string {
		target := strings.Replace(rest, "443", "8080", 1)
		return []string{
			"client Checkout | endpoint Checkout | " + first + " | ", "endpoint Checkout | endpoint service Pricing | " + second + " | ",
			"endpoint service Pricing | NLB Pricing | " + rest + " | ", "NLB Pricing | ALB Pricing | " + rest + " | ",
			"ALB Pricing | target Pricing | " + target + " | " + name + "/v1/*", "ALB Pricing | target Pricing | " + target + " | " + name + "/v2/*",
		}
	}
	facts := reachability.Facts{Assume: []string{proof.AssumeCertificateNames}, ZoneIDs: map[string]string{
		"222222222222/eu-west-1a": "euw1-az1", "222222222222/eu-west-1b": "euw1-az2", "111111111111/eu-west-1a": "euw1-az1", "111111111111/eu-west-1b": "euw1-az2",
	}}
	for title, tc := range map[string]struct {
		question  reachability.Question
		connected bool
		zone      string // of the consumer
		want      []string
	}{
		"proven":                       {reachability.Question{Facts: facts}, true, name, edges("✓443", "✓443", "✓443")},
		"an unknown service":           {reachability.Question{}, false, name, edges("✓443", "?443", "443")},
		"a name that does not resolve": {reachability.Question{Domain: name, Facts: facts}, true, "api.stock.internal.company.com", edges("✗443", "✓443", "✓443")},
		"neither a name nor a service": {reachability.Question{Domain: name, Facts: facts}, false, "api.stock.internal.company.com", edges("✗443", "?443", "443")},
	} {
		t.Run(title, func(t *testing.T) {
			inputs := exampleInputs(tc.connected)
			inputs[1].Name, inputs[1].Template = "Checkout", edited(t, inputs[1].Template, `"Name": "`+name+zoneEnd, `"Name": "`+tc.zone+zoneEnd)
			g := graphOf(t, tc.question, inputs...)
			if got := shape(g); !slices.Equal(got, tc.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
			}
		})
	}
}

// Boxes are framed by their accounts, Regions and VPCs. An endpoint service is in no VPC.
func TestFramesOfTheExample(t *testing.T) {
	g := graphOf(t, reachability.Question{}, exampleInputs(true)...)
	frames, loose := g.Frames()
	if len(frames) != 2 || len(loose) != 0 {
		t.Fatalf("%d frames, %v loose", len(frames), loose)
	}
	roles := func(boxes []int) string {
		var list []string
		for _, i := range boxes {
			list = append(list, g.Boxes[i].Role)
		}
		return strings.Join(list, ", ")
	}
	for i, want := range []struct{ title, vpc, outside string }{
		{"account 111111111111, eu-west-1", "client, endpoint", ""},
		{"account 222222222222, eu-west-1", "NLB, ALB, target, target", "endpoint service"},
	} {
		f := frames[i]
		if f.Title() != want.title || len(f.Vpcs) != 1 || roles(f.Vpcs[0].Boxes) != want.vpc || roles(f.Boxes) != want.outside {
			t.Errorf("%s: %+v", f.Title(), f)
		}
	}
}
