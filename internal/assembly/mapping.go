package assembly

func (s *scope) findInMap(arg *value) *value {
	if !arg.is(List) || len(arg.items) < 3 || len(arg.items) > 4 {
		return s.fail("Fn::FindInMap takes a map and two keys")
	}
	var fallback *value
	hasDefault := len(arg.items) == 4
	if hasDefault {
		d := arg.items[3].field("DefaultValue")
		if d == nil {
			return s.fail("Fn::FindInMap takes a map, two keys and at most a DefaultValue")
		}
		fallback = s.args(d)
	}
	v := s.stack.template.mappings
	for i, key := range arg.items[:3] {
		k := s.resolve(key)
		if u := s.unknown(k); u != nil {
			return u
		}
		if !k.is(Literal) {
			return s.fail("Fn::FindInMap takes keys that are known before deployment, but one is %s", k.short())
		}
		next := v.field(short(k.text))
		switch {
		case next != nil:
			v = next
		case hasDefault:
			return fallback
		case i == 0:
			return s.fail("Fn::FindInMap refers to the mapping %s, which does not exist", short(k.text))
		default:
			return s.fail("Fn::FindInMap refers to the key %s, which the mapping does not have", short(k.text))
		}
	}
	if v.is(Map) {
		return s.fail("Fn::FindInMap finds an object, but a mapping has two levels of keys")
	}
	return s.args(v)
}
