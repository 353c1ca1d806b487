package docscommands_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/docscommands"
)

const root = "../.."

// command is a command with its page.
type command struct {
	docscommands.Command

	page string
}

// all returns the commands of all pages.
func all(t *testing.T) (found []command) {
	t.Helper()
	for _, page := range pages(t) {
		for _, one := range docscommands.Find(readFile(t, page)) {
			found = append(found, command{one, page})
		}
	}
	return found
}

func pages(t *testing.T) (found []string) {
	t.Helper()
	for _, pattern := range []string{"README.md", "CONTRIBUTING.md", "docs/*.md", "docs/adr/*.md", "examples/*.md", "examples/*/*.md"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			page, err := filepath.Rel(root, file)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, page)
		}
	}
	return found
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What pages tell people to run exists. TestDocsCommands of cmd/privateapi looks at the commands of this module.
func TestPages(t *testing.T) {
	aws, cdk := awsOfRecord(t), cdkOfRecord(t)
	makefile, count := readFile(t, "Makefile"), map[string]int{}
	for _, one := range all(t) {
		program, args := one.Words[0], one.Words[1:]
		count[program]++
		var problems []string
		switch program {
		case "aws":
			problems = aws.Check(args, one.IsWhole)
		case "cdk":
			problems = cdk.Check(args, one.IsWhole)
		case "make":
			problems = checkMake(makefile, args)
		}
		for _, problem := range problems {
			t.Errorf("%s:%d: %s: %s", one.page, one.Line, strings.Join(one.Words, " "), problem)
		}
	}
	for program, least := range map[string]int{"aws": 60, "cdk": 60, "make": 30} {
		if count[program] < least {
			t.Errorf("only %d commands of %s", count[program], program)
		}
	}
}

// saysIt is how a page says which of its commands were run where.
var saysIt = regexp.MustCompile(`(run against|deployed to)\s+AWS`)

// A page that tells people to run commands of the AWS CLI says whether anybody has.
func TestPagesSayWhatWasRun(t *testing.T) {
	for _, one := range all(t) {
		if one.IsWhole && one.Words[0] == "aws" && !saysIt.MatchString(readFile(t, one.page)) {
			t.Errorf("%s:%d: %s: the page does not say whether it was run against AWS", one.page, one.Line, strings.Join(one.Words[:3], " "))
		}
	}
}

// shellBlock is a block of shell, which people paste as a whole.
var shellBlock = regexp.MustCompile("(?ms)^ *```sh\n.*?^ *```")

// What is pasted as a whole is for one account: of two profiles, the last would hold for all that follows.
func TestBlocksAreForOneAccount(t *testing.T) {
	profiles := 0
	for _, page := range pages(t) {
		for _, block := range shellBlock.FindAllString(readFile(t, page), -1) {
			count := strings.Count(block, "AWS_PROFILE=")
			if profiles += count; count > 1 {
				t.Errorf("%s: one block is for %d profiles:\n%s", page, count, block)
			}
		}
	}
	if profiles < 2 {
		t.Errorf("only %d profiles", profiles)
	}
}

func checkMake(makefile string, args []string) (problems []string) {
	for _, target := range args {
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(target) + `:`).MatchString(makefile) {
			problems = append(problems, "make has no target "+target)
		}
	}
	return problems
}
