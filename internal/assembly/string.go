package assembly

import (
	"strconv"
	"strings"
)

const (
	maxString = 64 << 10 // bytes that [Value.String] returns
	maxShort  = 200      // bytes of a value in a message
)

// String returns the value as people read it: api.example.com, ["a", "b"], Pricing/Service.Ref, or unknown with the
// reason. A placeholder of the CDK is followed by (not looked up yet). It is cut off after 64 KiB.
func (v Value) String() string {
	return v.v.string(maxString)
}

// short returns the value for use in a message.
func (v *value) short() string { return v.string(maxShort) }

func (v *value) string(limit int) string {
	if v.is(Literal) {
		return cut(v.text, limit)
	}
	w := &writer{limit: limit}
	w.value(v)
	return cut(w.String(), limit)
}

func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit], "") + "…"
}

// short returns a text for use in a message, or a whole message, cut off so that a template cannot make it long.
func short(text string) string { return cut(text, 5*maxShort) }

// writer writes values up to a limit.
type writer struct {
	strings.Builder
	limit int
}

func (w *writer) full() bool { return w.Len() > w.limit }

func (w *writer) value(v *value) {
	if w.full() {
		return
	}
	switch v.Kind() {
	case Absent:
		w.WriteString("absent")
	case Literal:
		if v.scalar == str {
			w.WriteString(strconv.Quote(cut(v.text, w.limit)))
		} else {
			w.WriteString(cut(v.text, w.limit))
		}
	case List:
		w.list(v)
	case Map:
		w.fields(v)
	case Reference:
		w.WriteString(cut(v.about.resource.String(), w.limit) + "." + cut(v.text, w.limit))
	case Text:
		w.text(v)
	case Part:
		w.part(v)
	case Unknown:
		if v.about.dummy != "" {
			w.WriteString(cut(v.about.dummy, w.limit) + " (not looked up yet)")
			return
		}
		w.WriteString("unknown: " + v.text)
	}
}

func (w *writer) list(v *value) {
	w.WriteByte('[')
	for i, item := range v.items {
		if w.full() {
			return
		}
		if i > 0 {
			w.WriteString(", ")
		}
		w.value(item)
	}
	w.WriteByte(']')
}

func (w *writer) fields(v *value) {
	w.WriteByte('{')
	for i, key := range (Value{v}).Fields() {
		if w.full() {
			return
		}
		if i > 0 {
			w.WriteString(", ")
		}
		w.WriteString(strconv.Quote(cut(key, w.limit)) + ": ")
		w.value(v.field(key))
	}
	w.WriteByte('}')
}

func (w *writer) text(v *value) {
	for _, p := range v.items {
		if w.full() {
			return
		}
		if p.is(Literal) {
			w.WriteString(cut(p.text, w.limit))
			continue
		}
		w.WriteString("${")
		w.value(p)
		w.WriteByte('}')
	}
}

func (w *writer) part(v *value) {
	of := v.items[0]
	if of.is(Reference) || of.is(Part) && of.pos >= 0 {
		w.value(of)
	} else {
		w.WriteByte('(')
		w.value(of)
		w.WriteByte(')')
	}
	if v.pos < 0 {
		w.WriteString(" split at " + strconv.Quote(cut(v.text, w.limit)))
	} else {
		w.WriteString("[" + strconv.Itoa(int(v.pos)) + "]")
	}
}
