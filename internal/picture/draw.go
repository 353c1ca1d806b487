package picture

import (
	"fmt"
	"strings"
)

// Draw returns the scene as SVG.
func (s *Scene) Draw() []byte {
	c, w, h := s.draw()
	return c.document(s.Title, s.Description, w, h)
}

func (s *Scene) draw() (c *canvas, w, h float64) {
	l := newLayout(s)
	c = &canvas{}
	l.top = margin
	for _, line := range titleFont.wrap(s.Title, max(l.w-2*margin, 420), 3) {
		c.text("", titleFont, margin, l.top+titleFont.lineHeight()/2, line)
		l.top += titleFont.lineHeight()
	}
	l.top += margin / 2
	l.draw(c, l.root, l.top)
	for _, r := range l.routes {
		l.arrow(c, r)
	}
	for _, r := range l.routes {
		l.label(c, r.label)
	}
	bottom := l.top + l.root.h + margin
	w = max(l.w, 460)
	bottom = legend(c, s.Legend, w, bottom)
	return c, w, bottom + margin/2
}

// draw draws frames and boxes.
func (l *layout) draw(c *canvas, i *item, y float64) {
	switch {
	case i.class != "":
		r := l.around(i, y)
		c.rect(i.class, r, 8)
		for n, line := range i.title {
			c.text("quiet", frameFont, r.x+framePad, y+framePad*0.65+(float64(n)+0.5)*frameFont.lineHeight(), line)
		}
	case i.box >= 0:
		l.box(c, i, y)
	}
	for _, child := range i.children {
		l.draw(c, child, y+child.y)
	}
}

// around is the rectangle of a frame.
func (l *layout) around(i *item, y float64) rect {
	pad := framePad * float64(3-i.depth)
	x := l.left[i.first] - pad
	return rect{x, y, l.left[i.last] + l.width[i.last] + pad - x, i.h}
}

func (l *layout) box(c *canvas, i *item, y float64) {
	b := l.scene.Boxes[i.box]
	x, class := l.left[i.first], "box"
	if b.IsMissing {
		class = "gone"
	}
	c.rect(class, rect{x, y, i.w, i.h}, 5)
	at := y + boxPad + roleFont.lineHeight()/2
	c.text("quiet", roleFont, x+boxPad, at, i.role)
	at += roleFont.lineHeight()/2 + nameFont.lineHeight()/2
	for _, t := range i.texts {
		c.text("", t.font, x+boxPad, at, t.line.Text)
		at += t.font.lineHeight()
	}
}

// y is how far down an arrow meets an item.
func (l *layout) y(i *item) float64 { return l.top + i.absolute(l.root) }

// arrow draws a route, and its head.
func (l *layout) arrow(c *canvas, r *route) {
	from, to := l.boxes[r.From], l.boxes[r.To]
	x, y := l.left[from.first]+from.w, l.y(from)+l.side(r, r.From, false)
	path := "M" + number(x) + " " + number(y)
	curve := func(toX, toY float64) {
		middle := (x + toX) / 2
		path += fmt.Sprintf("C%s %s %s %s %s %s", number(middle), number(y), number(middle), number(toY), number(toX), number(toY))
		x, y = toX, toY
	}
	for _, p := range r.points {
		curve(l.left[p.first], l.y(p))
		x = l.left[p.first] + l.width[p.first]
		path += "L" + number(x) + " " + number(y)
	}
	column := r.label.first
	curve(l.left[column]+stub, l.y(r.label))
	x = l.left[column] + l.width[column] - stub // so that it bends where no label is
	path += "L" + number(x) + " " + number(y)
	curve(l.left[to.first]-7, l.y(to)+l.side(r, r.To, true))
	class := tones[r.Tone]
	c.path(class+" line", path)
	c.path(class+" head", strings.Join([]string{"M", number(x + 7), " ", number(y), "l-10 -5v10z"}, ""))
}

// side is how far from the middle of a box an arrow begins or ends: those of one side are side by side.
func (l *layout) side(r *route, box int, isEnd bool) float64 {
	routes := l.leaving[box]
	if isEnd {
		routes = l.arriving[box]
	}
	index, n := 0, len(routes)
	for _, other := range routes {
		if l.y(other.label) < l.y(r.label) {
			index++
		}
	}
	gap := min(9, (l.boxes[box].h-12)/float64(n))
	return (float64(index) - float64(n-1)/2) * gap
}

func (l *layout) labelRect(i *item) rect {
	return rect{l.left[i.first] + stub, l.y(i) - i.anchor, i.w, i.h}
}

// label draws what stands on an arrow, over it.
func (l *layout) label(c *canvas, i *item) {
	r := l.labelRect(i)
	back := "back" // as what is around the label
	if i.parent.class == "frame" {
		back = "back-frame"
	}
	x, at := r.x+4, r.y+headFont.lineHeight()/2
	for n, t := range i.texts {
		class := tones[t.line.Tone]
		if n == 0 {
			indent := 0.0
			if i.edge.Tone != Plain {
				indent = markSize + 5
			}
			c.rect(back, rect{r.x, r.y, indent + headFont.width(t.line.Text) + 8, headFont.lineHeight()}, 3)
			c.mark(i.edge.Tone, x, at)
			c.text(class, t.font, x+indent, at, t.line.Text)
			at += headFont.lineHeight()/2 + lineFont.lineHeight()/2
			continue
		}
		c.rect(back, rect{r.x, at - lineFont.lineHeight()/2, lineFont.width(t.line.Text) + 8, lineFont.lineHeight()}, 0)
		c.text(class, t.font, x, at, t.line.Text)
		at += t.font.lineHeight()
	}
}
