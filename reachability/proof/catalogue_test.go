package proof_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

func TestCatalogueHasEveryNameInOrder(t *testing.T) {
	var got []string
	for _, hop := range proof.Catalogue() {
		got = append(got, hop.Name)
	}
	want := textsIn(t, "hopname.go")
	if len(want) < 20 || !slices.Equal(got, want) {
		t.Errorf("the catalogue has\n%q\nand hopname.go\n%q", got, want)
	}
}

func TestCatalogueHasEveryRuleOfAHop(t *testing.T) {
	var got, want []string
	for _, hop := range proof.Catalogue() {
		got = append(got, hop.Rule.ID)
	}
	files, err := filepath.Glob("../../internal/rules/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, text := range textsIn(t, file) {
			if strings.HasPrefix(text, "privateapi:path") {
				want = append(want, text)
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if len(want) < 20 || !slices.Equal(got, want) {
		t.Errorf("the catalogue has the rules\n%q\nand internal/rules\n%q", got, want)
	}
}

func TestCatalogueIsComplete(t *testing.T) {
	segments := map[string][]string{}
	for _, hop := range proof.Catalogue() {
		if hop.Summary == "" || strings.HasSuffix(hop.Summary, ".") {
			t.Errorf("%s: the summary %q is not a phrase without a full stop", hop.Name, hop.Summary)
		}
		if hop.Segment.Name == "" || len(hop.Segment.Types) == 0 {
			t.Errorf("%s belongs to no segment", hop.Name)
		}
		if types, ok := segments[hop.Segment.Name]; ok && !slices.Equal(types, hop.Segment.Types) {
			t.Errorf("two segments are named %s", hop.Segment.Name)
		}
		segments[hop.Segment.Name] = hop.Segment.Types
		if found, ok := proof.FindHop(hop.Name); !ok || found.Summary != hop.Summary {
			t.Errorf("FindHop(%q) = %v, %v", hop.Name, found, ok)
		}
		if found, ok := proof.FindHopByRule(hop.Rule.ID); !ok || found.Name != hop.Name {
			t.Errorf("FindHopByRule(%q) = %v, %v", hop.Rule.ID, found, ok)
		}
	}
	if _, ok := proof.FindHop("nothing"); ok {
		t.Error("FindHop finds a hop that does not exist")
	}
	if _, ok := proof.FindHopByRule(rules.OnePort.ID); ok {
		t.Error("FindHopByRule finds a hop for a rule that has none")
	}
}

func TestAssumptions(t *testing.T) {
	want := []string{
		"hosted-zone", "public-dns", "dns", "verified", "provider", "share-accepted", "organization", "routes", "accepted", "separate-blocks",
		"transit-gateway", "network-acl", "principal", "http2",
		"targets", "mutual-tls", "healthy-zones", "service-network-name", "certificate-names", "signed-requests",
		"auth-policies", "web-acl", "authentication", "jwks", "proxy-protocol", "unread", "macro",
		"unmodelled/TYPE.PROPERTY",
	}
	if got := proof.Assumptions(); !slices.Equal(got, want) {
		t.Errorf("Assumptions() = %q, want %q", got, want)
	}
}

// textsIn returns the string literals of a Go file, in order.
func textsIn(t *testing.T, name string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			text, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, text)
		}
		return true
	})
	return texts
}
