package privateapi

import (
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	// defaultHealthCheckPath is unlikely to be a path of anybody's API.
	defaultHealthCheckPath = "/privateapi-health"

	// trafficPort is ELB's word for the port of the target group.
	trafficPort = "traffic-port"

	// defaultHealthCheckPort is where the ALB answers health checks when its main listener asks for client
	// certificates, which an NLB does not have.
	defaultHealthCheckPort = 8080
)

// defaultTimeouts are ELB's timeouts of health checks, in seconds.
var defaultTimeouts = map[string]float64{"HTTP": 6, "HTTPS": 10}

// healthCheck is how the NLB checks the ALB, with every default settled.
type healthCheck struct {
	path      string
	port      float64 // of the ALB
	portText  string  // the same as a target group wants it
	protocol  string
	codes     string
	interval  *float64
	timeout   *float64
	healthy   *float64
	unhealthy *float64

	answered healthCheckAnswer
	ownPort  bool // not the port of the traffic
}

// healthCheckAnswer is who answers health checks.
type healthCheckAnswer int

const (
	answeredByRule     healthCheckAnswer = iota // a rule of the main listener
	answeredByListener                          // a listener of its own
	answeredByCaller                            // the listener that the caller has
)

// newHealthCheck settles the health check of the ALB whose listener is planned.
func newHealthCheck(r *rules.Report, plan *providerPlan) *healthCheck {
	props, given := plan.props, plan.props.HealthCheck
	if given == nil {
		given = &elbv2.HealthCheck{}
	}
	checkHealthCheckKind(r, given)

	h := &healthCheck{path: defaultHealthCheckPath, codes: "200", protocol: string(plan.listenerProtocol), port: *plan.listenerPort, portText: trafficPort}
	h.planPort(r, plan, given)
	h.planProtocol(r, given)
	h.planPath(r, props, given)
	if given.HealthyHttpCodes != nil {
		h.codes = *given.HealthyHttpCodes
		if codes, ok := literal(given.HealthyHttpCodes); ok {
			rules.CheckHTTPCodes(r, "HealthCheck.HealthyHttpCodes", codes, h.answered != answeredByCaller)
		}
	}
	h.interval = healthCheckSeconds(r, "HealthCheck.Interval", given.Interval, 5, 300)
	h.timeout = healthCheckSeconds(r, "HealthCheck.Timeout", given.Timeout, 2, 120)
	interval, intervalOk := literalNumber(h.interval)
	if intervalOk && given.Timeout == nil && interval <= defaultTimeouts[h.protocol] {
		h.timeout = jsii.Number(interval - 1) // ELB's own timeout would outlast the interval
	}
	timeout, timeoutOk := literalNumber(h.timeout)
	if intervalOk && timeoutOk && interval < timeout {
		r.AddWithFix(rules.HealthCheck, "HealthCheck.Interval", "let the interval be at least the timeout",
			"is %v s, shorter than the timeout of %v s", interval, timeout)
	}
	h.healthy = healthCheckCount(r, "HealthCheck.HealthyThresholdCount", given.HealthyThresholdCount)
	h.unhealthy = healthCheckCount(r, "HealthCheck.UnhealthyThresholdCount", given.UnhealthyThresholdCount)
	return h
}

// planPort settles the port, and with it who answers: an ALB that is built gets a listener of its own for health checks
// where these have a port of their own, and where its main listener turns away who has no client certificate.
func (h *healthCheck) planPort(r *rules.Report, plan *providerPlan, given *elbv2.HealthCheck) {
	listenerPort := h.port
	port, ok := healthCheckPort(r, given)
	verifies := wantsClientCertificate(plan.props.MutualAuthentication) || plan.listenerVerifies
	switch {
	case ok:
		h.port, h.portText = port, *given.Port
	case verifies && given.Port == nil && plan.props.Listener == nil:
		h.port = defaultHealthCheckPort
		if h.port == listenerPort {
			h.port++
		}
		h.portText = strconv.Itoa(int(h.port))
	}
	switch {
	case plan.props.Listener != nil:
		h.answered = answeredByCaller
	case h.port != listenerPort:
		h.answered = answeredByListener
	}
	if verifies && h.port == listenerPort {
		r.AddWithFix(rules.HealthCheck, "HealthCheck.Port", "give another port than the listener's",
			"is %v, where clients must show a certificate, which an NLB does not have", h.port)
	}
	h.ownPort = h.port != listenerPort
}

