package assembly

import "strconv"

// length resolves Fn::Length: the number of items of a list, if it is known.
func (s *scope) length(arg *value) *value {
	of := s.args(arg)
	switch {
	case of.is(List) && !of.optional:
		return &value{kind: uint8(Literal), scalar: number, text: strconv.Itoa(len(of.items))}
	case of.is(List):
		return of.item(len(of.items) - 1) // the item that may be absent
	case of.is(Reference), of.is(Part), of.is(Unknown):
		if u := s.unknown(of); u != nil {
			return u
		}
		return unknown("the number of items in "+of.short()+" is not known before deployment", Settlement{})
	}
	return s.fail("Fn::Length takes a list")
}
