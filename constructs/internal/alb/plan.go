package alb

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// defaultPort is the port of HTTPS.
const defaultPort = 443

// Plan is an ALB with all defaults filled in and all rules checked. Exactly one of built and existing is set.
type Plan struct {
	stack    *answers.Stack
	vpc      awsec2.IVpc
	port     *float64
	protocol elbv2.ApplicationProtocol

	// verifiesClients is true if the listener rejects clients without a certificate.
	verifiesClients bool

	built       *builtPlan
	existing    *existingPlan
	healthCheck *HealthCheck // nil if nothing checks the ALB
}

// builtPlan is an ALB that is built, without its port.
type builtPlan struct {
	subnets              *[]awsec2.ISubnet
	groupDescription     string
	deletionProtection   bool
	internetFacing       bool
	certificates         []elbv2.IListenerCertificate
	sslPolicy            elbv2.SslPolicy
	mutualAuthentication *elbv2.MutualAuthentication
	accessLogs           *logsPlan // nil for none
	connectionLogs       *logsPlan // nil for none
	idleTimeout          *float64  // in seconds; nil for the ALB's own
	xffMode              elbv2.XffHeaderProcessingMode
	webAclArn            *string
}

// NewPlan checks the options and fills in the defaults. It defines nothing. If it reports errors, the plan must not be
// used.
func NewPlan(r *rules.Report, stack *answers.Stack, options *Options) *Plan {
	p := &Plan{stack: stack, vpc: options.Vpc}
	if options.Listener == nil {
		p.planBuilt(r, options)
	} else {
		p.planExisting(r, options)
	}
	if options.HealthCheck != nil {
		p.healthCheck = p.newHealthCheck(r, options.HealthCheck)
	}
	return p
}

// IsBuilt reports whether the ALB is built, not the caller's.
func (p *Plan) IsBuilt() bool { return p.built != nil }

// Port returns the port of the listener.
func (p *Plan) Port() *float64 { return p.port }

func (p *Plan) planBuilt(r *rules.Report, o *Options) {
	check.Port(r, o.portProperty(), o.ListenerPort)
	p.port = prop.Or(o.ListenerPort, jsii.Number(defaultPort))
	p.protocol = elbv2.ApplicationProtocol_HTTPS
	p.verifiesClients = verifies(o.MutualAuthentication)
	p.checkCertificates(r, o)
	checkMutualAuthentication(r, o.MutualAuthentication)
	if o.ListenerProtocol != "" && o.ListenerProtocol != elbv2.ApplicationProtocol_HTTPS {
		r.AddWithFix(rules.Contradiction, "ListenerProtocol", "leave it out",
			"is %s, but the ALB that is built listens with HTTPS", o.ListenerProtocol)
	}
	if o.ListenerLoadBalancer != nil {
		r.AddWithFix(rules.Contradiction, "ListenerLoadBalancer", "set Listener too", "is set without Listener")
	}
	check.Constant(r, "SslPolicy", string(o.SslPolicy))
	region, _ := token.Literal(p.stack.Region())
	checkTrustStoreRegion(r, o.MutualAuthentication, region)
	checkIdleTimeout(r, o)
	checkXffMode(r, o.XffHeaderProcessingMode)
	if arn, ok := token.Literal(o.WebAclArn); ok {
		rules.CheckWebACL(r, "WebAclArn", arn, region)
	}
	p.built = &builtPlan{
		subnets:              o.Subnets,
		groupDescription:     o.SecurityGroupDescription,
		deletionProtection:   o.DeletionProtection,
		internetFacing:       o.InternetFacing,
		certificates:         prop.Elements(o.Certificates),
		sslPolicy:            prop.EnumOr(o.SslPolicy, elbv2.SslPolicy_RECOMMENDED_TLS),
		mutualAuthentication: o.MutualAuthentication,
		accessLogs:           planLogs(r, accessLogs, o.AccessLogsBucket, o.AccessLogsPrefix, region),
		connectionLogs:       planLogs(r, connectionLogs, o.ConnectionLogsBucket, o.ConnectionLogsPrefix, region),
		idleTimeout:          prop.Seconds(o.IdleTimeout),
		xffMode:              o.XffHeaderProcessingMode,
		webAclArn:            o.WebAclArn,
	}
}

func (o *Options) portProperty() string { return prop.EnumOr(o.PortProperty, "ListenerPort") }

// checkMutualAuthentication reports settings that ELB would refuse, or CDK when the ALB is defined already.
func checkMutualAuthentication(r *rules.Report, m *elbv2.MutualAuthentication) {
	if m == nil {
		return
	}
	if verifies(m) {
		if m.TrustStore == nil {
			r.Add(rules.TrustStore, "MutualAuthentication.TrustStore", "is missing, but the mode is %s", m.MutualAuthenticationMode)
		}
		return
	}
	for _, name := range check.Set(
		check.Property{Name: "TrustStore", IsSet: m.TrustStore != nil},
		check.Property{Name: "IgnoreClientCertificateExpiry", IsSet: m.IgnoreClientCertificateExpiry != nil},
		check.Property{Name: "AdvertiseTrustStoreCaNames", IsSet: m.AdvertiseTrustStoreCaNames != nil},
	) {
		r.AddWithFix(rules.TrustStore, "MutualAuthentication."+name, "set the mode to VERIFY, or leave it out",
			"is set, but the mode is %s", prop.EnumOr(m.MutualAuthenticationMode, elbv2.MutualAuthenticationMode_OFF))
	}
}

// checkTrustStoreRegion reports a trust store of another Region than the listener's.
func checkTrustStoreRegion(r *rules.Report, m *elbv2.MutualAuthentication, region string) {
	const property = "MutualAuthentication.TrustStore"
	if m == nil || m.TrustStore == nil {
		return
	}
	if arn, ok := token.Literal(m.TrustStore.TrustStoreRef().TrustStoreArn); ok {
		rules.CheckTrustStore(r, property, arn, region)
		return
	}
	storeRegion, _ := token.Literal(m.TrustStore.Env().Region)
	rules.CheckTrustStoreRegion(r, property, storeRegion, region)
}

// verifies reports whether a listener with these settings rejects clients without a certificate.
func verifies(m *elbv2.MutualAuthentication) bool {
	return m != nil && m.MutualAuthenticationMode == elbv2.MutualAuthenticationMode_VERIFY
}

func checkXffMode(r *rules.Report, mode elbv2.XffHeaderProcessingMode) {
	switch mode {
	case "", elbv2.XffHeaderProcessingMode_APPEND, elbv2.XffHeaderProcessingMode_PRESERVE, elbv2.XffHeaderProcessingMode_REMOVE:
	default:
		r.AddWithFix(rules.KnownValue, "XffHeaderProcessingMode", "use one of the XffHeaderProcessingMode constants", "%q is not one of its values", mode)
	}
}

// checkIdleTimeout reports an idle timeout that an ALB does not accept, and warns of one that the NLB in front does not reach.
func checkIdleTimeout(r *rules.Report, o *Options) {
	seconds, ok := token.LiteralNumber(prop.Seconds(o.IdleTimeout))
	if !ok {
		return
	}
	rules.CheckAlbIdleTimeout(r, "IdleTimeout", seconds)
	if o.HealthCheck == nil {
		return // no NLB is in front
	}
	if network, ok := token.LiteralNumber(prop.Or(o.NetworkIdleTimeout, jsii.Number(rules.DefaultIdleTimeout))); ok {
		rules.CheckIdleTimeouts(r, "IdleTimeout", seconds, network)
	}
}
