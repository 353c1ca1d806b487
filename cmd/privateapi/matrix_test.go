package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// twenty is a mesh of twenty services of four teams in two tiers, and six consumers in three accounts. Most of what is declared is reachable.
func twenty() *proof.Matrix {
	var services []proof.MatrixService
	for i, name := range []string{
		"pricing", "stock", "orders", "catalogue", "search", "reviews", "shipping", "returns", "media", "profiles",
		"tax", "loyalty", "fraud", "invoices", "ledger", "refunds", "payouts", "cards", "vouchers", "audit",
	} {
		s := proof.MatrixService{Name: name, Domain: name + ".internal.company.com", Provider: "commerce", Tier: "internal"}
		switch {
		case i >= 16:
			s.Provider, s.Tier = "treasury", "payments"
		case i >= 12:
			s.Provider, s.Tier = "finance", "payments"
		case i >= 8:
			s.Provider = "platform"
		}
		s.Door = "door " + s.Provider + "." + s.Tier
		services = append(services, s)
	}
	var consumers []proof.MatrixConsumer
	for i, name := range []string{"checkout", "storefront", "warehouse", "reports", "back-office", "partner-gateway"} {
		c := proof.MatrixConsumer{Name: name, Account: fmt.Sprintf("%012d", 111111111111*(i/2+1)), Vpc: name + "/Vpc"}
		for j, s := range services {
			if (i+j)%3 == 0 && (i < 4 || s.Tier == "internal") {
				c.Calls = append(c.Calls, s.Name)
			}
		}
		consumers = append(consumers, c)
	}
	var paths []proof.Path
	call := func(c proof.MatrixConsumer, s proof.MatrixService, hops ...reachability.Hop) {
		a := answer(c.Name, "/*", append(hops, pass(reachability.HopTarget, "", task))...)
		a.Client, a.Domain = c.Name+"/Client", s.Domain
		p := proof.NewPath(a)
		p.Client.Place = proof.Place{Account: c.Account, Vpc: c.Vpc}
		paths = append(paths, p)
	}
	for i, c := range consumers {
		for j, name := range c.Calls {
			s := services[slices.IndexFunc(services, func(s proof.MatrixService) bool { return s.Name == name })]
			switch {
			case i == 1 && j == 2:
				call(c, s, blockedHop())
			case i == 2 && s.Provider == "platform":
				call(c, s, acceptanceUnknown())
			case i == 3 && j == 1:
				call(c, s, zonesUnknown())
			default:
				call(c, s)
			}
		}
	}
	call(consumers[5], services[19])
	return proof.MatrixOfMesh(paths, services, consumers)
}

func renderMatrix(m *proof.Matrix, format string) string {
	text, _ := rendered(func(w io.Writer) error { return writeMatrix(w, format, &reachability.Report{}, newChart(m)) })
	return text
}

func TestGoldenMatrix(t *testing.T) {
	golden(t, "matrix.svg", renderMatrix(twenty(), "svg"))
	golden(t, "matrix.md", renderMatrix(twenty(), "markdown"))
	golden(t, "matrix-of-calls.md", renderMatrix(proof.MatrixOf(pathsOf(mixedReport())), "markdown"))
	golden(t, "matrix-hostile.md", renderMatrix(proof.MatrixOf(pathsOf(hostileReport())), "markdown"))
}

const exampleMesh = `{
  "version": 1, "region": "eu-west-1",
  "tiers": [{"name": "internal", "transport": "privatelink"}],
  "providers": [{"name": "pricing", "account": "222222222222"}],
  "services": [
    {"name": "pricing", "domainName": "api.pricing.internal.company.com", "provider": "pricing", "tier": "internal"},
    {"name": "stock", "domainName": "stock.internal.company.com", "provider": "pricing", "tier": "internal"}
  ],
  "consumers": [
    {"name": "checkout", "account": "111111111111", "calls": ["%s"]},
    {"name": "reports", "account": "%s", "calls": ["stock"]}
  ]
}`

func meshFile(t *testing.T, calls, account string) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "mesh.json")
	if err := os.WriteFile(file, fmt.Appendf(nil, exampleMesh, calls, account), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"--format", "markdown", "--mesh", file}
}

// The matrix of a declaration says what is declared and reachable, declared and called by nobody, and reachable without a declaration.
func TestMatrixOfTheExample(t *testing.T) {
	flags := [][]string{pricingFlags, checkoutFlags, serviceFlags, zoneFlags, certificateFlags}
	for name, tc := range map[string]struct {
		calls, account string
		more           []string
		want           []string
	}{
		"declared":                {"pricing", "333333333333", nil, []string{"| pricing | ✓ |  |", "| stock | ○ | ? (1) |", "1. unknown: no client of the templates calls it"}},
		"declared otherwise":      {"stock", "333333333333", nil, []string{"| pricing | ! (1) |  |", "| stock | ? (2) | ? (2) |", "Service", "can call it"}},
		"two VPCs of one account": {"pricing", "111111111111", nil, []string{"| pricing | ✓ |  |"}},
		"a VPC that there is not": {"pricing", "111111111111", []string{"--consumer", "reports=vpc-1"}, []string{"| pricing | ✓ |  |", "no client of the templates is in VPC vpc-1, which --consumer says is that of reports"}},
		"a VPC that is named":     {"pricing", "111111111111", []string{"--consumer", "reports=" + onlyResource(t, "Checkout", "AWS::EC2::VPC")}, []string{"| pricing | ? (1) | ! (2) |"}},
	} {
		t.Run(name, func(t *testing.T) {
			wantOutput(t, graphExample(append(flags, meshFile(t, tc.calls, tc.account), tc.more)...), exitReachable, tc.want...)
		})
	}
	svg := graphExample(append(flags, []string{"--matrix"})...)
	wantOutput(t, svg, exitReachable, "<svg ", ">1 service, 1 consumer<", ">1 reachable<", ">api.pricing.internal.company.com<")
}

func TestBadInputOfMatrix(t *testing.T) {
	mesh := meshFile(t, "prcing", "333333333333")
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"a name that is not declared":     {slices.Concat(pricingFlags, mesh), `did you mean "pricing"?`},
		"no such file":                    {slices.Concat(pricingFlags, []string{"--mesh", "nothing.json"}), "graph: open nothing.json"},
		"a flowchart of a matrix":         {[]string{"--matrix", "--format", "mermaid"}, "draws paths, and no matrix"},
		"a consumer without a mesh":       {[]string{"--consumer", "checkout=Checkout/Vpc"}, "--consumer names a consumer of --mesh"},
		"a consumer that is not declared": {slices.Concat(pricingFlags, meshFile(t, "pricing", "333333333333"), []string{"--consumer", "chekout=Checkout/Vpc"}), "has no consumer of that name"},
		"a consumer without a VPC":        {[]string{"--consumer", "checkout"}, "want NAME=VPC"},
	} {
		t.Run(name, func(t *testing.T) {
			got := graphExample(tc.args)
			if got.code != exitBadInput || !strings.Contains(got.stderr, tc.want) {
				t.Errorf("exit code %d, stderr %q, want %q", got.code, got.stderr, tc.want)
			}
		})
	}
}
