package docgen

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/awserrors"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Errors returns tables of what AWS says, with causes and remedies, each with its heading.
func Errors(sections []awserrors.Section) string {
	var b strings.Builder
	for i, section := range sections {
		var rows [][]string
		for _, e := range section.Errors {
			var says []string
			for _, text := range e.Says {
				says = append(says, said(text))
			}
			do := e.Do
			if e.Rule != "" {
				do += ". Refused before it by [`" + e.Rule + "`](rules.md)"
			}
			rows = append(rows, []string{strings.Join(says, "<br>"), e.Cause, do})
		}
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString("## " + section.Title + "\n\n" + table([]string{"AWS says", "Because", "Do this"}, rows))
	}
	return b.String()
}

// ErrorsOfRules returns a table of rules by what AWS says if they are broken.
func ErrorsOfRules(list []rules.Rule) string {
	var rows [][]string
	for _, rule := range list {
		rows = append(rows, []string{said(rule.AWS), "Broken: " + escaped(rule.Summary), escaped(rule.Fix) + " ([`" + strings.TrimPrefix(rule.ID, "privateapi:") + "`](" + rule.Source + "))"})
	}
	return table([]string{"AWS says", "Because", "Do this"}, rows)
}

// said is a text of AWS, with its code as code.
func said(text string) string {
	code := awserrors.Code(text)
	if code == "" {
		return escaped(text)
	}
	return "`" + code + "`" + escaped(text[len(code):])
}
