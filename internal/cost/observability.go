package cost

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// standardPeriod is the shortest period, in seconds, of an alarm that is not of high resolution.
const standardPeriod = 60

// alarm adds an alarm for each metric that it looks at.
// https://aws.amazon.com/cloudwatch/pricing/
func alarm(m *meter, r *network.Resource) {
	item := prices.Alarm
	periods := []float64{periodOf(r.Property("Period"))}
	count, notes := exactly(1), []string(nil)
	if metrics := r.Property("Metrics"); metrics.Kind() != assembly.Absent {
		items, isList := metrics.Items()
		if !isList {
			count, notes = atLeast(1), []string{"only the deployment decides its metrics"}
		} else {
			count, notes = metricsOf(items)
		}
		for _, metric := range items {
			periods = append(periods, periodOf(metric.Field("MetricStat").Field("Period")), periodOf(metric.Field("Period")))
		}
	}
	for _, period := range periods {
		if period > 0 && period < standardPeriod {
			item = prices.HighResolutionAlarm
		}
	}
	m.fixed(r, item, count, notes...)
}

func periodOf(v network.Value) float64 {
	period, _ := v.Number()
	return period
}

// metricsOf counts the metrics of an alarm: expressions cost nothing of their own, but those that search or ask for metrics
// have as many as they find, and a band of an anomaly has two.
func metricsOf(items []network.Value) (Count, []string) {
	metrics, isOpen := 0, false
	for _, item := range items {
		expression, _ := item.Field("Expression").Text()
		switch {
		case item.Field("MetricStat").Kind() != assembly.Absent:
			metrics++
		case hasWord(expression, "ANOMALY_DETECTION_BAND"):
			metrics += 2
		case hasWord(expression, "SEARCH") || hasWord(expression, "SELECT") || item.Field("Expression").Kind() == assembly.Absent:
			isOpen = true
		}
	}
	if isOpen {
		return atLeast(max(metrics, 1)), []string{"as many metrics as its expression finds"}
	}
	return exactly(max(metrics, 1)), nil
}

func compositeAlarm(m *meter, r *network.Resource) { m.fixed(r, prices.CompositeAlarm, exactly(1)) }

func dashboard(m *meter, r *network.Resource) { m.fixed(r, prices.Dashboard, exactly(1)) }

func insightRule(m *meter, r *network.Resource) {
	m.fixed(r, prices.InsightsRule, exactly(1))
	m.use(r, prices.InsightsEvents, eventsKey, million)
}

// logGroup adds what a log group takes in, and what queries of it scan. What it stores is not priced.
func logGroup(m *meter, r *network.Resource) {
	if class := r.Property("LogGroupClass"); class.Kind() != assembly.Absent && !isText(class, "STANDARD") {
		m.notPriced(r, "a log class that is not the standard one, or that only the deployment decides")
		return
	}
	m.use(r, prices.LogsGB, ingestedKey, 1)
	m.use(r, prices.LogsInsightsGB, scannedKey, 1)
	m.note("what log groups store is not in the bill")
}

// metricFilter adds the metrics that a filter makes of logs, each of which costs in the hours that have data.
func metricFilter(m *meter, r *network.Resource) {
	transformations, ok := r.Property("MetricTransformations").Items()
	count := atLeast(1)
	if ok {
		count = exactly(len(transformations))
	}
	var notes []string
	for _, t := range transformations {
		if t.Field("Dimensions").Kind() != assembly.Absent {
			count, notes = atLeast(len(transformations)), []string{"one for each value of its dimensions"}
		}
	}
	m.fixed(r, prices.Metric, count, notes...)
}
