package equal

import (
	"fmt"
	"maps"
	"slices"
)

// explain returns the differences between two assemblies in words. It shows a missing resource next to the most similar
// surplus resource of its stack and type.
func explain(a, b *Assembly, missing, surplus []*resource) []string {
	var problems []string
	for _, r := range missing {
		nearest, differences := -1, []string(nil)
		for i, other := range surplus {
			if other.stack != r.stack || other.kind != r.kind {
				continue
			}
			if found := diff("", comparable(r), comparable(other), nil); nearest < 0 || len(found) < len(differences) {
				nearest, differences = i, found
			}
		}
		if nearest < 0 {
			problems = append(problems, fmt.Sprintf("%s has %v, but %s has nothing like it", a.Name, r, b.Name))
			continue
		}
		other := surplus[nearest]
		surplus = slices.Delete(surplus, nearest, nearest+1)
		if len(differences) == 0 {
			differences = []string{"same properties, but other resources reference it, or it references others"}
		}
		for _, difference := range differences {
			problems = append(problems, fmt.Sprintf("%s %v against %s %s: %s", a.Name, r, b.Name, other.id, difference))
		}
	}
	for _, r := range surplus {
		problems = append(problems, fmt.Sprintf("%s has %v, but %s has nothing like it", b.Name, r, a.Name))
	}
	return problems
}

// comparable returns the content of a resource, with its references by type.
func comparable(r *resource) any {
	return plain(r.value, func(ref *reference) string { return ref.to.kind + "." + ref.attribute })
}

// diff appends the paths at which two values differ.
func diff(path string, a, b any, found []string) []string {
	if listA, ok := a.([]any); ok {
		if listB, ok := b.([]any); ok && len(listA) == len(listB) {
			for i := range listA {
				found = diff(fmt.Sprintf("%s[%d]", path, i), listA[i], listB[i], found)
			}
			return found
		}
	}
	mapA, okA := a.(map[string]any)
	mapB, okB := b.(map[string]any)
	if !okA || !okB {
		if textA, textB := text(a), text(b); textA != textB {
			found = append(found, fmt.Sprintf("%s is %s and %s", path, textA, textB))
		}
		return found
	}
	keys := maps.Clone(mapA)
	maps.Copy(keys, mapB)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		valueA, hasA := mapA[key]
		valueB, hasB := mapB[key]
		switch {
		case !hasA:
			found = append(found, fmt.Sprintf("%s.%s is absent and %s", path, key, text(valueB)))
		case !hasB:
			found = append(found, fmt.Sprintf("%s.%s is %s and absent", path, key, text(valueA)))
		default:
			found = diff(path+"."+key, valueA, valueB, found)
		}
	}
	return found
}

func text(value any) string { return render(value, func(*reference) string { return "" }) }
