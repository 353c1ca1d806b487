package contract

import (
	"math"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
)

// IsKnown reports whether a text has neither a token nor what CDK gives for a lookup that has no answer yet. What is not known is not checked.
func IsKnown(text string) bool { return jsondoc.IsKnown(text) }

// IsPending reports whether the text of a contract is what CDK gives for a lookup that has no answer yet, and what is looked up.
func IsPending(text string) (what string, ok bool) {
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		return "", false // a contract with a placeholder in it
	}
	what, _, ok = placeholder.Value(text)
	return what, ok
}

// numberTokenBits are the high 16 bits of a number that encodes a token of CDK.
const numberTokenBits = 0xFBFF

func isKnownNumber(n float64) bool { return math.Float64bits(n)>>48 != numberTokenBits }
