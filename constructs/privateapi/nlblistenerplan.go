package privateapi

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/certificates"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/targets"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// listenerPlan is a listener with all defaults filled in and all rules checked, except those that CDK checks when a target is
// attached.
type listenerPlan struct {
	id             string
	port           *float64
	protocol       elbv2.Protocol
	certificates   []elbv2.IListenerCertificate
	sslPolicy      elbv2.SslPolicy
	alpnPolicy     elbv2.AlpnPolicy
	tcpIdleTimeout awscdk.Duration

	targetGroup     *elbv2.NetworkTargetGroupProps
	targets         []elbv2.INetworkLoadBalancerTarget
	peers           []awsec2.IConnectable
	hasPeers        bool
	healthCheckPort *float64 // nil unless health checks have a port of their own
}

// planListener checks a listener against the rules of ELB and against the listeners before it.
func (p *privateNlbProvider) planListener(r *rules.Report, id string, o *NlbListenerOptions) *listenerPlan {
	plan := &listenerPlan{
		id: id, port: o.Port, certificates: prop.Elements(o.Certificates), alpnPolicy: o.AlpnPolicy, tcpIdleTimeout: o.TcpIdleTimeout,
		targets: prop.Elements(o.Targets), peers: prop.Elements(o.TargetPeers), hasPeers: o.TargetPeers != nil,
	}
	p.checkAgainstListeners(r, id, o.Port)
	plan.planProtocol(r, o)
	if plan.protocol == elbv2.Protocol_TLS {
		certificates.Check(r, p.link.stack, o.Certificates, p.link.domainNames)
		plan.sslPolicy = prop.EnumOr(o.SslPolicy, elbv2.SslPolicy_RECOMMENDED_TLS)
	}
	p.link.checkIdleTimeout(r, o.TcpIdleTimeout)
	if len(plan.targets) == 0 {
		r.AddWithFix(rules.Required, "Targets", "supply where connections go", "is empty")
	}
	check.NoNil(r, "Targets", o.Targets)
	check.NoNil(r, "TargetPeers", o.TargetPeers)
	check.Port(r, "TargetPort", o.TargetPort)
	place := p.place()
	targets.Check(r, place, plan.targets, plan.peers)
	plan.planTargetGroup(r, place, o)
	return plan
}

// place is where the NLB stands.
func (p *privateNlbProvider) place() targets.Place {
	return targets.Place{Stack: p.link.stack, Vpc: p.link.vpc, AddsRules: true}
}

// checkAgainstListeners reports an ID or a port that another listener has already, and a listener that consumers of the app do not
// know.
func (p *privateNlbProvider) checkAgainstListeners(r *rules.Report, id string, port *float64) {
	if port == nil {
		r.AddWithFix(rules.Required, "Port", "supply the port that clients connect to", "is missing")
	}
	check.Port(r, "Port", port)
	number, isLiteral := token.LiteralNumber(port)
	for _, other := range p.added {
		otherNumber, otherIsLiteral := token.LiteralNumber(other.port)
		switch {
		case other.id == id:
			r.AddWithFix(rules.Contradiction, "id", "give each listener its own id", "%q is the id of another listener", id)
		case isLiteral && otherIsLiteral && number == otherNumber:
			r.Add(rules.ListenerPort, "Port", "%v is the port of listener %s", number, other.id)
		}
	}
	if len(p.connected) > 0 {
		r.Add(rules.ListenerOrder, "AddListener", "is called after the consumer %s", *p.connected[0].Node().Path())
	}
}

// planProtocol decides what the listener speaks, and reports what only TLS has.
func (plan *listenerPlan) planProtocol(r *rules.Report, o *NlbListenerOptions) {
	byDefault := elbv2.Protocol_TCP
	if len(plan.certificates) > 0 {
		byDefault = elbv2.Protocol_TLS
	}
	plan.protocol = prop.EnumOr(o.Protocol, byDefault)
	rules.CheckListenerProtocol(r, "Protocol", string(plan.protocol))
	if plan.protocol == elbv2.Protocol_TLS {
		if len(plan.certificates) == 0 {
			r.AddWithFix(rules.CertificateRequired, "Certificates", "supply Certificates, or use Protocol_TCP to pass TLS through", "is empty, but the listener speaks TLS")
		}
		check.Constant(r, "SslPolicy", string(o.SslPolicy))
		check.Constant(r, "AlpnPolicy", string(o.AlpnPolicy))
		return
	}
	for _, name := range check.Set(
		check.Property{Name: "Certificates", IsSet: len(plan.certificates) > 0},
		check.Property{Name: "SslPolicy", IsSet: o.SslPolicy != ""},
		check.Property{Name: "AlpnPolicy", IsSet: o.AlpnPolicy != ""},
		check.Property{Name: "TargetProtocol", IsSet: o.TargetProtocol == elbv2.Protocol_TLS},
	) {
		r.Add(rules.ListenerTLS, name, "is set, but the listener speaks %s", plan.protocol)
	}
}

// planTargetGroup decides how the NLB speaks to the targets, and checks them.
func (plan *listenerPlan) planTargetGroup(r *rules.Report, place targets.Place, o *NlbListenerOptions) {
	protocol := prop.EnumOr(o.TargetProtocol, elbv2.Protocol_TCP)
	if !slices.Contains([]elbv2.Protocol{elbv2.Protocol_TCP, elbv2.Protocol_TLS}, protocol) {
		r.AddWithFix(rules.KnownValue, "TargetProtocol", "use Protocol_TCP or Protocol_TLS", "%q is not one of its values", protocol)
	}
	if seconds, ok := token.LiteralNumber(prop.Seconds(o.DeregistrationDelay)); ok {
		rules.CheckDeregistrationDelay(r, "DeregistrationDelay", seconds)
	}
	plan.planHealthCheck(r, o)
	if prop.IsTrue(o.PreserveClientIp) {
		r.Add(rules.ClientIPPreservation, "PreserveClientIp", "is true")
	}
	plan.targetGroup = &elbv2.NetworkTargetGroupProps{
		Vpc:                   place.Vpc,
		Port:                  prop.Or(o.TargetPort, o.Port),
		Protocol:              protocol,
		HealthCheck:           o.HealthCheck,
		DeregistrationDelay:   o.DeregistrationDelay,
		ConnectionTermination: o.ConnectionTermination,
		ProxyProtocolV2:       o.ProxyProtocolV2,
		PreserveClientIp:      o.PreserveClientIp,
	}
}
