package assembly

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
)

// lookups are those of a cloud assembly that have no answer yet: the manifest lists them. The next synthesis has other values
// in place of their placeholders.
type lookups struct {
	providers []string          // of each lookup
	shared    map[string]*value // placeholders of one lookup, by text
}

// lookupsOf are the lookups of a manifest; nil if all of them have an answer, so that a text like a placeholder is itself.
func lookupsOf(manifest *value) *lookups {
	missing := manifest.field("missing")
	if !missing.is(List) || len(missing.items) == 0 {
		return nil
	}
	l := &lookups{shared: map[string]*value{}}
	for _, lookup := range missing.items {
		if provider := lookup.field("provider"); provider.isText() {
			l.providers = append(l.providers, provider.text)
		}
	}
	return l
}

// pending returns a literal as an unknown if it is a placeholder. Two lookups have the same placeholder, so it equals nothing;
// it is the same only where one lookup alone can have given it. A zone's name is left: see [placeholder.Zones].
func (l *lookups) pending(v *value) *value {
	if l == nil || !v.isText() {
		return v
	}
	what, providers, ok := placeholder.Value(v.text)
	if !ok {
		return v
	}
	if u := l.shared[v.text]; u != nil {
		return u
	}
	u := unknown(what+" is not looked up yet", Settlement{ByLookup, what})
	u.about.dummy = v.text
	given := 0
	for _, provider := range l.providers {
		if slices.Contains(providers, provider) {
			given++
		}
	}
	if given == 1 {
		l.shared[v.text] = u
	}
	return u
}
