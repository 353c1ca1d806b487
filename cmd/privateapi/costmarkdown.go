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
	fmt.Fprintf(&out, "%s.\n\n", markdown(costHead(b)))
	fmt.Fprintln(&out, markdownRow(columns))
	fmt.Fprintln(&out, "|---"+strings.Repeat("|---:", len(columns)-1)+"|")
	groups := b.Groups(by)
	for _, g := range groups {
		fmt.Fprintln(&out, markdownRow(costRow(b, g.Name, g.Total)))
	}
	total := costRow(b, "total", b.Total())
	for i := range total {
		total[i] = "**" + markdown(total[i]) + "**"
	}
	fmt.Fprintln(&out, "| "+strings.Join(total, " | ")+" |")
	if by == cost.ByResource {
		for _, g := range groups {
			fmt.Fprintf(&out, "\n**%s**\n", markdown(g.Name))
			for _, c := range g.Charges {
				fmt.Fprintf(&out, "- %s\n", markdown(chargeText(c)))
			}
		}
	}
	for _, s := range costSections(b) {
		fmt.Fprintf(&out, "\n**%s**\n", s.title)
		for _, line := range s.lines {
			fmt.Fprintf(&out, "- %s\n", markdown(line))
		}
	}
	return out.String()
}

func markdownRow(cells []string) string {
	escaped := make([]string, len(cells))
	for i, cell := range cells {
		escaped[i] = markdown(cell)
	}
	return "| " + strings.Join(escaped, " | ") + " |"
}

var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", ">", "&gt;", "[", `\[`, "]", `\]`, "&", "&amp;", "~", `\~`, "@", "&#64;",
)

// markdown is text without any meaning to Markdown or HTML.
func markdown(s string) string { return markdownEscapes.Replace(clean(s)) }
