package cost

import (
	"strings"

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

// insightRulesOfService is how many rules an endpoint service with Contributor Insights has.
// https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-contributor-insights.html
const insightRulesOfService = 4

// contributors adds the rules of Contributor Insights that an endpoint service has.
func contributors(m *meter, r *network.Resource) {
	p := r.Property("ContributorInsightsEnabled")
	on, isKnown := p.Bool()
	switch {
	case on:
		m.fixed(r, prices.InsightsRule, exactly(insightRulesOfService))
	case !isKnown && p.Kind() != assembly.Absent:
		m.fixed(r, prices.InsightsRule, between(0, insightRulesOfService), "only the deployment decides whether Contributor Insights is on")
	default:
		return
	}
	if c := m.use(r, prices.InsightsEvents, eventsKey, million); !on {
		c.mayBeNone("only the deployment decides whether Contributor Insights is on")
	}
}

// flowLog adds what a flow log delivers, unless that is data of a log group.
// https://aws.amazon.com/cloudwatch/pricing/
func flowLog(m *meter, r *network.Resource) {
	destination := r.Property("LogDestinationType")
	if destination.Kind() == assembly.Absent {
		deliver(m, r, intoLogGroup, true)
		return
	}
	text, isKnown := destination.Text()
	deliver(m, r, text, isKnown)
}

// delivery adds what a delivery of logs takes to its destination.
func delivery(m *meter, r *network.Resource) {
	destination := ofType(r.Property("DeliveryDestinationArn"), "AWS::Logs::DeliveryDestination")
	if destination == nil {
		deliver(m, r, "", false)
		return
	}
	text, isKnown := destination.Property("DeliveryDestinationType").Text()
	if arn, ok := destination.Property("DestinationResourceArn").Text(); !isKnown && ok {
		text, isKnown = destinationOf(arn)
	} else if !isKnown && ofType(destination.Property("DestinationResourceArn"), "AWS::Logs::LogGroup") != nil {
		text, isKnown = intoLogGroup, true
	} else if !isKnown && ofType(destination.Property("DestinationResourceArn"), "AWS::S3::Bucket") != nil {
		text, isKnown = "S3", true
	}
	deliver(m, r, text, isKnown)
}

// ofType is the resource of a type that a value refers to; nil if it refers to none.
func ofType(v network.Value, resourceType string) *network.Resource {
	if r, _, ok := v.Reference(); ok && r.Type == resourceType {
		return r
	}
	return nil
}

const intoLogGroup = "CWL"

// destinationOf is what an ARN says of a destination.
func destinationOf(arn string) (destination string, isKnown bool) {
	service := strings.SplitN(arn, ":", 4)
	if len(service) < 4 {
		return "", false
	}
	destination, isKnown = map[string]string{"logs": intoLogGroup, "s3": "S3", "firehose": "FH"}[service[2]]
	return destination, isKnown
}

// deliver adds what is delivered to S3 or Firehose. What goes into a log group is data of that.
func deliver(m *meter, r *network.Resource, destination string, isKnown bool) {
	switch {
	case !isKnown:
		m.notPriced(r, "where it delivers to, which only the deployment decides")
	case destination == intoLogGroup || destination == "cloud-watch-logs":
		m.note("what is delivered into log groups is charged as their data")
	case destination == "XRAY":
		m.notPriced(r, "the traces that it delivers")
	default:
		m.use(r, prices.DeliveredLogsGB, deliveredKey, 1)
	}
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
