package assembly

import "slices"

// tristate returns the result of a condition, which is the literal true or false or unknown, as an answer.
func tristate(v *value) Tristate {
	if b, ok := (Value{v}).Bool(); ok {
		if b {
			return Yes
		}
		return No
	}
	return Maybe
}

// maybeAbsent returns an unknown value that is absent unless an undecided condition is true.
func maybeAbsent(undecided *value) *value {
	v := undecided.derived()
	v.optional = true
	return v
}

// exists returns the result of the condition of a resource or an output; true if it has none.
func (s *scope) exists(condition *value) *value {
	if condition == nil {
		return truth(true)
	}
	if !condition.isText() {
		return s.failAt("Condition", "must be the name of a condition")
	}
	s.path = append(s.path, step{key: "Condition"})
	defer func() { s.path = s.path[:len(s.path)-1] }()
	return s.named(condition.text)
}

// named returns the result of a condition by name. If it is unknown, the reason has the name.
func (s *scope) named(name string) *value {
	if s.stack.conditions[name] == nil {
		return s.missing("refers to the condition %s, which does not exist", name)
	}
	v := s.r.condition(s.stack, name)
	if !v.is(Unknown) {
		return v
	}
	if s.inCondition {
		return v // the reason names the outermost condition
	}
	return unknown("condition "+short(name)+" of stack "+s.stack.Name+" is unknown: "+v.text, v.about.settle)
}

// condition resolves a condition once.
func (r *resolver) condition(stack *Stack, name string) *value {
	s := stack.scope(r, "Conditions", name)
	s.inCondition = true
	return s.once(stack.conditions[name], func() *value {
		return s.decide(stack.template.conditions.field(name))
	})
}

// decide evaluates the expression of a condition.
func (s *scope) decide(v *value) *value {
	if !s.r.step() {
		return unknown("too much work", Settlement{})
	}
	if s.r.depth++; s.r.depth > maxChain {
		s.r.within(false, "the templates refer to each other over too many steps")
	}
	defer func() { s.r.depth-- }()
	if !v.is(Map) || len(v.items) != 1 {
		return s.fail("a condition must be one of Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition")
	}
	arg := v.items[0]
	switch v.fields.keys[0] {
	case "Condition":
		if !arg.isText() {
			return s.fail("Condition takes the name of a condition")
		}
		return s.named(arg.text)
	case "Fn::Equals":
		return s.equals(arg)
	case "Fn::And":
		return s.all("Fn::And", arg, No)
	case "Fn::Or":
		return s.all("Fn::Or", arg, Yes)
	case "Fn::Not":
		return s.not(arg)
	}
	return s.fail("a condition must be one of Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition")
}

func (s *scope) equals(arg *value) *value {
	first, second, ok := pair(arg)
	if !ok {
		return s.fail("Fn::Equals takes two values")
	}
	a, b := s.args(first), s.args(second)
	switch s.same(a, b) {
	case Yes:
		return truth(true)
	case No:
		return truth(false)
	}
	for _, v := range []*value{a, b} {
		if u := s.unknown(v); u != nil {
			return u
		}
	}
	return unknown("whether "+a.short()+" equals "+b.short()+" is not known before deployment", Settlement{})
}

// all evaluates Fn::And, where a single No is decisive, and Fn::Or, where a single Yes is.
func (s *scope) all(name string, arg *value, decisive Tristate) *value {
	if !arg.is(List) || len(arg.items) < 2 || len(arg.items) > 10 {
		return s.fail("%s takes 2 to 10 conditions", name)
	}
	var undecided *value
	decided := false
	for _, item := range arg.items {
		switch v := s.decide(item); tristate(v) {
		case decisive:
			decided = true
		case Maybe:
			if undecided == nil {
				undecided = v
			}
		}
	}
	switch {
	case decided:
		return truth(decisive == Yes)
	case undecided != nil:
		return undecided
	}
	return truth(decisive == No)
}

func (s *scope) not(arg *value) *value {
	if !arg.is(List) || len(arg.items) != 1 {
		return s.fail("Fn::Not takes a list of one condition")
	}
	v := s.decide(arg.items[0])
	if v.is(Unknown) {
		return v
	}
	return truth(tristate(v) == No)
}

// branch resolves Fn::If. It resolves both branches, to find their errors. If both have the same value, it does not
// matter whether the condition is known.
func (s *scope) branch(arg *value) *value {
	if !arg.is(List) || len(arg.items) != 3 || !arg.items[0].isText() {
		return s.fail("Fn::If takes the name of a condition and two values")
	}
	condition := s.named(arg.items[0].text)
	decided := tristate(condition)
	before := s.refs
	s.refs = nil
	then := s.arm(arg.items[1], decided == Yes)
	thenRefs := s.refs
	s.refs = nil
	otherwise := s.arm(arg.items[2], decided == No)
	otherRefs := s.refs
	switch decided {
	case Yes:
		s.refs = append(before, thenRefs...)
		return then
	case No:
		s.refs = append(before, otherRefs...)
		return otherwise
	}
	s.refs = append(before, common(thenRefs, otherRefs)...)
	if s.same(then, otherwise) == Yes {
		return then
	}
	if mayBeAbsent(then) || mayBeAbsent(otherwise) {
		return maybeAbsent(condition)
	}
	return condition
}

// arm resolves one of the two branches of Fn::If.
func (s *scope) arm(v *value, taken bool) *value {
	if !taken {
		s.r.undecided++
		defer func() { s.r.undecided-- }()
	}
	return s.resolve(v)
}

// same reports whether two values are the same, including the same unknown.
func (s *scope) same(a, b *value) Tristate {
	if a == b {
		return Yes
	}
	s.charge(a)
	s.charge(b)
	if s.r.spent {
		return Maybe
	}
	return comparer{identical: true}.equal(a, b)
}

func mayBeAbsent(v *value) bool { return v == nil || v.is(Unknown) && v.optional }

// common returns the resources that both branches refer to.
func common(a, b []*Resource) []*Resource {
	in := make(map[*Resource]bool, len(a))
	for _, r := range a {
		in[r] = true
	}
	return slices.DeleteFunc(b, func(r *Resource) bool { return !in[r] })
}
