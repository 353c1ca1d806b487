package privateapi

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

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

	home       *home
	principals *principals

	port    *float64
	zones   zones
	subnets *[]awsec2.ISubnet

	listenerPort     *float64
	listenerProtocol elbv2.ApplicationProtocol
	loadBalancer     elbv2.IApplicationLoadBalancer // of an existing listener

	// listenerVerifies says that the existing listener wants client certificates.
	listenerVerifies bool

	healthCheck         *healthCheck
	enforcedOnClientIps bool
}

// planProvider panics with all problems of the props.
func planProvider(scope constructs.Construct, id *string, props *PrivateApiProviderProps) *providerPlan {
	r := &rules.Report{}
	if props == nil {
		props = &PrivateApiProviderProps{}
	}
	plan := &providerPlan{props: props, home: homeOf(scope)}
	region, _ := literal(plan.home.region())

	plan.principals = newPrincipals(r, props, plan.home)
	plan.checkNames(r)
	plan.checkReach(r, region)
	plan.planSubnets(r)
	plan.planNetworkLoadBalancer(r)
	plan.planApplicationLoadBalancer(r, region)
	plan.healthCheck = newHealthCheck(r, plan)
	refuse(r, scope, id)
	return plan
}

// serviceName puts the name of the service together: CloudFormation has no attribute for it.
func (plan *providerPlan) serviceName(serviceID *string) *string {
	region := *plan.home.region()
	known, _ := literal(&region)
	return jsii.String(strings.Join([]string{rules.ServiceNamePrefix(known), region, *serviceID}, "."))
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
	checkEach(props.SupportedRegions, "SupportedRegions", func(property, region string) {
		rules.CheckRegion(r, property, region)
		if own != "" && rules.Partition(region) != rules.Partition(own) {
			r.AddWithFix(rules.RegionForm, property, "support Regions of one partition", "%q is in another partition than %s", region, own)
		}
	})
	otherRegion := plan.checkRegionsOnce(r, own)
	if seconds := durationSeconds(props.TcpIdleTimeout); seconds != nil {
		if value, ok := literalNumber(seconds); ok {
			rules.CheckIdleTimeout(r, "TcpIdleTimeout", value)
		}
		if otherRegion != "" {
			r.Add(rules.CrossRegionIdleTimeout, "TcpIdleTimeout", "is set while SupportedRegions has %s", otherRegion)
		}
	}
	plan.checkIpAddressTypes(r)
	switch props.PayerResponsibility {
	case "", PayerResponsibility_ENDPOINT_OWNER, PayerResponsibility_SERVICE_OWNER:
	default:
		r.AddWithFix(rules.KnownValue, "PayerResponsibility", "use one of the PayerResponsibility constants", "%q is none of its values", props.PayerResponsibility)
	}
}

// checkRegionsOnce reports a Region that comes twice, and returns one that is surely not the service's own.
func (plan *providerPlan) checkRegionsOnce(r *rules.Report, own string) (other string) {
	regions := literals(plan.props.SupportedRegions)
	for i, region := range regions {
		if slices.Contains(regions[:i], region) {
			r.AddWithFix(rules.RegionForm, "SupportedRegions", "remove the repetition", "has %s twice", region)
		}
		if own != "" && region != own || own == "" && i > 0 {
			other = region
		}
	}
	return other
}

func (plan *providerPlan) checkIpAddressTypes(r *rules.Report) {
	types := plan.props.SupportedIpAddressTypes
	if types == nil {
		return
	}
	const property = "SupportedIpAddressTypes"
	if len(*types) == 0 {
		r.AddWithFix(rules.KnownValue, property, "leave it out for IPv4", "is empty")
	}
	for i, t := range *types {
		if t != awsec2.IpAddressType_IPV4 && t != awsec2.IpAddressType_IPV6 {
			r.AddWithFix(rules.KnownValue, fmt.Sprintf("%s[%d]", property, i), "use one of the IpAddressType constants", "%q is none of its values", t)
		}
		if slices.Contains((*types)[:i], t) {
			r.AddWithFix(rules.KnownValue, fmt.Sprintf("%s[%d]", property, i), "remove the repetition", "%q is given twice", t)
		}
	}
}

