package picture

import "math"

var (
	titleFont = font{size: 17, bold: true}
	frameFont = font{size: 12.5, bold: true}
	roleFont  = font{size: 11}
	nameFont  = font{size: 12.5, bold: true}
	headFont  = font{size: 13, bold: true}
	lineFont  = font{size: 11.5}
)

const (
	margin    = 20.0
	boxWidth  = 160.0
	boxPad    = 9.0
	nameLines = 5
	framePad  = 11.0
	rowGap    = 16.0
	labelGap  = 7.0
	stub      = 17.0 // of an arrow beside its label
	thinLabel = 118.0
	wideLabel = 206.0
	textLines = 7 // of one line of a label
)

// text is a set line.
type text struct {
	line Line
	font font
}

// measured is a box or a label with its texts set and its size known.
type measured struct {
	w, h  float64
	role  string
	texts []text
	// anchor is how far below its top an arrow meets it.
	anchor float64
}

func measureBox(b Box) measured {
	m := measured{w: boxWidth, role: roleFont.fit(b.Role, boxWidth-2*boxPad)}
	for _, name := range nameFont.wrap(b.Name, boxWidth-2*boxPad, nameLines) {
		m.texts = append(m.texts, text{Line{Text: name}, nameFont})
	}
	m.h = 2*boxPad + roleFont.lineHeight() + float64(len(m.texts))*nameFont.lineHeight()
	m.anchor = m.h / 2
	return m
}

// measureLabel sets what stands on an arrow. One that says why something does not pass is wide.
func measureLabel(e Edge) measured {
	limit := thinLabel
	for _, line := range e.Lines {
		if line.Tone == Blocks || line.Tone == Unknown || line.Tone == Waits {
			limit = wideLabel
		}
	}
	m := measured{anchor: headFont.lineHeight() / 2, h: headFont.lineHeight()}
	head := headFont.fit(e.Head, limit-markSize-5)
	m.texts = append(m.texts, text{Line{head, e.Tone}, headFont})
	m.w = headFont.width(head)
	if e.Tone != Plain {
		m.w += markSize + 5
	}
	for _, line := range e.Lines {
		for _, part := range lineFont.wrap(line.Text, limit, textLines) {
			m.texts = append(m.texts, text{Line{part, line.Tone}, lineFont})
			m.w = math.Max(m.w, lineFont.width(part))
			m.h += lineFont.lineHeight()
		}
	}
	m.w += 8
	return m
}
