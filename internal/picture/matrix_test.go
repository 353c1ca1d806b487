package picture

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// table is a matrix of any size, with names of any length.
func table(rows, columns int, name func(i int) string) *Matrix {
	r := rand.New(rand.NewPCG(uint64(rows), uint64(columns))) //nolint:gosec // the same tables in each run
	m := &Matrix{Title: name(0), Description: name(1)}
	for i := range columns {
		m.Columns = append(m.Columns, Head{name(i), name(i + 1)})
	}
	for i := range rows {
		if i%7 == 0 {
			m.Groups = append(m.Groups, RowGroup{Title: name(i)})
		}
		row := Row{Head: Head{name(i), name(i + 2)}}
		for range columns {
			row.Cells = append(row.Cells, MatrixCell{Tone(r.IntN(7)), r.IntN(3) * r.IntN(500)})
		}
		g := &m.Groups[len(m.Groups)-1]
		g.Rows = append(g.Rows, row)
	}
	for i := range columns {
		m.Notes = append(m.Notes, strings.Repeat(name(i)+" ", 1+i*5))
		m.Legend = append(m.Legend, Line{name(i), Tone(i % 7)})
	}
	return m
}

func tables() map[string]*Matrix {
	short := func(i int) string { return fmt.Sprintf("service-%d", i) }
	return map[string]*Matrix{
		"empty": {}, "one": table(1, 1, short), "twenty": table(20, 6, short), "two hundred": table(200, 20, short),
		"long": table(30, 9, func(i int) string { return strings.Repeat("W", i*3) }), "hostile": table(9, 9, func(int) string { return hostile }),
	}
}

func TestTextsOfMatricesDoNotOverlap(t *testing.T) {
	for name, m := range tables() {
		c, w, h := m.draw()
		checkTexts(t, name, c, w, h)
	}
}

func TestMatricesAreWellFormed(t *testing.T) {
	for name, m := range tables() {
		checkXML(t, name, m.Draw(), known)
		if !bytes.Equal(m.Draw(), m.Draw()) {
			t.Errorf("%s differs", name)
		}
	}
}
