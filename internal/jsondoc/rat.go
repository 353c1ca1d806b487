package jsondoc

import (
	"encoding/json"
	"math/big"
	"regexp"
)

// Amount returns a member that is a number and not negative, exactly; nil without one.
func (o *Object) Amount(name string, required bool) *big.Rat {
	value, ok := o.Member(name, required)
	if !ok {
		return nil
	}
	number, ok := value.(json.Number)
	if !ok {
		o.Problem(name, "is %s, but must be a number", Show(value))
		return nil
	}
	return o.exact(name, number.String())
}

// Decimal returns a member that is a number in a text, such as "0.0225", which no reader of JSON rounds; nil without one.
func (o *Object) Decimal(name string, required bool) *big.Rat {
	value, ok := o.Member(name, required)
	if !ok {
		return nil
	}
	text, ok := value.(string)
	if !ok || !decimal.MatchString(text) {
		o.Problem(name, "is %s, but must be a number in a text, such as \"0.0225\"", Show(value))
		return nil
	}
	return o.exact(name, text)
}

var decimal = regexp.MustCompile(`^-?[0-9]{1,20}(\.[0-9]{1,20})?$`)

// largest is more than anybody counts, and keeps exact arithmetic small.
var largest = new(big.Rat).SetInt64(1e18)

func (o *Object) exact(name, text string) *big.Rat {
	number, ok := new(big.Rat).SetString(text)
	switch {
	case !ok || number.Cmp(largest) > 0:
		o.Problem(name, "%s is too large", text)
		return nil
	case number.Sign() < 0:
		o.Problem(name, "%s is negative", text)
		return nil
	}
	return number
}
