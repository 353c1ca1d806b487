package privateapi

import (
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// newNetworkLoadBalancer defines the NLB with a security group from its first day: one that is created without can
// never get one. PrivateLink traffic passes by its inbound rules unless they are enforced, so it has none, and nobody in
// the VPC reaches the NLB directly. Both are L1: few ask for them, and who does gets CDK's interface to them (ADR 10).
func (p *privateApiProvider) newNetworkLoadBalancer() {
	props := p.plan.props
	p.networkGroup = awsec2.NewCfnSecurityGroup(p, jsii.String("NetworkLoadBalancerSecurityGroup"), &awsec2.CfnSecurityGroupProps{
		VpcId:                props.Vpc,
		GroupDescription:     jsii.String("NLB of a private API: PrivateLink in, the ALB out"),
		SecurityGroupIngress: p.plan.ingressOfConsumers(),
	})
	p.networkLoadBalancer = elbv2.NewCfnLoadBalancer(p, jsii.String("NetworkLoadBalancer"), &elbv2.CfnLoadBalancerProps{
		Type:           jsii.String("network"),
		Scheme:         jsii.String("internal"),
		IpAddressType:  jsii.String(p.plan.networkIpAddressType()),
		Subnets:        asAny(p.plan.subnets),
		SecurityGroups: &[]any{p.networkGroup},
		EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: jsii.String(onOff(p.plan.enforcedOnClientIps)),
		LoadBalancerAttributes: []*elbv2.CfnLoadBalancer_LoadBalancerAttributeProperty{
			loadBalancerAttribute("deletion_protection.enabled", strconv.FormatBool(*valueOr(props.DeletionProtection, jsii.Bool(true)))),
			loadBalancerAttribute("load_balancing.cross_zone.enabled", strconv.FormatBool(isTrue(props.CrossZoneEnabled))),
		},
	})
}

func loadBalancerAttribute(key, value string) *elbv2.CfnLoadBalancer_LoadBalancerAttributeProperty {
	return &elbv2.CfnLoadBalancer_LoadBalancerAttributeProperty{Key: jsii.String(key), Value: jsii.String(value)}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// ingressOfConsumers returns the inbound rules of the NLB, nil unless they are enforced.
func (plan *providerPlan) ingressOfConsumers() any {
	if !plan.enforcedOnClientIps {
		return nil
	}
	var ingress []*awsec2.CfnSecurityGroup_IngressProperty
	for _, cidr := range elements(plan.props.ConsumerCidrs) {
		v4, v6 := byFamily(cidr)
		ingress = append(ingress, &awsec2.CfnSecurityGroup_IngressProperty{
			CidrIp: v4, CidrIpv6: v6, IpProtocol: jsii.String("tcp"), FromPort: plan.port, ToPort: plan.port,
			Description: jsii.String("Clients of a consumer"),
		})
	}
	return ingress
}

// forwardToApplicationLoadBalancer defines the hop from the NLB to the ALB. Listener and target group are TCP, the only
// protocol that an ALB target takes, and the target group has the ALB listener's port. They are L1: CDK's L2 for an ALB
// target lives in a package that costs 38 more to import.
func (p *privateApiProvider) forwardToApplicationLoadBalancer() {
	props, check := p.plan.props, p.plan.healthCheck
	p.targetGroup = elbv2.NewCfnTargetGroup(p, jsii.String("TargetGroup"), &elbv2.CfnTargetGroupProps{
		TargetType:                 jsii.String("alb"),
		Protocol:                   jsii.String(string(elbv2.Protocol_TCP)),
		Port:                       p.plan.listenerPort,
		VpcId:                      props.Vpc,
		Targets:                    []*elbv2.CfnTargetGroup_TargetDescriptionProperty{{Id: p.loadBalancer.LoadBalancerArn(), Port: p.plan.listenerPort}},
		HealthCheckEnabled:         jsii.Bool(true),
		HealthCheckProtocol:        jsii.String(check.protocol),
		HealthCheckPort:            jsii.String(check.portText),
		HealthCheckPath:            jsii.String(check.path),
		HealthCheckIntervalSeconds: check.interval,
		HealthCheckTimeoutSeconds:  check.timeout,
		HealthyThresholdCount:      check.healthy,
		UnhealthyThresholdCount:    check.unhealthy,
		Matcher:                    &elbv2.CfnTargetGroup_MatcherProperty{HttpCode: jsii.String(check.codes)},
	})
	p.waitForListener()
	p.networkListener = elbv2.NewCfnListener(p, jsii.String("NetworkListener"), &elbv2.CfnListenerProps{
		LoadBalancerArn:    p.networkLoadBalancer,
		Protocol:           jsii.String(string(elbv2.Protocol_TCP)),
		Port:               p.plan.port,
		DefaultActions:     []*elbv2.CfnListener_ActionProperty{{Type: jsii.String("forward"), TargetGroupArn: p.targetGroup.Ref()}},
		ListenerAttributes: listenerAttributes(props.TcpIdleTimeout),
	})
	p.openToApplicationLoadBalancer()
}

// waitForListener makes the target group wait: ELB registers an ALB only while it listens on the port already, and the first
// health checks must find who answers them. Of a listener that the caller has, nothing but the listener itself counts.
func (p *privateApiProvider) waitForListener() {
	if p.plan.props.Listener != nil {
		if resource := cfnResourceOf(p.listener); resource != nil {
			p.targetGroup.AddResourceDependency(resource, nil)
		}
		return
	}
	listeners := []constructs.IDependable{p.listener}
	if p.healthListener != nil {
		listeners = append(listeners, p.healthListener)
	}
	p.targetGroup.Node().AddDependency(listeners...)
}

// openToApplicationLoadBalancer opens the two security groups to each other: for requests, and for health checks where
// these have a port of their own.
func (p *privateApiProvider) openToApplicationLoadBalancer() {
	p.openPort("", p.plan.listenerPort, "Requests from NLB to ALB")
	if p.plan.healthCheck.ownPort {
		p.openPort("HealthCheck", jsii.Number(p.plan.healthCheck.port), "Health checks from NLB to ALB")
	}
}

// openPort opens a port between the security groups. Those of a listener that the caller has are opened as CDK does it. A rule
// out of the NLB's group takes EC2's own away, by which a new group may send anywhere; so there is one in either case.
func (p *privateApiProvider) openPort(id string, port *float64, description string) {
	if p.loadBalancerGroup == nil {
		p.NetworkLoadBalancerSecurityGroup().Connections().AllowTo(p.listener, p.plan.home.tcp(port), jsii.String(description))
		return
	}
	awsec2.NewCfnSecurityGroupEgress(p, jsii.String("NetworkLoadBalancerEgress"+id), &awsec2.CfnSecurityGroupEgressProps{
		GroupId: p.networkGroup, DestinationSecurityGroupId: p.loadBalancerGroup,
		IpProtocol: jsii.String("tcp"), FromPort: port, ToPort: port, Description: jsii.String(description),
	})
	awsec2.NewCfnSecurityGroupIngress(p, jsii.String("LoadBalancerIngress"+id), &awsec2.CfnSecurityGroupIngressProps{
		GroupId: p.loadBalancerGroup, SourceSecurityGroupId: p.networkGroup,
		IpProtocol: jsii.String("tcp"), FromPort: port, ToPort: port, Description: jsii.String(description),
	})
}

// networkIpAddressType returns the type of the NLB: an endpoint service can offer IPv6 only if its NLB is dual-stack.
func (plan *providerPlan) networkIpAddressType() string {
	if plan.props.SupportedIpAddressTypes != nil {
		for _, t := range *plan.props.SupportedIpAddressTypes {
			if t == awsec2.IpAddressType_IPV6 {
				return "dualstack"
			}
		}
	}
	return "ipv4"
}

func listenerAttributes(tcpIdleTimeout awscdk.Duration) any {
	seconds := durationSeconds(tcpIdleTimeout)
	if seconds == nil {
		return nil
	}
	return []*elbv2.CfnListener_ListenerAttributeProperty{{
		Key:   jsii.String("tcp.idle_timeout.seconds"),
		Value: jsii.String(strconv.FormatFloat(*seconds, 'f', -1, 64)),
	}}
}

// cfnResourceOf returns the CloudFormation resource of a construct, nil if it is an import.
func cfnResourceOf(c constructs.IConstruct) awscdk.CfnResource {
	child := c.Node().DefaultChild()
	if child == nil {
		return nil
	}
	var resource awscdk.CfnResource
	jsii.UnsafeCast(child, &resource)
	return resource
}

// fixedShape is a validation at synth of the NLB's listener and target group, once these were handed out: they may have
// been given what an ALB target does not allow.
type fixedShape struct {
	listener    elbv2.CfnListener
	targetGroup elbv2.CfnTargetGroup
	port        *float64 // of the ALB
}

var _ constructs.IValidation = (*fixedShape)(nil)

// Validate implements [constructs.IValidation].
func (v *fixedShape) Validate() *[]*string {
	r := &rules.Report{}
	checkTCP(r, "NetworkListener.Protocol", v.listener.Protocol())
	checkTCP(r, "TargetGroup.Protocol", v.targetGroup.Protocol())
	if v.listener.Certificates() != nil {
		r.Add(rules.NetworkListenerTCP, "NetworkListener.Certificates", "is set")
	}
	port, ok := literalNumber(v.targetGroup.Port())
	if want, wantOk := literalNumber(v.port); ok && wantOk && port != want {
		r.AddWithFix(rules.OnePort, "TargetGroup.Port", "set ListenerPort on the provider", "is %v, but the ALB listens on %v", port, want)
	}
	if attributes := v.targetGroup.TargetGroupAttributes(); attributes != nil {
		r.Add(rules.TargetGroupAttributes, "TargetGroup.TargetGroupAttributes", "is set")
	}
	return problemsOf(r)
}

func checkTCP(r *rules.Report, property string, protocol *string) {
	if value, ok := literal(protocol); ok && value != string(elbv2.Protocol_TCP) {
		r.Add(rules.NetworkListenerTCP, property, "is %s", value)
	}
}

// watchShape makes sure that what leaves our hands is looked at again at synth.
func (p *privateApiProvider) watchShape() {
	if !p.shapeWatched {
		p.shapeWatched = true
		p.Node().AddValidation(&fixedShape{p.networkListener, p.targetGroup, p.plan.listenerPort})
	}
}

func (p *privateApiProvider) NetworkListener() elbv2.CfnListener {
	p.watchShape()
	return p.networkListener
}

func (p *privateApiProvider) TargetGroup() elbv2.CfnTargetGroup {
	p.watchShape()
	return p.targetGroup
}

// NetworkLoadBalancer imports the NLB into its own app. Whoever looks for the resource behind it finds that too.
func (p *privateApiProvider) NetworkLoadBalancer() elbv2.INetworkLoadBalancer {
	return p.handles.networkLoadBalancer.of(p.networkLoadBalancer, func(scope constructs.Construct, id *string) elbv2.INetworkLoadBalancer {
		return elbv2.NetworkLoadBalancer_FromNetworkLoadBalancerAttributes(scope, id, &elbv2.NetworkLoadBalancerAttributes{
			LoadBalancerArn:                   p.networkLoadBalancer.Ref(),
			LoadBalancerCanonicalHostedZoneId: p.networkLoadBalancer.AttrCanonicalHostedZoneId(),
			LoadBalancerDnsName:               p.networkLoadBalancer.AttrDnsName(),
			LoadBalancerSecurityGroups:        &[]*string{p.networkGroup.AttrGroupId()},
			Vpc:                               p.plan.props.Vpc,
		})
	})
}

// NetworkLoadBalancerSecurityGroup imports the security group into its own app.
func (p *privateApiProvider) NetworkLoadBalancerSecurityGroup() awsec2.ISecurityGroup {
	return p.handles.networkGroup.of(p.networkGroup, func(scope constructs.Construct, id *string) awsec2.ISecurityGroup {
		return awsec2.SecurityGroup_FromSecurityGroupId(scope, id, p.networkGroup.AttrGroupId(), &awsec2.SecurityGroupImportOptions{
			AllowAllOutbound: jsii.Bool(false),
		})
	})
}
