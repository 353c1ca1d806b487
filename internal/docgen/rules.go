package docgen

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Rules returns a table of rules.
func Rules(list []rules.Rule) string {
	var rows [][]string
	for _, rule := range list {
		summary := escaped(rule.Summary)
		if rule.Severity == rules.Warning {
			summary = "Warning. " + summary
		}
		rows = append(rows, []string{fmt.Sprintf("[`%s`](%s)", rule.ID, rule.Source), summary, escaped(rule.AWS), escaped(rule.Fix)})
	}
	return table([]string{"Rule", "Requires", "If it is broken, AWS", "Fix"}, rows)
}

// escaped returns plain text as Markdown.
func escaped(text string) string {
	return strings.NewReplacer("|", `\|`, "<", `\<`, "*", `\*`, "_", `\_`).Replace(text)
}
