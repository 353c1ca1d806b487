package cdktest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Golden compares a template with testdata/<name>.json. It leaves out the bootstrap rule and parameter, and numbers the
// hashes of assets.
func Golden(t testing.TB, name string, template Template) {
	t.Helper()
	GoldenText(t, name+".json", canonical(t, template))
}

// GoldenText compares text with a file in testdata, or writes that file if UPDATE_GOLDEN is set: make snapshot.
func GoldenText(t testing.TB, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		writeGolden(t, file, got)
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; make snapshot writes it", err)
	}
	if line, gotLine, wantLine := firstDifference(got, string(want)); line > 0 {
		t.Errorf("%s:%d differs; look at it with: make snapshot && git diff %s\n got: %s\nwant: %s", file, line, file, gotLine, wantLine)
	}
}

func writeGolden(t testing.TB, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// canonical returns a template in the form of goldens.
func canonical(t testing.TB, template Template) string {
	t.Helper()
	shown := map[string]any{}
	for key, value := range template.raw {
		shown[key] = value
	}
	without(shown, "Rules", "CheckBootstrapVersion")
	without(shown, "Parameters", "BootstrapVersion")
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(shown); err != nil {
		t.Fatal(err)
	}
	return numberHashes(text.String())
}

// without leaves a key out of a section of a template, and a section without keys.
func without(template map[string]any, section, key string) {
	all, ok := template[section].(map[string]any)
	if !ok {
		return
	}
	rest := maps.Clone(all)
	delete(rest, key)
	template[section] = rest
	if len(rest) == 0 {
		delete(template, section)
	}
}

var assetHash = regexp.MustCompile(`\b[0-9a-f]{64}\b`)

func numberHashes(text string) string {
	numbers := map[string]string{}
	return assetHash.ReplaceAllStringFunc(text, func(hash string) string {
		if numbers[hash] == "" {
			numbers[hash] = fmt.Sprintf("<asset-%d>", len(numbers)+1)
		}
		return numbers[hash]
	})
}

// firstDifference returns the number of the first line that differs, or 0.
func firstDifference(got, want string) (line int, gotLine, wantLine string) {
	gots, wants := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(gots), len(wants)) {
		gotLine, wantLine = at(gots, i), at(wants, i)
		if gotLine != wantLine {
			return i + 1, gotLine, wantLine
		}
	}
	return 0, "", ""
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end of file)"
}
