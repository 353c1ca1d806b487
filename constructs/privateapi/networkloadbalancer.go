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

// networkLoadBalancerPlan is the NLB and its listener.
type networkLoadBalancerPlan struct {
	ipAddressType      string
	deletionProtection bool
	crossZone          bool
	enforcesInbound    bool // inbound rules apply to PrivateLink traffic
	consumerCidrs      []*string
	tcpIdleTimeout     *float64 // in seconds; nil for the NLB's own
}

func (plan *providerPlan) planNetworkLoadBalancer(r *rules.Report, props *PrivateApiProviderProps) *networkLoadBalancerPlan {
	if protocol := prop.EnumOr(props.NetworkListenerProtocol, elbv2.Protocol_TCP); protocol != elbv2.Protocol_TCP {
		r.Add(rules.NetworkListenerTCP, "NetworkListenerProtocol", "is %s", protocol)
	}
	network := &networkLoadBalancerPlan{
		ipAddressType:      "ipv4",
		deletionProtection: isProtected(props),
		crossZone:          prop.IsTrue(props.CrossZoneEnabled),
		tcpIdleTimeout:     prop.Seconds(props.TcpIdleTimeout),
	}
	if slices.Contains(prop.Elements(plan.supportedIpAddressTypes), awsec2.IpAddressType_IPV6) {
		network.ipAddressType = "dualstack" // an endpoint service offers IPv6 only if its NLB is dual-stack
	}
	if seconds, ok := token.LiteralNumber(network.tcpIdleTimeout); ok {
		rules.CheckIdleTimeout(r, "TcpIdleTimeout", seconds)
	}
	network.planInbound(r, props)
	return network
}

