package rules

const cloudWatchConcepts = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html"

// The rules of metrics.
var (
	MetricName = Rule{
		ID: "privateapi:metricName", Severity: Error,
		Summary: "A metric has a name that AWS publishes for the resource.",
		AWS:     "accepts any name: a graph of the metric stays empty, and an alarm on it has no data",
		Fix:     "use one of the names, or awscloudwatch.NewMetric for one that this module does not know yet",
		Source:  cloudWatchConcepts + "#Metric",
	}
	MetricDimensions = Rule{
		ID: "privateapi:metricDimensions", Severity: Error,
		Summary: "A metric has one of the sets of dimensions under which AWS publishes it.",
		AWS:     "accepts any dimensions, and takes each set for another metric: one that nobody publishes has no data",
		Fix:     "use one of the sets",
		Source:  cloudWatchConcepts + "#dimension-combinations",
	}
	MetricResource = Rule{
		ID: "privateapi:metricResource", Severity: Error,
		Summary: "A metric is of a resource that AWS measures, and whose identity is known.",
		AWS:     "publishes no such metric",
		Fix:     "leave the metric out",
		Source:  privateLink + "privatelink-cloudwatch-metrics.html",
	}
)

// Metrics returns the rules of metrics.
func Metrics() []Rule { return []Rule{MetricName, MetricDimensions, MetricResource} }
