package privateapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// defaultPort is the port of HTTPS.
const defaultPort = 443

// providerPlan is a provider with all defaults filled in and all rules checked. Making it only reads what the caller
// passed and defines nothing.
type providerPlan struct {
	report      *rules.Report // has no errors, but may have warnings
	stack       *answers.Stack
	vpc         awsec2.IVpc
	port        *float64
	domainNames *[]*string

	subnets *[]awsec2.ISubnet
	zones   subnets.Zones

	networkLoadBalancer *networkLoadBalancerPlan
	loadBalancer        *alb.Plan

	principals              *principals
	privateDnsName          *string
	supportedRegions        *[]*string
	supportedIpAddressTypes *[]awsec2.IpAddressType // nil for EC2's default
	payer                   *string
	contributorInsights     *bool
}

// planProvider panics with all problems of the props.
func planProvider(scope constructs.Construct, id *string, props *PrivateApiProviderProps) *providerPlan {
	r := &rules.Report{}
	props = prop.Or(prop.Copy(props), &PrivateApiProviderProps{}) // the caller may change its own
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	plan := &providerPlan{
		report:      r,
		stack:       answers.StackOf(scope),
		vpc:         props.Vpc,
		port:        prop.Or(props.Port, jsii.Number(defaultPort)),
		domainNames: props.DomainNames,
	}
	region, _ := token.Literal(plan.stack.Region())

	plan.principals = newPrincipals(r, props, plan.stack)
	check.DomainNames(r, "DomainNames", props.DomainNames)
	plan.planService(r, props, region)
	plan.planSubnets(r, props)
	check.Port(r, "Port", props.Port)
	plan.networkLoadBalancer = plan.planNetworkLoadBalancer(r, props)
	plan.loadBalancer = plan.planLoadBalancer(r, props)
	plan.checkZonesOfLoadBalancer(r)
	if region == "" {
		r.Add(rules.RegionAssumed, "Env.Region", "is not set on the stack, so the service name is assumed to begin with %s", rules.ServiceNamePrefix(""))
	}
	plan.loadBalancer.Claim(r, func() string { return refusal.ChildPath(scope, id) })
	refusal.Of(r, scope, id)
	return plan
}

// serviceName builds the name of the service, for which CloudFormation has no attribute.
func (plan *providerPlan) serviceName(serviceID *string) *string {
	region := plan.stack.Region()
	known, _ := token.Literal(region)
	return jsii.String(strings.Join([]string{rules.ServiceNamePrefix(known), *region, *serviceID}, "."))
}

// planService plans the endpoint service.
func (plan *providerPlan) planService(r *rules.Report, props *PrivateApiProviderProps, region string) {
	if name, ok := token.Literal(props.PrivateDnsName); ok {
		rules.CheckPrivateDnsName(r, "PrivateDnsName", name)
	}
	plan.privateDnsName = props.PrivateDnsName
	plan.planRegions(r, props, region)
	plan.planIpAddressTypes(r, props.SupportedIpAddressTypes)
	switch props.PayerResponsibility {
	case "":
	case PayerResponsibility_ENDPOINT_OWNER: // EC2's default, which has no name in its API
	case PayerResponsibility_SERVICE_OWNER:
		plan.payer = jsii.String(string(props.PayerResponsibility))
	default:
		r.AddWithFix(rules.KnownValue, "PayerResponsibility", "use one of the PayerResponsibility constants", "%q is not one of its values", props.PayerResponsibility)
	}
	plan.contributorInsights = props.ContributorInsights
}

