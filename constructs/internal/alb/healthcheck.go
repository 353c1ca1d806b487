package alb

import (
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	// DefaultHealthCheckPath is unlikely to be a path of an API.
	DefaultHealthCheckPath = "/privateapi-health"

	// trafficPort is ELB's name for the port of the target group.
	trafficPort = "traffic-port"

	// defaultHealthCheckPort is where the ALB answers health checks when its main listener asks for client
	// certificates, which an NLB does not have.
	defaultHealthCheckPort = 8080
)

// defaultTimeouts are ELB's timeouts of health checks, in seconds, by protocol.
var defaultTimeouts = map[string]float64{"HTTP": 6, "HTTPS": 10}

// HealthCheck is how a Network Load Balancer checks the ALB. Fields that are nil have ELB's defaults.
type HealthCheck struct {
	Path               string
	Protocol           string
	Port               string // as a target group has it: a number or "traffic-port"
	Codes              string
	Interval           *float64
	Timeout            *float64
	HealthyThreshold   *float64
	UnhealthyThreshold *float64

	// OwnPort is the port of the ALB that health checks use; nil if it is the listener's.
	OwnPort *float64

	answeredBy answerer
}

// answerer is the kind of listener or rule that answers health checks.
type answerer int

const (
	listenerRule   answerer = iota // of the ALB's main listener
	ownListener                    // of the ALB, for health checks only
	callerListener                 // the listener of an ALB that exists
)

// newHealthCheck plans the health check of an ALB whose listener is planned already.
func (p *Plan) newHealthCheck(r *rules.Report, given *elbv2.HealthCheck) *HealthCheck {
	checkHealthCheckKind(r, given)
	h := &HealthCheck{Path: DefaultHealthCheckPath, Codes: "200", Protocol: string(p.protocol), Port: trafficPort}
	port := h.planPort(r, p, given)
	h.planProtocol(r, given, port)
	h.planPath(r, given)
	if given.HealthyHttpCodes != nil {
		h.Codes = *given.HealthyHttpCodes
		if codes, ok := token.Literal(given.HealthyHttpCodes); ok {
			rules.CheckHTTPCodes(r, "HealthCheck.HealthyHttpCodes", codes, h.answeredBy != callerListener)
		}
	}
	h.planTimes(r, given)
	h.HealthyThreshold, h.UnhealthyThreshold = given.HealthyThresholdCount, given.UnhealthyThresholdCount
	checkNumber(r, "HealthCheck.HealthyThresholdCount", h.HealthyThreshold, rules.HealthCheckThresholds)
	checkNumber(r, "HealthCheck.UnhealthyThresholdCount", h.UnhealthyThreshold, rules.HealthCheckThresholds)
	return h
}

// planPort decides the port, and with it what answers: an ALB that is built gets a listener for health checks only if they
// have a port of their own, or if its main listener rejects clients without a certificate.
func (h *HealthCheck) planPort(r *rules.Report, p *Plan, given *elbv2.HealthCheck) (port float64) {
	port = *p.port
	switch own, ok := healthCheckPort(r, given); {
	case ok:
		port, h.Port = own, *given.Port
	case p.verifiesClients && given.Port == nil && p.built != nil:
		port = defaultHealthCheckPort
		if port == *p.port {
			port++
		}
		h.Port = strconv.Itoa(int(port))
	}
	if port != *p.port {
		h.OwnPort = &port
	}
	switch {
	case p.existing != nil:
		h.answeredBy = callerListener
	case h.OwnPort != nil:
		h.answeredBy = ownListener
	}
	if p.verifiesClients && h.OwnPort == nil {
		r.AddWithFix(rules.HealthCheck, "HealthCheck.Port", "use a port other than the listener's",
			"is %v, where clients must present a certificate, which an NLB does not have", port)
	}
	return port
}

