package assembly

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// parseJSON parses JSON into nodes. Keys keep their order; a duplicate key is an error.
func parseJSON(data []byte) (*value, int, error) {
	if !json.Valid(data) {
		return nil, 0, jsonError(data)
	}
	p := &jsonParser{text: string(data), line: 1}
	v, err := p.value(0)
	return v, p.nodes.count, err
}

func jsonError(data []byte) error {
	var v any
	err := json.Unmarshal(data, &v)
	if syntax, ok := err.(*json.SyntaxError); ok { //nolint:errorlint // Unmarshal does not wrap it
		return fmt.Errorf("line %d: %w", lineOf(data, int(syntax.Offset)), err)
	}
	return err
}

func lineOf(data []byte, offset int) int {
	return 1 + bytes.Count(data[:min(offset, len(data))], []byte{'\n'})
}

// jsonParser parses text that is known to be valid JSON.
type jsonParser struct {
	text  string
	pos   int
	line  int // of pos
	nodes nodes
}

func (p *jsonParser) value(depth int) (*value, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("line %d: nested deeper than %d", p.line, maxDepth)
	}
	v, err := p.nodes.take()
	if err != nil {
		return nil, err
	}
	switch c := p.next(); c {
	case '{':
		return v, p.object(v, depth)
	case '[':
		return v, p.list(v, depth)
	case '"':
		v.kind, v.text = uint8(Literal), p.quoted()
	default:
		v.kind = uint8(Literal)
		v.scalar, v.text = scalarOf(p.bare())
	}
	return v, nil
}

// next skips white space and returns the byte after it. All line breaks are in white space, so this is where lines are
// counted.
func (p *jsonParser) next() byte {
	for {
		switch c := p.text[p.pos]; c {
		case '\n':
			p.line++
			p.pos++
		case ' ', '\t', '\r':
			p.pos++
		default:
			return c
		}
	}
}

// more skips to the next item and past the comma before it. It returns false at the end.
func (p *jsonParser) more(end byte) bool {
	switch p.next() {
	case end:
		p.pos++
		return false
	case ',':
		p.pos++
		p.next()
	}
	return true
}

func (p *jsonParser) object(v *value, depth int) error {
	v.kind, v.fields = uint8(Map), &fields{}
	p.pos++
	for p.more('}') {
		line := p.line
		key := p.quoted()
		if !v.fields.add(key) {
			return duplicateKey(v, key, p.line)
		}
		p.next()
		p.pos++ // the colon
		if err := p.child(v, line, depth); err != nil {
			return err
		}
	}
	return nil
}

// duplicateKey is the error for a key that a map has already.
func duplicateKey(v *value, key string, line int) error {
	return fmt.Errorf("line %d: duplicate key %q, which is also on line %d", line, short(key), v.field(key).line())
}

func (p *jsonParser) list(v *value, depth int) error {
	v.kind = uint8(List)
	p.pos++
	for p.more(']') {
		if err := p.child(v, p.line, depth); err != nil {
			return err
		}
	}
	return nil
}

// child parses a value into a list or a map. The line of a field is that of its key.
func (p *jsonParser) child(of *value, line, depth int) error {
	v, err := p.value(depth + 1)
	if err != nil {
		return err
	}
	v.pos = int32(line)
	of.items = append(of.items, v)
	return nil
}

// quoted parses a string. A string without escapes shares the memory of the file.
func (p *jsonParser) quoted() string {
	start := p.pos
	escaped := false
	for p.pos++; p.text[p.pos] != '"'; p.pos++ {
		if p.text[p.pos] == '\\' {
			escaped = true
			p.pos++
		}
	}
	p.pos++
	if !escaped {
		return p.text[start+1 : p.pos-1]
	}
	var s string
	if err := json.Unmarshal([]byte(p.text[start:p.pos]), &s); err != nil {
		panic(err) // the text is valid
	}
	return s
}

func (p *jsonParser) bare() string {
	start := p.pos
	for p.pos < len(p.text) && !strings.ContainsRune(" \t\n\r,]}", rune(p.text[p.pos])) {
		p.pos++
	}
	return p.text[start:p.pos]
}

// scalarOf returns the type and the text of an unquoted JSON value.
func scalarOf(word string) (scalar, string) {
	switch word {
	case "true", "false":
		return boolean, word
	case "null":
		return null, word
	}
	if strings.ContainsAny(word, "eE") {
		if f, err := strconv.ParseFloat(word, 64); err == nil && f < 1e15 && f > -1e15 {
			word = strconv.FormatFloat(f, 'f', -1, 64)
		}
	}
	return number, word
}
