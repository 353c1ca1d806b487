package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// hop is the path from a listener of the NLB to an ALB.
type hop struct {
	name         string // as in the names of the accessors
	loadBalancer *alb.LoadBalancer
	targetGroup  *onecall.Item[elbv2.CfnTargetGroup]
	listener     *onecall.Item[elbv2.CfnListener]
	isValidated  bool
}

// defineHops defines the ALBs and the hops to them. IDs go with the ALB, and those of listeners with the port: so the target group of
// an ALB stays when clients move to the other one.
func (p *privateApiProvider) defineHops() {
	plan := p.plan
	p.main = &hop{loadBalancer: plan.loadBalancer.Define(p, p.batch)}
	p.loadBalancer = p.main.loadBalancer
	if plan.standby == nil {
		p.forward(p.main, plan.loadBalancer.IsBuilt(), plan.port)
	} else {
		p.standby = &hop{name: "Standby", loadBalancer: plan.standby.loadBalancer.Define(p, p.batch)}
		if plan.standby.loadBalancer.IsBuilt() {
			p.loadBalancer = p.standby.loadBalancer
		}
		p.forward(p.main, plan.loadBalancer.IsBuilt(), plan.port)
		p.forward(p.standby, plan.standby.loadBalancer.IsBuilt(), plan.standby.port)
	}
	p.listeners = append(p.listeners, onecall.As(p.main.listener, func(l elbv2.CfnListener) constructs.IConstruct { return l }))
}

// forward defines a hop from the NLB to an ALB. Listener and target group are TCP, the only protocol that an ALB target accepts, and
// the target group has the port of the ALB's listener. They are L1: CDK's L2 for an ALB target lives in a package that costs 38 more
// to import.
func (p *privateApiProvider) forward(h *hop, isBuilt bool, networkPort *float64) {
	groupID := "TargetGroup"
	if !isBuilt {
		groupID = "ListenerTargetGroup"
	}
	port, check := h.loadBalancer.Port(), h.loadBalancer.HealthCheck()
	h.targetGroup = onecall.Add(p.batch, elbv2.NewCfnTargetGroup, groupID, &elbv2.CfnTargetGroupProps{
		TargetType:                 jsii.String("alb"),
		Protocol:                   jsii.String(string(elbv2.Protocol_TCP)),
		Port:                       port,
		VpcId:                      p.link.vpc,
		Targets:                    []*elbv2.CfnTargetGroup_TargetDescriptionProperty{{Id: h.loadBalancer.Arn().Placeholder(), Port: port}},
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
	h.loadBalancer.RegisterIn(h.targetGroup)
	h.listener = onecall.Add(p.batch, elbv2.NewCfnListener, h.name+"NetworkListener", &elbv2.CfnListenerProps{
		LoadBalancerArn:    p.networkLoadBalancer.Placeholder(),
		Protocol:           jsii.String(string(elbv2.Protocol_TCP)),
		Port:               networkPort,
		DefaultActions:     []*elbv2.CfnListener_ActionProperty{{Type: jsii.String("forward"), TargetGroupArn: onecall.Get(h.targetGroup, elbv2.CfnTargetGroup.Ref).Placeholder()}},
		ListenerAttributes: listenerAttributes(p.plan.tcpIdleTimeout),
	})
	p.openTo(h.loadBalancer, "", port, "Requests from NLB to ALB")
	if check.OwnPort != nil {
		p.openTo(h.loadBalancer, "HealthCheck", check.OwnPort, "Health checks from NLB to ALB")
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

// openTo opens a port between the security groups of NLB and ALB; those of the caller's ALB are opened by CDK. A new security group
// may send anywhere until it has an egress rule, so the NLB's gets one in either case.
func (p *privateApiProvider) openTo(loadBalancer *alb.LoadBalancer, id string, port *float64, description string) {
	group := loadBalancer.SecurityGroup()
	if group == nil {
		p.NetworkLoadBalancerSecurityGroup().Connections().AllowTo(loadBalancer.Listener(), p.link.stack.Tcp(port), jsii.String(description))
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
	p.validateHop(p.main)
	return p.main.listener.Object()
}

func (p *privateApiProvider) TargetGroup() elbv2.CfnTargetGroup {
	p.validateHop(p.main)
	return p.main.targetGroup.Object()
}

// validateHop makes synthesis check the listener and the target group once they are handed out.
func (p *privateApiProvider) validateHop(h *hop) {
	if !h.isValidated {
		h.isValidated = true
		p.Node().AddValidation(&hopToLoadBalancer{h.name, h.listener.Object(), h.targetGroup.Object(), h.loadBalancer.Port()})
	}
}

// hopToLoadBalancer validates at synthesis the NLB's listener and target group: a caller may have changed them to what an
// ALB target does not allow.
type hopToLoadBalancer struct {
	name        string // of the hop
	listener    elbv2.CfnListener
	targetGroup elbv2.CfnTargetGroup
	port        *float64 // of the ALB
}

var _ constructs.IValidation = (*hopToLoadBalancer)(nil)

// Validate implements [constructs.IValidation].
func (v *hopToLoadBalancer) Validate() *[]*string {
	r := &rules.Report{}
	listener, targetGroup := v.name+"NetworkListener.", v.name+"TargetGroup."
	checkTCP(r, listener+"Protocol", v.listener.Protocol())
	checkTCP(r, targetGroup+"Protocol", v.targetGroup.Protocol())
	if v.listener.Certificates() != nil {
		r.Add(rules.NetworkListenerTCP, listener+"Certificates", "is set")
	}
	port, ok := token.LiteralNumber(v.targetGroup.Port())
	if want, wantOk := token.LiteralNumber(v.port); ok && wantOk && port != want {
		r.AddWithFix(rules.OnePort, targetGroup+"Port", "set ListenerPort on the provider", "is %v, but the ALB listens on %v", port, want)
	}
	if attributes := v.targetGroup.TargetGroupAttributes(); attributes != nil {
		r.Add(rules.TargetGroupAttributes, targetGroup+"TargetGroupAttributes", "is set")
	}
	return refusal.Messages(r)
}

func checkTCP(r *rules.Report, property string, protocol *string) {
	if value, ok := token.Literal(protocol); ok && value != string(elbv2.Protocol_TCP) {
		r.Add(rules.NetworkListenerTCP, property, "is %s", value)
	}
}
