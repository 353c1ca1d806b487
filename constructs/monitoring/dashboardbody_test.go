package monitoring_test

import (
	"regexp"
	"slices"
	"testing"
)

// checkGrid: no widget covers another or leaves the grid, and all are in the order of the page.
func checkGrid(t *testing.T, d shown) {
	t.Helper()
	type cell struct{ x, y int }
	taken, last := map[cell]int{}, cell{}
	for i, w := range d.Widgets {
		if w.Width < 1 || w.Height < 1 || w.X < 0 || w.X+w.Width > 24 {
			t.Errorf("widget %d is at %d, %d and %d wide, %d high", i, w.X, w.Y, w.Width, w.Height)
		}
		if w.Y < last.y || w.Y == last.y && w.X < last.x {
			t.Errorf("widget %d is above or left of the one before", i)
		}
		last = cell{w.X, w.Y}
		for x := w.X; x < w.X+w.Width; x++ {
			for y := w.Y; y < w.Y+w.Height; y++ {
				if other, isTaken := taken[cell{x, y}]; isTaken {
					t.Fatalf("widgets %d and %d overlap at %d, %d", other, i, x, y)
				}
				taken[cell{x, y}] = i
			}
		}
	}
}

var (
	// lineOptions are those that CloudWatch documents, as far as the dashboards have them.
	lineOptions  = []string{"accountId", "expression", "id", "label", "period", "region", "stat"}
	expressionID = regexp.MustCompile(`^[a-z][a-zA-Z0-9_]*$`)
)

// checkLines: the options of each line are those that CloudWatch documents, an expression has an ID of its own in its graph, and every line says
// its period and its Region itself.
//
// See https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
func checkLines(t *testing.T, d shown) {
	t.Helper()
	for i, w := range d.Widgets {
		ids := map[any]bool{}
		for _, metric := range w.Properties.Metrics {
			options, _ := metric[len(metric)-1].(map[string]any)
			for option := range options {
				if !slices.Contains(lineOptions, option) {
					t.Errorf("widget %d has the option %s", i, option)
				}
			}
			period, _ := options["period"].(float64)
			if period < 60 || int(period)%60 != 0 || options["region"] == "" || options["label"] == "" {
				t.Errorf("widget %d has the options %v", i, options)
			}
			_, isExpression := options["expression"]
			id, _ := options["id"].(string)
			switch {
			case isExpression && (!expressionID.MatchString(id) || ids[id] || len(metric) > 1 || options["stat"] != nil):
				t.Errorf("widget %d has the expression %v", i, metric)
			case !isExpression && options["stat"] == nil:
				t.Errorf("widget %d has no statistic: %v", i, metric)
			}
			ids[id] = isExpression
		}
		if w.Type == "metric" && (w.Properties.View != "timeSeries" || w.Properties.Title == "" || w.Properties.Region == "") {
			t.Errorf("widget %d is %+v", i, w.Properties)
		}
	}
}
