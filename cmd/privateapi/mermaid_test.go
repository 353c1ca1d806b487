package main

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// The targets of an NLB have no ALB in front of them.
func TestNoALBInFrontOfTargetsOfAnNLB(t *testing.T) {
	r := &reachability.Report{Answers: []reachability.Answer{answer("Service", "/",
		pass(reachability.HopEndpointService, "", service), pass(reachability.HopNlbListener, "", nlb), pass(reachability.HopTarget, "", task))}}
	if got := renderMermaid(r); strings.Contains(got, "ALB") || !strings.Contains(got, `n4 -->|"✓<br/>api.pricing.example/"| n5`) {
		t.Error(got)
	}
}

// Nothing is drawn behind a segment that blocks unless somebody knows what is there.
func TestBlockedSegmentIsDrawn(t *testing.T) {
	hop := zonesUnknown()
	hop.Verdict = reachability.Blocked
	got := renderMermaid(&reachability.Report{Answers: []reachability.Answer{answer("Service", "/", hop)}})
	for _, want := range []string{"\n  n3[\"endpoint service\"]\n", `n2 -.->|"✗ 443<br/>✗ endpoint zones#58; `, "\n  linkStyle 1 stroke:#c62828"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "NLB") {
		t.Errorf("the diagram goes on:\n%s", got)
	}
}

// Two accounts can have stacks of the same name.
func TestStacksOfTheSameNameStayApart(t *testing.T) {
	a, b := answer("Service", "/"), answer("Service", "/")
	for i := range b.Hops {
		for j := range b.Hops[i].Evidence {
			b.Hops[i].Evidence[j].File = "other.json"
		}
	}
	got := renderMermaid(&reachability.Report{Answers: []reachability.Answer{a, b}})
	if strings.Count(got, `["stack Checkout, account unknown"]`) != 2 || strings.Count(got, `"client<br/>`) != 2 {
		t.Error(got)
	}
}

// The services of two endpoints are drawn separately while both are unknown.
func TestUnnamedBoxesStayApart(t *testing.T) {
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
