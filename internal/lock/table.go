package lock

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed replacements.txt
var replacementsText string

// replacing is a property whose change replaces its resource.
type replacing struct {
	path string // such as DnsOptions.PrivateDnsPreference
	// isConditional says that the old and the new value decide.
	isConditional bool
}

// replacements returns the properties that replace a resource, by type. A type that is missing is one of which nothing is known.
var replacements = sync.OnceValue(func() map[string][]replacing {
	table := map[string][]replacing{}
	for line := range strings.Lines(replacementsText) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		table[fields[0]] = []replacing{}
		for _, field := range fields[1:] {
			path, isConditional := strings.CutSuffix(field, "?")
			table[fields[0]] = append(table[fields[0]], replacing{path, isConditional})
		}
	}
	return table
})

// replacesOnCondition reports whether a change of a property only may replace a resource.
func replacesOnCondition(resourceType, path string) bool {
	properties, known := replacements()[resourceType]
	for _, p := range properties {
		if p.path == path {
			return p.isConditional
		}
	}
	return !known
}
