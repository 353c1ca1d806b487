package metricstest

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

//go:embed published.json
var published []byte

// Metric is a metric that AWS publishes.
type Metric struct {
	Namespace, Name, Unit string
	// Sets are the sets of dimensions under which it is published, each in alphabetical order.
	Sets [][]string
}

// Published returns the metrics, by namespace and name with a slash between.
func Published() map[string]Metric {
	var file struct {
		Namespaces []struct {
			Namespace string
			Groups    []struct {
				Unit  string
				Sets  [][]string
				Names []string
			}
		}
	}
	if err := json.Unmarshal(published, &file); err != nil {
		panic(err)
	}
	metrics := map[string]Metric{}
	for _, namespace := range file.Namespaces {
		for _, group := range namespace.Groups {
			for _, set := range group.Sets {
				slices.Sort(set)
			}
			for _, name := range group.Names {
				metrics[namespace.Namespace+"/"+name] = Metric{namespace.Namespace, name, group.Unit, group.Sets}
			}
		}
	}
	return metrics
}

// Use is a metric in an alarm or a dashboard.
type Use struct {
	// Where is the logical ID of the resource, and where in it.
	Where string

	Namespace, Name string
	// Dimensions are their names, in alphabetical order.
	Dimensions []string
	// Statistic is empty if the widget does not say.
	Statistic string
}

// problem says what is wrong with a use; empty for nothing.
func (u Use) problem(published map[string]Metric) string {
	metric, ok := published[u.Namespace+"/"+u.Name]
	switch {
	case !ok:
		return fmt.Sprintf("%s: AWS publishes no %s %s", u.Where, u.Namespace, u.Name)
	case !slices.ContainsFunc(metric.Sets, func(set []string) bool { return slices.Equal(set, u.Dimensions) }):
		return fmt.Sprintf("%s: AWS publishes %s %s not by {%s}, but by %v", u.Where, u.Namespace, u.Name, strings.Join(u.Dimensions, ", "), metric.Sets)
	}
	return ""
}
