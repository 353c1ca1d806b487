package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// forwardToLoadBalancer defines the hop from the NLB to the ALB. Listener and target group are TCP, the only protocol
// that an ALB target accepts, and the target group has the port of the ALB's listener. They are L1: CDK's L2 for an ALB
// target lives in a package that costs 38 more to import.
func (p *privateApiProvider) forwardToLoadBalancer() {
	port, check := p.loadBalancer.Port(), p.loadBalancer.HealthCheck()
	p.targetGroup = onecall.Add(p.batch, elbv2.NewCfnTargetGroup, "TargetGroup", &elbv2.CfnTargetGroupProps{
		TargetType:                 jsii.String("alb"),
		Protocol:                   jsii.String(string(elbv2.Protocol_TCP)),
		Port:                       port,
		VpcId:                      p.link.vpc,
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
		ListenerAttributes: listenerAttributes(p.plan.tcpIdleTimeout),
	})
	p.listeners = append(p.listeners, onecall.As(p.networkListener, func(l elbv2.CfnListener) constructs.IConstruct { return l }))
	p.openToLoadBalancer("", port, "Requests from NLB to ALB")
	if check.OwnPort != nil {
		p.openToLoadBalancer("HealthCheck", check.OwnPort, "Health checks from NLB to ALB")
	}
}

// listenerAttributes are those of an NLB's listener; nil for a timeout of the NLB's own.
func listenerAttributes(tcpIdleTimeout *float64) any {
	if tcpIdleTimeout == nil {
		return nil
	}
	return []*elbv2.CfnListener_ListenerAttributeProperty{{
		Key:   jsii.String("tcp.idle_timeout.seconds"),
		Value: prop.Text(tcpIdleTimeout),
	}}
}

// openToLoadBalancer opens a port between the security groups of NLB and ALB; those of the caller's ALB are opened by
// CDK. A new security group may send anywhere until it has an egress rule, so the NLB's gets one in either case.
func (p *privateApiProvider) openToLoadBalancer(id string, port *float64, description string) {
	group := p.loadBalancer.SecurityGroup()
	if group == nil {
		p.NetworkLoadBalancerSecurityGroup().Connections().AllowTo(p.Listener(), p.link.stack.Tcp(port), jsii.String(description))
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

func (p *privateApiProvider) NetworkListener() elbv2.CfnListener {
	p.validateHop()
	return p.networkListener.Object()
}

func (p *privateApiProvider) TargetGroup() elbv2.CfnTargetGroup {
	p.validateHop()
	return p.targetGroup.Object()
}

// validateHop makes synthesis check the listener and the target group once they are handed out.
func (p *privateApiProvider) validateHop() {
	if !p.hopIsValidated {
		p.hopIsValidated = true
		p.Node().AddValidation(&hopToLoadBalancer{p.networkListener.Object(), p.targetGroup.Object(), p.loadBalancer.Port()})
	}
}

// hopToLoadBalancer validates at synthesis the NLB's listener and target group: a caller may have changed them to what an
// ALB target does not allow.
type hopToLoadBalancer struct {
	listener    elbv2.CfnListener
	targetGroup elbv2.CfnTargetGroup
	port        *float64 // of the ALB
}

var _ constructs.IValidation = (*hopToLoadBalancer)(nil)

// Validate implements [constructs.IValidation].
func (v *hopToLoadBalancer) Validate() *[]*string {
	r := &rules.Report{}
	checkTCP(r, "NetworkListener.Protocol", v.listener.Protocol())
	checkTCP(r, "TargetGroup.Protocol", v.targetGroup.Protocol())
	if v.listener.Certificates() != nil {
		r.Add(rules.NetworkListenerTCP, "NetworkListener.Certificates", "is set")
	}
	port, ok := token.LiteralNumber(v.targetGroup.Port())
	if want, wantOk := token.LiteralNumber(v.port); ok && wantOk && port != want {
		r.AddWithFix(rules.OnePort, "TargetGroup.Port", "set ListenerPort on the provider", "is %v, but the ALB listens on %v", port, want)
	}
	if attributes := v.targetGroup.TargetGroupAttributes(); attributes != nil {
		r.Add(rules.TargetGroupAttributes, "TargetGroup.TargetGroupAttributes", "is set")
	}
	return refusal.Messages(r)
}

func checkTCP(r *rules.Report, property string, protocol *string) {
	if value, ok := token.Literal(protocol); ok && value != string(elbv2.Protocol_TCP) {
		r.Add(rules.NetworkListenerTCP, property, "is %s", value)
	}
}
