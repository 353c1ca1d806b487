package cloudwatch

import (
	"slices"
	"strings"
)

// Resource is a kind of resource that has metrics.
type Resource struct {
	// Name is what the resource is, with its article: "an endpoint service".
	Name string
	// Namespace is that of its metrics.
	Namespace string
	// Dimensions identify one resource, in order. Each set of dimensions has them.
	Dimensions []string
	// Chosen is the one of Dimensions whose value users may choose, such as a rule of a web ACL; empty for none.
	Chosen string
	// By are the dimensions by which AWS breaks the metrics down besides, unless [Metric.By] says otherwise: empty for the resource as a whole.
	By [][]string
	// Source is where AWS lists them.
	Source string
	// Metrics are the metrics, in alphabetical order.
	Metrics []Metric
}

// Metric is a metric of a [Resource].
type Metric struct {
	Name string
	// Statistic is the one that AWS recommends for alarms, or finds the most useful.
	Statistic string
	// Period is how often AWS publishes it, in seconds.
	Period int
	// Sparse metrics have no data while there is nothing to count: of most, no data means none, not that something is broken. A group without
	// targets is broken, and has no count of healthy ones.
	Sparse bool
	// By replaces that of the resource; nil for the same.
	By [][]string
}

// Find returns a metric of the resource by its name.
func (r *Resource) Find(name string) (Metric, bool) {
	for _, m := range r.Metrics {
		if m.Name == name {
			return m, true
		}
	}
	return Metric{}, false
}

// Names returns the names of the metrics.
func (r *Resource) Names() []string {
	names := make([]string, len(r.Metrics))
	for i, m := range r.Metrics {
		names[i] = m.Name
	}
	return names
}

// Sets returns the sets of dimensions under which AWS publishes a metric, each in alphabetical order.
func (r *Resource) Sets(m Metric) [][]string {
	by := r.By
	if m.By != nil {
		by = m.By
	}
	sets := make([][]string, len(by))
	for i, more := range by {
		sets[i] = slices.Sorted(slices.Values(slices.Concat(r.Dimensions, more)))
	}
	return sets
}

// Publishes reports whether AWS publishes a metric under exactly these dimensions.
func (r *Resource) Publishes(m Metric, dimensions []string) bool {
	wanted := slices.Sorted(slices.Values(dimensions))
	return slices.ContainsFunc(r.Sets(m), func(set []string) bool { return slices.Equal(set, wanted) })
}

// Text writes sets of dimensions for people: {Service Id}, {Az, Service Id}.
func Text(sets [][]string) string {
	texts := make([]string, len(sets))
	for i, set := range sets {
		texts[i] = "{" + strings.Join(set, ", ") + "}"
	}
	return strings.Join(texts, ", ")
}

// whole is the resource as a whole, without a breakdown.
var whole = [][]string{{}}

// byZone is the resource as a whole, or a zone of it.
var byZone = [][]string{{}, {"AvailabilityZone"}}

// minutely makes metrics that AWS publishes each minute.
func minutely(statistic string, sparse bool, by [][]string, names ...string) []Metric {
	metrics := make([]Metric, len(names))
	for i, name := range names {
		metrics[i] = Metric{Name: name, Statistic: statistic, Period: 60, Sparse: sparse, By: by}
	}
	return metrics
}

// always are metrics that are published whether there is traffic or not; sparse are those that are not.
func always(statistic string, names ...string) []Metric {
	return minutely(statistic, false, nil, names...)
}

func sparse(statistic string, names ...string) []Metric {
	return minutely(statistic, true, nil, names...)
}

// list puts metrics in alphabetical order.
func list(groups ...[]Metric) []Metric {
	return slices.SortedFunc(slices.Values(slices.Concat(groups...)), func(a, b Metric) int { return strings.Compare(a.Name, b.Name) })
}
