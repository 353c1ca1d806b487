// Package token tells CDK's tokens from literal values without a call to CDK.
//
// A token stands for a value that CDK knows at synthesis, or CloudFormation at deployment. Its encodings can be recognised
// by their form: aws-cdk-lib/core/lib/private/encoding.js.
package token

import (
	"math"
	"regexp"

	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
)

var listToken = regexp.MustCompile(`#\{Token\[[a-zA-Z0-9:._-]+\]\}`)

// numberTokenBits are the high 16 bits of a float64 that encodes a token.
const numberTokenBits = 0xFBFF

// IsString reports whether a string is a token, or contains one.
func IsString(s string) bool { return placeholder.IsToken(s) }

// IsNumber reports whether a number is a token.
func IsNumber(f float64) bool { return math.Float64bits(f)>>48 == numberTokenBits }

// IsList reports whether a list is one token, so that not even its length is known.
func IsList(list []*string) bool {
	return len(list) == 1 && list[0] != nil && IsListElement(*list[0])
}

// IsListElement reports whether a string is the one element of a list that is a token.
func IsListElement(s string) bool { return listToken.MatchString(s) }

// Literal returns the string that p points to, and false if p is nil or the string has a token or a placeholder.
func Literal(p *string) (string, bool) {
	if p == nil || IsString(*p) || IsPlaceholder(*p) {
		return "", false
	}
	return *p, true
}

// LiteralNumber returns the number that p points to, and false if p is nil or the number is a token.
func LiteralNumber(p *float64) (float64, bool) {
	if p == nil || IsNumber(*p) {
		return 0, false
	}
	return *p, true
}

// Elements returns the elements of a list; nil if the list is nil or one token.
func Elements(list *[]*string) []*string {
	if list == nil || IsList(*list) {
		return nil
	}
	return *list
}

// Literals returns the strings of a list that have no token.
func Literals(list *[]*string) []string {
	var values []string
	for _, element := range Elements(list) {
		if value, ok := Literal(element); ok {
			values = append(values, value)
		}
	}
	return values
}

// AnyIn reports whether a list is a token or has one.
func AnyIn(list *[]*string) bool {
	return list != nil && (IsList(*list) || len(Literals(list)) < len(*list))
}

// WithoutTokens returns a string without its tokens.
func WithoutTokens(s string) string {
	return placeholder.ReplaceTokens(s, func(string) string { return "" })
}

// Replace returns a string in which each token is replaced by what a function returns for it.
func Replace(s string, by func(token string) string) string {
	return placeholder.ReplaceTokens(s, by)
}
