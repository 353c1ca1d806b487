package transitgateway_test

import (
	"slices"
	"strings"
)

func contains(list any, value string) bool {
	switch list := list.(type) {
	case []any:
		return slices.Contains(list, any(value))
	case []string:
		return slices.Contains(list, value)
	}
	return list == value
}

func isAssets(artifact string) bool { return strings.HasSuffix(artifact, ".assets") }

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
