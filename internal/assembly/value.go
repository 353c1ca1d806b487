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
	// Absent is no such property, or AWS::NoValue.
	Absent Kind = iota
	// Literal is a string, a number or a bool.
	Literal
	// List has items.
	List
	// Map has fields.
	Map
	// Reference is an attribute of a resource; what Ref returns is the attribute "Ref".
	Reference
	// Text is a concatenation of values, at least one of which is not literal.
	Text
	// Part is what Fn::Select or Fn::Split takes of a value that is not known.
	Part
	// Unknown is decided at deploy time; it has the reason.
	Unknown
)

// String names the kind.
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

// value is a node of a template as it was read, and as it is resolved: a node without functions below it is its own
// resolved value, so that nothing is copied. A nil value is absent.
type value struct {
	kind   uint8
	scalar scalar
	loose  bool     // Unknown: may also be absent. List: has such an item
	pos    int32    // Part: the index of Fn::Select, or -1 for Fn::Split. Node of a template: its line, or 0
	text   string   // Literal: itself. Reference: the attribute. Part: the separator. Unknown: the reason
	items  []*value // List: items. Map: values. Text: parts. Part: of what
	fields *fields  // Map
	about  *about   // Reference, Unknown
}

// about is what few values have.
type about struct {
	resource *Resource  // Reference
	settle   Settlement // Unknown: what would settle it
	zones    *zones     // Unknown: Fn::GetAZs
	joined   *value     // Unknown: the list that Fn::Join joins
	with     string     // Unknown: the separator that Fn::Join joins it with
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

// derived is unknown for the same reason as another unknown, and not the same value.
func (v *value) derived() *value {
	d := unknown(v.text, v.about.settle)
	d.loose = v.loose
	return d
}

func list(items []*value) *value {
	loose := slices.ContainsFunc(items, func(v *value) bool { return v.kind == uint8(Unknown) && v.loose })
	return &value{kind: uint8(List), items: items, loose: loose}
}

func part(of *value, index int, separator string) *value {
	return &value{kind: uint8(Part), pos: int32(index), text: separator, items: []*value{of}}
}

// NewUnknown is a value that is not known: why, and what would settle it.
func NewUnknown(why string, settle Settlement) Value { return Value{unknown(why, settle)} }

func (v *value) is(k Kind) bool { return v.Kind() == k }

func (v *value) isText() bool { return v.is(Literal) && v.scalar == str }

// Kind is Absent for nil.
func (v *value) Kind() Kind {
	if v == nil {
		return Absent
	}
	return Kind(v.kind)
}

// field is what lies at a key: never absent if that is not known.
func (v *value) field(key string) *value {
	switch v.Kind() {
	case Map:
		if i, ok := v.fields.find(key); ok {
			return v.items[i]
		}
	case Unknown:
		return v.derived()
	case Reference, Part:
		return unknown("the deployment decides what "+key+" of "+v.short()+" is", Settlement{})
	}
	return nil
}

// at is the field at a key (string) or the item at an index (int).
func (v *value) at(step any) *value {
	switch step := step.(type) {
	case string:
		return v.field(step)
	case int:
		return v.item(step)
	}
	return nil
}

// item is what lies at an index: never absent if that is not known.
func (v *value) item(index int) *value {
	switch v.Kind() {
	case List:
		if index < 0 || index >= len(v.items) {
			return nil
		}
		if v.loose {
			for _, before := range v.items[:index+1] {
				if before.loose && before.is(Unknown) {
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

// fields are the keys of a map, in the order in which the template has them.
type fields struct {
	keys  []string
	index map[string]int // of maps with many keys
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

// add adds a key; it reports whether the key is new.
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

// Kind says what the value is.
func (v Value) Kind() Kind { return v.v.Kind() }

// Text is the string form of a Literal: numbers and bools as CloudFormation writes them.
func (v Value) Text() (string, bool) {
	if v.Kind() != Literal {
		return "", false
	}
	return v.v.text, true
}

// Number is the number of a Literal that is one, or is a string with one in it.
func (v Value) Number() (float64, bool) {
	if v.Kind() != Literal || v.v.text == "" || strings.Trim(v.v.text, "0123456789+-.eE") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(v.v.text, 64)
	return n, err == nil
}

// Bool is the truth of a Literal bool, or of the strings "true" and "false".
func (v Value) Bool() (value, ok bool) {
	if v.Kind() != Literal {
		return false, false
	}
	return v.v.text == "true", v.v.text == "true" || v.v.text == "false"
}

// Items are the items of a List.
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

// Len is the number of items of a List, or of fields of a Map.
func (v Value) Len() int {
	switch v.Kind() {
	case List:
		return len(v.v.items)
	case Map:
		return len(v.Fields())
	}
	return 0
}

// Field is a field of a Map. What lies below an Unknown is that Unknown; a field of anything else is Absent, or
// Unknown where a reference could hold it.
func (v Value) Field(key string) Value { return Value{v.v.field(key)} }

// Fields are the keys of a Map, sorted; those of AWS::NoValue are not among them.
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

// Reference is the resource and the attribute of a Reference.
func (v Value) Reference() (r *Resource, attribute string, ok bool) {
	if v.Kind() != Reference {
		return nil, "", false
	}
	return v.v.about.resource, v.v.text, true
}

// Parts are the parts of a Text in order; no two literals follow each other.
func (v Value) Parts() []Value {
	if v.Kind() != Text {
		return nil
	}
	return values(v.v.items)
}

// Part says what a Part takes of what: op is "Select" or "Split"; the index of a Split is -1.
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

// Separator is where a Part by Split splits.
func (v Value) Separator() string {
	if v.Kind() != Part {
		return ""
	}
	return v.v.text
}

// Why says, for people, what decides an Unknown, or the first unknown part of a Text or a Part; "" for others.
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

// unknown is the first unknown of a value that is text, or nil.
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
