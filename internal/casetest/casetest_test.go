package casetest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write writes files into a directory of cases.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	baseFile = "region: eu-west-1\nstacks: {S: {template: t.yaml}}\nedits: {named: {S: {Description: a}}}\n"
	caseFile = `base: small
cases:
- name: first # a comment that stays
  edit: {S/A.B: 1}
  want: blocked at record
  words: old   # goes with the words
  findings:
  - rule at S/A: old too

- name: second
  with: [named]
  want: reachable
`
)

func TestUpdateRewritesWordsAlone(t *testing.T) {
	dir := write(t, map[string]string{"bases/small.yaml": baseFile, "path/record.yaml": caseFile})
	file := Files(t, dir)[0]
	if file.Name != "path/record" || len(file.Cases) != 2 {
		t.Fatalf("read %+v", file)
	}
	t.Setenv("UPDATE_GOLDEN", "1")
	file.Cases[0].Words.Check(t, `port 1: "new"`)
	(*file.Cases[0].Findings)[0].Words.Check(t, "new too")
	if err := file.Rewrite(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "path/record.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("old   # goes with the words", `'port 1: "new"'`, "old too", "new too").Replace(caseFile)
	if string(got) != want {
		t.Errorf("rewritten as\n%s\nwant\n%s", got, want)
	}
}

func TestFilesThatAreWrong(t *testing.T) {
	for name, tc := range map[string]struct{ old, new, want string }{
		"two cases of one name":         {"name: second", "name: first", `"first"`},
		"a case without a name":         {"- name: second\n  with", "- with", `""`},
		"a field that is not there":     {"words:", "word:", "word not found"},
		"an edit that is not a mapping": {"{S/A.B: 1}", `{"S/A.B[c]": 1}`, "not a path"},
		"a case that wants nothing":     {"  want: reachable\n", "", "needs want"},
		"words on several lines":        {"words: old  ", "words: |\n    old  ", "words on one line"},
		"a base that is not there":      {"base: small", "base: large", "large.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := write(t, map[string]string{
				"bases/small.yaml": baseFile, "path/record.yaml": strings.Replace(caseFile, tc.old, tc.new, 1),
			})
			if _, err := read(filepath.Join(dir, "path/record.yaml")); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want it to contain %s", err, tc.want)
			}
		})
	}
}

func TestLoadEditsACopyOfTheTemplate(t *testing.T) {
	dir := write(t, map[string]string{
		"t.yaml": "Resources: {A: {Type: T, Properties: {B: 0}}}\n", "bases/small.yaml": baseFile, "path/record.yaml": caseFile,
	})
	t.Chdir(dir)
	cases := Files(t, ".")[0].Cases
	for range 2 {
		stacks := cases[0].Load(t)
		if b := stacks.Doc(t, "S")["Resources"].(map[string]any)["A"].(map[string]any)["Properties"].(map[string]any)["B"]; b != 1 {
			t.Errorf("B is %v, want 1", b)
		}
	}
	if got := cases[1].Load(t).Doc(t, "S")["Description"]; got != "a" {
		t.Errorf("the named edit gives %v", got)
	}
	cases[1].With = []string{"other"}
	if _, err := cases[1].load(nil); err == nil {
		t.Error("an edit that is not there is applied")
	}
}