// planRegions checks the Regions from which consumers can connect; own is the Region of the service, empty if it is not
// known.
func (plan *providerPlan) planRegions(r *rules.Report, props *PrivateApiProviderProps, own string) {
	const property = "SupportedRegions"
	plan.supportedRegions = props.SupportedRegions
	check.NoNil(r, property, props.SupportedRegions)
	check.Each(props.SupportedRegions, property, func(property, region string) {
		rules.CheckRegion(r, property, region)
		if own != "" && rules.Partition(region) != rules.Partition(own) {
			r.AddWithFix(rules.RegionForm, property, "support Regions of one partition", "%q is in another partition than %s", region, own)
		}
	})
	other := ""
	regions := token.Literals(props.SupportedRegions)
	for i, region := range regions {
		if slices.Contains(regions[:i], region) {
			r.AddWithFix(rules.RegionForm, property, "remove the duplicate", "has %s twice", region)
		}
		if own != "" && region != own || own == "" && i > 0 {
			other = region
		}
	}
	if props.TcpIdleTimeout != nil && other != "" {
		r.Add(rules.CrossRegionIdleTimeout, "TcpIdleTimeout", "is set while SupportedRegions has %s", other)
	}
}

func (plan *providerPlan) planIpAddressTypes(r *rules.Report, types *[]awsec2.IpAddressType) {
	const property = "SupportedIpAddressTypes"
	plan.supportedIpAddressTypes = types
	if types != nil && len(*types) == 0 {
		r.AddWithFix(rules.KnownValue, property, "leave it out for IPv4", "is empty")
	}
	for i, t := range prop.Elements(types) {
		if t != awsec2.IpAddressType_IPV4 && t != awsec2.IpAddressType_IPV6 {
			r.AddWithFix(rules.KnownValue, fmt.Sprintf("%s[%d]", property, i), "use one of the IpAddressType constants", "%q is not one of its values", t)
		}
		if slices.Contains((*types)[:i], t) {
			r.AddWithFix(rules.KnownValue, fmt.Sprintf("%s[%d]", property, i), "remove the duplicate", "%q is listed twice", t)
		}
	}
}

func (plan *providerPlan) planSubnets(r *rules.Report, props *PrivateApiProviderProps) {
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC in which the load balancers stand", "is missing")
		return
	}
	selected := subnets.Selector{Stack: plan.stack, Vpc: props.Vpc, Property: "VpcSubnets", Selected: props.VpcSubnets}.Select(r)
	if selected == nil {
		return
	}
	plan.subnets, plan.zones = selected.Subnets, selected.Zones
	if slices.Contains(prop.Elements(plan.supportedIpAddressTypes), awsec2.IpAddressType_IPV6) {
		subnets.CheckIPv6(r, "SupportedIpAddressTypes", plan.subnets)
	}
	if n := plan.zones.Count(); n < rules.MinLoadBalancerZones && !plan.zones.Unknown {
		r.Add(rules.TwoZones, "VpcSubnets", "has subnets in %d Availability Zone%s", n, plural(n))
	}
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// planLoadBalancer plans the ALB behind the NLB.
func (plan *providerPlan) planLoadBalancer(r *rules.Report, props *PrivateApiProviderProps) *alb.Plan {
	return alb.NewPlan(r, plan.stack, &alb.Options{
		Vpc:                      props.Vpc,
		Subnets:                  plan.subnets,
		SecurityGroupDescription: "ALB of a private API: the NLB in, targets out",
		DeletionProtection:       isProtected(props),
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
		WebAclArn:                props.WebAclArn,
		HealthCheck:              prop.Or(props.HealthCheck, &elbv2.HealthCheck{}),
	})
}

// checkZonesOfLoadBalancer warns of zones in which the NLB has no target, because the ALB of the Listener is not there.
func (plan *providerPlan) checkZonesOfLoadBalancer(r *rules.Report) {
	if plan.vpc == nil || plan.networkLoadBalancer.crossZone {
		return
	}
	plan.zones.CheckTargets(r, "VpcSubnets", subnets.ZonesOfIDs(plan.vpc, plan.loadBalancer.ExistingSubnets()))
}

// isProtected reports whether the load balancers are protected from deletion, as they are by default.
func isProtected(props *PrivateApiProviderProps) bool {
	return props.DeletionProtection == nil || *props.DeletionProtection
}
