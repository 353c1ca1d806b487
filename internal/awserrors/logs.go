package awserrors

// ec2Errors is the list of what EC2 answers.
const ec2Errors = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"

// logs are the errors about flow logs and logs of load balancers.
var logs = []Error{
	{
		Says:   []string{"FlowLogAlreadyExists: A flow log with the specified configuration already exists"},
		Cause:  "The interface or the subnet is recorded into this log group already: by another construct with your `LogGroup`, or by a flow log that is about to be replaced, after an endpoint got or lost a subnet",
		Do:     "Remove one of the two; or remove the flow logs, deploy, and add them again ([what changes in place](calls-by-log.md#what-changes-in-place))",
		Source: ec2Errors,
	},
	{
		Says:   []string{"FlowLogsLimitExceeded"},
		Cause:  "A quota of flow logs for one interface or subnet",
		Do:     "Delete those that nobody reads, or have the quota raised",
		Source: ec2Errors,
	},
	{
		Says:  []string{"ConflictException: This ResourceId has already been used in another Delivery Source in this account"},
		Cause: "Logs of one type of an ALB have one source, which another construct has, another stack, or the one that is about to be replaced",
		Do:    "One `LoadBalancerLogDelivery` for an ALB, with all types. Before the ALB is replaced, remove it and deploy ([what changes in place](calls-by-log.md#what-changes-in-place))",
		Rule:  "logDeliveryTwice",
	},
	{
		Says:   []string{"ResourceAlreadyExistsException: The specified log group already exists"},
		Cause:  "A `LoadBalancerLogDelivery`, or a type of its logs, was removed and comes back: its log group stayed, with the name that it gets again",
		Do:     "Delete the group if nobody needs its events, or give the construct another ID",
		Source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
	},
}
