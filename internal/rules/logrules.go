package rules

const (
	flowLogs    = "https://docs.aws.amazon.com/vpc/latest/userguide/"
	logsAPI     = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/"
	logsQueries = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html"
)

// The rules of flow logs, of log deliveries and of saved queries.
var (
	FlowLogEndpoint = Rule{
		ID: "privateapi:flowLogEndpoint", Severity: Error,
		Summary: "Flow logs of a consumer record the network interfaces of its endpoint, whose number synthesis knows.",
		AWS:     "has no network interface that only calls of this API use, or does not say how many there are before the deployment",
		Fix:     "record the subnets of the clients with NewSubnetFlowLogs",
		Source:  flowLogs + "working-with-flow-logs.html",
	}
	LogsPlace = Rule{
		ID: "privateapi:logsPlace", Severity: Error,
		Summary: "Logs and saved queries are in the app, the account and the Region of what they record.",
		AWS:     "finds nothing of another account or Region under its ID",
		Fix:     "define them in a stack of that account and Region",
		Source:  logsAPI + "API_PutDeliverySource.html",
	}
	LogTypeOfNetworkLoadBalancer = Rule{
		ID: "privateapi:logTypeOfNetworkLoadBalancer", Severity: Error,
		Summary: "Logs of type NLB_ACCESS_LOGS are not delivered: they are of TLS listeners.",
		AWS:     "would log nothing: an NLB logs requests of its TLS listeners only, and in front of an ALB its listener is TCP",
		Fix:     "record the subnets of the NLB with NewSubnetFlowLogs; the access logs of the ALB have each request",
		Source:  networkLB + "load-balancer-access-logs.html",
	}
	LogDeliveryTwice = Rule{
		ID: "privateapi:logDeliveryTwice", Severity: Error,
		Summary: "Logs of one type of a load balancer have one delivery source.",
		AWS:     "ConflictException: This ResourceId has already been used in another Delivery Source in this account",
		Fix:     "list all types in one LoadBalancerLogDelivery",
		Source:  logsAPI + "API_PutDeliverySource.html",
	}
	QueryWithoutLogs = Rule{
		ID: "privateapi:queryWithoutLogs", Severity: Error,
		Summary: "Saved queries need logs to read.",
		AWS:     "would save no query",
		Fix:     "supply EndpointLogs, ClientLogs, ProviderLogs or LoadBalancerLogs",
		Source:  logsQueries,
	}
	QueryFolder = Rule{
		ID: "privateapi:queryFolder", Severity: Error,
		Summary: "The name of a saved query has at most 255 characters, with its folders.",
		AWS:     "InvalidParameterException: the name is too long",
		Fix:     "use a Folder that is shorter",
		Source:  logsAPI + "API_PutQueryDefinition.html",
	}
)

// Logs returns every rule that logs and saved queries enforce.
func Logs() []Rule {
	return []Rule{FlowLogEndpoint, LogsPlace, LogTypeOfNetworkLoadBalancer, LogDeliveryTwice, QueryWithoutLogs, QueryFolder}
}
