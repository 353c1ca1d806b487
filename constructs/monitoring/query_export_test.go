package monitoring

// Queries are the texts of all saved queries by the name of their test data.
func Queries() map[string]string {
	queries := map[string]string{}
	for _, query := range []savedQuery{whoCalled, internalOrSaaS, requestErrors, slowRequests, tlsFailures, failedHealthChecks, rejected("Rejected", "the endpoint")} {
		queries[query.id] = query.text()
	}
	return queries
}
