package docgen

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cloudwatch"
)

// Metrics returns a table of the metrics of the resources of a namespace, such as AWS/VpcLattice. A row has the metrics that differ in their names
// alone.
func Metrics(namespace string) (string, error) {
	var rows [][]string
	source := ""
	for _, resource := range cloudwatch.Resources() {
		if resource.Namespace != namespace {
			continue
		}
		source = resource.Source
		for _, row := range metricRows(resource) {
			rows = append(rows, append([]string{resource.Name}, row...))
		}
	}
	if len(rows) == 0 {
		return "", fmt.Errorf("no resource has metrics in the namespace %q", namespace)
	}
	return table([]string{"Of", "Metrics", "By", "Statistic and period", "With nothing to count"}, rows) + fmt.Sprintf("\n[Source](%s)\n", source), nil
}

func metricRows(resource *cloudwatch.Resource) (rows [][]string) {
	for _, metric := range resource.Metrics {
		without := "0"
		if metric.Sparse {
			without = "no data"
		}
		alike := []string{escaped(cloudwatch.Text(resource.Sets(metric))), metric.Statistic + ", " + period(metric.Period), without}
		name := "`" + metric.Name + "`"
		if at := slices.IndexFunc(rows, func(row []string) bool { return slices.Equal(row[1:], alike) }); at >= 0 {
			rows[at][0] += ", " + name
			continue
		}
		rows = append(rows, slices.Concat([]string{name}, alike))
	}
	return rows
}

// period writes seconds for people.
func period(seconds int) string {
	switch seconds {
	case 60:
		return "1 minute"
	case 86400:
		return "1 day"
	}
	return fmt.Sprintf("%d minutes", seconds/60)
}
