package main

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
)

// writeBill writes a bill to a document: for a terminal, or as Markdown for a comment on a pull request.
func writeBill(to document, b *cost.Bill, by cost.By) string {
	to.title(costHead(b))
	columns, groups := costColumns(b, by), b.Groups(by)
	numbers, rows := []bool{false}, [][]string{}
	for range columns[1:] {
		numbers = append(numbers, true)
	}
	for _, g := range groups {
		rows = append(rows, costRow(b, g.Name, g.Total))
	}
	to.section("by " + string(by))
	to.table(columns, numbers, append(rows, costRow(b, "total", b.Total())))
	if by == cost.ByResource {
		to.section("charges")
		for _, g := range groups {
			var charges []string
			for _, c := range g.Charges {
				charges = append(charges, chargeText(c))
			}
			to.item(g.Name, charges...)
		}
	}
	for _, s := range costSections(b) {
		to.section(s.title)
		if s.about != "" {
			to.line(s.about)
		}
		for _, line := range s.lines {
			to.item(line)
		}
	}
	return to.String()
}
