// Package docscommands finds the commands that pages of the documentation give, and checks that what they name exists: the operations and
// options of the AWS CLI, the flags of the CDK CLI, the targets of make. It runs none of them.
package docscommands

import (
	"regexp"
	"slices"
	"strings"
)

// Command is a command on a page.
type Command struct {
	// Line is where the block or the code begins that has it.
	Line int
	// Words are the program and its arguments, without quotes.
	Words []string
	// IsWhole says that it stands in a block, to be run as it is. In a sentence, a command may lack what does not matter there.
	IsWhole bool
}

// programs are those whose commands are checked.
var programs = []string{"aws", "cdk", "privateapi", "make"}

// unrecorded ends the message for what the records do not have.
const unrecorded = "does not exist, or is not in the record: UPDATE_GOLDEN=1 go test -run Recorded ./internal/docscommands"

var (
	block  = regexp.MustCompile("(?ms)^( *)```(\\w*)\n(.*?)^ *```")
	inText = regexp.MustCompile("`([^`]+)`")
	prompt = regexp.MustCompile(`(?m)^\$ ((?:.*\\\n)*.*)`)
)

// Find returns the commands of a page of Markdown: those of its blocks of shell, and those that stand as code in its text.
func Find(page string) []Command {
	var found []Command
	add := func(text string, offset int, isWhole bool) {
		for _, words := range script(text) {
			if words = program(words); words != nil {
				found = append(found, Command{Line: 1 + strings.Count(page[:offset], "\n"), Words: words, IsWhole: isWhole})
			}
		}
	}
	rest := []byte(page)
	for _, at := range block.FindAllStringSubmatchIndex(page, -1) {
		language, code := page[at[4]:at[5]], page[at[6]:at[7]]
		switch {
		case slices.Contains([]string{"sh", "bash"}, language):
			add(code, at[0], true)
		case language == "console" || language == "":
			for _, line := range prompt.FindAllStringSubmatch(code, -1) {
				add(line[1], at[0], true)
			}
		}
		for i := at[0]; i < at[1]; i++ { // offsets stay
			if rest[i] != '\n' {
				rest[i] = ' '
			}
		}
	}
	for _, at := range inText.FindAllSubmatchIndex(rest, -1) {
		if code := string(rest[at[2]:at[3]]); strings.Contains(code, " ") && isProgram(code) {
			add(strings.ReplaceAll(code, "\n", " "), at[0], false)
		}
	}
	slices.SortStableFunc(found, func(a, b Command) int { return a.Line - b.Line })
	return found
}

func isProgram(code string) bool {
	name, _, _ := strings.Cut(code, " ")
	return slices.Contains(programs, name)
}

// program returns the words of a command that is checked. The command of this module may be run from its source.
func program(words []string) []string {
	if len(words) > 2 && words[0] == "go" && words[1] == "run" && strings.HasSuffix(words[2], "cmd/privateapi") {
		words = append([]string{"privateapi"}, words[3:]...)
	}
	if len(words) > 0 && slices.Contains(programs, words[0]) {
		return words
	}
	return nil
}
