package privateapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// privateLinkOptions are the properties that all providers over PrivateLink have. Those of each provider have the
// documentation.
type privateLinkOptions struct {
	Vpc                                                  awsec2.IVpc
	VpcSubnets                                           *awsec2.SubnetSelection
	DeletionProtection                                   *bool
	DomainNames                                          *[]*string
	PrivateDnsName                                       *string
	AllowedPrincipals                                    *[]awsiam.ArnPrincipal
	AllowedAccounts                                      *[]*string
	AllowNoPrincipals                                    *bool
	AcceptanceRequired                                   *bool
	AllowEveryoneWithoutAcceptance                       *bool
	SupportedRegions                                     *[]*string
	SupportedIpAddressTypes                              *[]awsec2.IpAddressType
	PayerResponsibility                                  PayerResponsibility
	ContributorInsights                                  *bool
	CrossZoneEnabled                                     *bool
	EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic *bool
	ConsumerCidrs                                        *[]*string
}

// privateLinkPlan is the NLB and the endpoint service of a provider, with all defaults filled in and all rules checked.
type privateLinkPlan struct {
	stack       *answers.Stack
	vpc         awsec2.IVpc
	domainNames *[]*string

	subnets *[]awsec2.ISubnet
	zones   subnets.Zones

	networkLoadBalancer *networkLoadBalancerPlan

	principals              *principals
	privateDnsName          *string
	supportedRegions        *[]*string
	otherRegion             string                  // one of supportedRegions that is not the service's; empty if there is none
	supportedIpAddressTypes *[]awsec2.IpAddressType // nil for EC2's default
	payer                   *string
	contributorInsights     *bool
}

// planPrivateLink reports all problems of the options. It only reads what the caller passed and defines nothing.
func planPrivateLink(r *rules.Report, stack *answers.Stack, o *privateLinkOptions) *privateLinkPlan {
	plan := &privateLinkPlan{stack: stack, vpc: o.Vpc, domainNames: o.DomainNames}
	plan.principals = newPrincipals(r, o, stack)
	check.DomainNames(r, "DomainNames", o.DomainNames)
	plan.planService(r, o)
	plan.planSubnets(r, o)
	plan.networkLoadBalancer = planNetworkLoadBalancer(r, o)
	return plan
}

// planService plans the endpoint service.
func (plan *privateLinkPlan) planService(r *rules.Report, o *privateLinkOptions) {
	if name, ok := token.Literal(o.PrivateDnsName); ok {
		rules.CheckPrivateDnsName(r, "PrivateDnsName", name)
	}
	plan.privateDnsName = o.PrivateDnsName
	plan.planRegions(r, o)
	plan.planIpAddressTypes(r, o.SupportedIpAddressTypes)
	switch o.PayerResponsibility {
	case "":
	case PayerResponsibility_ENDPOINT_OWNER: // EC2's default, which has no name in its API
	case PayerResponsibility_SERVICE_OWNER:
		plan.payer = jsii.String(string(o.PayerResponsibility))
	default:
		r.AddWithFix(rules.KnownValue, "PayerResponsibility", "use one of the PayerResponsibility constants", "%q is not one of its values", o.PayerResponsibility)
	}
	plan.contributorInsights = o.ContributorInsights
}

// planRegions checks the Regions from which consumers can connect.
func (plan *privateLinkPlan) planRegions(r *rules.Report, o *privateLinkOptions) {
	const property = "SupportedRegions"
	own := plan.region()
	plan.supportedRegions = o.SupportedRegions
	check.NoNil(r, property, o.SupportedRegions)
	check.Each(o.SupportedRegions, property, func(property, region string) {
		rules.CheckRegion(r, property, region)
		if own != "" && rules.Partition(region) != rules.Partition(own) {
			r.AddWithFix(rules.RegionForm, property, "support Regions of one partition", "%q is in another partition than %s", region, own)
		}
	})
	regions := token.Literals(o.SupportedRegions)
	for i, region := range regions {
		if slices.Contains(regions[:i], region) {
			r.AddWithFix(rules.RegionForm, property, "remove the duplicate", "has %s twice", region)
		}
		if own != "" && region != own || own == "" && i > 0 {
			plan.otherRegion = region
		}
	}
}

func (plan *privateLinkPlan) planIpAddressTypes(r *rules.Report, types *[]awsec2.IpAddressType) {
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

func (plan *privateLinkPlan) planSubnets(r *rules.Report, o *privateLinkOptions) {
	if o.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC in which the load balancers stand", "is missing")
		return
	}
	selected := subnets.Selector{Stack: plan.stack, Vpc: o.Vpc, Property: "VpcSubnets", Selected: o.VpcSubnets}.Select(r)
	if selected == nil {
		return
	}
	plan.subnets, plan.zones = selected.Subnets, selected.Zones
	if slices.Contains(prop.Elements(plan.supportedIpAddressTypes), awsec2.IpAddressType_IPV6) {
		subnets.CheckIPv6(r, "SupportedIpAddressTypes", plan.subnets)
	}
}

// checkIdleTimeout checks the idle timeout of a listener of the NLB, and returns it in seconds; nil for the NLB's own.
func (plan *privateLinkPlan) checkIdleTimeout(r *rules.Report, timeout awscdk.Duration) *float64 {
	const property = "TcpIdleTimeout"
	seconds := prop.Seconds(timeout)
	if seconds, ok := token.LiteralNumber(seconds); ok {
		rules.CheckIdleTimeout(r, property, seconds)
	}
	if timeout != nil && plan.otherRegion != "" {
		r.Add(rules.CrossRegionIdleTimeout, property, "is set while SupportedRegions has %s", plan.otherRegion)
	}
	return seconds
}

// checkRegion reports a Region that is known only at deployment.
func (plan *privateLinkPlan) checkRegion(r *rules.Report) {
	if plan.region() == "" {
		r.Add(rules.RegionAssumed, "Env.Region", "is not set on the stack, so the service name is assumed to begin with %s", rules.ServiceNamePrefix(""))
	}
}

// region returns the Region of the service; empty if it is known only at deployment.
func (plan *privateLinkPlan) region() string {
	region, _ := token.Literal(plan.stack.Region())
	return region
}

// serviceName builds the name of the service, for which CloudFormation has no attribute.
func (plan *privateLinkPlan) serviceName(serviceID *string) *string {
	return jsii.String(strings.Join([]string{rules.ServiceNamePrefix(plan.region()), *plan.stack.Region(), *serviceID}, "."))
}
