package monitoring

import "slices"

// Queries are the texts of all saved queries by the name of their test data.
func Queries() map[string]string {
	queries := map[string]string{}
	for _, query := range []savedQuery{
		whoCalled(false), internalOrSaaS(true), requestErrors, slowRequests, tlsFailures, failedHealthChecks, rejected("Rejected", "the endpoint", false),
	} {
		queries[query.id] = query.text()
	}
	queries["InternalOrSaaSBySource"] = internalOrSaaS(false).text()
	return queries
}

// Ways are what the query for internal calls says of each value of traffic-path.
func Ways() map[string][]string {
	ways := map[string][]string{}
	for _, p := range append(slices.Clone(trafficPaths), otherPath) {
		value := p.value
		if value == "-" {
			value = "`-`"
		}
		for _, way := range []string{p.way, p.publicIPv4, p.publicIPv6} {
			if way != "" {
				ways[value] = append(ways[value], way)
			}
		}
	}
	return ways
}