// planProtocol decides the protocol: HTTP if health checks have a listener of their own, else the listener's.
func (h *HealthCheck) planProtocol(r *rules.Report, given *elbv2.HealthCheck, port float64) {
	if h.answeredBy == ownListener {
		h.Protocol = string(elbv2.Protocol_HTTP)
	}
	if given.Protocol == "" || string(given.Protocol) == h.Protocol {
		return
	}
	isHTTP := given.Protocol == elbv2.Protocol_HTTP || given.Protocol == elbv2.Protocol_HTTPS
	if isHTTP && (h.OwnPort == nil || h.answeredBy == ownListener) {
		r.AddWithFix(rules.HealthCheck, "HealthCheck.Protocol", "leave it out", "is %s, but the ALB speaks %s on port %v", given.Protocol, h.Protocol, port)
	}
	h.Protocol = string(given.Protocol)
}

// planPath decides the path. If a listener rule answers health checks, the path is its pattern.
func (h *HealthCheck) planPath(r *rules.Report, given *elbv2.HealthCheck) {
	if given.Path == nil {
		if h.answeredBy == callerListener {
			r.AddWithFix(rules.HealthCheck, "HealthCheck.Path",
				"set a path that your Listener answers with 200 for any host", "is missing, and only you know what your Listener answers")
		}
		return
	}
	h.Path = *given.Path
	if path, ok := token.Literal(given.Path); ok {
		rules.CheckHealthCheckPath(r, "HealthCheck.Path", path, h.answeredBy == listenerRule)
	}
}

// planTimes decides interval and timeout. ELB rejects a timeout that is longer than the interval.
func (h *HealthCheck) planTimes(r *rules.Report, given *elbv2.HealthCheck) {
	h.Interval, h.Timeout = prop.Seconds(given.Interval), prop.Seconds(given.Timeout)
	checkNumber(r, "HealthCheck.Interval", h.Interval, rules.HealthCheckIntervals)
	checkNumber(r, "HealthCheck.Timeout", h.Timeout, rules.HealthCheckTimeouts)
	interval, intervalOk := token.LiteralNumber(h.Interval)
	if intervalOk && given.Timeout == nil && interval <= defaultTimeouts[h.Protocol] {
		h.Timeout = jsii.Number(interval - 1) // ELB's default timeout would be longer than the interval
	}
	timeout, timeoutOk := token.LiteralNumber(h.Timeout)
	if intervalOk && timeoutOk && interval < timeout {
		r.AddWithFix(rules.HealthCheck, "HealthCheck.Interval", "make the interval at least as long as the timeout",
			"is %v s, shorter than the timeout of %v s", interval, timeout)
	}
}

// checkHealthCheckKind reports settings that an NLB cannot use for an ALB.
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
		r.Add(rules.HealthCheck, "HealthCheck.Protocol", "is %s, but an NLB checks an ALB over HTTP or HTTPS", given.Protocol)
	}
}

// healthCheckPort returns the port that the caller names, and false for the traffic port.
func healthCheckPort(r *rules.Report, given *elbv2.HealthCheck) (float64, bool) {
	if given.Port == nil || *given.Port == trafficPort {
		return 0, false
	}
	text, ok := token.Literal(given.Port)
	if !ok {
		return *awscdk.Token_AsNumber(*given.Port), true
	}
	return checkHealthCheckPort(r, text)
}

// checkHealthCheckPort reports anything but a port, which it returns, and traffic-port.
func checkHealthCheckPort(r *rules.Report, text string) (port float64, ok bool) {
	if text == trafficPort {
		return 0, false
	}
	port, ok = rules.PortNumber(text)
	if !ok {
		r.Add(rules.PortRange, "HealthCheck.Port", "%q is neither a port nor traffic-port", text)
		return 0, false
	}
	rules.CheckPort(r, "HealthCheck.Port", port)
	return port, true
}

func checkNumber(r *rules.Report, property string, number *float64, accepted rules.Range) {
	if value, ok := token.LiteralNumber(number); ok {
		rules.CheckHealthCheckNumber(r, property, value, accepted)
	}
}
