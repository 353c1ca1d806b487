package assembly

import "strings"

// given returns the value that the caller passed for a parameter: text, or the output of another stack.
func (s *scope) given(name string) (*value, bool) {
	if text, ok := s.givenText(name); ok {
		return s.bound(name, text), true
	}
	return nil, false
}

// given is a value of a parameter as it was passed.
type given struct {
	text     string
	isShared bool // from a file with values of other stacks too
}

func (s *scope) givenText(name string) (given, bool) {
	for i, values := range []map[string]string{s.stack.given, s.r.unclaimed, s.r.shared} {
		for _, key := range s.stack.keys(name) {
			if text, ok := values[key]; ok {
				return given{text, i == 2}, true
			}
		}
	}
	return given{}, false
}

// bound returns @Stack.Output as the value of that output, and other text unchanged. It stands for the values that
// people copy from stack to stack when they deploy. The text @x is written @@x. Stacks of a shared value need not be loaded.
func (s *scope) bound(name string, g given) *value {
	text := g.text
	target, ok := strings.CutPrefix(text, "@")
	if !ok || strings.HasPrefix(target, "@") {
		return s.dynamic(literal(target))
	}
	what := "the value " + short(text) + " of parameter " + name + " of stack " + s.stack.Name
	dot := strings.LastIndex(target, ".")
	if dot <= 0 || dot == len(target)-1 {
		return s.fail("%s must be @Stack.Output; to pass it as text, write @%s", what, short(text))
	}
	from, output := target[:dot], target[dot+1:]
	found, err := s.nearest(from, output)
	switch {
	case err != "":
		return s.fail("%s is ambiguous: %s both define stack %s", what, err, short(from))
	case found == nil && g.isShared:
		return unknown(what+" refers to stack "+from+", which is not loaded", byTemplate("stack "+from))
	case found == nil:
		return s.fail("%s refers to stack %s, which is not loaded", what, short(from))
	case found.stack.outputs[output] != nil:
		return s.imported(*found)
	case found.stack.addsMore() != "":
		return unknown(found.stack.addsMore()+" may add the output "+short(output)+" to stack "+from, found.stack.processed())
	}
	return s.fail("%s refers to output %[3]s, which stack %[2]s does not have", what, short(from), short(output))
}

// nearest returns an output of the stack with a name. Of several stacks, it prefers the one in the same account and
// Region, then one in the same Region.
func (s *scope) nearest(stack, output string) (found *export, err string) {
	var all []export
	for _, loaded := range s.r.stacks[stack] {
		all = append(all, export{loaded, output})
	}
	here := s.stack
	if found, err = s.pick(all, here.Account, here.Region); found == nil && err == "" {
		found, err = s.pick(all, "", here.Region)
	}
	if found == nil && err == "" {
		found, err = s.pick(all, "", "")
	}
	return found, err
}
