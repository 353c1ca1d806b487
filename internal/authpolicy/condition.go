package authpolicy

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// operator compares a value of the policy with one of the request.
type operator struct {
	compare func(policy, request Text) Tristate
	// isNegated says that the condition is met if no value of the policy matches.
	isNegated bool
}

// operators are the condition operators that are modelled. Those of dates, binary values and addresses are not: no key of
// VPC Lattice has such a value.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
var operators = map[string]operator{
	"StringEquals":              {style{}.match, false},
	"StringNotEquals":           {style{}.match, true},
	"StringEqualsIgnoreCase":    {style{ignoreCase: true}.match, false},
	"StringNotEqualsIgnoreCase": {style{ignoreCase: true}.match, true},
	"StringLike":                {style{wildcards: true}.match, false},
	"StringNotLike":             {style{wildcards: true}.match, true},
	"ArnEquals":                 {matchArn, false},
	"ArnNotEquals":              {matchArn, true},
	"ArnLike":                   {matchArn, false},
	"ArnNotLike":                {matchArn, true},
	"Bool":                      {style{ignoreCase: true}.match, false},
	"NumericEquals":             {numeric(func(r, p float64) bool { return r == p }), false},
	"NumericNotEquals":          {numeric(func(r, p float64) bool { return r == p }), true},
	"NumericLessThan":           {numeric(func(r, p float64) bool { return r < p }), false},
	"NumericLessThanEquals":     {numeric(func(r, p float64) bool { return r <= p }), false},
	"NumericGreaterThan":        {numeric(func(r, p float64) bool { return r > p }), false},
	"NumericGreaterThanEquals":  {numeric(func(r, p float64) bool { return r >= p }), false},
}

// numeric compares numbers.
func numeric(holds func(request, policy float64) bool) func(policy, request Text) Tristate {
	return func(policy, request Text) Tristate {
		p, okP := policy.literal()
		r, okR := request.literal()
		if !okP || !okR {
			return Maybe
		}
		x, errP := strconv.ParseFloat(p, 64)
		y, errR := strconv.ParseFloat(r, 64)
		if errP == nil && errR == nil && holds(y, x) {
			return Yes
		}
		return No
	}
}

// conditions reports whether all conditions of a statement are met.
func (e *evaluation) conditions(block assembly.Value) (answer Tristate, why string) {
	switch block.Kind() {
	case assembly.Absent:
		return Yes, ""
	case assembly.Map:
	default:
		return Maybe, "its conditions are " + describe(block)
	}
	answer = Yes
	for _, operator := range block.Fields() {
		keys := block.Field(operator)
		if keys.Kind() != assembly.Map {
			answer, why = worse(answer, why, Maybe, "its condition "+operator+" is "+describe(keys))
			continue
		}
		for _, key := range keys.Fields() {
			met, reason := e.condition(operator, key, keys.Field(key))
			if met == No {
				reason = fmt.Sprintf("its condition %s %s is not met", operator, key)
			}
			answer, why = worse(answer, why, met, reason)
		}
	}
	return answer, why
}

// worse is the worse of two answers, with its reason.
func worse(a Tristate, whyA string, b Tristate, whyB string) (answer Tristate, why string) {
	if b < a {
		return b, whyB
	}
	return a, whyA
}

// condition reports whether one condition is met.
func (e *evaluation) condition(name, key string, want assembly.Value) (answer Tristate, why string) {
	base, forAll := strings.CutPrefix(name, "ForAllValues:")
	base, forAny := strings.CutPrefix(base, "ForAnyValue:")
	got := e.request.context(key)
	if base == "Null" {
		return null(got, want)
	}
	base, ifExists := strings.CutSuffix(base, "IfExists")
	op, ok := operators[base]
	switch {
	case !ok, forAll && forAny:
		return Maybe, "condition operator " + name + " is not modelled"
	case got.isPresent == Maybe:
		return Maybe, got.why
	case got.isPresent == No && (ifExists || forAll):
		return Yes, ""
	case got.isPresent == No:
		return yesIf(op.isNegated && !forAny), ""
	}
	wanted, isKnown := items(want)
	matches := func(value Text) Tristate {
		best := anyOf(wanted, func(v assembly.Value) Tristate { return op.compare(e.policy.substituted(Of(v)), value) })
		if !isKnown {
			best = max(best, Maybe)
		}
		if op.isNegated {
			return not(best)
		}
		return best
	}
	switch {
	case got.alternative:
		low, high := allOf(got.values, matches), anyOf(got.values, matches)
		if low == high {
			return low, ""
		}
		return Maybe, "the value of " + key + " is not known"
	case forAny:
		answer = anyOf(got.values, matches)
	default:
		answer = allOf(got.values, matches)
	}
	if answer == Maybe {
		why = fmt.Sprintf("whether %s is %s is not known before deployment", key, wantedText(want))
	}
	return answer, why
}

// null reports whether a condition is met that a key is there, or is not.
func null(got contextValue, want assembly.Value) (answer Tristate, why string) {
	switch text := Of(want); {
	case got.isPresent == Maybe:
		return Maybe, got.why
	case text.is("true"):
		return not(got.isPresent), ""
	case text.is("false"):
		return got.isPresent, ""
	}
	return Maybe, "its condition Null is " + describe(want)
}

func yesIf(is bool) Tristate {
	if is {
		return Yes
	}
	return No
}

// wantedText names the values of a condition.
func wantedText(want assembly.Value) string {
	var list []string
	values, _ := items(want)
	for _, v := range values {
		list = append(list, Of(v).String())
	}
	if len(list) == 0 {
		return Of(want).String()
	}
	return listed(list)
}

var variable = regexp.MustCompile(`\$\{[^}]*\}`)

// substituted is text of a policy with text that is not known in place of its variables, such as ${aws:PrincipalAccount}.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func (p *Policy) substituted(t Text) Text {
	if p.hasVariables == No || !slices.ContainsFunc(t.known(), func(p part) bool { return p.kind == literal && strings.Contains(p.text, "${") }) {
		return t
	}
	result := Text{[]part{}}
	for _, p := range t.known() {
		rest := p.text
		for p.kind == literal {
			at := variable.FindStringIndex(rest)
			if at == nil {
				break
			}
			name := "policy variable " + rest[at[0]+2:at[1]-1]
			result = result.join(Literal(rest[:at[0]]), Text{[]part{{kind: open, text: name}}})
			rest = rest[at[1]:]
		}
		p.text = rest
		result = result.join(Text{[]part{p}})
	}
	return result
}
