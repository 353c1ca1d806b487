package authpolicy

import (
	"slices"
	"strings"
)

// token is a byte of a literal, a wildcard of a pattern, or a part that the deployment decides.
type token struct {
	kind tokenKind
	char byte
	part *part
}

type tokenKind uint8

const (
	char tokenKind = iota
	anyText
	anyChar
	decided // a part
)

// style says how a pattern is compared.
type style struct {
	wildcards  bool // * and ? are wildcards
	ignoreCase bool
}

// maxTokens limits what is compared. AWS limits an auth policy to 10 KB.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html
const maxTokens = 10 << 10

// match reports whether a pattern matches a text.
func (s style) match(pattern, text Text) Tristate {
	pattern, text, differ := s.withoutPrefix(pattern, text)
	if differ {
		return No
	}
	p, t := s.tokens(pattern, s.wildcards), s.tokens(text, false)
	switch {
	case len(p) == 1 && p[0].kind == anyText:
		return Yes
	case len(p)*len(t) > maxTokens*maxTokens/16:
		return Maybe
	case certainly(p, t):
		return Yes
	case !possibly(p, t):
		return No
	}
	return Maybe
}

// withoutPrefix returns a pattern and a text without the parts with which both begin, and whether what follows makes them differ.
// Most of what a policy lists is for others, and begins as what is compared with it does.
func (s style) withoutPrefix(pattern, text Text) (p, t Text, differ bool) {
	a, b := rest{style: s, parts: pattern.known()}, rest{style: style{ignoreCase: s.ignoreCase}, parts: text.known()}
	for len(a.parts) > 0 && len(b.parts) > 0 {
		switch p, t := &a.parts[0], &b.parts[0]; {
		case p.kind == literal && t.kind == literal:
			x, y := a.first(), b.first()
			n := 0
			for n < len(x) && n < len(y) && x[n] == y[n] && !s.isWildcard(x[n]) {
				n++
			}
			if n < len(x) && n < len(y) && !s.isWildcard(x[n]) {
				return pattern, text, true
			}
			a.skip(n, len(x))
			b.skip(n, len(y))
			if n < len(x) && (n < len(y) || s.isWildcard(x[n])) {
				return a.text(), b.text(), false
			}
		case p.kind == fixed && t.kind == fixed && p.isSameKind(*t):
			if p.differs(*t) {
				return pattern, text, true
			}
			if !p.identical(*t) {
				return a.text(), b.text(), false
			}
			a.parts, b.parts = a.parts[1:], b.parts[1:]
		default:
			return a.text(), b.text(), false
		}
	}
	return a.text(), b.text(), a.isMore() && len(b.parts) == 0 || b.isMore() && len(a.parts) == 0
}

// rest is the end of a text: its parts, of which the first may be read in part.
type rest struct {
	style style
	parts []part
	read  int // bytes of the first part, as the style compares it
}

// first is what is left of the first part, which is literal.
func (r *rest) first() string { return r.style.folded(r.parts[0].text)[r.read:] }

// skip skips n of the bytes that are left of the first part.
func (r *rest) skip(n, left int) {
	if r.read += n; n == left {
		r.parts, r.read = r.parts[1:], 0
	}
}

// isMore reports whether the rest begins with a character, so that it is not empty whatever the deployment decides.
func (r *rest) isMore() bool {
	return len(r.parts) > 0 && r.parts[0].kind == literal && !r.style.isWildcard(r.first()[0])
}

func (r *rest) text() Text {
	switch {
	case len(r.parts) == 0:
		return Text{[]part{}}
	case r.read > 0:
		return Text{append([]part{{text: r.first()}}, r.parts[1:]...)}
	}
	return Text{r.parts}
}

func (s style) folded(text string) string {
	if s.ignoreCase {
		return strings.ToLower(text)
	}
	return text
}

func (s style) isWildcard(c byte) bool { return s.wildcards && (c == '*' || c == '?') }

func (s style) tokens(t Text, wildcards bool) []token {
	length := 0
	for _, p := range t.known() {
		length += max(len(p.text), 1)
	}
	list := make([]token, 0, length)
	for _, p := range t.known() {
		if p.kind != literal {
			list = append(list, token{kind: decided, part: &p})
			continue
		}
		text := s.folded(p.text)
		for i := range len(text) {
			switch c := text[i]; {
			case wildcards && c == '*':
				list = append(list, token{kind: anyText})
			case wildcards && c == '?':
				list = append(list, token{kind: anyChar})
			default:
				list = append(list, token{char: c})
			}
		}
	}
	return list
}

