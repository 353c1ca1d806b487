package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// golden compares text with a file in testdata, or writes that file if UPDATE_GOLDEN is set.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; make snapshot writes it", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at it with: make snapshot && git diff %s\n got:\n%s\nwant:\n%s", file, file, got, want)
	}
}

func reports() map[string]*reachability.Report {
	return map[string]*reachability.Report{
		"reachable": reachableReport(), "mixed": mixedReport(), "hostile": hostileReport(), "nothing": {},
	}
}

func mustJSON(t *testing.T, r *reachability.Report) string {
	t.Helper()
	text, err := renderJSON(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func mustSARIF(t *testing.T, r *reachability.Report) string {
	t.Helper()
	text, err := renderSARIF(r, "v1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestGoldens(t *testing.T) {
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			golden(t, name+".txt", renderText(r, textOptions{}))
			golden(t, name+".verbose.txt", renderText(r, textOptions{verbose: true}))
			golden(t, name+".json", mustJSON(t, r))
			golden(t, name+".sarif", mustSARIF(t, r))
			golden(t, name+".mmd", renderMermaid(r))
		})
	}
}

// A golden file can be updated without a review, so this test also checks what must never be in one.
func TestHostileTextIsNeutralised(t *testing.T) {
	r := hostileReport()
	for name, text := range map[string]string{
		"text": renderText(r, textOptions{}), "verbose": renderText(r, textOptions{verbose: true}),
		"json": mustJSON(t, r), "sarif": mustSARIF(t, r), "mermaid": renderMermaid(r),
	} {
		if !utf8.ValidString(text) {
			t.Errorf("%s is not UTF-8", name)
		}
		for _, c := range text {
			if c != '\n' && !unicode.IsPrint(c) {
				t.Errorf("%s has %U", name, c)
			}
		}
	}
}

func TestColourIsOnlyOurs(t *testing.T) {
	r := hostileReport()
	coloured := renderText(r, textOptions{colour: true})
	if !strings.Contains(coloured, string(red)+"BLOCKED    \x1b[0m") {
		t.Error("no colour")
	}
	ours := regexp.MustCompile(`\x1b\[(31|32|33|2|0)m`)
	if got, want := ours.ReplaceAllString(coloured, ""), renderText(r, textOptions{}); got != want {
		t.Errorf("without its colours it is\n%s\nwant\n%s", got, want)
	}
}

// Every line of a diagram has one of a few forms, and no label has a character that means something to Mermaid.
func TestMermaidLinesAreWellFormed(t *testing.T) {
	const label = `"(?:[A-Za-z0-9 ./,()=+✓✗?-]|#\d+;|<br/>)*"`
	line := regexp.MustCompile(`^(?:flowchart LR` +
		`|  subgraph s\d+\[` + label + `\]|  end` +
		`| {2,4}n\d+\[` + label + `\]` +
		`|  n\d+ (?:-->|-\.->)\|` + label + `\| n\d+` +
		`|  linkStyle \d+(?:,\d+)* [a-z#0-9:, -]+)$`)
	for name, r := range reports() {
		for _, l := range strings.Split(strings.TrimSuffix(renderMermaid(r), "\n"), "\n") {
			if !line.MatchString(l) {
				t.Errorf("%s: %s", name, l)
			}
		}
	}
}

func TestJSONIsTheReport(t *testing.T) {
	for name, r := range reports() {
		var got struct {
			Verdict reachability.Verdict
			reachability.Report
		}
		text := mustJSON(t, r)
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatal(err)
		}
		if got.Verdict != r.Verdict() {
			t.Errorf("%s: verdict %s, want %s", name, got.Verdict, r.Verdict())
		}
		if !strings.HasPrefix(text, "{\n  \"verdict\": ") {
			t.Errorf("%s: does not begin with the verdict", name)
		}
		if strings.Contains(text, "null") {
			t.Errorf("%s: a list is null", name)
		}
		if name != "hostile" && len(r.Answers) > 0 && !reflect.DeepEqual(got.Answers, r.Answers) {
			t.Errorf("%s: other answers than in the report", name)
		}
	}
}

func TestRenderersDoNotChangeTheReport(t *testing.T) {
	r := mixedReport()
	r.Answers[0].Hops = nil
	before := mustJSON(t, r)
	renderText(r, textOptions{verbose: true})
	mustSARIF(t, r)
	renderMermaid(r)
	if r.Answers[0].Hops != nil || mustJSON(t, r) != before {
		t.Error("a renderer changed the report")
	}
}
