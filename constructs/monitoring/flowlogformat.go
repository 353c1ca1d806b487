package monitoring

import "strings"

// flowLogFields are the fields of a record, in order, and what queries call them. CloudWatch Logs Insights discovers fields of flow logs by the
// default format, such as bytes and action, so no name of a query is one of these.
//
// Those of ECS are in the logs that ask for them alone: reports say that EC2 takes them only where there is an ECS cluster, and an endpoint or a function
// has none. See https://github.com/aws/aws-cdk/pull/30202
//
// Neither the fields nor their order may change: they are part of a flow log, which only Tags change in place, and EC2 refuses the second flow
// log of an interface and a log group (FlowLogAlreadyExists), which a replacement needs.
//
// See https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
var flowLogFields = []struct{ field, name string }{
	{"version", "ver"},
	{"start", "startedAt"},
	{"end", "endedAt"},
	{"interface-id", "eni"},
	{"action", "verdict"}, // ACCEPT or REJECT
	{"flow-direction", "direction"},
	{"traffic-path", "path"},
	{"pkt-srcaddr", "src"},
	{"pkt-dstaddr", "dst"},
	{"srcport", "sport"},
	{"dstport", "dport"},
	{"protocol", "proto"},
	{"packets", "pkts"},
	{"bytes", "octets"},
	{"tcp-flags", "flags"},
	{"az-id", "zoneId"},
	{"ecs-service-name", "ecsService"},
	{"ecs-task-id", "ecsTask"},
	{"log-status", "logStatusCode"},
}

// ecsFields is how those fields begin that tell the ECS service and the task.
const ecsFields = "ecs-"

// flowLogFormat is LogFormat of a flow log.
func flowLogFormat(hasEcs bool) string {
	var fields []string
	for _, f := range flowLogFields {
		if hasEcs || !strings.HasPrefix(f.field, ecsFields) {
			fields = append(fields, "${"+f.field+"}")
		}
	}
	return strings.Join(fields, " ")
}

// hasEcs reports whether records of a format tell the ECS service.
func hasEcs(format *string) bool { return format != nil && strings.Contains(*format, "${"+ecsFields) }

// parseFlowLog is the first command of a query over flow logs.
func parseFlowLog(hasEcs bool) string {
	var names []string
	for _, f := range flowLogFields {
		if hasEcs || !strings.HasPrefix(f.field, ecsFields) {
			names = append(names, f.name)
		}
	}
	stars := strings.TrimSuffix(strings.Repeat("* ", len(names)), " ")
	return `parse @message "` + stars + `" as ` + strings.Join(names, ", ")
}
