package assembly

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// resolver resolves the values of all stacks. It resolves each parameter, condition and output once.
type resolver struct {
	assembly  *Assembly
	stacks    map[string][]*Stack // by name
	unclaimed map[string]string   // parameters that no stack of their own input has
	shared    map[string]string   // parameters of a shared file
	given     map[string]string   // entries of Parameter Store, by [StoredKey]
	stored    map[string][]*Resource
	exports   map[string][]export // by name
	indexing  bool                // the names of the exports are being resolved
	early     bool                // one of these names needs an import

	errs  []error
	seen  map[string]bool // errors that are in errs
	more  int             // errors that are not reported
	depth int

	undecided int // branches around the value being resolved that may not be taken

	steps, maxSteps int
	text, maxText   int
	spent           bool // one of the two budgets is used up
}

func newResolver(a *Assembly) *resolver {
	return &resolver{assembly: a, seen: map[string]bool{}, stacks: map[string][]*Stack{}, unclaimed: map[string]string{}, maxSteps: baseSteps, maxText: baseText}
}

// memo is a value that is resolved when it is first needed.
type memo struct {
	value *value
	state state
}

type state uint8

const (
	waiting state = iota
	started
	done
)

// run resolves everything.
func (r *resolver) run() {
	for _, s := range r.assembly.Stacks {
		s.prepare()
		r.stacks[s.Name] = append(r.stacks[s.Name], s)
	}
	r.indexExports()
	for _, s := range r.assembly.Stacks {
		s.template.parameters.each(func(name string, _ *value) { r.parameter(s, name) })
		s.template.conditions.each(func(name string, _ *value) { r.condition(s, name) })
		for _, res := range s.resources {
			r.resource(res)
		}
		s.template.outputs.each(func(name string, _ *value) { r.output(s, name) })
	}
}

func (s *Stack) prepare() {
	s.params, s.outputs, s.conditions, s.echoed = map[string]*memo{}, map[string]*memo{}, map[string]*memo{}, nil
	s.template.parameters.each(func(name string, _ *value) { s.params[name] = &memo{} })
	s.template.outputs.each(func(name string, _ *value) { s.outputs[name] = &memo{} })
	s.template.conditions.each(func(name string, _ *value) { s.conditions[name] = &memo{} })
}

// resource resolves the attributes and properties of a resource.
func (r *resolver) resource(res *Resource) {
	v := res.Stack.template.resources.field(res.ID)
	s := res.Stack.scope(r, "Resources", res.ID)
	res.existence = s.exists(v.field("Condition"))
	res.Exists = tristate(res.existence)
	res.DependsOn = s.dependsOn(v.field("DependsOn"))
	properties := v.field("Properties")
	if properties == nil {
		return
	}
	if !properties.is(Map) {
		s.failAt("Properties", "must be an object")
		return
	}
	res.properties = s.at("Properties", properties)
	res.keepEchoed(properties)
	slices.SortFunc(s.refs, func(a, b *Resource) int { return strings.Compare(a.ID, b.ID) })
	res.implicit = slices.Compact(s.refs)
}

func (s *scope) dependsOn(v *value) []string {
	var ids []string
	switch {
	case v == nil:
		return nil
	case v.isText():
		ids = []string{v.text}
	case v.is(List):
		for _, item := range v.items {
			if !item.isText() {
				s.failAt("DependsOn", "must be a logical ID or a list of them")
				return nil
			}
			ids = append(ids, item.text)
		}
	default:
		s.failAt("DependsOn", "must be a logical ID or a list of them")
	}
	for _, id := range ids {
		if s.stack.byID[id] == nil && s.stack.addsMore() == "" {
			s.failAt("DependsOn", "refers to %s, which is not a resource", id)
		}
	}
	return ids
}

// output resolves an output once. It is unknown if its condition is.
func (r *resolver) output(stack *Stack, name string) *value {
	m := stack.outputs[name]
	s := stack.scope(r, "Outputs", name)
	return s.once(m, func() *value {
		v := stack.template.outputs.field(name)
		if !v.is(Map) || v.field("Value") == nil {
			return s.fail("an output must be an object with a Value")
		}
		exists := s.exists(v.field("Condition"))
		out := s.at("Value", v.field("Value"))
		if out.is(List) || out.is(Map) {
			out = s.failAt("Value", "must be text")
		}
		switch tristate(exists) {
		case No:
			return nil
		case Maybe:
			return maybeAbsent(exists)
		}
		return out
	})
}

