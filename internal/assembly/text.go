package assembly

import "strings"

// concat concatenates parts. The result is a literal if all of them are.
func (s *scope) concat(parts []*value) *value {
	var out []*value
	var run []string // adjacent literals
	flush := func() {
		if text := s.merge(run); text != "" {
			out = append(out, literal(text))
		}
		run = run[:0]
	}
	var add func(p *value)
	add = func(p *value) {
		s.r.step()
		switch p.Kind() {
		case Absent:
		case Literal:
			run = append(run, p.text)
		case Text:
			for _, inner := range p.items {
				add(inner)
			}
		default:
			flush()
			out = append(out, p)
		}
	}
	for _, p := range parts {
		if s.r.spent {
			break
		}
		add(p)
	}
	flush()
	return s.asText(out)
}

// merge joins literals, within the limits on text.
func (s *scope) merge(run []string) string {
	size := 0
	for _, text := range run {
		size += len(text)
	}
	if !s.r.addText(size) {
		return ""
	}
	return strings.Join(run, "")
}

func (s *scope) asText(parts []*value) *value {
	switch {
	case len(parts) == 0:
		return literal("")
	case len(parts) == 1:
		return s.text(parts[0])
	}
	for i, p := range parts {
		if p.is(Literal) && strings.Contains(p.text, dynamicStart) {
			return unknown("a dynamic reference, "+dynamicStart+"…}}, is resolved during deployment", Settlement{})
		}
		parts[i] = s.stack.lookups.pending(p)
	}
	return &value{kind: uint8(Text), items: parts}
}

// text returns a literal of the template as the value that it stands for.
func (s *scope) text(v *value) *value { return s.stack.lookups.pending(s.dynamic(v)) }

const (
	dynamicStart = "{{resolve:"
	dynamicEnd   = "}}"
)

// dynamic returns a literal with its dynamic references replaced by unknowns.
func (s *scope) dynamic(v *value) *value {
	if !v.isText() || !strings.Contains(v.text, dynamicStart) {
		return v
	}
	var parts []*value
	rest := v.text
	for {
		before, after, ok := strings.Cut(rest, dynamicStart)
		name, after, closed := strings.Cut(after, dynamicEnd)
		if !ok || !closed {
			break
		}
		s.r.step()
		if before != "" {
			parts = append(parts, literal(before))
		}
		what := dynamicStart + short(name) + dynamicEnd
		parts = append(parts, unknown("the dynamic reference "+what+" is resolved during deployment", Settlement{}))
		rest = after
	}
	switch {
	case len(parts) == 0:
		return v // a reference without an end is text
	case rest != "":
		parts = append(parts, literal(rest))
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return &value{kind: uint8(Text), items: parts}
}
