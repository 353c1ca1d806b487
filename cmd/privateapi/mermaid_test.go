package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// hopNames are the names of the hops in their order, read from where they are defined.
func hopNames(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../reachability/verdict.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "Hop") {
			return true
		}
		name, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
		return true
	})
	return names
}

func TestEveryHopBelongsToALeg(t *testing.T) {
	var got []string
	for _, l := range allLegs() {
		got = append(got, l.names...)
	}
	if want := hopNames(t); !slices.Equal(got, want) || len(want) < 20 {
		t.Errorf("the legs have\n%q\nthe hops are\n%q", got, want)
	}
}

func TestANewHopBelongsToTheLegOfTheHopBefore(t *testing.T) {
	legs := legsOf(answer("Service", "/", pass(reachability.HopEndpointService, ""), pass("new", "")))
	if len(legs) != 2 || legs[1].decisive().Name != "new" {
		t.Errorf("%+v", legs)
	}
}

// Targets behind the NLB itself have no ALB before them.
func TestNoALBWhereThereIsNone(t *testing.T) {
	r := &reachability.Report{Answers: []reachability.Answer{answer("Service", "/",
		pass(reachability.HopEndpointService, "", service), pass(reachability.HopNlbListener, "", nlb), pass(reachability.HopTarget, "", task))}}
	if got := renderMermaid(r); strings.Contains(got, "ALB") || !strings.Contains(got, `n4 -->|"✓ target<br/>/"| n5`) {
		t.Error(got)
	}
}

// A path that ends early is drawn up to where it ends.
func TestABlockedLegEndsTheDiagram(t *testing.T) {
	hop := zonesUnknown()
	hop.Verdict = reachability.Blocked
	got := renderMermaid(&reachability.Report{Answers: []reachability.Answer{answer("Service", "/", hop)}})
	for _, want := range []string{"\n  n3[\"endpoint service\"]\n", `n2 -.->|"✗ endpoint zones#58; `, "\n  linkStyle 1 stroke:#c62828"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "NLB") {
		t.Errorf("what comes after is drawn:\n%s", got)
	}
}

// Stacks of one name in two accounts are two stacks.
func TestStacksOfOneNameStayApart(t *testing.T) {
	a, b := answer("Service", "/"), answer("Service", "/")
	for i := range b.Hops {
		for j := range b.Hops[i].Evidence {
			b.Hops[i].Evidence[j].File = "other.json"
		}
	}
	got := renderMermaid(&reachability.Report{Answers: []reachability.Answer{a, b}})
	if strings.Count(got, `["Checkout"]`) != 2 || strings.Count(got, `"client<br/>`) != 2 {
		t.Error(got)
	}
}

// What follows two endpoints is not one thing because neither is known.
func TestPlacesWithoutANameStayApart(t *testing.T) {
	a, b := answer("A", "/", acceptanceUnknown()), answer("B", "/", acceptanceUnknown())
	for i := range b.Hops {
		for j := range b.Hops[i].Evidence {
			b.Hops[i].Evidence[j].LogicalID += "B"
		}
	}
	a.Hops[len(a.Hops)-1].Evidence, b.Hops[len(b.Hops)-1].Evidence = nil, nil
	if got := renderMermaid(&reachability.Report{Answers: []reachability.Answer{a, a, b}}); strings.Count(got, `["endpoint service"]`) != 2 {
		t.Error(got)
	}
}