// once resolves a memo. A value that depends on itself is an error.
func (s *scope) once(m *memo, resolve func() *value) *value {
	switch m.state {
	case started:
		return s.fail("refers to itself")
	case waiting:
		m.state = started
		m.value = resolve()
		m.state = done
	}
	return m.value
}

// scope is the place in a template of the value that is being resolved.
type scope struct {
	r           *resolver
	stack       *Stack
	path        []step
	refs        []*Resource // resources of the same stack that the value refers to
	inCondition bool
}

// step is a key, or the index of an item if the key is empty.
type step struct {
	key   string
	index int
}

func (s *Stack) scope(r *resolver, keys ...string) *scope {
	sc := &scope{r: r, stack: s}
	for _, key := range keys {
		sc.path = append(sc.path, step{key: key})
	}
	return sc
}

// at resolves the value at a key.
func (s *scope) at(key string, v *value) *value {
	s.path = append(s.path, step{key: key})
	out := s.resolve(v)
	s.path = s.path[:len(s.path)-1]
	return out
}

// fail records an error in the template. The error starts with the file and the path.
func (s *scope) fail(format string, args ...any) *value {
	if s.r.spent || len(s.r.errs) == maxErrors {
		s.r.more++
		return unknown("the template is invalid", Settlement{})
	}
	var path strings.Builder
	for i, step := range s.path {
		switch {
		case step.key == "":
			path.WriteString("[" + strconv.Itoa(step.index) + "]")
		case i > 0:
			path.WriteString("." + step.key)
		default:
			path.WriteString(step.key)
		}
	}
	err := fmt.Errorf("%s: %s: %s", s.stack.File, short(path.String()), short(fmt.Sprintf(format, args...)))
	if !s.r.seen[err.Error()] {
		s.r.seen[err.Error()] = true
		s.r.errs = append(s.r.errs, err)
	}
	return unknown("the template is invalid", Settlement{})
}

func (s *scope) failAt(key, format string, args ...any) *value {
	s.path = append(s.path, step{key: key})
	out := s.fail(format, args...)
	s.path = s.path[:len(s.path)-1]
	return out
}

func (r *resolver) err() error {
	if r.more > 0 && !r.spent {
		return errors.Join(append(r.errs, fmt.Errorf("and %d more errors", r.more))...)
	}
	return errors.Join(r.errs...)
}

// step counts one step of work. It returns false if there were too many.
func (r *resolver) step() bool {
	r.steps++
	return r.within(r.steps <= r.maxSteps, "the templates take more work than their size explains")
}

// addText counts text that functions build. It returns false if there is too much.
func (r *resolver) addText(n int) bool {
	r.text += n
	return r.within(n <= maxText && r.text <= r.maxText, "the templates build more text than their size explains")
}

func (r *resolver) within(ok bool, what string) bool {
	if !ok && !r.spent {
		r.spent = true
		r.errs = append([]error{errors.New(what)}, r.errs...)
	}
	return !r.spent
}

// resolve resolves a node of the template. It returns a node without functions as it is.
func (s *scope) resolve(v *value) *value {
	if !s.r.step() {
		return unknown("too much work", Settlement{})
	}
	if s.r.depth++; s.r.depth > maxChain {
		s.r.within(false, "the templates refer to each other over too many steps")
	}
	defer func() { s.r.depth-- }()
	switch v.Kind() {
	case Literal:
		if v.scalar == null {
			return s.fail("null is not a value")
		}
		return s.text(v)
	case List:
		return s.items(v, true)
	case Map:
		if name, arg := s.function(v); name != "" {
			return s.call(name, arg)
		}
		return s.entries(v)
	}
	return v
}

// items resolves the items of a list and leaves out those that are AWS::NoValue.
func (s *scope) items(v *value, inPath bool) *value {
	var changed []*value
	for i, item := range v.items {
		if inPath {
			s.path = append(s.path, step{index: i})
		}
		out := s.resolve(item)
		if inPath {
			s.path = s.path[:len(s.path)-1]
		}
		if out != item && changed == nil {
			changed = append(make([]*value, 0, len(v.items)), v.items[:i]...)
		}
		if changed != nil && out != nil {
			changed = append(changed, out)
		}
	}
	if changed == nil {
		return v
	}
	return list(changed)
}

// entries resolves the values of a map.
func (s *scope) entries(v *value) *value {
	var changed []*value
	for i, item := range v.items {
		out := s.at(v.fields.keys[i], item)
		if out != item && changed == nil {
			changed = slices.Clone(v.items)
		}
		if changed != nil {
			changed[i] = out
		}
	}
	if changed == nil {
		return v
	}
	return &value{kind: uint8(Map), items: changed, fields: v.fields}
}
