// Package prop reads the properties of constructs, which are pointers where they are optional.
package prop

import (
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// IsTrue reports whether p is set and true.
func IsTrue(p *bool) bool { return p != nil && *p }

// Or returns p, or fallback if p is nil.
func Or[T any](p, fallback *T) *T {
	if p == nil {
		return fallback
	}
	return p
}

// EnumOr returns s, or fallback if s is empty, which is the zero value of CDK's enums.
func EnumOr[T ~string](s, fallback T) T {
	if s == "" {
		return fallback
	}
	return s
}

// OrAbsent returns p for a property of an L1 that takes any value: a nil pointer in an interface would not be nil.
func OrAbsent[T any](p *T) any {
	if p == nil {
		return nil
	}
	return p
}

// Elements returns the elements of a list; none if it is nil.
func Elements[T any](list *[]T) []T {
	if list == nil {
		return nil
	}
	return *list
}

// Seconds returns a duration in seconds, with its fraction if it has one; nil for nil.
func Seconds(d awscdk.Duration) *float64 {
	if d == nil {
		return nil
	}
	return d.ToSeconds(&awscdk.TimeConversionOptions{Integral: jsii.Bool(false)})
}

// Text returns a number as text, for the attributes of load balancers: the text of a token resolves to its number.
func Text(number *float64) *string {
	if token.IsNumber(*number) {
		return awscdk.Tokenization_StringifyNumber(number)
	}
	return jsii.String(strconv.FormatFloat(*number, 'f', -1, 64))
}