func (plan *providerPlan) planSubnets(r *rules.Report) {
	props := plan.props
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC in which the load balancers stand", "is missing")
		return
	}
	selected := selectSubnets(r, "VpcSubnets", props.Vpc, props.VpcSubnets)
	if selected == nil {
		return
	}
	plan.subnets = selected.Subnets
	plan.zones = zonesOf(selected)
	plan.zones.checkOnePerZone(r, "VpcSubnets")
	if n := plan.zones.count(); n < 2 && !plan.zones.unknown {
		r.Add(rules.TwoZones, "VpcSubnets", "has subnets in %d Availability Zone%s", n, plural(n))
	}
	if isTrue(selected.HasPublic) && !selectsByName(props.VpcSubnets) {
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
	checkCertificates(r, props.Certificates)
	checkMutualAuthentication(r, props.MutualAuthentication)
	if props.ListenerProtocol != "" && props.ListenerProtocol != elbv2.ApplicationProtocol_HTTPS {
		r.AddWithFix(rules.Contradiction, "ListenerProtocol", "leave it out",
			"is %s, but the ALB that is built listens with HTTPS", props.ListenerProtocol)
	}
	if props.ListenerLoadBalancer != nil {
		r.AddWithFix(rules.Contradiction, "ListenerLoadBalancer", "give the Listener too", "is given without Listener")
	}
	checkSslPolicy(r, props.SslPolicy)
	if props.AccessLogsBucket != nil && region == "" {
		r.Add(rules.AccessLogsRegion, "AccessLogsBucket", "is given, and the Region of the stack is decided at deploy time")
	}
	if props.AccessLogsBucket != nil && props.AccessLogsBucket.EncryptionKey() != nil {
		r.Add(rules.AccessLogsEncryption, "AccessLogsBucket", "is encrypted with a KMS key")
	}
	if props.AccessLogsPrefix != nil && props.AccessLogsBucket == nil {
		r.AddWithFix(rules.Contradiction, "AccessLogsPrefix", "give AccessLogsBucket too", "is given without AccessLogsBucket")
	}
	if arn, ok := literal(props.WebAclArn); ok {
		rules.CheckWebACL(r, "WebAclArn", arn, region)
	}
}

// checkCertificates reports a certificate that is nil, or comes twice.
func checkCertificates(r *rules.Report, certificates *[]elbv2.IListenerCertificate) {
	checkNoNil(r, "Certificates", certificates, func(c elbv2.IListenerCertificate) bool { return c == nil })
	if certificates == nil || len(*certificates) < 2 || slices.Contains(*certificates, nil) {
		return
	}
	seen := map[string]bool{}
	for i, certificate := range *certificates {
		arn := *certificate.CertificateArn()
		if seen[arn] {
			r.AddWithFix(rules.Contradiction, fmt.Sprintf("Certificates[%d]", i), "remove the repetition", "is given twice")
		}
		seen[arn] = true
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
	if p := plan.listenerProtocol; p != elbv2.ApplicationProtocol_HTTP && p != elbv2.ApplicationProtocol_HTTPS {
		r.AddWithFix(rules.KnownValue, "ListenerProtocol", "use one of the ApplicationProtocol constants", "%q is none of its values", p)
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
	plan.loadBalancer = listener.LoadBalancer()
	if given, ok := props.ListenerLoadBalancer.(elbv2.ApplicationLoadBalancer); ok && *given.Node().Path() != *plan.loadBalancer.Node().Path() {
		r.AddWithFix(rules.Contradiction, "ListenerLoadBalancer", "leave it out: the Listener knows its ALB",
			"is %s, but the Listener is one of %s", *given.Node().Path(), *plan.loadBalancer.Node().Path())
	}
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
	plan.listenerVerifies = verifiesClients(listener)
}

// verifiesClients reports whether a listener of this app turns away who has no client certificate.
func verifiesClients(listener elbv2.ApplicationListener) bool {
	var resource elbv2.CfnListener
	jsii.UnsafeCast(listener.Node().DefaultChild(), &resource)
	given := resource.MutualAuthentication()
	if given == nil {
		return false
	}
	settings, _ := listener.Stack().Resolve(given).(map[string]any)
	return settings["mode"] == "verify"
}

// lookedUpLater is CDK's stand-in for the ID of a VPC until a lookup is done.
const lookedUpLater = "vpc-12345"

// sslPolicyName is the form of awscdk's SslPolicy constants, which are not the names of ELB's policies.
var sslPolicyName = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

func checkSslPolicy(r *rules.Report, policy elbv2.SslPolicy) {
	if policy != "" && !sslPolicyName.MatchString(string(policy)) {
		r.AddWithFix(rules.KnownValue, "SslPolicy", "use one of the SslPolicy constants", "%q is none of its values", policy)
	}
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
	if *id == lookedUpLater || *albID == lookedUpLater {
		return
	}
	if (ok && albOk || ownVpc && ownOther) && *id != *albID {
		if !ok {
			literalID, literalAlbID = *vpc.Node().Path(), *other.Node().Path()
		}
		r.Add(rules.LoadBalancerVpc, "Vpc", "is %s, but the ALB of the Listener is in %s", literalID, literalAlbID)
	}
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
