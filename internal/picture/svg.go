package picture

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// canvas collects the elements of an SVG.
type canvas struct {
	body   strings.Builder
	texts  []rect // what each text needs at most, for tests
	labels []string
}

// rect is a rectangle.
type rect struct{ x, y, w, h float64 }

func (r rect) right() float64  { return r.x + r.w }
func (r rect) bottom() float64 { return r.y + r.h }

// overlaps reports whether two rectangles share more than an edge.
func (r rect) overlaps(other rect) bool {
	return r.x < other.right() && other.x < r.right() && r.y < other.bottom() && other.y < r.bottom()
}

// number writes a coordinate: two decimals at most, so that every machine writes the same.
func number(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

// escape makes text safe in an element and in an attribute.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;").Replace(clean(text))
}

func (c *canvas) rect(class string, r rect, radius float64) {
	fmt.Fprintf(&c.body, `<rect class="%s" x="%s" y="%s" width="%s" height="%s" rx="%s"/>`+"\n",
		class, number(r.x), number(r.y), number(r.w), number(r.h), number(radius))
}

func (c *canvas) path(class, d string) {
	fmt.Fprintf(&c.body, `<path class="%s" d="%s"/>`+"\n", class, d)
}

// text writes one line whose left end and middle are given.
func (c *canvas) text(class string, f font, x, middle float64, text string) {
	if text == "" {
		return
	}
	c.element(class, fmt.Sprintf(`x="%s" y="%s" font-size="%s"`, number(x), number(middle+f.size*0.36), number(f.size)), f, text)
	c.texts = append(c.texts, rect{x, middle - f.size*0.6, f.width(text), f.size * 1.2})
	c.labels = append(c.labels, text)
}

func (c *canvas) element(class, attributes string, f font, text string) {
	if class != "" {
		attributes = fmt.Sprintf(`class="%s" `, class) + attributes
	}
	if f.bold {
		attributes += ` font-weight="bold"`
	}
	fmt.Fprintf(&c.body, "<text %s>%s</text>\n", attributes, escape(text))
}

// turned writes one line upwards, whose lower end is given.
func (c *canvas) turned(class string, f font, x, bottom float64, text string) {
	if text == "" {
		return
	}
	attributes := fmt.Sprintf(`font-size="%s" transform="translate(%s %s) rotate(-90)"`, number(f.size), number(x+f.size*0.36), number(bottom))
	c.element(class, attributes, f, text)
	c.texts = append(c.texts, rect{x - f.size*0.6, bottom - f.width(text), f.size * 1.2, f.width(text)})
	c.labels = append(c.labels, text)
}

// document is the whole SVG. It is as wide as its reader allows, up to its own width.
func (c *canvas) document(title, description string, width, height float64) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]s %[2]s" width="%[1]s" height="%[2]s" role="img" aria-labelledby="picture-title picture-description">`+"\n",
		number(width), number(height))
	fmt.Fprintf(&b, "<title id=\"picture-title\">%s</title>\n<desc id=\"picture-description\">%s</desc>\n", escape(title), escapeLines(description))
	fmt.Fprintf(&b, "<style>svg{max-width:100%%;height:auto}\n%s</style>\n", style)
	fmt.Fprintf(&b, `<rect class="page" width="%s" height="%s"/>`+"\n", number(width), number(height))
	b.WriteString(c.body.String())
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// escapeLines is escape for text of several lines.
func escapeLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = escape(line)
	}
	return strings.Join(lines, "\n")
}
