package assembly

import (
	"slices"
	"strconv"
	"strings"
)

// Kind says what a [Value] is.
type Kind int

// The kinds of values.
const (
	// Absent is a property that is not set, or AWS::NoValue.
	Absent Kind = iota
	// Literal is a string, a number or a bool.
	Literal
	// List has items.
	List
	// Map has fields.
	Map
	// Reference is an attribute of a resource. The value of Ref is the attribute "Ref".
	Reference
	// Text is a concatenation of values, at least one of which is not a literal.
	Text
	// Part is the result of Fn::Select or Fn::Split on a value that is not known.
	Part
	// Unknown is a value that is not known before deployment, with the reason.
	Unknown
)

// String returns the name of the kind.
func (k Kind) String() string {
	names := [...]string{"absent", "literal", "list", "map", "reference", "text", "part", "unknown"}
	if k < 0 || int(k) >= len(names) {
		return "Kind(" + strconv.Itoa(int(k)) + ")"
	}
	return names[k]
}

// Value is a resolved value. The zero value is Absent.
type Value struct{ v *value }

// scalar is the type of a literal.
type scalar uint8

const (
	str scalar = iota
	number
	boolean
	null
)

// value is a node of a template, or a resolved value. A node without functions is its own resolved value, so that
// nothing is copied. A nil value is absent.
type value struct {
	kind     uint8
	scalar   scalar
	optional bool     // Unknown: may also be absent. List: has such an item
	pos      int32    // Part: the index of Fn::Select, or -1 for Fn::Split. Node of a template: its line, or 0
	text     string   // Literal: itself. Reference: the attribute. Part: the separator. Unknown: the reason
	items    []*value // List: items. Map: values. Text: parts. Part: of what
	fields   *fields  // Map
	about    *about   // Reference, Unknown
}

// about has what only few values need.
type about struct {
	resource *Resource  // Reference
	settle   Settlement // Unknown: what would settle it
	zones    *zones     // Unknown: Fn::GetAZs
	joined   *value     // Unknown: the list that Fn::Join joins
	with     string     // Unknown: the separator that Fn::Join joins it with
	dummy    string     // Unknown: the placeholder of a lookup without an answer
}

func literal(text string) *value { return &value{kind: uint8(Literal), text: text} }

func truth(b bool) *value {
	return &value{kind: uint8(Literal), scalar: boolean, text: strconv.FormatBool(b)}
}

func reference(r *Resource, attribute string) *value {
	return &value{kind: uint8(Reference), text: attribute, about: &about{resource: r}}
}

func unknown(why string, settle Settlement) *value {
	settle.Subject = short(settle.Subject)
	return &value{kind: uint8(Unknown), text: short(why), about: &about{settle: settle}}
}

// derived returns another unknown with the same reason, which is not the same value.
func (v *value) derived() *value {
	d := unknown(v.text, v.about.settle)
	d.optional = v.optional
	return d
}

func list(items []*value) *value {
	optional := slices.ContainsFunc(items, func(v *value) bool { return v.kind == uint8(Unknown) && v.optional })
	return &value{kind: uint8(List), items: items, optional: optional}
}

func part(of *value, index int, separator string) *value {
	return &value{kind: uint8(Part), pos: int32(index), text: separator, items: []*value{of}}
}

// NewUnknown is a value that is not known: why, and what would settle it.
func NewUnknown(why string, settle Settlement) Value { return Value{unknown(why, settle)} }

// NewText returns a value that is text.
func NewText(text string) Value { return Value{literal(text)} }

func (v *value) is(k Kind) bool { return v.Kind() == k }

func (v *value) isText() bool { return v.is(Literal) && v.scalar == str }

// Kind returns the kind of a value; that of nil is Absent.
func (v *value) Kind() Kind {
	if v == nil {
		return Absent
	}
	return Kind(v.kind)
}

// field returns the value at a key. It is never absent if it is not known.
func (v *value) field(key string) *value {
	switch v.Kind() {
	case Map:
		if i, ok := v.fields.find(key); ok {
			return v.items[i]
		}
	case Unknown:
		return v.derived()
	case Reference, Part:
		return unknown(key+" of "+v.short()+" is not known before deployment", Settlement{})
	}
	return nil
}

// at returns the field at a key (string) or the item at an index (int).
func (v *value) at(step any) *value {
	switch step := step.(type) {
	case string:
		return v.field(step)
	case int:
		return v.item(step)
	}
	return nil
}

// item returns the value at an index. It is never absent if it is not known.
func (v *value) item(index int) *value {
	switch v.Kind() {
	case List:
		if index < 0 || index >= len(v.items) {
			return nil
		}
		if v.optional {
			for _, before := range v.items[:index+1] {
				if before.optional && before.is(Unknown) {
					return before.derived()
				}
			}
		}
		return v.items[index]
	case Unknown:
		if v.about.zones == nil {
			return v.derived()
		}
		return part(v, index, "")
	case Reference, Part:
		return part(v, index, "")
	}
	return nil
}