// planProtocol settles the protocol: HTTP where health checks have a listener of their own, else the listener's.
func (h *healthCheck) planProtocol(r *rules.Report, given *elbv2.HealthCheck) {
	if h.answered == answeredByListener {
		h.protocol = string(elbv2.Protocol_HTTP)
	}
	if given.Protocol == "" || string(given.Protocol) == h.protocol {
		return
	}
	if isHTTP := given.Protocol == elbv2.Protocol_HTTP || given.Protocol == elbv2.Protocol_HTTPS; isHTTP && (!h.ownPort || h.answered == answeredByListener) {
		r.AddWithFix(rules.HealthCheck, "HealthCheck.Protocol", "leave it out", "is %s, but the ALB speaks %s on port %v", given.Protocol, h.protocol, h.port)
	}
	h.protocol = string(given.Protocol)
}

// planPath settles the path. A listener rule of ours takes it for a pattern.
func (h *healthCheck) planPath(r *rules.Report, props *PrivateApiProviderProps, given *elbv2.HealthCheck) {
	if given.Path == nil {
		if props.Listener != nil {
			r.AddWithFix(rules.HealthCheck, "HealthCheck.Path",
				"give a path that your Listener answers with 200 whatever the host is", "is missing, and only you know what your Listener answers")
		}
		return
	}
	h.path = *given.Path
	path, ok := literal(given.Path)
	if !ok {
		return
	}
	rules.CheckHealthCheckPath(r, "HealthCheck.Path", path, h.answered == answeredByRule)
}

// checkHealthCheckKind reports what an NLB cannot do with an ALB at all.
func checkHealthCheckKind(r *rules.Report, given *elbv2.HealthCheck) {
	if given.Enabled != nil && !*given.Enabled {
		r.AddWithFix(rules.HealthCheck, "HealthCheck.Enabled", "leave it out", "is false, but only Lambda targets go unchecked")
	}
	if given.HealthyGrpcCodes != nil {
		r.AddWithFix(rules.HealthCheck, "HealthCheck.HealthyGrpcCodes", "use HealthyHttpCodes",
			"is %q, but an NLB does not check over gRPC", *given.HealthyGrpcCodes)
	}
	switch given.Protocol {
	case "", elbv2.Protocol_HTTP, elbv2.Protocol_HTTPS:
	default:
		r.Add(rules.HealthCheck, "HealthCheck.Protocol", "is %s, which says nothing about an ALB", given.Protocol)
	}
}

// healthCheckPort returns the port that the caller names, and false for the port of the traffic.
func healthCheckPort(r *rules.Report, given *elbv2.HealthCheck) (float64, bool) {
	if given.Port == nil || *given.Port == trafficPort {
		return 0, false
	}
	text, ok := literal(given.Port)
	if !ok {
		return *awscdk.Token_AsNumber(*given.Port), true
	}
	port, ok := rules.PortNumber(text)
	if !ok {
		r.Add(rules.PortRange, "HealthCheck.Port", "%q is neither a port nor traffic-port", text)
		return 0, false
	}
	rules.CheckPort(r, "HealthCheck.Port", port)
	return port, true
}

func healthCheckSeconds(r *rules.Report, property string, d awscdk.Duration, low, high float64) *float64 {
	seconds := durationSeconds(d)
	if value, ok := literalNumber(seconds); ok {
		rules.CheckHealthCheckNumber(r, property, value, low, high)
	}
	return seconds
}

func healthCheckCount(r *rules.Report, property string, count *float64) *float64 {
	if value, ok := literalNumber(count); ok {
		rules.CheckHealthCheckNumber(r, property, value, 2, 10)
	}
	return count
}

// durationSeconds returns a duration in seconds, with its fraction if it has one; nil for nil.
func durationSeconds(d awscdk.Duration) *float64 {
	if d == nil {
		return nil
	}
	return d.ToSeconds(&awscdk.TimeConversionOptions{Integral: jsii.Bool(false)})
}

// wantsClientCertificate reports whether the ALB turns away who has no client certificate.
func wantsClientCertificate(m *elbv2.MutualAuthentication) bool {
	return m != nil && m.MutualAuthenticationMode == elbv2.MutualAuthenticationMode_VERIFY
}
