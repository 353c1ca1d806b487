package picture

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// advances are the widths of the printable ASCII characters of DejaVu Sans, in hundredths of the font size. It is the widest of the fonts
// that readers usually have.
var advances = [95]byte{
	32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
	100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50,
	50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
}

const (
	otherAdvance = 80  // of letters beyond ASCII
	wideAdvance  = 110 // of East Asian characters and pictographs
	boldFactor   = 1.16
)

// font is how a text is set.
type font struct {
	size float64
	bold bool
}

// width is at least how wide a text is.
func (f font) width(text string) float64 {
	hundredths := 0
	for _, r := range text {
		hundredths += advance(r)
	}
	width := float64(hundredths) * f.size / 100
	if f.bold {
		width *= boldFactor
	}
	return width
}

func advance(r rune) int {
	switch {
	case r >= ' ' && r <= '~':
		return int(advances[r-' '])
	case unicode.Is(unicode.Mn, r):
		return 0
	case r >= 0x1100 && (r < 0x1200 || r >= 0x2E80): // East Asian letters, and everything that fonts draw as wide as they
		return wideAdvance
	}
	return otherAdvance
}

// lineHeight is from one line to the next.
func (f font) lineHeight() float64 { return float64(int(f.size*1.36 + 0.5)) }

// fit shortens a text to a width.
func (f font) fit(text string, width float64) string {
	text = clean(text)
	if f.width(text) <= width {
		return text
	}
	left := width - f.width("…")
	for at, r := range text {
		left -= f.width(string(r))
		if left < 0 {
			return text[:at] + "…"
		}
	}
	return text
}

// wrap breaks a text into at most some lines of a width: after spaces and signs if it can. What does not fit is left out, and says so.
func (f font) wrap(text string, width float64, most int) []string {
	var lines []string
	rest := strings.TrimSpace(clean(text))
	for rest != "" {
		if len(lines) == most-1 || f.width(rest) <= width {
			return append(lines, f.fit(rest, width))
		}
		cut := f.breakAt(rest, width)
		lines = append(lines, strings.TrimRight(rest[:cut], " "))
		rest = strings.TrimLeft(rest[cut:], " ")
	}
	return lines
}

// breakAt is where a line that is too long ends: behind the last space or sign that fits, else before the last capital letter within a word,
// else behind the last character that fits.
func (f font) breakAt(text string, width float64) int {
	soft, capital, hard, used := 0, 0, 0, 0.0
	before := ' '
	for at, r := range text {
		used += f.width(string(r))
		end := at + utf8.RuneLen(r)
		if used > width && hard > 0 && r != ' ' {
			break
		}
		hard = end
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			capital = at
		}
		before = r
		if strings.ContainsRune(" /.-,:_", r) {
			soft = end
		}
	}
	for _, end := range []int{soft, capital} {
		if end > 0 && f.width(text[:end]) >= width/3 {
			return end
		}
	}
	return hard
}

// clean writes what is not printable as an escape: XML has no place for control characters, and marks that change the writing direction would
// reorder what is around them.
func clean(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[0])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
		text = text[size:]
	}
	return b.String()
}
