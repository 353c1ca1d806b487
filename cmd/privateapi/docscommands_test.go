package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/docscommands"
)

// Commands of this module on pages have a name and flags that they take. internal/docscommands looks at those of others.
func TestDocsCommands(t *testing.T) {
	count, usages := 0, map[string]string{}
	for _, pattern := range []string{"README.md", "CONTRIBUTING.md", "docs/*.md", "docs/adr/*.md", "examples/*.md", "examples/*/*.md"} {
		pages, err := filepath.Glob(filepath.Join("../..", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			content, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			for _, command := range docscommands.Find(string(content)) {
				if command.Words[0] != "privateapi" {
					continue
				}
				count++
				if problem := checkWords(usages, command.Words[1:]); problem != "" {
					t.Errorf("%s:%d: %s: %s", page, command.Line, strings.Join(command.Words, " "), problem)
				}
			}
		}
	}
	if count < 40 {
		t.Errorf("only %d commands", count)
	}
}

// typedFlag is a flag as people type it, and as usages list it.
var typedFlag = regexp.MustCompile(`^--?([a-z-]+)`)

// checkWords says what is wrong with the words after privateapi.
func checkWords(usages map[string]string, words []string) string {
	name := words[0]
	usage, known := usages[name]
	if !known {
		var stdout, stderr bytes.Buffer
		if run([]string{name, "-h"}, &stdout, &stderr, false) != exitReachable && name != "version" {
			return strings.TrimSpace(stderr.String())
		}
		usage = stdout.String()
		if strings.Contains(usage, "those of privateapi prove") {
			usage += proveUsage
		}
		usages[name] = usage
	}
	for _, word := range words[1:] {
		if match := typedFlag.FindStringSubmatch(word); match != nil && !regexp.MustCompile(`(^|\s)--`+match[1]+`(\s|$)`).MatchString(usage) {
			return "it has no " + match[0]
		}
	}
	if name == "explain" && len(words) > 1 && !slices.Contains([]string{"RULE", "ID"}, words[1]) {
		var stderr bytes.Buffer
		if run(words, &bytes.Buffer{}, &stderr, false) != exitReachable {
			return strings.TrimSpace(stderr.String())
		}
	}
	return ""
}

func TestCheckWords(t *testing.T) {
	for line, want := range map[string]string{
		"prove --assembly cdk.out -c":   "it has no -c",
		"prove --assembly=cdk.out":      "",
		"prove --assembl cdk.out":       "it has no --assembl",
		"approve":                       `privateapi: there is no command "approve"; privateapi help lists them`,
		"explain privateapi:onePort":    "",
		"explain ID":                    "",
		"compare --services 1 --mesh x": "",
		"version":                       "",
	} {
		if got := checkWords(map[string]string{}, strings.Fields(line)); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	if got := checkWords(map[string]string{}, []string{"explain", "nothing"}); got == "" {
		t.Error("a rule that does not exist is explained")
	}
}
