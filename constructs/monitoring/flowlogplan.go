package monitoring

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/l1"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/loggroup"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// flowLogPlan is flow logs with all rules checked.
type flowLogPlan struct {
	stack        *answers.Stack
	resources    []any    // IDs, or constructs that have one
	ids          []string // of the constructs, one for each resource
	resourceType string
	format       string
	logGroup     awslogs.ILogGroup // of the caller; nil for a new one
	logRetention awslogs.RetentionDays
}

// planConsumerFlowLogs panics with all problems of the props. It defines nothing.
func planConsumerFlowLogs(scope constructs.Construct, id *string, props *ConsumerFlowLogsProps) *flowLogPlan {
	const property = "Consumer"
	r := &rules.Report{}
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what embeds nil cannot be asked
	plan := planLog(r, scope, "NetworkInterface", props.LogGroup, props.LogRetention)
	plan.format = flowLogFormat(false)
	if props.Consumer == nil {
		r.AddWithFix(rules.Required, property, "supply the consumer whose endpoint is to be recorded", "is missing")
	} else if interfaces := props.Consumer.NetworkInterfaceIds(); interfaces == nil {
		what := "has no interface endpoint"
		if props.Consumer.VpcEndpointId() != nil {
			what = "has an endpoint whose network interfaces are not known"
		}
		r.Add(rules.FlowLogEndpoint, property, "%s", what)
	} else {
		checkLogsPlace(r, property, plan.stack, homeOf(props.Consumer))
		plan.resources = *l1.References(interfaces)
		for i := range plan.resources {
			plan.ids = append(plan.ids, fmt.Sprint("FlowLog", i+1))
		}
	}
	refusal.Of(r, scope, id)
	return plan
}

// planSubnetFlowLogs panics with all problems of the props. It defines nothing.
func planSubnetFlowLogs(scope constructs.Construct, id *string, props *SubnetFlowLogsProps) *flowLogPlan {
	r := &rules.Report{}
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what embeds nil cannot be asked
	plan := planLog(r, scope, "Subnet", props.LogGroup, props.LogRetention)
	plan.format = flowLogFormat(prop.IsTrue(props.EcsFields))
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC of the subnets", "is missing")
	} else if selected := (subnets.Selector{Stack: plan.stack, Vpc: props.Vpc, Property: "Subnets", Selected: props.Subnets}).SelectAll(r); selected != nil {
		plan.resources = *l1.References(selected.Subnets)
		plan.nameSubnets(r, *selected.Subnets)
	}
	refusal.Of(r, scope, id)
	return plan
}

// nameSubnets names flow logs by their subnets. By their place in the list, a zone that a VPC gets would give each subnet behind it another flow log, which
// EC2 refuses while the old one is there.
func (plan *flowLogPlan) nameSubnets(r *rules.Report, list []awsec2.ISubnet) {
	paths := map[string]string{} // by ID
	for _, subnet := range list {
		path := answers.Of(plan.stack, subnet, "path", func() string { return *subnet.Node().Path() })
		segments := strings.Split(path, "/")
		id := "FlowLog" + strings.Join(segments[max(0, len(segments)-2):], "")
		if other, taken := paths[id]; taken {
			if other == path {
				r.AddWithFix(rules.KnownValue, "Subnets", "remove the duplicate", "%s is listed twice", path)
			}
			id = "FlowLog" + strings.Join(segments, "")
		}
		paths[id] = path
		plan.ids = append(plan.ids, id)
	}
}

func planLog(r *rules.Report, scope constructs.Construct, resourceType string, logGroup awslogs.ILogGroup, retention awslogs.RetentionDays) *flowLogPlan {
	loggroup.CheckRetention(r, retention)
	if logGroup != nil && retention != "" {
		r.AddWithFix(rules.Contradiction, "LogRetention", "leave it out: the log group has its own", "is set, and LogGroup too")
	}
	return &flowLogPlan{stack: answers.StackOf(scope), resourceType: resourceType, logGroup: logGroup, logRetention: retention}
}
