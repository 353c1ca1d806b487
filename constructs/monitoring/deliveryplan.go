package monitoring

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/loggroup"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// deliveryPlan is deliveries with all rules checked.
type deliveryPlan struct {
	stack           *answers.Stack
	loadBalancerARN string
	kinds           []deliveryKind
	logRetention    awslogs.RetentionDays
}

// deliveryKind is what a type of logs is called in construct IDs and in names.
type deliveryKind struct {
	logType  LoadBalancerLogType
	id, name string
}

var deliveryKinds = []deliveryKind{
	{LoadBalancerLogType_ALB_ACCESS_LOGS, "Access", "access"},
	{LoadBalancerLogType_ALB_CONNECTION_LOGS, "Connection", "connection"},
	{LoadBalancerLogType_ALB_HEALTH_CHECK_LOGS, "HealthCheck", "health"},
}

// planDelivery panics with all problems of the props. It defines nothing.
func planDelivery(scope constructs.Construct, id *string, props *LoadBalancerLogDeliveryProps) *deliveryPlan {
	r := &rules.Report{}
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what embeds nil cannot be asked
	plan := &deliveryPlan{stack: answers.StackOf(scope), logRetention: props.LogRetention}
	loggroup.CheckRetention(r, props.LogRetention)
	plan.planTypes(r, props.LogTypes)
	claim := plan.planLoadBalancer(r, scope, id, props)
	refusal.Of(r, scope, id)
	claim()
	return plan
}

// planTypes orders the types, so that another order changes nothing.
func (plan *deliveryPlan) planTypes(r *rules.Report, types *[]LoadBalancerLogType) {
	const property = "LogTypes"
	if len(prop.Elements(types)) == 0 {
		r.AddWithFix(rules.Required, property, "list the LoadBalancerLogType constants of what to deliver", "is empty")
	}
	for i, logType := range prop.Elements(types) {
		at := fmt.Sprintf("%s[%d]", property, i)
		switch {
		case logType == "NLB_ACCESS_LOGS":
			r.Add(rules.LogTypeOfNetworkLoadBalancer, at, "is %q", logType)
		case !slices.ContainsFunc(deliveryKinds, func(k deliveryKind) bool { return k.logType == logType }):
			r.AddWithFix(rules.KnownValue, at, "use one of the LoadBalancerLogType constants", "%q is not one of its values", logType)
		case slices.Contains((*types)[:i], logType):
			r.AddWithFix(rules.KnownValue, at, "remove the duplicate", "%q is listed twice", logType)
		}
	}
	for _, kind := range deliveryKinds {
		if slices.Contains(prop.Elements(types), kind.logType) {
			plan.kinds = append(plan.kinds, kind)
		}
	}
}

// planLoadBalancer checks the load balancer. What it returns notes what is delivered of it.
func (plan *deliveryPlan) planLoadBalancer(r *rules.Report, scope constructs.Construct, id *string, props *LoadBalancerLogDeliveryProps) (claim func()) {
	const property = "LoadBalancer"
	balancer := props.LoadBalancer
	if balancer == nil {
		r.AddWithFix(rules.Required, property, "supply the ALB whose logs are to be delivered", "is missing")
		return func() {}
	}
	checkLogsPlace(r, property, plan.stack, answers.StackOf(balancer))
	plan.loadBalancerARN = *answers.Of(plan.stack, balancer, "ARN", balancer.LoadBalancerArn)
	delivered := answers.OfApp(plan.stack, "log deliveries of "+plan.loadBalancerARN, func() map[LoadBalancerLogType]func() string { return map[LoadBalancerLogType]func() string{} })
	for _, kind := range plan.kinds {
		if first := delivered[kind.logType]; first != nil {
			r.Add(rules.LogDeliveryTwice, property, "%s of it are delivered by %s", kind.logType, first())
		}
	}
	return func() {
		for _, kind := range plan.kinds {
			delivered[kind.logType] = func() string { return refusal.ChildPath(scope, id) }
		}
	}
}