// planInbound plans the inbound rules of the NLB. There are none unless they apply to PrivateLink traffic.
func (network *networkLoadBalancerPlan) planInbound(r *rules.Report, props *PrivateApiProviderProps) {
	check.NoNil(r, "ConsumerCidrs", props.ConsumerCidrs)
	network.checkConsumerCidrs(r, props)
	if props.ConsumerCidrs != nil && token.IsList(*props.ConsumerCidrs) {
		r.AddWithFix(rules.CIDR, "ConsumerCidrs", "list the blocks one by one; each may be a token",
			"is a list that is known only at deploy time, and each block needs a rule")
		return
	}
	network.enforcesInbound = prop.IsTrue(props.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic)
	network.consumerCidrs = token.Elements(props.ConsumerCidrs)
	switch cidrs := len(network.consumerCidrs); {
	case network.enforcesInbound && cidrs == 0:
		r.Add(rules.NetworkSecurityGroup, "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "is set without ConsumerCidrs")
	case !network.enforcesInbound && cidrs > 0:
		r.AddWithFix(rules.NetworkSecurityGroup, "ConsumerCidrs",
			"set EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, or remove ConsumerCidrs",
			"is set, but inbound rules are not enforced on PrivateLink traffic")
	}
}

// checkConsumerCidrs checks each block, and how many there are.
func (network *networkLoadBalancerPlan) checkConsumerCidrs(r *rules.Report, props *PrivateApiProviderProps) {
	const property = "ConsumerCidrs"
	seen, v6 := map[string]bool{}, 0
	check.Each(props.ConsumerCidrs, property, func(property, cidr string) {
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
	v4 := len(token.Elements(props.ConsumerCidrs)) - v6 // a token is assumed to be IPv4
	rules.CheckSecurityGroupRules(r, property, max(v4, v6))
}

func isIPv6(cidr string) bool {
	prefix, err := netip.ParsePrefix(cidr)
	return err == nil && prefix.Addr().Is6()
}

// defineNetworkLoadBalancer defines the NLB with a security group from its first day: an NLB that is created without one
// can never get one. PrivateLink traffic bypasses its inbound rules unless they are enforced, so it has none, and nothing
// in the VPC reaches the NLB directly. Both are L1, and an L2 view is defined on demand (ADR 10).
func (p *privateApiProvider) defineNetworkLoadBalancer() {
	plan := p.plan.networkLoadBalancer
	p.networkGroup = onecall.Add(p.batch, awsec2.NewCfnSecurityGroup, "NetworkLoadBalancerSecurityGroup", &awsec2.CfnSecurityGroupProps{
		VpcId:                p.plan.vpc,
		GroupDescription:     jsii.String("NLB of a private API: PrivateLink in, the ALB out"),
		SecurityGroupIngress: p.plan.ingressOfConsumers(),
	})
	p.networkLoadBalancer = onecall.Add(p.batch, elbv2.NewCfnLoadBalancer, "NetworkLoadBalancer", &elbv2.CfnLoadBalancerProps{
		Type:           jsii.String("network"),
		Scheme:         jsii.String("internal"),
		IpAddressType:  jsii.String(plan.ipAddressType),
		Subnets:        l1.References(p.plan.subnets),
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

// ingressOfConsumers returns the inbound rules of the NLB; nil unless they are enforced.
func (plan *providerPlan) ingressOfConsumers() any {
	if !plan.networkLoadBalancer.enforcesInbound {
		return nil
	}
	var ingress []*awsec2.CfnSecurityGroup_IngressProperty
	for _, cidr := range plan.networkLoadBalancer.consumerCidrs {
		rule := &awsec2.CfnSecurityGroup_IngressProperty{
			IpProtocol: jsii.String("tcp"), FromPort: plan.port, ToPort: plan.port, Description: jsii.String("Clients of a consumer"),
		}
		if isIPv6(*cidr) {
			rule.CidrIpv6 = cidr
		} else { // or a token, which is assumed to be IPv4
			rule.CidrIp = cidr
		}
		ingress = append(ingress, rule)
	}
	return ingress
}

// forwardToLoadBalancer defines the hop from the NLB to the ALB. Listener and target group are TCP, the only protocol
// that an ALB target accepts, and the target group has the port of the ALB's listener. They are L1: CDK's L2 for an ALB
// target lives in a package that costs 38 more to import.
func (p *privateApiProvider) forwardToLoadBalancer() {
	port, check := p.loadBalancer.Port(), p.loadBalancer.HealthCheck()
	p.targetGroup = onecall.Add(p.batch, elbv2.NewCfnTargetGroup, "TargetGroup", &elbv2.CfnTargetGroupProps{
		TargetType:                 jsii.String("alb"),
		Protocol:                   jsii.String(string(elbv2.Protocol_TCP)),
		Port:                       port,
		VpcId:                      p.plan.vpc,
		Targets:                    []*elbv2.CfnTargetGroup_TargetDescriptionProperty{{Id: p.loadBalancer.Arn().Placeholder(), Port: port}},
		HealthCheckEnabled:         jsii.Bool(true),
		HealthCheckProtocol:        jsii.String(check.Protocol),
		HealthCheckPort:            jsii.String(check.Port),
		HealthCheckPath:            jsii.String(check.Path),
		HealthCheckIntervalSeconds: check.Interval,
		HealthCheckTimeoutSeconds:  check.Timeout,
		HealthyThresholdCount:      check.HealthyThreshold,
		UnhealthyThresholdCount:    check.UnhealthyThreshold,
		Matcher:                    &elbv2.CfnTargetGroup_MatcherProperty{HttpCode: jsii.String(check.Codes)},
	})
	p.loadBalancer.RegisterIn(p.targetGroup)
	p.networkListener = onecall.Add(p.batch, elbv2.NewCfnListener, "NetworkListener", &elbv2.CfnListenerProps{
		LoadBalancerArn:    p.networkLoadBalancer.Placeholder(),
		Protocol:           jsii.String(string(elbv2.Protocol_TCP)),
		Port:               p.plan.port,
		DefaultActions:     []*elbv2.CfnListener_ActionProperty{{Type: jsii.String("forward"), TargetGroupArn: onecall.Get(p.targetGroup, elbv2.CfnTargetGroup.Ref).Placeholder()}},
		ListenerAttributes: p.plan.networkLoadBalancer.listenerAttributes(),
	})
	p.openToLoadBalancer("", port, "Requests from NLB to ALB")
	if check.OwnPort != nil {
		p.openToLoadBalancer("HealthCheck", check.OwnPort, "Health checks from NLB to ALB")
	}
}

func (network *networkLoadBalancerPlan) listenerAttributes() any {
	if network.tcpIdleTimeout == nil {
		return nil
	}
	return []*elbv2.CfnListener_ListenerAttributeProperty{{
		Key:   jsii.String("tcp.idle_timeout.seconds"),
		Value: jsii.String(strconv.FormatFloat(*network.tcpIdleTimeout, 'f', -1, 64)),
	}}
}

// openToLoadBalancer opens a port between the security groups of NLB and ALB; those of the caller's ALB are opened by
// CDK. A new security group may send anywhere until it has an egress rule, so the NLB's gets one in either case.
func (p *privateApiProvider) openToLoadBalancer(id string, port *float64, description string) {
	group := p.loadBalancer.SecurityGroup()
	if group == nil {
		p.NetworkLoadBalancerSecurityGroup().Connections().AllowTo(p.Listener(), p.plan.stack.Tcp(port), jsii.String(description))
		return
	}
	onecall.Add(p.batch, awsec2.NewCfnSecurityGroupEgress, "NetworkLoadBalancerEgress"+id, &awsec2.CfnSecurityGroupEgressProps{
		GroupId: p.networkGroup.Placeholder(), DestinationSecurityGroupId: group.Placeholder(),
		IpProtocol: jsii.String("tcp"), FromPort: port, ToPort: port, Description: jsii.String(description),
	})
	onecall.Add(p.batch, awsec2.NewCfnSecurityGroupIngress, "LoadBalancerIngress"+id, &awsec2.CfnSecurityGroupIngressProps{
		GroupId: group.Placeholder(), SourceSecurityGroupId: p.networkGroup.Placeholder(),
		IpProtocol: jsii.String("tcp"), FromPort: port, ToPort: port, Description: jsii.String(description),
	})
}

// NetworkLoadBalancer imports the NLB into its own app.
func (p *privateApiProvider) NetworkLoadBalancer() elbv2.INetworkLoadBalancer {
	p.validateServices()
	resource := p.networkLoadBalancer.Object()
	return p.views.networkLoadBalancer.Of(resource, func(scope constructs.Construct, id *string) elbv2.INetworkLoadBalancer {
		return elbv2.NetworkLoadBalancer_FromNetworkLoadBalancerAttributes(scope, id, &elbv2.NetworkLoadBalancerAttributes{
			LoadBalancerArn:                   resource.Ref(),
			LoadBalancerCanonicalHostedZoneId: resource.AttrCanonicalHostedZoneId(),
			LoadBalancerDnsName:               resource.AttrDnsName(),
			LoadBalancerSecurityGroups:        &[]*string{p.networkGroup.Object().AttrGroupId()},
			Vpc:                               p.plan.vpc,
		})
	})
}

// NetworkLoadBalancerSecurityGroup imports the security group into its own app.
func (p *privateApiProvider) NetworkLoadBalancerSecurityGroup() awsec2.ISecurityGroup {
	resource := p.networkGroup.Object()
	return p.views.networkGroup.Of(resource, func(scope constructs.Construct, id *string) awsec2.ISecurityGroup {
		return awsec2.SecurityGroup_FromSecurityGroupId(scope, id, resource.AttrGroupId(), &awsec2.SecurityGroupImportOptions{
			AllowAllOutbound: jsii.Bool(false),
		})
	})
}
