package monitoring

import "strings"

// flowLogFields are the fields of a record, in order, and what queries call them. CloudWatch Logs Insights discovers fields of flow logs by the
// default format, such as bytes and action, so no name of a query is one of these.
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

// flowLogFormat is LogFormat of a flow log.
func flowLogFormat() string {
	var fields []string
	for _, f := range flowLogFields {
		fields = append(fields, "${"+f.field+"}")
	}
	return strings.Join(fields, " ")
}

// parseFlowLog is the first command of a query over flow logs.
func parseFlowLog() string {
	var names []string
	for _, f := range flowLogFields {
		names = append(names, f.name)
	}
	stars := strings.TrimSuffix(strings.Repeat("* ", len(names)), " ")
	return `parse @message "` + stars + `" as ` + strings.Join(names, ", ")
}
