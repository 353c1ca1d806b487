package privateapi

import (
	"math"
	"regexp"
)

// A token stands for a value that CDK knows at synth or CloudFormation at deploy. Each form of it can be told
// from a literal without asking jsii: aws-cdk-lib/core/lib/private/encoding.js.
var (
	stringToken = regexp.MustCompile(`\$\{Token\[[a-zA-Z0-9:._-]+\]\}`)
	listToken   = regexp.MustCompile(`#\{Token\[[a-zA-Z0-9:._-]+\]\}`)
)

// numberTokenBits are the high 16 bits of a float64 that encodes a number token.
const numberTokenBits = 0xFBFF

func isStringToken(s string) bool { return stringToken.MatchString(s) }

func isNumberToken(f float64) bool { return math.Float64bits(f)>>48 == numberTokenBits }

func isListToken(list []*string) bool {
	return len(list) == 1 && list[0] != nil && listToken.MatchString(*list[0])
}

// literal returns the string behind p, and false if p is nil or holds a token.
func literal(p *string) (string, bool) {
	if p == nil || isStringToken(*p) {
		return "", false
	}
	return *p, true
}

// literalNumber returns the number behind p, and false if p is nil or a token.
func literalNumber(p *float64) (float64, bool) {
	if p == nil || isNumberToken(*p) {
		return 0, false
	}
	return *p, true
}

// elements returns the elements of a list, nil if the list is nil or one token.
func elements(list *[]*string) []*string {
	if list == nil || isListToken(*list) {
		return nil
	}
	return *list
}

// literals returns the strings of a list that are not tokens.
func literals(list *[]*string) []string {
	var values []string
	for _, element := range elements(list) {
		if value, ok := literal(element); ok {
			values = append(values, value)
		}
	}
	return values
}

// hasTokens reports whether a list is a token, or has one.
func hasTokens(list *[]*string) bool {
	return list != nil && (isListToken(*list) || len(literals(list)) < len(*list))
}

// isTrue reports whether p is set and true.
func isTrue(p *bool) bool { return p != nil && *p }

// valueOr returns p, or fallback if p is nil.
func valueOr[T any](p, fallback *T) *T {
	if p == nil {
		return fallback
	}
	return p
}

// stringOr returns s, or fallback if s is empty: the zero value of jsii's string enums.
func stringOr[T ~string](s, fallback T) T {
	if s == "" {
		return fallback
	}
	return s
}

// copied returns a copy of a list, so that nobody can change ours through theirs.
func copied[T any](list *[]T) *[]T {
	if list == nil {
		return nil
	}
	c := append([]T(nil), *list...)
	return &c
}
