package main

import (
	"strings"
	"unicode/utf8"
)

// document is a text of sections, tables and lists, for a terminal or as Markdown. Its writers clean what they are given.
type document interface {
	// title begins the document.
	title(text string)
	// section begins a section.
	section(title string)
	// line is a paragraph of one line.
	line(text string)
	// item is an item of a list; further lines belong to it.
	item(text string, further ...string)
	// table is a table; numbers says which columns have numbers.
	table(header []string, numbers []bool, rows [][]string)
	// String is the document.
	String() string
}

// textDocument is a document for a terminal.
type textDocument struct{ strings.Builder }

func (p *textDocument) title(text string) { p.WriteString(clean(text) + "\n") }

func (p *textDocument) section(title string) {
	p.WriteString("\n" + strings.ToUpper(clean(title)) + "\n")
}

func (p *textDocument) line(text string) { p.WriteString("  " + clean(text) + "\n") }

func (p *textDocument) item(text string, further ...string) {
	p.WriteString("  " + clean(text) + "\n")
	for _, line := range further {
		p.WriteString("      " + clean(line) + "\n")
	}
}

func (p *textDocument) table(header []string, numbers []bool, rows [][]string) {
	all := append([][]string{header}, rows...)
	widths := make([]int, len(header))
	for r, row := range all {
		all[r] = make([]string, len(row))
		for i, cell := range row {
			all[r][i] = clean(cell)
			widths[i] = max(widths[i], utf8.RuneCountInString(all[r][i]))
		}
	}
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row {
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if numbers[i] {
				cell = space + cell
			} else {
				cell += space
			}
			line.WriteString("  " + cell)
		}
		p.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// markdownDocument is a document of Markdown.
type markdownDocument struct {
	strings.Builder
	isList bool
}

// markdownEscapes are the characters that Markdown, HTML or GitHub would take for markup.
var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", ">", "&gt;", "[", `\[`, "]", `\]`, "&", "&amp;", "~", `\~`, "@", "&#64;",
)

// escapeMarkdown is text without any meaning to Markdown or HTML.
func escapeMarkdown(s string) string { return markdownEscapes.Replace(clean(s)) }

// gap is an empty line, unless the list goes on.
func (p *markdownDocument) gap(isList bool) {
	if p.Len() > 0 && (!isList || !p.isList) {
		p.WriteString("\n")
	}
	p.isList = isList
}

func (p *markdownDocument) title(text string) { p.WriteString("# " + escapeMarkdown(text) + "\n") }

func (p *markdownDocument) section(title string) {
	p.gap(false)
	p.WriteString("## " + escapeMarkdown(title) + "\n")
}

func (p *markdownDocument) line(text string) {
	p.gap(false)
	p.WriteString(escapeMarkdown(text) + "\n")
}

func (p *markdownDocument) item(text string, further ...string) {
	p.gap(true)
	p.WriteString("- " + escapeMarkdown(text) + "\n")
	for _, line := range further {
		p.WriteString("  - " + escapeMarkdown(line) + "\n")
	}
}

func (p *markdownDocument) table(header []string, numbers []bool, rows [][]string) {
	p.gap(false)
	line := func(row []string) {
		for _, cell := range row {
			p.WriteString("| " + escapeMarkdown(cell) + " ")
		}
		p.WriteString("|\n")
	}
	line(header)
	for _, isNumber := range numbers {
		p.WriteString(map[bool]string{false: "|---", true: "|---:"}[isNumber])
	}
	p.WriteString("|\n")
	for _, row := range rows {
		line(row)
	}
}
