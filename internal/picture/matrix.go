package picture

import (
	"fmt"
	"math"
)

// Matrix is a table of marks: who reaches what.
type Matrix struct {
	// Title and Description are for readers who do not see the picture; the title stands over it too.
	Title, Description string
	// Columns are the heads of the columns, written upwards; each has a second line.
	Columns []Head
	Groups  []RowGroup
	// Notes are numbered from 1, and cells refer to them.
	Notes []string
	// Legend explains tones.
	Legend []Line
}

// Head is what stands at a row or a column.
type Head struct{ Name, Detail string }

// RowGroup is rows under a common title.
type RowGroup struct {
	Title string
	Rows  []Row
}

// Row is a row, with a cell for each column.
type Row struct {
	Head
	Cells []MatrixCell
}

// MatrixCell is a mark, and the number of its note; 0 for none.
type MatrixCell struct {
	Tone Tone
	Note int
}

var (
	noteFont  = font{size: 10.5}
	groupFont = font{size: 12, bold: true}
)

const (
	rowHeight    = 27.0
	columnWidth  = 50.0
	headLimit    = 190.0 // of a column, upwards
	rowLimit     = 210.0
	detailLimit  = 290.0
	matrixWidth  = 560.0 // at least
	notesWidth   = 980.0 // at most, unless the table is wider
	noteMargin   = 30.0
	groupSpacing = 8.0
)

// Draw returns the matrix as SVG.
func (m *Matrix) Draw() []byte {
	c, w, h := m.draw()
	return c.document(m.Title, m.Description, w, h)
}

func (m *Matrix) draw() (c *canvas, w, h float64) {
	c = &canvas{}
	names, details := m.rowWidths()
	left := margin + names + details + 16
	w = math.Max(left+float64(len(m.Columns))*columnWidth+margin, matrixWidth)
	if len(m.Notes) > 0 {
		w = math.Max(w, math.Min(notesWidth, margin*2+noteMargin+m.widestNote()))
	}
	y := margin
	for _, line := range titleFont.wrap(m.Title, w-2*margin, 3) {
		c.text("", titleFont, margin, y+titleFont.lineHeight()/2, line)
		y += titleFont.lineHeight()
	}
	y = m.heads(c, left, y+margin/2)
	for _, g := range m.Groups {
		y = m.group(c, g, names, left, y)
	}
	y = legend(c, m.Legend, w, y+margin*0.8)
	y = m.notes(c, w, y+4)
	return c, w, y + margin/2
}

// rowWidths are how wide the names and the details of the rows are.
func (m *Matrix) rowWidths() (names, details float64) {
	for _, g := range m.Groups {
		for _, row := range g.Rows {
			limit := rowLimit
			if row.Detail == "" {
				limit += detailLimit
			}
			names = math.Max(names, math.Min(nameFont.width(clean(row.Name)), limit))
			details = math.Max(details, math.Min(lineFont.width(clean(row.Detail)), detailLimit))
		}
	}
	return names + rowGap, details
}

// heads draws the heads of the columns, and returns where they end.
func (m *Matrix) heads(c *canvas, left, top float64) float64 {
	high := 0.0
	for _, head := range m.Columns {
		high = math.Max(high, math.Min(math.Max(nameFont.width(clean(head.Name)), lineFont.width(clean(head.Detail))), headLimit))
	}
	bottom := top + high + 6
	for i, head := range m.Columns {
		x := left + (float64(i)+0.5)*columnWidth
		c.turned("", nameFont, x-7, bottom-6, nameFont.fit(head.Name, headLimit))
		c.turned("quiet", lineFont, x+9, bottom-6, lineFont.fit(head.Detail, headLimit))
	}
	return bottom
}

// group draws rows, and returns where they end.
func (m *Matrix) group(c *canvas, g RowGroup, names, left, y float64) float64 {
	right := left + float64(len(m.Columns))*columnWidth
	if g.Title != "" {
		c.text("quiet", groupFont, margin, y+rowHeight/2, groupFont.fit(g.Title, math.Max(right, matrixWidth)-2*margin))
		y += rowHeight
	}
	for _, row := range g.Rows {
		c.path("rule", "M"+number(margin)+" "+number(y)+"H"+number(right))
		middle := y + rowHeight/2
		c.text("", nameFont, margin, middle, nameFont.fit(row.Name, names-rowGap+1))
		c.text("quiet", lineFont, margin+names, middle, lineFont.fit(row.Detail, detailLimit))
		for i, cell := range row.Cells {
			m.cell(c, cell, rect{left + float64(i)*columnWidth, y, columnWidth, rowHeight})
		}
		y += rowHeight
	}
	c.path("rule", "M"+number(margin)+" "+number(y)+"H"+number(right))
	return y + groupSpacing
}

func (m *Matrix) cell(c *canvas, cell MatrixCell, r rect) {
	if cell.Tone == Plain {
		return
	}
	middle := r.y + r.h/2
	c.rect(tones[cell.Tone]+" cell", rect{r.x + 1.5, r.y + 1.5, r.w - 3, r.h - 3}, 3)
	if cell.Note == 0 {
		c.mark(cell.Tone, r.x+(r.w-markSize)/2, middle)
		return
	}
	note := fmt.Sprint(cell.Note)
	c.mark(cell.Tone, r.x+r.w/2-markSize+1, middle)
	c.text("", noteFont, r.x+r.w/2+4, middle, note)
}

// widestNote is how wide notes would be if they were not broken.
func (m *Matrix) widestNote() float64 {
	widest := 0.0
	for _, note := range m.Notes {
		widest = math.Max(widest, lineFont.width(clean(note)))
	}
	return widest
}

// notes draws the notes, and returns where they end.
func (m *Matrix) notes(c *canvas, width, y float64) float64 {
	for i, note := range m.Notes {
		c.text("quiet", lineFont, margin, y+lineFont.lineHeight()/2, fmt.Sprint(i+1))
		lines := lineFont.wrap(note, width-2*margin-noteMargin, 4)
		for n, line := range lines {
			c.text("", lineFont, margin+noteMargin, y+(float64(n)+0.5)*lineFont.lineHeight(), line)
		}
		y += float64(max(len(lines), 1))*lineFont.lineHeight() + 3
	}
	return y
}
