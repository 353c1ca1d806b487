package cost

import (
	"strings"
	"testing"
)

// A type is priced, or free, or not priced for a reason: one of the three.
func TestTypesAreOneThing(t *testing.T) {
	for resourceType := range pricers {
		if isFree(resourceType) || notPricedBecause[resourceType] != "" {
			t.Errorf("%s is priced, and something else", resourceType)
		}
	}
	for resourceType := range notPricedBecause {
		if isFree(resourceType) {
			t.Errorf("%s is free, and not priced", resourceType)
		}
	}
	seen := map[string]bool{}
	for source, types := range freeTypes {
		if !strings.HasPrefix(source, "https://aws.amazon.com/") {
			t.Errorf("%s is not a page of AWS", source)
		}
		for _, resourceType := range types {
			if seen[resourceType] {
				t.Errorf("%s is free twice", resourceType)
			}
			seen[resourceType] = true
		}
	}
}
