package privateapi

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// defaultPort is the port of HTTPS.
const defaultPort = 443

// providerPlan is what a provider will be, with every default settled and every rule checked. Making it defines
// nothing: it only reads what the caller passed.
type providerPlan struct {
	props *PrivateApiProviderProps

	region     *string
	principals *principals

	port    *float64
	zones   zones
	subnets *[]awsec2.ISubnet

	listenerPort     *float64
	listenerProtocol elbv2.ApplicationProtocol
	loadBalancer     elbv2.IApplicationLoadBalancer // of an existing listener

	healthCheck         *healthCheck
	ownHealthListener   bool
	enforcedOnClientIps bool
}

// planProvider panics with all problems of the props.
func planProvider(scope constructs.Construct, id *string, props *PrivateApiProviderProps) *providerPlan {
	r := &rules.Report{}
	if props == nil {
		props = &PrivateApiProviderProps{}
	}
	plan := &providerPlan{props: props, region: awscdk.Stack_Of(scope).Region()}
	region, _ := literal(plan.region)

	plan.principals = newPrincipals(r, props, region)
	plan.checkNames(r)
	plan.checkReach(r, region)
	plan.planSubnets(r)
	plan.planNetworkLoadBalancer(r)
	plan.planApplicationLoadBalancer(r, region)
	plan.healthCheck, plan.ownHealthListener = newHealthCheck(r, props, plan.listenerPort, plan.listenerProtocol)
	refuse(r, scope, id)
	return plan
}

// serviceName puts the name of the service together: CloudFormation has no attribute for it.
func (plan *providerPlan) serviceName(serviceID *string) *string {
	region, _ := literal(plan.region)
	return jsii.String(strings.Join([]string{rules.ServiceNamePrefix(region), *plan.region, *serviceID}, "."))
}

func (plan *providerPlan) checkNames(r *rules.Report) {
	checkDomainNames(r, plan.props.DomainNames)
	if name, ok := literal(plan.props.PrivateDnsName); ok {
		rules.CheckPrivateDnsName(r, "PrivateDnsName", name)
	}
}

func (plan *providerPlan) checkReach(r *rules.Report, own string) {
	props := plan.props
	checkNoNil(r, "SupportedRegions", props.SupportedRegions, isNilString)
	otherRegion := ""
	checkEach(props.SupportedRegions, "SupportedRegions", func(property, region string) {
		rules.CheckRegion(r, property, region)
		if region != own {
			otherRegion = region
		}
	})
	if seconds := durationSeconds(props.TcpIdleTimeout); seconds != nil {
		if value, ok := literalNumber(seconds); ok {
			rules.CheckIdleTimeout(r, "TcpIdleTimeout", value)
		}
		if otherRegion != "" {
			r.Add(rules.CrossRegionIdleTimeout, "TcpIdleTimeout", "is set while SupportedRegions has %s", otherRegion)
		}
	}
	switch props.PayerResponsibility {
	case "", PayerResponsibility_ENDPOINT_OWNER, PayerResponsibility_SERVICE_OWNER:
	default:
		r.AddWithFix(rules.KnownValue, "PayerResponsibility", "use one of the PayerResponsibility constants", "%q is none of its values", props.PayerResponsibility)
	}
}

func (plan *providerPlan) planSubnets(r *rules.Report) {
	props := plan.props
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC in which the load balancers stand", "is missing")
		return
	}
	selected := selectSubnets(props.Vpc, props.VpcSubnets)
	plan.subnets = selected.Subnets
	plan.zones = zonesOf(selected)
	if isTrue(selected.IsPendingLookup) {
		return // the second synthesis, after the lookup, knows the subnets
	}
	plan.zones.checkOnePerZone(r, "VpcSubnets")
	if n := plan.zones.count(); n < 2 && !plan.zones.unknown {
		r.Add(rules.TwoZones, "VpcSubnets", "has subnets in %d Availability Zone%s", n, plural(n))
	}
	if isTrue(selected.HasPublic) && props.VpcSubnets == nil {
		r.Add(rules.PrivateSubnets, "Vpc", "has no private subnets")
	}
}

