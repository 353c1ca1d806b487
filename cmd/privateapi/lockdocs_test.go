package main

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// shownLock is a block of docs/lock.md: a change of docs/deploy.md, the command, and what it prints.
var shownLock = regexp.MustCompile("(?ms)^```console\n((?:# [^\n]*\n)?)\\$ privateapi (lock[^\n]*)\n(.*?)```$")

// What docs/lock.md shows is what the commands in it print, of the app of docs/deploy.md.
func TestGoldenLockDocs(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(root + "/docs/lock.md")
	if err != nil {
		t.Fatal(err)
	}
	app := readChangedApp(t, root)
	t.Chdir(t.TempDir())
	count := 0
	got := shownLock.ReplaceAllStringFunc(string(page), func(block string) string {
		m := shownLock.FindStringSubmatch(block)
		count++
		app.synth(t, strings.TrimSpace(strings.TrimPrefix(m[1], "# ")))
		line, take := m[2], func(string) bool { return true }
		if cut := sed.FindStringSubmatch(line); cut != nil {
			begins := regexp.MustCompile("^" + cut[2])
			line, take = cut[1], fromTo(begins)
		}
		result := runCommand(strings.Fields(line)...)
		if want := map[bool]int{true: exitReachable, false: exitBlocked}[m[1] == ""]; result.code != want || result.stderr != "" {
			t.Errorf("%s: exit code %d, want %d: %s", line, result.code, want, result.stderr)
		}
		output := ""
		for text := range strings.Lines(result.stdout) {
			if take(strings.TrimSuffix(text, "\n")) {
				output += text
			}
		}
		if output == "" {
			t.Errorf("%s: no line is printed", m[2])
		}
		return "```console\n" + m[1] + "$ privateapi " + m[2] + "\n" + strings.TrimRight(output, "\n") + "\n```"
	})
	if count != 4 {
		t.Errorf("%d commands", count)
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(root+"/docs/lock.md", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got != string(page) {
		t.Errorf("docs/lock.md differs from what its commands print; look at it with: make snapshot && git diff docs/lock.md\n%s", got)
	}
}

// fromTo takes lines from one that begins in a way to one that is empty.
func fromTo(begins *regexp.Regexp) func(string) bool {
	isIn := false
	return func(text string) bool {
		isIn = begins.MatchString(text) || isIn && text != ""
		return isIn
	}
}

// changedApp is the app of docs/deploy.md, and what its changes make of its templates.
type changedApp struct {
	Templates map[string]map[string]any
	Changes   []struct {
		Text    string
		Patches map[string]any
	}
}

func readChangedApp(t *testing.T, root string) *changedApp {
	t.Helper()
	content, err := os.ReadFile(root + "/internal/lock/testdata/changes.json")
	app := &changedApp{}
	if err == nil {
		err = json.Unmarshal(content, app)
	}
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// synth writes the cloud assembly of the app after a change into cdk.out; without one, as it is.
func (app *changedApp) synth(t *testing.T, change string) {
	t.Helper()
	patches := map[string]any{}
	for _, c := range app.Changes {
		if c.Text == change {
			patches = c.Patches
		}
	}
	if change != "" && len(patches) == 0 {
		t.Fatalf("there is no change %q", change)
	}
	artifacts := map[string]any{}
	files := map[string]any{}
	for stack, account := range map[string]string{"Provider": "222222222222", "Consumer": "111111111111"} {
		files[stack+".template.json"] = merged(app.Templates[stack], patches[stack])
		artifacts[stack] = map[string]any{
			"type": "aws:cloudformation:stack", "environment": "aws://" + account + "/eu-west-1",
			"properties": map[string]any{"templateFile": stack + ".template.json"},
		}
	}
	files["manifest.json"] = map[string]any{"version": "48.0.0", "artifacts": artifacts}
	if err := errors.Join(os.RemoveAll("cdk.out"), os.Mkdir("cdk.out", 0o700)); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		text, err := json.MarshalIndent(content, "", " ")
		if err == nil {
			err = os.WriteFile(filepath.Join("cdk.out", name), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// merged applies a JSON merge patch.
func merged(value, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		if patch == nil {
			return value
		}
		return patch
	}
	object, _ := value.(map[string]any)
	result := map[string]any{}
	maps.Copy(result, object)
	for name, change := range changes {
		if result[name] = merged(result[name], change); change == nil {
			delete(result, name)
		}
	}
	return result
}
