package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// shown is a block of Markdown with a command of this module and what it prints.
var shown = regexp.MustCompile("(?ms)^```console\n\\$ privateapi (.*?)\n```$")

// Ends of commands: some of the lines, from one that begins in a way to one that has something; and the lines that have something.
var (
	sed  = regexp.MustCompile(`^(.*) \| sed -n '/\^(.*)/,/(.*)/p'$`)
	grep = regexp.MustCompile(`^(.*) \| grep '(.*)'$`)
)

// What the page on twenty services shows is what the commands in it print.
func TestTwentyServices(t *testing.T) {
	const file = "docs/twenty-services.md"
	t.Chdir("../..")
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	got := shown.ReplaceAllStringFunc(string(page), func(block string) string {
		count++
		command, output, err := runShown(shown.FindStringSubmatch(block)[1])
		if err != nil {
			t.Error(err)
		}
		return "```console\n$ privateapi " + command + "\n" + output + "```"
	})
	if count < 10 {
		t.Errorf("only %d commands", count)
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got != string(page) {
		t.Errorf("%s differs from what its commands print; look at it with: make snapshot && git diff %[1]s", file)
	}
}

// runShown runs the command of a block: its lines up to the first that does not end in a backslash.
func runShown(block string) (command, output string, err error) {
	all := strings.Split(block, "\n")
	end := 0
	for end < len(all)-1 && strings.HasSuffix(all[end], `\`) {
		end++
	}
	command = strings.Join(all[:end+1], "\n")
	line := strings.ReplaceAll(command, "\\\n", "")
	take := func(string) bool { return true }
	if m := sed.FindStringSubmatch(line); m != nil {
		line, take = m[1], between(m[2], m[3])
	} else if m := grep.FindStringSubmatch(line); m != nil {
		line, take = m[1], func(text string) bool { return strings.Contains(text, m[2]) }
	}
	result := runCompare(strings.Fields(line)...)
	if result.code != exitReachable {
		return command, "", fmt.Errorf("%s: %s", command, result.stderr)
	}
	for _, text := range strings.Split(strings.TrimSuffix(result.stdout, "\n"), "\n") {
		if take(text) && text != "" {
			output += text + "\n"
		}
	}
	if output == "" {
		err = fmt.Errorf("%s: no line is printed", command)
	}
	return command, output, err
}

// between takes lines as sed does: from one that begins with a text to a later one that has another, or is empty for ^$.
func between(from, to string) func(text string) bool {
	isIn := false
	return func(text string) bool {
		if !isIn {
			isIn = strings.HasPrefix(text, from)
			return isIn
		}
		isLast := to == "^$" && text == "" || to != "^$" && strings.Contains(text, to)
		isIn = !isLast
		return true
	}
}
