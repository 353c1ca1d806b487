// Package spelling finds the names that somebody may have meant.
package spelling

import (
	"slices"
	"strings"
)

// most is how many names are suggested.
const most = 3

// Nearest returns up to three names that are like a given one, the most similar first. Case does not count.
func Nearest(given string, names []string) []string {
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
		if isPart || cost <= max(2, len(name)/3) && cost < len(name) {
			candidates = append(candidates, candidate{name, cost})
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return a.cost - b.cost })
	var nearest []string
	for _, c := range candidates[:min(len(candidates), most)] {
		nearest = append(nearest, c.name)
	}
	return nearest
}

// DidYouMean is a question for the names that are like a given one, such as `; did you mean "pricing"?`; "" if there are none.
func DidYouMean(given string, names []string) string {
	nearest := Nearest(given, names)
	if len(nearest) == 0 {
		return ""
	}
	return `; did you mean "` + strings.Join(nearest, `" or "`) + `"?`
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
