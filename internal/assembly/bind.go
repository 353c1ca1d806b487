package assembly

import "strings"

// given returns the value that the caller passed for a parameter: text, or the output of another stack.
func (s *scope) given(name string) (*value, bool) {
	for _, values := range []map[string]string{s.stack.given, s.r.unclaimed} {
		for _, key := range s.stack.keys(name) {
			if text, ok := values[key]; ok {
				return s.bound(name, text), true
			}
		}
	}
	return nil, false
}

// bound returns @Stack.Output as the value of that output, and other text unchanged. It stands for the values that
// people copy from stack to stack when they deploy. The text @x is written @@x.
func (s *scope) bound(name, text string) *value {
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
