package monitoring

import "strings"

// savedQuery is a query in the language of CloudWatch Logs Insights, which its test runs over recorded lines.
type savedQuery struct {
	id, name string
	commands []string
}

// text is what CloudWatch saves: a command a line.
func (q savedQuery) text() string { return strings.Join(q.commands, "\n| ") }

// fromClient is the condition of records of clients. Traffic from a lower port is the answer of a server: Linux gives clients the ports from 32768.
// Lambda functions take those from 1024 too, which are also ports of servers, so of them only traffic to a well-known port is certain.
//
// See https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
const fromClient = `(sport >= 32768 or (sport >= 1024 and dport < 1024))`

// whoCalled is the query for callers of an endpoint.
func whoCalled(hasEcs bool) savedQuery {
	return savedQuery{"WhoCalled", "Who called", []string{
		parseFlowLog(hasEcs),
		`filter direction = "ingress" and verdict = "ACCEPT"`,
		`stats sum(octets) as totalBytes, count(*) as records, max(endedAt) as lastSeen by src, dport, zoneId`,
		`sort totalBytes desc`,
	}}
}

// internalOrSaaS is the query for the way that calls of clients take: by ECS service if records have it, else by the address of the client.
func internalOrSaaS(hasEcs bool) savedQuery {
	client := "src"
	if hasEcs {
		client = "ecsService"
	}
	return savedQuery{"InternalOrSaaS", "Internal call or SaaS call", []string{
		parseFlowLog(hasEcs),
		`filter direction = "egress" and verdict = "ACCEPT" and ` + fromClient,
		`fields ` + wayOf("path", "dst") + ` as way`,
		`stats sum(octets) as totalBytes, count(*) as records by way, ` + client + `, dst, dport`,
		`sort totalBytes desc`,
	}}
}

var (
	slowRequests = savedQuery{"SlowRequests", "Slow requests", []string{
		`filter target_processing_time >= 0`,
		`stats count(*) as requests, pct(target_processing_time, 99) as p99, max(target_processing_time) as slowest by domain_name, matched_rule_priority, target_group_arn`,
		`sort p99 desc`,
	}}
	requestErrors = savedQuery{"RequestErrors", "Errors by route", []string{
		`filter elb_status_code >= 500`,
		`stats count(*) as errors by elb_status_code, target_status_code, domain_name, matched_rule_priority, target_group_arn`,
		`sort errors desc`,
	}}
	tlsFailures = savedQuery{"TlsFailures", "TLS failures", []string{
		`filter tls_verify_status like /^Failed/`,
		`stats count(*) as connections by tls_verify_status, listener_port, tls_protocol, leaf_client_cert_subject`,
		`sort connections desc`,
	}}
	failedHealthChecks = savedQuery{"FailedHealthChecks", "Failed health checks", []string{
		`filter status = "FAIL"`,
		`stats count(*) as checks by target_group_id, target_addr, reason_code, status_code`,
		`sort checks desc`,
	}}
)

// rejected is the query for what security groups and network ACLs rejected, at one of several places.
func rejected(id, at string, hasEcs bool) savedQuery {
	return savedQuery{id, "What was rejected at " + at, []string{
		parseFlowLog(hasEcs),
		`filter verdict = "REJECT"`,
		`stats count(*) as records, sum(pkts) as totalPackets by direction, src, dst, dport`,
		`sort records desc`,
	}}
}
