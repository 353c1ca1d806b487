package privateapi

import (
	"net/netip"
	"slices"
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/l1"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// networkLoadBalancerPlan is the NLB, without its listeners.
type networkLoadBalancerPlan struct {
	ipAddressType      string
	deletionProtection bool
	crossZone          bool
	enforcesInbound    bool // inbound rules apply to PrivateLink traffic
	consumerCidrs      []*string
}

func planNetworkLoadBalancer(r *rules.Report, o *privateLinkOptions) *networkLoadBalancerPlan {
	network := &networkLoadBalancerPlan{
		ipAddressType:      "ipv4",
		deletionProtection: o.DeletionProtection == nil || *o.DeletionProtection,
		crossZone:          prop.IsTrue(o.CrossZoneEnabled),
	}
	if slices.Contains(prop.Elements(o.SupportedIpAddressTypes), awsec2.IpAddressType_IPV6) {
		network.ipAddressType = "dualstack" // an endpoint service offers IPv6 only if its NLB is dual-stack
	}
	network.planInbound(r, o)
	return network
}

// planInbound plans the inbound rules of the NLB. There are none unless they apply to PrivateLink traffic.
func (network *networkLoadBalancerPlan) planInbound(r *rules.Report, o *privateLinkOptions) {
	check.NoNil(r, "ConsumerCidrs", o.ConsumerCidrs)
	network.checkConsumerCidrs(r, o)
	if o.ConsumerCidrs != nil && token.IsList(*o.ConsumerCidrs) {
		r.AddWithFix(rules.CIDR, "ConsumerCidrs", "list the blocks one by one; each may be a token",
			"is a list that is known only at deploy time, and each block needs a rule")
		return
	}
	network.enforcesInbound = prop.IsTrue(o.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic)
	network.consumerCidrs = token.Elements(o.ConsumerCidrs)
	switch cidrs := len(network.consumerCidrs); {
	case network.enforcesInbound && cidrs == 0:
		r.Add(rules.NetworkSecurityGroup, "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "is set without ConsumerCidrs")
	case !network.enforcesInbound && cidrs > 0:
		r.AddWithFix(rules.NetworkSecurityGroup, "ConsumerCidrs",
			"set EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, or remove ConsumerCidrs",
			"is set, but inbound rules are not enforced on PrivateLink traffic")
	}
	network.checkVersions(r, o)
}

// checkVersions warns of a version of IP that the service offers, and no block is of. A token may be of either.
func (network *networkLoadBalancerPlan) checkVersions(r *rules.Report, o *privateLinkOptions) {
	if !network.enforcesInbound || token.AnyIn(o.ConsumerCidrs) {
		return
	}
	var allowed rules.Versions
	for _, cidr := range network.consumerCidrs {
		is6 := cidr != nil && isIPv6(*cidr)
		allowed.V6, allowed.V4 = allowed.V6 || is6, allowed.V4 || !is6
	}
	types := prop.Elements(o.SupportedIpAddressTypes)
	rules.CheckConsumerCIDRVersions(r, "ConsumerCidrs", rules.Versions{
		V4: types == nil || slices.Contains(types, awsec2.IpAddressType_IPV4), V6: slices.Contains(types, awsec2.IpAddressType_IPV6),
	}, allowed)
}

// checkConsumerCidrs checks each block, and how many there are.
func (network *networkLoadBalancerPlan) checkConsumerCidrs(r *rules.Report, o *privateLinkOptions) {
	const property = "ConsumerCidrs"
	seen, v6 := map[string]bool{}, 0
	check.Each(o.ConsumerCidrs, property, func(property, cidr string) {
		rules.CheckCIDR(r, property, cidr)
		rules.CheckConsumerCIDR(r, property, cidr, network.ipAddressType == "dualstack")
		if seen[cidr] {
			r.AddWithFix(rules.CIDR, property, "remove the duplicate", "%q is listed twice", cidr)
		}
		seen[cidr] = true
		if isIPv6(cidr) {
			v6++
		}
	})
	v4 := len(token.Elements(o.ConsumerCidrs)) - v6 // a token is assumed to be IPv4
	rules.CheckSecurityGroupRules(r, property, max(v4, v6))
}

func isIPv6(cidr string) bool {
	prefix, err := netip.ParsePrefix(cidr)
	return err == nil && prefix.Addr().Is6()
}

// defineNetworkLoadBalancer defines the NLB with a security group from its first day: an NLB that is created without one
// can never get one. PrivateLink traffic bypasses its inbound rules unless they are enforced, so it has none, and nothing
// in the VPC reaches the NLB directly. Both are L1, and an L2 view is defined on demand (ADR 10).
func (p *privateLinkProvider) defineNetworkLoadBalancer(groupDescription string, ports ...*float64) {
	plan := p.link.networkLoadBalancer
	p.networkGroup = onecall.Add(p.batch, awsec2.NewCfnSecurityGroup, "NetworkLoadBalancerSecurityGroup", &awsec2.CfnSecurityGroupProps{
		VpcId:                p.link.vpc,
		GroupDescription:     jsii.String(groupDescription),
		SecurityGroupIngress: plan.ingressOfConsumers(ports...),
	})
	p.networkLoadBalancer = onecall.Add(p.batch, elbv2.NewCfnLoadBalancer, "NetworkLoadBalancer", &elbv2.CfnLoadBalancerProps{
		Type:           jsii.String("network"),
		Scheme:         jsii.String("internal"),
		IpAddressType:  jsii.String(plan.ipAddressType),
		Subnets:        l1.References(p.link.subnets),
		SecurityGroups: &[]any{p.networkGroup.Placeholder()},
		EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: jsii.String(onOff(plan.enforcesInbound)),
		LoadBalancerAttributes: []*elbv2.CfnLoadBalancer_LoadBalancerAttributeProperty{
			loadBalancerAttribute("deletion_protection.enabled", plan.deletionProtection),
			loadBalancerAttribute("load_balancing.cross_zone.enabled", plan.crossZone),
		},
	})
}

func loadBalancerAttribute(key string, value bool) *elbv2.CfnLoadBalancer_LoadBalancerAttributeProperty {
	return &elbv2.CfnLoadBalancer_LoadBalancerAttributeProperty{Key: jsii.String(key), Value: jsii.String(strconv.FormatBool(value))}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// ingressOfConsumers returns the inbound rules of the NLB, on the ports of its listeners; nil unless they are enforced.
func (network *networkLoadBalancerPlan) ingressOfConsumers(ports ...*float64) any {
	if !network.enforcesInbound {
		return nil
	}
	ingress := []any{}
	for _, port := range ports {
		for _, cidr := range network.consumerCidrs {
			rule := &awsec2.CfnSecurityGroup_IngressProperty{
				IpProtocol: jsii.String("tcp"), FromPort: port, ToPort: port, Description: jsii.String("Clients of a consumer"),
			}
			if isIPv6(*cidr) {
				rule.CidrIpv6 = cidr
			} else { // or a token, which is assumed to be IPv4
				rule.CidrIp = cidr
			}
			ingress = append(ingress, rule)
		}
	}
	return &ingress
}

func (p *privateLinkProvider) NetworkLoadBalancer() elbv2.INetworkLoadBalancer {
	p.validateServices()
	return p.networkLoadBalancerView().Object()
}

func (p *privateLinkProvider) NetworkLoadBalancerSecurityGroup() awsec2.ISecurityGroup {
	return p.networkGroupView().Object()
}

// networkLoadBalancerView imports the NLB into its own app, the first time that somebody needs CDK's interface to it.
func (p *privateLinkProvider) networkLoadBalancerView() *onecall.Item[elbv2.INetworkLoadBalancer] {
	if p.views.networkLoadBalancer == nil {
		nlb := p.networkLoadBalancer
		p.views.networkLoadBalancer = onecall.Import(nlb, elbv2.NetworkLoadBalancer_FromNetworkLoadBalancerAttributes, viewID, &elbv2.NetworkLoadBalancerAttributes{
			LoadBalancerArn:                   onecall.Get(nlb, elbv2.CfnLoadBalancer.Ref).Placeholder(),
			LoadBalancerCanonicalHostedZoneId: onecall.Get(nlb, elbv2.CfnLoadBalancer.AttrCanonicalHostedZoneId).Placeholder(),
			LoadBalancerDnsName:               onecall.Get(nlb, elbv2.CfnLoadBalancer.AttrDnsName).Placeholder(),
			LoadBalancerSecurityGroups:        &[]*string{onecall.Get(p.networkGroup, awsec2.CfnSecurityGroup.AttrGroupId).Placeholder()},
			Vpc:                               p.link.vpc,
		})
		setDefaultChild(p.views.networkLoadBalancer, elbv2.INetworkLoadBalancer.Node, nlb)
	}
	return p.views.networkLoadBalancer
}

// networkGroupView imports the security group into its own app.
func (p *privateLinkProvider) networkGroupView() *onecall.Item[awsec2.ISecurityGroup] {
	if p.views.networkGroup == nil {
		p.views.networkGroup = onecall.Import2(p.networkGroup, awsec2.SecurityGroup_FromSecurityGroupId, viewID,
			onecall.Get(p.networkGroup, awsec2.CfnSecurityGroup.AttrGroupId).Placeholder(),
			&awsec2.SecurityGroupImportOptions{AllowAllOutbound: jsii.Bool(false)})
		setDefaultChild(p.views.networkGroup, awsec2.ISecurityGroup.Node, p.networkGroup)
	}
	return p.views.networkGroup
}

// viewID is the construct ID of an L2 view below its resource.
const viewID = "Handle"

// setDefaultChild makes a resource the default child of its view, where CDK looks for it.
func setDefaultChild[V any, R constructs.IConstruct](view *onecall.Item[V], node func(V) constructs.Node, resource *onecall.Item[R]) {
	onecall.Call(onecall.Get(view, node), constructs.Node.SetDefaultChild, constructs.IConstruct(resource.Placeholder()))
}
