package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
)

// costText is a bill as text.
func costText(b *cost.Bill, by cost.By) string {
	var out strings.Builder
	groups := b.Groups(by)
	rows := [][]string{costColumns(b, by)}
	for _, g := range groups {
		rows = append(rows, costRow(b, g.Name, g.Total))
	}
	rows = append(rows, costRow(b, "total", b.Total()))
	widths := columnWidths(rows)
	fmt.Fprintf(&out, "%s\n\n", clean(costHead(b)))
	for i, row := range rows {
		fmt.Fprintln(&out, tableRow(row, widths))
		if by == cost.ByResource && i > 0 && i <= len(groups) {
			for _, c := range groups[i-1].Charges {
				fmt.Fprintf(&out, "  %s\n", clean(chargeText(c)))
			}
		}
	}
	for _, s := range costSections(b) {
		fmt.Fprintf(&out, "\n%s\n", s.title)
		for _, line := range s.lines {
			fmt.Fprintf(&out, "  %s\n", clean(line))
		}
	}
	return out.String()
}

func columnWidths(rows [][]string) []int {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(clean(cell)))
		}
	}
	return widths
}

// tableRow is a row with its first column to the left, and amounts to the right.
func tableRow(row []string, widths []int) string {
	var b strings.Builder
	for i, cell := range row {
		cell = clean(cell)
		gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		if i == 0 {
			b.WriteString(cell + gap)
			continue
		}
		b.WriteString("  " + gap + cell)
	}
	return b.String()
}
