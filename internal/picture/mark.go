package picture

import "fmt"

const markSize = 14.0

// mark draws the sign of a tone in a square whose left end and middle are given. It is drawn and not written, as not every font has the signs.
func (c *canvas) mark(tone Tone, x, middle float64) {
	if tone == Plain {
		return
	}
	const r = markSize / 2
	cx := x + r
	at := func(dx, dy float64) string { return number(cx+dx) + " " + number(middle+dy) }
	head := tones[tone] + " head"
	circle := func() {
		c.path(head, fmt.Sprintf("M%sa%[2]s %[2]s 0 1 0 %[3]s 0a%[2]s %[2]s 0 1 0 -%[3]s 0z", at(-r, 0), number(r), number(2*r)))
	}
	ink := func(d string) { c.path("ink", d) }
	switch tone {
	case Passes:
		circle()
		ink("M" + at(-3.4, 0.2) + "L" + at(-1, 2.8) + "L" + at(3.4, -2.6))
	case Blocks: // a square on its corner
		c.path(head, "M"+at(-r-1, 0)+"L"+at(0, -r-1)+"L"+at(r+1, 0)+"L"+at(0, r+1)+"z")
		ink("M" + at(-2.4, -2.4) + "L" + at(2.4, 2.4) + "M" + at(2.4, -2.4) + "L" + at(-2.4, 2.4))
	case Waits: // a clock
		circle()
		ink("M" + at(0, -3.8) + "L" + at(0, 0.4) + "L" + at(2.8, 1.8))
	case Unknown:
		c.path(head, "M"+at(-r, -r)+"L"+at(r, -r)+"L"+at(r, r)+"L"+at(-r, r)+"z")
		ink("M" + at(-2.2, -1.8) + "Q" + at(-2, -4) + " " + at(0, -4) + "Q" + at(2.4, -4) + " " + at(2.3, -1.9) + "Q" + at(2, -0.6) + " " + at(0, 0.3) +
			"L" + at(0, 1.4) + "M" + at(0, 4) + "L" + at(0, 4.05))
	case Surprise: // a triangle with an exclamation mark
		c.path(head, "M"+at(0, -r-0.5)+"L"+at(r+0.8, r-0.4)+"L"+at(-r-0.8, r-0.4)+"z")
		ink("M" + at(0, -3) + "L" + at(0, 1.4) + "M" + at(0, 4.2) + "L" + at(0, 4.25))
	case Aside: // an open door, lighter than the others
		c.path("aside ink", "M"+at(-4.5, r-1)+"L"+at(-4.5, 1-r)+"L"+at(4.5, 1-r)+"L"+at(4.5, r-1)+"z"+"M"+at(1.6, 0.4)+"L"+at(1.6, 0.45))
	}
}
