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
// the VPC reaches the NLB directly.
func (p *privateApiProvider) newNetworkLoadBalancer() {
	props := p.plan.props
	p.networkGroup = awsec2.NewSecurityGroup(p, jsii.String("NetworkLoadBalancerSecurityGroup"), &awsec2.SecurityGroupProps{
		Vpc:              props.Vpc,
		Description:      jsii.String("NLB of a private API: PrivateLink in, the ALB out"),
		AllowAllOutbound: jsii.Bool(false),
	})
	p.networkLoadBalancer = elbv2.NewNetworkLoadBalancer(p, jsii.String("NetworkLoadBalancer"), &elbv2.NetworkLoadBalancerProps{
		Vpc:                props.Vpc,
		VpcSubnets:         p.plan.loadBalancerSubnets(),
		InternetFacing:     jsii.Bool(false),
		SecurityGroups:     &[]awsec2.ISecurityGroup{p.networkGroup},
		IpAddressType:      p.plan.networkIpAddressType(),
		CrossZoneEnabled:   jsii.Bool(isTrue(props.CrossZoneEnabled)),
		DeletionProtection: valueOr(props.DeletionProtection, jsii.Bool(true)),
		EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: jsii.Bool(p.plan.enforcedOnClientIps),
	})
	if p.plan.enforcedOnClientIps {
		for _, cidr := range elements(props.ConsumerCidrs) {
			p.networkGroup.AddIngressRule(peerOfCidr(cidr), p.plan.home.tcp(p.plan.port), jsii.String("Clients of a consumer"), nil)
		}
	}
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
	group := p.networkGroup.Connections()
	group.AllowTo(p.listener, p.plan.home.tcp(p.plan.listenerPort), jsii.String("Requests from NLB to ALB"))
	if p.plan.healthCheck.ownPort {
		group.AllowTo(p.listener, p.plan.home.tcp(jsii.Number(p.plan.healthCheck.port)), jsii.String("Health checks from NLB to ALB"))
	}
}

func (plan *providerPlan) loadBalancerSubnets() *awsec2.SubnetSelection {
	return &awsec2.SubnetSelection{Subnets: plan.subnets}
}

// networkIpAddressType returns the type of the NLB: an endpoint service can offer IPv6 only if its NLB is dual-stack.
func (plan *providerPlan) networkIpAddressType() elbv2.IpAddressType {
	if plan.props.SupportedIpAddressTypes != nil {
		for _, t := range *plan.props.SupportedIpAddressTypes {
			if t == awsec2.IpAddressType_IPV6 {
				return elbv2.IpAddressType_DUAL_STACK
			}
		}
	}
	return elbv2.IpAddressType_IPV4
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
