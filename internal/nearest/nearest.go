// Package nearest finds the names that somebody may have meant by one that does not exist. It imports neither jsii nor awscdk.
package nearest

import (
	"slices"
	"strings"
)

// most is how many names are suggested at most.
const most = 3

// Names returns up to three names that are like the given one, the most similar first. Upper case counts as lower case.
func Names(given string, names []string) []string {
	given = strings.ToLower(given)
	type candidate struct {
		name string
		cost int
	}
	var candidates []candidate
	for _, name := range names {
		lower := strings.ToLower(name)
		cost := distance(given, lower)
		isPart := len(given) > 2 && strings.Contains(lower, given)
		if isPart || cost <= max(2, len(lower)/3) {
			candidates = append(candidates, candidate{name, cost})
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return a.cost - b.cost })
	var found []string
	for _, c := range candidates[:min(len(candidates), most)] {
		found = append(found, c.name)
	}
	return found
}

// distance is how many letters must be inserted, removed or changed to turn a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
