package rules

// The rules of an NLB that forwards straight to targets: its listeners, and who may call them.
var (
	ListenerRequired = Rule{
		ID: "privateapi:listenerRequired", Severity: Error,
		Summary: "A PrivateNlbProvider has at least one listener.",
		AWS:     "connects endpoints, and drops every connection: the NLB listens on no port",
		Fix:     "call AddListener",
		Source:  networkLB + "load-balancer-listeners.html",
	}
	ListenerPort = Rule{
		ID: "privateapi:listenerPort", Severity: Error,
		Summary: "Each listener of an NLB has a port of its own.",
		AWS:     "DuplicateListener: A listener already exists on this port for this load balancer",
		Fix:     "use another port, or list the targets of both in one listener",
		Source:  networkLB + "load-balancer-listeners.html",
	}
	ListenerOrder = Rule{
		ID: "privateapi:listenerOrder", Severity: Error,
		Summary: "A PrivateNlbProvider has all its listeners before a consumer of its app is defined.",
		AWS:     "drops connections on the port of a later listener: the consumer's security groups have no rule for it",
		Fix:     "call AddListener before you define the consumer",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	ListenerProtocol = Rule{
		ID: "privateapi:listenerProtocol", Severity: Error,
		Summary: "A listener of a PrivateNlbProvider uses TCP or TLS.",
		AWS: "rejects HTTP and HTTPS on an NLB, and carries UDP through PrivateLink only over IPv6, from a dual-stack NLB with IPv6 prefixes " +
			"for source NAT, which the provider does not have",
		Fix:    "use Protocol_TCP or Protocol_TLS; publish an API over HTTP with a PrivateApiProvider",
		Source: networkLB + "load-balancer-listeners.html",
	}
	ListenerTLS = Rule{
		ID: "privateapi:listenerTls", Severity: Error,
		Summary: "Certificates, a TLS policy, an ALPN policy and the target protocol TLS are for TLS listeners.",
		AWS:     "rejects the listener",
		Fix:     "use Protocol_TLS, or leave it out to pass TLS through to the targets",
		Source:  networkLB + "create-tls-listener.html",
	}
	NetworkTarget = Rule{
		ID: "privateapi:networkTarget", Severity: Error,
		Summary: "The targets of an NLB's listener are IP addresses, instances or services, all of one type.",
		AWS:     "rejects the target",
		Fix:     "publish an ALB with a PrivateApiProvider, and give targets of another type a listener of their own",
		Source:  networkLB + "load-balancer-target-groups.html",
	}
	NetworkTargetHealthCheck = Rule{
		ID: "privateapi:networkTargetHealthCheck", Severity: Error,
		Summary: "An NLB checks its targets over TCP, HTTP or HTTPS, never less often than the timeout; a path and codes are for HTTP and HTTPS.",
		AWS:     "rejects the target group",
		Fix: "use HTTP codes of 200 to 599, an interval of " + HealthCheckIntervals.String() + " s, a timeout of " + HealthCheckTimeouts.String() +
			" s, and thresholds of " + HealthCheckThresholds.String(),
		Source: networkLB + "target-group-health-checks.html",
	}
	ProxyProtocolHealthCheck = Rule{
		ID: "privateapi:proxyProtocolHealthCheck", Severity: Warning,
		Summary: "With proxy protocol v2, an HTTP health check begins with its header too, on a port of its own as well.",
		AWS:     "marks a target unhealthy that answers the header with 400",
		Fix:     "check over TCP, or let the port of health checks parse the header",
		Source:  networkLB + "edit-target-group-attributes.html#proxy-protocol",
	}
	ClientIPPreservation = Rule{
		ID: "privateapi:clientIpPreservation", Severity: Warning,
		Summary: "Client IP preservation does not apply to traffic from PrivateLink.",
		AWS:     "shows targets the address of the NLB as that of the client",
		Fix:     "set ProxyProtocolV2 to know the address and the endpoint of the caller, and remove PreserveClientIp",
		Source:  networkLB + "edit-target-group-attributes.html#client-ip-preservation",
	}
	ClientPort = Rule{
		ID: "privateapi:clientPort", Severity: Error,
		Summary: "A client is allowed on ports of the service.",
		AWS:     "drops the connection: nothing listens on the port",
		Fix:     "use a port of the service, or add a listener to its provider",
		Source:  privateLink + "create-interface-endpoint.html",
	}
)

// The protocols of listeners and target groups of an NLB that PrivateLink carries.
const (
	TCP = "TCP"
	TLS = "TLS"
)

// CheckListenerProtocol reports a protocol that a listener of a PrivateNlbProvider cannot have.
func CheckListenerProtocol(r *Report, property, protocol string) {
	if protocol != TCP && protocol != TLS {
		r.Add(ListenerProtocol, property, "is %s", protocol)
	}
}

// CheckNetworkTargetHealthCheckNumber reports a number of the health check of an NLB's targets that is not whole or not in a range.
func CheckNetworkTargetHealthCheckNumber(r *Report, property string, value float64, accepted Range) {
	checkWhole(r, NetworkTargetHealthCheck, property, value, accepted)
}

// CheckNetworkTargetHealthCheckProtocol reports a protocol in which an NLB does not check its targets.
func CheckNetworkTargetHealthCheckProtocol(r *Report, property, protocol string) {
	if protocol != TCP && !isHTTP(protocol) {
		r.AddWithFix(NetworkTargetHealthCheck, property, "use TCP, HTTP or HTTPS, or leave it out for TCP", "is %s, but an NLB checks its targets over TCP, HTTP or HTTPS", protocol)
	}
}

// CheckNetworkTargetHealthCheckPath reports a path that an NLB cannot request from its targets.
func CheckNetworkTargetHealthCheckPath(r *Report, property, path string) {
	checkPath(r, NetworkTargetHealthCheck, property, path)
}

// CheckNetworkTargetHTTPCodes reports a matcher of HTTP codes that is not made of codes from 200 to 599.
func CheckNetworkTargetHTTPCodes(r *Report, property, codes string) {
	networkTargetMatcher.check(r, property, codes)
}

// CheckNetworkTargetHealthCheckTimes reports a timeout that is longer than the interval. Numbers out of their ranges are reported elsewhere.
func CheckNetworkTargetHealthCheckTimes(r *Report, property string, interval, timeout float64) {
	if HealthCheckIntervals.has(interval) && HealthCheckTimeouts.has(timeout) && interval < timeout {
		r.AddWithFix(NetworkTargetHealthCheck, property, "make the interval at least as long as the timeout", "is %v s, shorter than the timeout of %v s", interval, timeout)
	}
}

// NetworkTargetHealthCheckTimes returns the interval and the timeout, in seconds, of an NLB's health checks that do not set them.
func NetworkTargetHealthCheckTimes(protocol string) (interval, timeout float64) {
	if protocol == "HTTP" {
		return 30, 6
	}
	return 30, 10
}

// CheckProxyProtocolHealthCheck warns of an HTTP health check that begins with the header of proxy protocol v2.
func CheckProxyProtocolHealthCheck(r *Report, property, protocol string) {
	if isHTTP(protocol) {
		r.Add(ProxyProtocolHealthCheck, property, "is %s while proxy protocol v2 is on", protocol)
	}
}

func isHTTP(protocol string) bool { return protocol == "HTTP" || protocol == "HTTPS" }
