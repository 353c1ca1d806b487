package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"plain → 日本 é ✓":            "plain → 日本 é ✓",
		"a\nb\r\tc":                 `a\nb\r\tc`,
		"\x1b[2J\a\x7f\x00":         `\x1b[2J\a\x7f\x00`,
		"\u009b31m":                 `\u009b31m`,
		"\u202egnp.exe\u2066\u200d": `\u202egnp.exe\u2066\u200d`,
		"bad \xff\xfe byte":         `bad \xff\xfe byte`,
		"back\\slash 'quote'":       `back\slash 'quote'`,
		"\U000e0041":                `\U000e0041`,
	} {
		if got := clean(text); got != want {
			t.Errorf("clean(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for text, want := range map[string]string{"": "", "日本": "日本", "日本語": "日本語", "日本語だ": "日本語…"} {
		if got := cut(text, 3); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// Twenty clients whose paths depend on the same fact are one block of text, not twenty.
func TestSameReasonsAreGrouped(t *testing.T) {
	r := &reachability.Report{}
	for i := range 20 {
		r.Answers = append(r.Answers, answer("Client"+string(rune('A'+i)), "/", zonesUnknown()))
	}
	text := renderText(r, textOptions{})
	if strings.Count(text, "endpoint zones") != 1 || !strings.Contains(text, "Checkout/ClientA, Checkout/ClientB, Checkout/ClientC and 17 more → https://") {
		t.Error(text)
	}
	if verbose := renderText(r, textOptions{verbose: true}); strings.Count(verbose, "endpoint zones") != 20 {
		t.Error("--verbose leaves an answer out")
	}
}

func TestSummary(t *testing.T) {
	for name, want := range map[string]string{
		"reachable": "\n2 reachable, 0 blocked, 0 unknown\n",
		"mixed":     "\n1 reachable, 1 blocked, 10 unknown; 2 findings (1 error)\n",
		"nothing":   "nothing to prove: no client of a private API found in these templates, or none that the question names\n",
	} {
		if text := renderText(reports()[name], textOptions{}); !strings.HasSuffix(text, want) {
			t.Errorf("%s: %s\ndoes not end with %q", name, text, want)
		}
	}
}

func TestExitCodes(t *testing.T) {
	warned := reachableReport()
	warned.Findings = mixedReport().Findings[1:]
	failed := reachableReport()
	failed.Findings = mixedReport().Findings[:1]
	unknown := reachableReport()
	unknown.Answers = append(unknown.Answers, answer("A", "/", zonesUnknown()))
	for name, tc := range map[string]struct {
		report *reachability.Report
		want   int
	}{
		"reachable":              {reachableReport(), exitReachable},
		"reachable, warned":      {warned, exitReachable},
		"reachable, an error":    {failed, exitBlocked},
		"blocked among others":   {mixedReport(), exitBlocked},
		"unknown among others":   {unknown, exitUnknown},
		"nothing that was found": {&reachability.Report{}, exitUnknown},
	} {
		if got := exitCode(tc.report.Verdict()); got != tc.want {
			t.Errorf("%s: %d, want %d", name, got, tc.want)
		}
	}
	if exitReachable != 0 || exitBlocked != 1 || exitBadInput != 3 || exitUnknown != 4 {
		t.Error("scripts rely on 0, 1, 3 and 4, and Go ends with 2 after a panic")
	}
}

// Without --verbose, the text has no more than people read, however large the report is.
func TestTextIsBounded(t *testing.T) {
	small, large := &reachability.Report{}, &reachability.Report{}
	for i := range 5_000 {
		list := []*reachability.Report{large}
		if i < 1_000 {
			list = append(list, small)
		}
		for _, r := range list {
			blocked := blockedHop()
			blocked.Fix = fmt.Sprintf("another reason %d", i)
			r.Answers = append(r.Answers, answer("Client", fmt.Sprintf("/%d", i)), answer("Other", fmt.Sprintf("/%d", i), blocked))
			r.Findings = append(r.Findings, reachability.Finding{Rule: "privateapi:cidr", Message: fmt.Sprint(i)})
			r.Notices = append(r.Notices, reachability.Notice{ID: "web-acl", Message: fmt.Sprint(i)})
		}
	}
	want := len(renderText(small, textOptions{}))
	text := renderText(large, textOptions{})
	if len(text) > want+1_000 {
		t.Errorf("a report of five times the size has %d bytes instead of %d", len(text), want)
	}
	for _, rest := range []string{"and 4000 more reachable paths; --verbose lists all", "and 4800 more reasons", "and 4800 more findings", "and 4800 more notices"} {
		if !strings.Contains(text, rest) {
			t.Errorf("it does not say %q", rest)
		}
	}
	if verbose := renderText(large, textOptions{verbose: true}); strings.Contains(verbose, "--verbose lists all") || strings.Count(verbose, "/4999") == 0 {
		t.Error("--verbose leaves out some")
	}
}

// Whatever templates contain, a line stays one line, and nothing in it controls a terminal or ends a label.
func FuzzTextStaysText(f *testing.F) {
	f.Add(hostile)
	f.Add("\xed\xa0\x80 \u2028 \r\n")
	f.Fuzz(func(t *testing.T, s string) {
		if got := clean(s); !isPrintable(got) || isPrintable(s) && got != s {
			t.Errorf("clean(%q) = %q", s, got)
		}
		if got := escape(s); strings.ContainsAny(got, "\"`<>[]{}|&%:*_\\\n") {
			t.Errorf("escape(%q) = %q", s, got)
		}
		if got, err := encode(s, ""); err != nil || !isPrintable(got) {
			t.Errorf("encode(%q) = %q, %v", s, got, err)
		}
	})
}
