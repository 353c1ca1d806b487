package equal

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Compare returns the differences between assemblies and the first of them; nothing if they are equal.
//
// Every resource gets a colour: first from its stack, type and own properties, then, round by round, also from the
// colours of what it references and of what references it, until a round distinguishes no more resources. Equal assemblies
// have equally many resources of each colour.
func Compare(first *Assembly, others ...*Assembly) []string {
	g := newGraph(append([]*Assembly{first}, others...))
	var problems []string
	for _, other := range others {
		problems = append(problems, g.differences(first, other)...)
	}
	if len(problems) > 0 {
		return problems // own properties differ; references would only repeat it
	}
	g.refine()
	for _, other := range others {
		problems = append(problems, g.differences(first, other)...)
	}
	return problems
}

type graph struct {
	colours   map[*resource]string
	referrers map[*resource][]*resource
	all       []*resource
}

func newGraph(assemblies []*Assembly) *graph {
	g := &graph{colours: map[*resource]string{}, referrers: map[*resource][]*resource{}}
	for _, a := range assemblies {
		g.all = append(g.all, a.resources...)
	}
	for _, r := range g.all {
		g.colours[r] = hash(r.stack, r.kind, local(r))
		for _, to := range references(r.value, nil) {
			g.referrers[to] = append(g.referrers[to], r)
		}
	}
	return g
}

func (g *graph) refine() {
	for count := 0; ; {
		next := make(map[*resource]string, len(g.all))
		for _, r := range g.all {
			from := []string{}
			for _, referrer := range g.referrers[r] {
				from = append(from, g.colours[referrer])
			}
			slices.Sort(from)
			next[r] = hash(append(from, g.colours[r], g.text(r))...)
		}
		g.colours = next
		distinct := map[string]bool{}
		for _, colour := range next {
			distinct[colour] = true
		}
		if len(distinct) == count {
			return
		}
		count = len(distinct)
	}
}

// text returns the content of a resource, with the colours of what it references.
func (g *graph) text(r *resource) string {
	return render(r.value, func(ref *reference) string { return g.colours[ref.to] + "." + ref.attribute })
}

// local returns the content of a resource, with only the stack, type and attribute of what it references.
func local(r *resource) string {
	return render(r.value, func(ref *reference) string { return ref.to.stack + "/" + ref.to.kind + "." + ref.attribute })
}

// differences pairs the resources of two assemblies by colour, and returns what is left over.
func (g *graph) differences(a, b *Assembly) []string {
	left := map[string][]*resource{}
	for _, r := range a.resources {
		left[g.colours[r]] = append(left[g.colours[r]], r)
	}
	var surplus []*resource
	for _, r := range b.resources {
		if same := left[g.colours[r]]; len(same) > 0 {
			left[g.colours[r]] = same[1:]
		} else {
			surplus = append(surplus, r)
		}
	}
	var missing []*resource
	for _, r := range a.resources {
		if slices.Contains(left[g.colours[r]], r) {
			missing = append(missing, r)
		}
	}
	return explain(a, b, missing, surplus)
}

// references appends the resources that a value references.
func references(value any, to []*resource) []*resource {
	switch value := value.(type) {
	case *reference:
		to = append(to, value.to)
	case set:
		for _, element := range value {
			to = references(element, to)
		}
	case []any:
		for _, element := range value {
			to = references(element, to)
		}
	case map[string]any:
		for _, element := range value {
			to = references(element, to)
		}
	}
	return to
}

// render writes a value as JSON with sorted keys and named references.
func render(value any, name func(*reference) string) string {
	text, err := json.Marshal(plain(value, name))
	if err != nil {
		panic(err) // it was read from JSON
	}
	return string(text)
}

func plain(value any, name func(*reference) string) any {
	switch value := value.(type) {
	case *reference:
		return map[string]any{"->": name(value)}
	case set:
		elements := make([]string, len(value))
		for i, element := range value {
			elements[i] = render(element, name)
		}
		slices.SortFunc(elements, cmp.Compare)
		return elements
	case []any:
		elements := make([]any, len(value))
		for i, element := range value {
			elements[i] = plain(element, name)
		}
		return elements
	case map[string]any:
		entries := make(map[string]any, len(value))
		for key, element := range value {
			entries[key] = plain(element, name)
		}
		return entries
	default:
		return value
	}
}

func hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// String names a resource as messages do.
func (r *resource) String() string { return fmt.Sprintf("%s %s (%s)", r.stack, r.id, r.kind) }