// fields has the keys of a map, in the order of the template.
type fields struct {
	keys  []string
	index map[string]int // for maps with many keys
}

const manyKeys = 16

func (f *fields) find(key string) (int, bool) {
	if f.index != nil {
		i, ok := f.index[key]
		return i, ok
	}
	i := slices.Index(f.keys, key)
	return i, i >= 0
}

// add adds a key and reports whether it is new.
func (f *fields) add(key string) bool {
	if _, ok := f.find(key); ok {
		return false
	}
	f.keys = append(f.keys, key)
	switch {
	case f.index != nil:
		f.index[key] = len(f.keys) - 1
	case len(f.keys) > manyKeys:
		f.index = make(map[string]int, 2*len(f.keys))
		for i, k := range f.keys {
			f.index[k] = i
		}
	}
	return true
}

// Kind returns the kind of the value.
func (v Value) Kind() Kind { return v.v.Kind() }

// Text returns a Literal as text. Numbers and bools are written as CloudFormation writes them.
func (v Value) Text() (string, bool) {
	if v.Kind() != Literal {
		return "", false
	}
	return v.v.text, true
}

// Number returns the number that a Literal is, or that its text is.
func (v Value) Number() (float64, bool) {
	if v.Kind() != Literal || v.v.text == "" || strings.Trim(v.v.text, "0123456789+-.eE") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(v.v.text, 64)
	return n, err == nil
}

// Bool returns the value of a Literal that is a bool, or the text "true" or "false".
func (v Value) Bool() (value, ok bool) {
	if v.Kind() != Literal {
		return false, false
	}
	return v.v.text == "true", v.v.text == "true" || v.v.text == "false"
}

// Items returns the items of a List.
func (v Value) Items() ([]Value, bool) {
	if v.Kind() != List {
		return nil, false
	}
	return values(v.v.items), true
}

func values(vs []*value) []Value {
	all := make([]Value, len(vs))
	for i, v := range vs {
		all[i] = Value{v}
	}
	return all
}

// MayBeAbsent reports whether the value is absent, or is where the deployment decides so.
func (v Value) MayBeAbsent() bool { return mayBeAbsent(v.v) }

// Len returns the number of items of a List, or of fields of a Map.
func (v Value) Len() int {
	switch v.Kind() {
	case List:
		return len(v.v.items)
	case Map:
		return len(v.Fields())
	}
	return 0
}

// Item returns an item of a List, or Absent if there is none. An item of a list that only the deployment decides is a Part.
func (v Value) Item(index int) Value { return Value{v.v.item(index)} }

// Field returns a field of a Map. A field of an Unknown is Unknown for the same reason, and a field of a Reference or a
// Part is Unknown too. A field of any other value is Absent.
func (v Value) Field(key string) Value { return Value{v.v.field(key)} }

// Fields returns the sorted keys of a Map, without those whose value is AWS::NoValue.
func (v Value) Fields() []string {
	if v.Kind() != Map {
		return nil
	}
	keys := make([]string, 0, len(v.v.items))
	for i, key := range v.v.fields.keys {
		if v.v.items[i] != nil {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// Reference returns the resource and the attribute of a Reference.
func (v Value) Reference() (r *Resource, attribute string, ok bool) {
	if v.Kind() != Reference {
		return nil, "", false
	}
	return v.v.about.resource, v.v.text, true
}

// Parts returns the parts of a Text in order. No two adjacent parts are literals.
func (v Value) Parts() []Value {
	if v.Kind() != Text {
		return nil
	}
	return values(v.v.items)
}

// Part returns what a Part is made of: the operation, "Select" or "Split", its index, which is -1 for Split, and its
// argument.
func (v Value) Part() (op string, index int, of Value, ok bool) {
	if v.Kind() != Part {
		return "", 0, Value{}, false
	}
	op = "Select"
	if v.v.pos < 0 {
		op = "Split"
	}
	return op, int(v.v.pos), Value{v.v.items[0]}, true
}

// Separator returns the separator of a Part whose operation is Split.
func (v Value) Separator() string {
	if v.Kind() != Part {
		return ""
	}
	return v.v.text
}

// Why returns the reason for an Unknown, or for the first unknown part of a Text or a Part, as people read it; "" for
// other values.
func (v Value) Why() string {
	if u := v.v.unknown(); u != nil {
		return u.text
	}
	return ""
}

// Settle returns what would settle what [Value.Why] names.
func (v Value) Settle() Settlement {
	if u := v.v.unknown(); u != nil {
		return u.about.settle
	}
	return Settlement{}
}

// unknown returns the first unknown in a value that is text, or nil.
func (v *value) unknown() *value {
	switch v.Kind() {
	case Unknown:
		return v
	case Text, Part:
		for _, p := range v.items {
			if u := p.unknown(); u != nil {
				return u
			}
		}
	}
	return nil
}
