package assembly

import "strings"

// given is the value that the caller gives a parameter: text, or the output of another stack.
func (s *scope) given(name string) (*value, bool) {
	for _, values := range []map[string]string{s.stack.given, s.r.elsewhere} {
		for _, key := range s.stack.keys(name) {
			if text, ok := values[key]; ok {
				return s.bound(name, text), true
			}
		}
	}
	return nil, false
}

// bound is text as it is, and @Stack.Output as the value of that output: what people copy from stack to stack when
// they deploy. The text @x is written @@x.
func (s *scope) bound(name, text string) *value {
	target, ok := strings.CutPrefix(text, "@")
	if !ok || strings.HasPrefix(target, "@") {
		return s.dynamic(literal(target))
	}
	what := "parameter " + name + " of stack " + s.stack.Name + " is given " + short(text)
	dot := strings.LastIndex(target, ".")
	if dot <= 0 || dot == len(target)-1 {
		return s.fail("%s: write @Stack.Output, or @%s for the text", what, short(text))
	}
	from, output := target[:dot], target[dot+1:]
	found, err := s.nearest(from, output)
	switch {
	case err != "":
		return s.fail("%s: %s are both stack %s", what, err, short(from))
	case found == nil:
		return s.fail("%s, and no stack %s is loaded", what, short(from))
	case found.stack.outputs[output] != nil:
		return s.imported(*found)
	case len(found.stack.Transforms) > 0:
		return unknown("a macro may add the output "+short(output)+" to stack "+from, byTemplate("the processed template of stack "+from))
	}
	return s.fail("%s, and stack %s has no output %s", what, short(from), short(output))
}

// nearest is an output of the stack of a name: of several, that of the same account and Region, else of the Region.
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