// certainly reports whether a pattern matches a text whatever the deployment decides.
func certainly(pattern, text []token) bool {
	return run(pattern, text, func(reach reach, p, t *token) {
		switch {
		case p == nil:
		case p.kind == anyText:
			reach.skipPattern()
			reach.skipText()
		case t == nil:
		case p.kind == char && t.kind == char && p.char == t.char,
			p.kind == anyChar && t.kind == char,
			p.kind == decided && t.kind == decided && p.part.identical(*t.part):
			reach.skipBoth()
		}
	})
}

// possibly reports whether a pattern matches a text for some decision of the deployment.
func possibly(pattern, text []token) bool {
	return run(pattern, text, func(reach reach, p, t *token) {
		if isOpen(t) {
			reach.skipText()
			reach.skipPattern()
		}
		if p != nil && p.kind == anyText || isOpen(p) {
			reach.skipPattern()
			reach.skipText()
		}
		if p == nil || t == nil {
			return
		}
		switch {
		case isFixed(p) && isFixed(t):
			if p.part.isSameKind(*t.part) {
				if !p.part.differs(*t.part) {
					reach.skipBoth()
				}
				return
			}
			reach.skipBoth()
			reach.skipText()
			reach.skipPattern()
		case isFixed(p) && t.kind == char && isNameChar(t.char):
			reach.skipBoth()
			reach.skipText()
		case isFixed(t) && (p.kind == anyChar || p.kind == char && isNameChar(p.char)):
			reach.skipBoth()
			reach.skipPattern()
		case p.kind == char && t.kind == char && p.char == t.char, p.kind == anyChar && t.kind == char:
			reach.skipBoth()
		}
	})
}

func isOpen(t *token) bool  { return t != nil && t.kind == decided && t.part.kind == open }
func isFixed(t *token) bool { return t != nil && t.kind == decided && t.part.kind == fixed }

// isNameChar reports whether a fixed part may have a character.
func isNameChar(c byte) bool { return !strings.ContainsRune(":/*?", rune(c)) }

// reach marks the positions that can be reached from one of them.
type reach struct {
	rows [2][]bool // the row of the pattern's position, and the next one
	at   int
}

func (r reach) skipPattern() { r.rows[1][r.at] = true }
func (r reach) skipBoth()    { r.mark(1) }
func (r reach) skipText()    { r.mark(0) }

func (r reach) mark(row int) {
	if r.at+1 < len(r.rows[row]) {
		r.rows[row][r.at+1] = true
	}
}

// run reports whether the end of both can be reached from their beginning. A step gets the tokens at a position that is
// reached, nil at an end, and marks the positions after it. A step beyond the end of the pattern leads nowhere.
func run(pattern, text []token, step func(r reach, p, t *token)) bool {
	row, next := make([]bool, len(text)+1), make([]bool, len(text)+1)
	row[0] = true
	for i := range len(pattern) + 1 {
		var p *token
		if i < len(pattern) {
			p = &pattern[i]
		}
		for j := range len(text) + 1 {
			if !row[j] {
				continue
			}
			var t *token
			if j < len(text) {
				t = &text[j]
			}
			step(reach{[2][]bool{row, next}, j}, p, t)
		}
		if p == nil {
			return row[len(text)]
		}
		row, next = next, row
		for j := range next {
			next[j] = false
		}
	}
	return false
}

// matchArn reports whether a pattern matches an ARN. IAM compares the six segments of an ARN one by one, each with
// wildcards of its own; where a wildcard across segments would decide, the answer is Maybe.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
func matchArn(pattern, text Text) Tristate {
	globs := style{wildcards: true}
	answer := globs.match(pattern, text)
	if answer != Yes || pattern.hasPlainSegments() || !strings.HasPrefix(pattern.String(), "arn:") {
		return answer
	}
	p, okP := pattern.segments()
	t, okT := text.segments()
	if !okP || !okT {
		return min(answer, Maybe)
	}
	for i := range p {
		answer = min(answer, max(globs.match(p[i], t[i]), Maybe))
	}
	return answer
}

// anyOf is the best answer for the items of a list, of which some may not be known.
func anyOf[T any](list []T, match func(T) Tristate) Tristate {
	best := No
	for _, item := range list {
		if best = max(best, match(item)); best == Yes {
			break
		}
	}
	return best
}

// allOf is the worst answer for the items of a list.
func allOf[T any](list []T, match func(T) Tristate) Tristate {
	return not(anyOf(list, func(item T) Tristate { return not(match(item)) }))
}

func not(t Tristate) Tristate { return Yes - t }

// listed returns text for messages: "a, b or c".
func listed(list []string) string {
	list = slices.Compact(list)
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], ", ") + " or " + list[n-1]
	}
	return strings.Join(list, "")
}
