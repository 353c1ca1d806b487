package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
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
			golden(t, name+".svg", renderSVG(r))
		})
	}
}

// A golden file can be updated without a review, so this test also checks what must never be in one.
func TestHostileTextIsNeutralised(t *testing.T) {
	r := hostileReport()
	for name, text := range map[string]string{
		"text": renderText(r, textOptions{}), "verbose": renderText(r, textOptions{verbose: true}),
		"json": mustJSON(t, r), "sarif": mustSARIF(t, r), "mermaid": renderMermaid(r), "svg": renderSVG(r), "html": renderPage(r),
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
		`| {2,4}subgraph a\d+(?:v\d+)?\[` + label + `\]| {2,4}end` +
		`| {2,6}n\d+\[` + label + `\]` +
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

// The JSON has every field of the report, with the hops of all answers in one list.
func TestJSONIsTheReport(t *testing.T) {
	for name, r := range reports() {
		var got map[string]any
		text := mustJSON(t, r)
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatal(err)
		}
		if got["verdict"] != r.Verdict().String() {
			t.Errorf("%s: verdict %s, want %s", name, got["verdict"], r.Verdict())
		}
		if !strings.HasPrefix(text, "{\n  \"verdict\": ") {
			t.Errorf("%s: does not begin with the verdict", name)
		}
		if strings.Contains(text, "null") {
			t.Errorf("%s: a list is null", name)
		}
		delete(got, "verdict")
		hops, _ := got["hops"].([]any)
		delete(got, "hops")
		for _, a := range got["answers"].([]any) {
			own := a.(map[string]any)["hops"].([]any)
			for i, index := range own {
				own[i] = hops[int(index.(float64))]
			}
		}
		want := decoded(t, r)
		for field := range want {
			if got[field] == nil {
				t.Errorf("%s: no %s", name, field)
			}
			if name != "hostile" && !reflect.DeepEqual(got[field], want[field]) {
				t.Errorf("%s: %s differ from those of the report", name, field)
			}
		}
	}
}

// decoded is a report as encoding/json writes and reads it.
func decoded(t *testing.T, r *reachability.Report) (fields map[string]any) {
	t.Helper()
	data, err := json.Marshal(r)
	if err == nil {
		err = json.Unmarshal(data, &fields)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, object := range []map[string]any{fields, fields["inventory"].(map[string]any)} {
		for name, list := range object {
			if list == nil {
				object[name] = []any{}
			}
		}
	}
	return fields
}

// A hop that many answers have is written once.
func TestJSONHasEachHopOnce(t *testing.T) {
	r := reachableReport()
	once := len(mustJSON(t, r))
	again := r.Answers[0]
	again.Hops = nil
	for _, hop := range r.Answers[0].Hops {
		hop.Evidence = slices.Clone(hop.Evidence) // equal, and not the same
		again.Hops = append(again.Hops, hop)
	}
	r.Answers = append(r.Answers, again)
	if more := len(mustJSON(t, r)) - once; more > 300 {
		t.Errorf("an answer with the same hops takes %d bytes more", more)
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