func (plan *providerPlan) planNetworkLoadBalancer(r *rules.Report) {
	props := plan.props
	checkPort(r, "Port", props.Port)
	plan.port = valueOr(props.Port, jsii.Number(defaultPort))
	if protocol := stringOr(props.NetworkListenerProtocol, elbv2.Protocol_TCP); protocol != elbv2.Protocol_TCP {
		r.Add(rules.NetworkListenerTCP, "NetworkListenerProtocol", "is %s", protocol)
	}

	checkNoNil(r, "ConsumerCidrs", props.ConsumerCidrs, isNilString)
	checkEach(props.ConsumerCidrs, "ConsumerCidrs", func(property, cidr string) { rules.CheckCIDR(r, property, cidr) })
	if props.ConsumerCidrs != nil && isListToken(*props.ConsumerCidrs) {
		r.AddWithFix(rules.CIDR, "ConsumerCidrs", "give the blocks one by one; each may be a token",
			"is a list that is known only at deploy time, and each block needs a rule")
		return
	}
	plan.enforcedOnClientIps = isTrue(props.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic)
	switch cidrs := len(elements(props.ConsumerCidrs)); {
	case plan.enforcedOnClientIps && cidrs == 0:
		r.Add(rules.NetworkSecurityGroup, "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "is set without ConsumerCidrs")
	case !plan.enforcedOnClientIps && cidrs > 0:
		r.AddWithFix(rules.NetworkSecurityGroup, "ConsumerCidrs",
			"set EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, or remove ConsumerCidrs",
			"is given, but inbound rules are not enforced on PrivateLink traffic")
	}
}

func (plan *providerPlan) planApplicationLoadBalancer(r *rules.Report, region string) {
	if plan.props.Listener != nil {
		plan.planExistingListener(r)
		return
	}
	props := plan.props
	checkPort(r, "ListenerPort", props.ListenerPort)
	plan.listenerPort = valueOr(props.ListenerPort, jsii.Number(defaultPort))
	plan.listenerProtocol = elbv2.ApplicationProtocol_HTTPS
	if props.Certificates == nil || len(*props.Certificates) == 0 {
		r.Add(rules.CertificateRequired, "Certificates", "is empty, and there is no Listener")
	}
	checkNoNil(r, "Certificates", props.Certificates, func(c elbv2.IListenerCertificate) bool { return c == nil })
	checkMutualAuthentication(r, props.MutualAuthentication)
	if props.ListenerProtocol != "" && props.ListenerProtocol != elbv2.ApplicationProtocol_HTTPS {
		r.AddWithFix(rules.Contradiction, "ListenerProtocol", "leave it out",
			"is %s, but the ALB that is built listens with HTTPS", props.ListenerProtocol)
	}
	if props.ListenerLoadBalancer != nil {
		r.AddWithFix(rules.Contradiction, "ListenerLoadBalancer", "give the Listener too", "is given without Listener")
	}
	if props.AccessLogsBucket != nil && region == "" {
		r.Add(rules.AccessLogsRegion, "AccessLogsBucket", "is given, and the Region of the stack is decided at deploy time")
	}
	if props.AccessLogsPrefix != nil && props.AccessLogsBucket == nil {
		r.AddWithFix(rules.Contradiction, "AccessLogsPrefix", "give AccessLogsBucket too", "is given without AccessLogsBucket")
	}
	if arn, ok := literal(props.WebAclArn); ok {
		rules.CheckWebACL(r, "WebAclArn", arn)
	}
}

// checkMutualAuthentication checks what ELB, and CDK half-way through, would refuse.
func checkMutualAuthentication(r *rules.Report, m *elbv2.MutualAuthentication) {
	if m == nil {
		return
	}
	if wantsClientCertificate(m) {
		if m.TrustStore == nil {
			r.Add(rules.TrustStore, "MutualAuthentication.TrustStore", "is missing, but the mode is %s", m.MutualAuthenticationMode)
		}
		return
	}
	for _, property := range []struct {
		name  string
		given bool
	}{
		{"TrustStore", m.TrustStore != nil},
		{"IgnoreClientCertificateExpiry", m.IgnoreClientCertificateExpiry != nil},
		{"AdvertiseTrustStoreCaNames", m.AdvertiseTrustStoreCaNames != nil},
	} {
		if property.given {
			r.AddWithFix(rules.TrustStore, "MutualAuthentication."+property.name, "set the mode to VERIFY, or leave it out",
				"is given, but the mode is %s", stringOr(m.MutualAuthenticationMode, elbv2.MutualAuthenticationMode_OFF))
		}
	}
}

// planExistingListener learns what it can of a listener that the caller has, and checks what the caller says of it.
func (plan *providerPlan) planExistingListener(r *rules.Report) {
	props := plan.props
	plan.listenerPort = props.ListenerPort
	plan.listenerProtocol = stringOr(props.ListenerProtocol, elbv2.ApplicationProtocol_HTTPS)
	plan.loadBalancer = props.ListenerLoadBalancer
	if listener, ok := props.Listener.(elbv2.ApplicationListener); ok {
		plan.planOwnedListener(r, listener)
	}
	if plan.loadBalancer == nil {
		r.AddWithFix(rules.Required, "ListenerLoadBalancer", "supply the ALB of the Listener", "is missing, and an imported Listener does not know its ALB")
	} else {
		checkSameVpc(r, props.Vpc, plan.loadBalancer)
	}
	if plan.listenerPort == nil {
		r.AddWithFix(rules.Required, "ListenerPort", "supply the port of the Listener", "is missing, and an imported Listener does not know its port")
		plan.listenerPort = jsii.Number(defaultPort)
	}
	checkPort(r, "ListenerPort", plan.listenerPort)
	for _, property := range []struct {
		name  string
		given bool
	}{
		{"AccessLogsBucket", props.AccessLogsBucket != nil},
		{"AccessLogsPrefix", props.AccessLogsPrefix != nil},
		{"Certificates", props.Certificates != nil},
		{"MutualAuthentication", props.MutualAuthentication != nil},
		{"SslPolicy", props.SslPolicy != ""},
		{"WebAclArn", props.WebAclArn != nil},
	} {
		if property.given {
			r.AddWithFix(rules.Contradiction, property.name, "set it on the ALB of the Listener", "is given together with Listener")
		}
	}
}

// planOwnedListener takes from a listener of this app what the caller need not say.
func (plan *providerPlan) planOwnedListener(r *rules.Report, listener elbv2.ApplicationListener) {
	props := plan.props
	plan.loadBalancer = valueOrInterface(props.ListenerLoadBalancer, listener.LoadBalancer)
	port := listener.Port()
	given, isLiteral := literalNumber(props.ListenerPort)
	if actual, ok := literalNumber(port); ok && isLiteral && actual != given {
		r.Add(rules.OnePort, "ListenerPort", "is %v, but the Listener listens on %v", given, actual)
	}
	plan.listenerPort = port
	protocol := listener.Protocol()
	if props.ListenerProtocol != "" && props.ListenerProtocol != protocol {
		r.AddWithFix(rules.Contradiction, "ListenerProtocol", "leave it out", "is %s, but the Listener listens with %s", props.ListenerProtocol, protocol)
	}
	plan.listenerProtocol = protocol
}

// checkSameVpc compares the VPCs where both are known: by their IDs if these are literals, by their constructs if both
// are defined in this app.
func checkSameVpc(r *rules.Report, vpc awsec2.IVpc, alb elbv2.IApplicationLoadBalancer) {
	if vpc == nil {
		return
	}
	other := alb.Vpc()
	if other == nil {
		return
	}
	id, albID := vpc.VpcId(), other.VpcId()
	_, ownVpc := vpc.(awsec2.Vpc)
	_, ownOther := other.(awsec2.Vpc)
	literalID, ok := literal(id)
	literalAlbID, albOk := literal(albID)
	if (ok && albOk || ownVpc && ownOther) && *id != *albID {
		if !ok {
			literalID, literalAlbID = *vpc.Node().Path(), *other.Node().Path()
		}
		r.Add(rules.LoadBalancerVpc, "Vpc", "is %s, but the ALB of the Listener is in %s", literalID, literalAlbID)
	}
}

// valueOrInterface returns v, or what fallback returns if v is nil.
func valueOrInterface[T comparable](v T, fallback func() T) T {
	var none T
	if v == none {
		return fallback()
	}
	return v
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
