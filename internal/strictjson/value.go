package strictjson

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/spelling"
)

// Value is a value of a JSON file. Its methods note a problem where it is of another type, and return nothing then.
type Value struct {
	// Path is where the value is, such as consumers[2].calls; "" is the whole file.
	Path     string
	content  any // *object, []*Value, string, json.Number, bool or nil
	problems *problems
}

type problems struct{ list []error }

type object struct {
	names   []string
	members map[string]*Value
}

// Problem notes what is wrong with the value.
func (v *Value) Problem(format string, args ...any) {
	path := v.Path
	if path == "" {
		path = "the file"
	}
	v.problems.list = append(v.problems.list, fmt.Errorf("%s: %s", path, fmt.Sprintf(format, args...)))
}

// Err is all that was noted, of the whole file.
func (v *Value) Err() error { return errors.Join(v.problems.list...) }

// Members are the members of an object, in their order.
func (v *Value) Members() (names []string, of map[string]*Value) {
	o, ok := v.content.(*object)
	if !ok {
		v.Problem("is %s, but must be an object", v.show())
		return nil, nil
	}
	return o.names, o.members
}

// Object are the members of an object that may have these only.
func (v *Value) Object(known ...string) map[string]*Value {
	names, members := v.Members()
	for _, name := range names {
		if !slices.Contains(known, name) {
			hint := spelling.DidYouMean(name, known)
			if hint == "" {
				hint = "; known here: " + strings.Join(known, ", ")
			}
			members[name].Problem("is not known%s", hint)
		}
	}
	return members
}

// Text is a string that is not empty.
func (v *Value) Text() string {
	if v == nil {
		return ""
	}
	text, ok := v.content.(string)
	switch {
	case !ok:
		v.Problem("is %s, but must be a string", v.show())
	case text == "":
		v.Problem("is empty")
	}
	return text
}

// Elements are the elements of a list.
func (v *Value) Elements() []*Value {
	list, ok := v.content.([]*Value)
	if !ok {
		v.Problem("is %s, but must be a list", v.show())
	}
	return list
}

// Number is a number that is not negative; nil if it is none.
func (v *Value) Number() *big.Rat {
	number, ok := v.content.(json.Number)
	if !ok {
		v.Problem("is %s, but must be a number", v.show())
		return nil
	}
	return v.decimal(number.String())
}

// Decimal is a number in a string, such as "0.0225", which no JSON reader rounds; nil if it is none.
func (v *Value) Decimal() *big.Rat {
	text, ok := v.content.(string)
	if !ok || !decimal.MatchString(text) {
		v.Problem("is %s, but must be a number in a string, such as \"0.0225\"", v.show())
		return nil
	}
	return v.decimal(text)
}

var decimal = regexp.MustCompile(`^-?[0-9]{1,20}(\.[0-9]{1,20})?$`)

// largest is more of anything than a month has, and keeps exact arithmetic small.
var largest = new(big.Rat).SetInt64(1e18)

func (v *Value) decimal(text string) *big.Rat {
	number, ok := new(big.Rat).SetString(text)
	switch {
	case !ok || number.Cmp(largest) > 0:
		v.Problem("%s is too large", text)
		return nil
	case number.Sign() < 0:
		v.Problem("%s is negative", text)
		return nil
	}
	return number
}

// show is the value as a message has it.
func (v *Value) show() string {
	switch content := v.content.(type) {
	case *object:
		return "an object"
	case []*Value:
		return "a list"
	case string:
		return fmt.Sprintf("%q", content)
	case nil:
		return "null"
	}
	return fmt.Sprint(v.content)
}

func join(path, name string) string {
	if strings.ContainsAny(name, "./[ ") {
		name = fmt.Sprintf("[%q]", name)
		return path + name
	}
	if path == "" {
		return name
	}
	return path + "." + name
}
