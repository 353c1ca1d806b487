package contract_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func TestMain(m *testing.M) { cdktest.Main(m) }

// sortedByName gives cases of a map an order.
func sortedByName(cases []cdktest.Refusal) []cdktest.Refusal {
	return slices.SortedFunc(slices.Values(cases), func(a, b cdktest.Refusal) int { return cmp.Compare(a.Name, b.Name) })
}
