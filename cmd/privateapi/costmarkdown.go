package main

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
)

// costMarkdown is a bill as Markdown, for a comment on a pull request.
func costMarkdown(b *cost.Bill, by cost.By) string {
	var out strings.Builder
	columns := costColumns(b, by)
	fmt.Fprintf(&out, "%s.\n\n", escapeMarkdown(costHead(b)))
	fmt.Fprintln(&out, markdownRow(columns))
	fmt.Fprintln(&out, "|---"+strings.Repeat("|---:", len(columns)-1)+"|")
	groups := b.Groups(by)
	for _, g := range groups {
		fmt.Fprintln(&out, markdownRow(costRow(b, g.Name, g.Total)))
	}
	total := costRow(b, "total", b.Total())
	for i := range total {
		total[i] = "**" + escapeMarkdown(total[i]) + "**"
	}
	fmt.Fprintln(&out, "| "+strings.Join(total, " | ")+" |")
	if by == cost.ByResource {
		for _, g := range groups {
			fmt.Fprintf(&out, "\n**%s**\n", escapeMarkdown(g.Name))
			for _, c := range g.Charges {
				fmt.Fprintf(&out, "- %s\n", escapeMarkdown(chargeText(c)))
			}
		}
	}
	for _, s := range costSections(b) {
		fmt.Fprintf(&out, "\n**%s**\n", s.title)
		for _, line := range s.lines {
			fmt.Fprintf(&out, "- %s\n", escapeMarkdown(line))
		}
	}
	return out.String()
}

func markdownRow(cells []string) string {
	escaped := make([]string, len(cells))
	for i, cell := range cells {
		escaped[i] = escapeMarkdown(cell)
	}
	return "| " + strings.Join(escaped, " | ") + " |"
}
