package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

func TestGoldenPage(t *testing.T) {
	golden(t, "mixed.html", renderPage(mixedReport()))
}

// A page loads nothing, runs nothing, and has every value as text.
func TestPagesNeedNothingElse(t *testing.T) {
	loads := regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed|base|form|a|image|use|foreignObject)\b|\bsrc=|href=|url\(|@import|\son[a-z]+=`)
	for name, r := range reports() {
		got := renderPage(r)
		if found := loads.FindString(got); found != "" {
			t.Errorf("%s: %s", name, found)
		}
		if !strings.HasPrefix(got, "<!DOCTYPE html>\n") || strings.Count(got, "<svg ") != 1 || !strings.Contains(got, "default-src 'none'") {
			t.Errorf("%s is not a page with a picture", name)
		}
	}
}

// The page has the whole report: what does not pass with its remedy, findings, what is not covered, and each hop with its evidence.
func TestPageHasTheReport(t *testing.T) {
	got := renderPage(mixedReport())
	for _, want := range []string{
		"<h1>Paths to private APIs</h1>", "12 calls: 1 reachable, 1 blocked, 10 unknown", "1 reachable, 1 blocked, 10 unknown; 2 findings (1 error)",
		"What does not pass", "add a listener on port 443 to the NLB", "Pricing/Listener.Port = 8443", "--zone 111111111111/eu-west-1a=ZONE-ID",
		"Findings", "the ALB is internet-facing", "Not covered", "--assume web-acl", "All calls, hop by hop", "matches /v1/*",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	if n := strings.Count(got, "<details>"); n != 12 {
		t.Errorf("%d calls, want 12", n)
	}
}

// A page of very many calls says that it does not show all of them.
func TestPageOfManyCalls(t *testing.T) {
	r := &reachability.Report{}
	for range fewPageAnswers + 1 {
		r.Answers = append(r.Answers, answer("Service", "/", providerSide()...))
	}
	if got := renderPage(r); strings.Count(got, "<details>") != fewPageAnswers || !strings.Contains(got, "privateapi prove --json has all of it") {
		t.Error("it does not say that there is more")
	}
}
