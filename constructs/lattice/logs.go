package lattice

import (
	"fmt"
	"hash/fnv"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// logPlan is one destination of access logs.
type logPlan struct {
	constructID string
	arn         *string
}

// planLogs checks the destinations of access logs, of which a service has one of each kind.
func (plan *apiPlan) planLogs(r *rules.Report, destinations *[]*string) (logs []*logPlan) {
	const property = "LogDestinations"
	check.NoNil(r, property, destinations)
	if destinations != nil && token.IsList(*destinations) {
		r.AddWithFix(rules.LatticeLogs, property, "list the destinations one by one; each may be a token", "is a list that is known only at deploy time")
	}
	kinds := map[string]bool{}
	check.Each(destinations, property, func(property, arn string) {
		kind := rules.CheckLatticeLogs(r, property, arn, plan.environment().Region)
		if kind != "" && kinds[kind] {
			r.AddWithFix(rules.LatticeLogs, property, "remove one of the two", "%q is the second destination of its kind", arn)
		}
		kinds[kind] = true
	})
	for i, arn := range token.Elements(destinations) {
		logs = append(logs, &logPlan{logID(i, arn), arn})
	}
	return logs
}

// logID derives a construct ID from the ARN of a destination; if that is a token, from its index in the list.
func logID(i int, arn *string) string {
	text, isLiteral := token.Literal(arn)
	if !isLiteral {
		return fmt.Sprintf("Logs%d", i)
	}
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(text)) // never fails
	return fmt.Sprintf("Logs%x", hash.Sum64())
}

func (a *api) defineLogs() {
	for _, log := range a.plan.logs {
		onecall.Add(a.batch, awsvpclattice.NewCfnAccessLogSubscription, log.constructID, &awsvpclattice.CfnAccessLogSubscriptionProps{
			ResourceIdentifier: a.serviceArn(),
			DestinationArn:     log.arn,
		})
	}
}
