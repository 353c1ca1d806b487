// Package docgen generates the parts of the documentation that code determines: tables of properties, methods and rules, and
// code that tests run. A part stands in a Markdown file between two comments, the first with its kind and arguments:
//
//	<!-- properties PrivateApiConsumerProps -->
//	<!-- end -->
package docgen

import (
	"fmt"
	"regexp"
	"strings"
)

// Generator returns what stands between the two comments of a part.
type Generator func(args []string) (string, error)

var (
	begin = regexp.MustCompile(`(?m)^<!-- ([a-z]+)((?: \S+)*) -->\n`)
	end   = "<!-- end -->\n"
)

// Generate returns a text with its parts generated anew, and the text without the parts.
func Generate(text string, generators map[string]Generator) (generated, written string, err error) {
	var whole, outside strings.Builder
	for {
		at := begin.FindStringSubmatchIndex(text)
		if at == nil {
			whole.WriteString(text)
			outside.WriteString(text)
			return whole.String(), outside.String(), nil
		}
		kind, args, marker := text[at[2]:at[3]], strings.Fields(text[at[4]:at[5]]), text[at[0]:at[1]]
		generate, known := generators[kind]
		if !known {
			return "", "", fmt.Errorf("%q is no kind of part", kind)
		}
		old, rest, ended := strings.Cut(text[at[1]:], end)
		if !ended || begin.MatchString(old) {
			return "", "", fmt.Errorf("%s has no end", strings.TrimSpace(marker))
		}
		part, err := generate(args)
		if err != nil {
			return "", "", fmt.Errorf("%s: %w", strings.TrimSpace(marker), err)
		}
		whole.WriteString(text[:at[0]] + marker + part + end)
		outside.WriteString(text[:at[0]])
		text = rest
	}
}

// Fenced returns code as a block of Markdown.
func Fenced(language, code string) string {
	return "```" + language + "\n" + strings.TrimRight(code, "\n") + "\n```\n"
}

// table returns a table of Markdown. Cells are Markdown already.
func table(header []string, rows [][]string) string {
	var b strings.Builder
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(header)
	b.WriteString(strings.Repeat("|---", len(header)) + "|\n")
	for _, row := range rows {
		line(row)
	}
	return b.String()
}
