package privateapi

import (
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// providerPlan is a provider with all defaults filled in and all rules checked. Making it only reads what the caller
// passed and defines nothing.
type providerPlan struct {
	report         *rules.Report // has no errors, but may have warnings
	link           *privateLinkPlan
	port           *float64
	tcpIdleTimeout *float64     // in seconds; nil for the NLB's own
	loadBalancer   *alb.Plan    // the ALB that clients reach on port
	standby        *standbyPlan // nil unless a second ALB stands by
}

// planProvider panics with all problems of the props.
func planProvider(scope constructs.Construct, id *string, props *PrivateApiProviderProps) *providerPlan {
	r := &rules.Report{}
	plan := newProviderPlan(r, scope, props)
	if plan != nil {
		plan.existing().Claim(r, func() string { return refusal.ChildPath(scope, id) })
	}
	refusal.Of(r, scope, id)
	return plan
}

// CheckPrivateApiProvider reports what [NewPrivateApiProvider] would refuse or warn of, and defines nothing. Constructs of this module call
// it that define a provider as a part.
func CheckPrivateApiProvider(r *rules.Report, scope constructs.Construct, props *PrivateApiProviderProps) {
	newProviderPlan(r, scope, props)
}

// newProviderPlan reports all problems of the props. It returns nil if something is nil that cannot be asked for more.
func newProviderPlan(r *rules.Report, scope constructs.Construct, props *PrivateApiProviderProps) *providerPlan {
	props = prop.Or(prop.Copy(props), &PrivateApiProviderProps{}) // the caller may change its own
	check.Embedded(r, "", props)
	if r.HasErrors() {
		return nil
	}
	plan := &providerPlan{report: r, port: prop.Or(props.Port, jsii.Number(check.DefaultPort))}
	plan.link = planPrivateLink(r, answers.StackOf(scope), props.privateLink())
	if plan.link.subnets != nil {
		plan.link.zones.CheckLoadBalancer(r, "VpcSubnets", "private")
	}
	check.Port(r, "Port", props.Port)
	if protocol := prop.EnumOr(props.NetworkListenerProtocol, elbv2.Protocol_TCP); protocol != elbv2.Protocol_TCP {
		r.Add(rules.NetworkListenerTCP, "NetworkListenerProtocol", "is %s", protocol)
	}
	plan.tcpIdleTimeout = plan.link.checkIdleTimeout(r, props.TcpIdleTimeout)
	plan.planLoadBalancers(r, props)
	plan.checkZonesOfLoadBalancer(r)
	plan.link.checkRegion(r)
	return plan
}

// privateLink returns the properties that all providers over PrivateLink have.
func (props *PrivateApiProviderProps) privateLink() *privateLinkOptions {
	return &privateLinkOptions{
		Vpc:                            props.Vpc,
		VpcSubnets:                     props.VpcSubnets,
		DeletionProtection:             props.DeletionProtection,
		DomainNames:                    props.DomainNames,
		PrivateDnsName:                 props.PrivateDnsName,
		AllowedPrincipals:              props.AllowedPrincipals,
		AllowedAccounts:                props.AllowedAccounts,
		AllowNoPrincipals:              props.AllowNoPrincipals,
		AcceptanceRequired:             props.AcceptanceRequired,
		AllowEveryoneWithoutAcceptance: props.AllowEveryoneWithoutAcceptance,
		SupportedRegions:               props.SupportedRegions,
		SupportedIpAddressTypes:        props.SupportedIpAddressTypes,
		PayerResponsibility:            props.PayerResponsibility,
		ContributorInsights:            props.ContributorInsights,
		CrossZoneEnabled:               props.CrossZoneEnabled,
		EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: props.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic,
		ConsumerCidrs: props.ConsumerCidrs,
	}
}

// loadBalancerOptions returns the properties of the ALB behind the NLB.
func (plan *providerPlan) loadBalancerOptions(props *PrivateApiProviderProps) *alb.Options {
	return &alb.Options{
		Vpc:                      props.Vpc,
		Subnets:                  plan.link.subnets,
		SecurityGroupDescription: "ALB of a private API: the NLB in, targets out",
		DeletionProtection:       plan.link.networkLoadBalancer.deletionProtection,
		Listener:                 props.Listener,
		ListenerLoadBalancer:     props.ListenerLoadBalancer,
		ListenerPort:             props.ListenerPort,
		ListenerProtocol:         props.ListenerProtocol,
		DomainNames:              props.DomainNames,
		Certificates:             props.Certificates,
		SslPolicy:                props.SslPolicy,
		MutualAuthentication:     props.MutualAuthentication,
		AccessLogsBucket:         props.AccessLogsBucket,
		AccessLogsPrefix:         props.AccessLogsPrefix,
		ConnectionLogsBucket:     props.ConnectionLogsBucket,
		ConnectionLogsPrefix:     props.ConnectionLogsPrefix,
		IdleTimeout:              props.IdleTimeout,
		NetworkIdleTimeout:       plan.tcpIdleTimeout,
		XffHeaderProcessingMode:  props.XffHeaderProcessingMode,
		WebAclArn:                props.WebAclArn,
		HealthCheck:              prop.Or(props.HealthCheck, &elbv2.HealthCheck{}),
	}
}

// checkZonesOfLoadBalancer warns of zones in which the NLB has no target, because the ALB of the Listener is not there.
func (plan *providerPlan) checkZonesOfLoadBalancer(r *rules.Report) {
	link := plan.link
	if link.vpc == nil || link.networkLoadBalancer.crossZone {
		return
	}
	link.zones.CheckTargets(r, "VpcSubnets", subnets.ZonesOfIDs(link.vpc, plan.existing().ExistingSubnets()))
}
