package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

const healthPath = "/privateapi-health"

// platform has what all providers of a stack share.
type platform struct {
	vpc         awsec2.IVpc
	certificate elbv2.IListenerCertificate
	consumer    awsiam.ArnPrincipal
	routes      bool
	port        *float64 // that clients connect to
}

// newProvider defines an NLB, an ALB behind it, and the endpoint service.
func (p *platform) newProvider(stack constructs.Construct, pair scenario.Pair) awsec2.VpcEndpointService {
	scope := constructs.NewConstruct(stack, jsii.String(pair.ID))
	nlb := p.newNetworkLoadBalancer(scope)
	alb, listener := p.newApplicationLoadBalancer(scope)
	if p.routes {
		addRoute(alb, listener, pair)
	}
	nlb.AddListener(jsii.String("Listener"), &elbv2.BaseNetworkListenerProps{
		Port: jsii.Number(443), Protocol: elbv2.Protocol_TCP,
	}).AddTargets(jsii.String("LoadBalancer"), &elbv2.AddNetworkTargetsProps{
		Port:    jsii.Number(443),
		Targets: &[]elbv2.INetworkLoadBalancerTarget{awselasticloadbalancingv2targets.NewAlbListenerTarget(listener)},
		HealthCheck: &elbv2.HealthCheck{
			Enabled: jsii.Bool(true), Protocol: elbv2.Protocol_HTTPS, Port: jsii.String("traffic-port"),
			Path: jsii.String(healthPath), HealthyHttpCodes: jsii.String("200"),
		},
	})
	nlb.Connections().AllowTo(alb, awsec2.Port_Tcp(jsii.Number(443)), jsii.String("Requests from NLB to ALB"))
	return p.newEndpointService(scope, nlb)
}

// newNlbProvider defines an NLB that forwards TCP straight to the target, and the endpoint service.
func (p *platform) newNlbProvider(stack constructs.Construct, pair scenario.Pair) awsec2.VpcEndpointService {
	scope := constructs.NewConstruct(stack, jsii.String(pair.ID))
	nlb := p.newNetworkLoadBalancer(scope)
	nlb.AddListener(jsii.String("Listener"), &elbv2.BaseNetworkListenerProps{
		Port: p.port, Protocol: elbv2.Protocol_TCP,
	}).AddTargets(jsii.String("Database"), &elbv2.AddNetworkTargetsProps{
		Port: p.port,
		Targets: &[]elbv2.INetworkLoadBalancerTarget{
			awselasticloadbalancingv2targets.NewIpTarget(jsii.String(pair.Address), nil, nil),
		},
	})
	// CDK adds no security group rule for an IP address.
	nlb.Connections().AllowTo(awsec2.Peer_Ipv4(jsii.String(pair.Address+"/32")), awsec2.Port_Tcp(p.port), jsii.String("Connections from NLB to targets"))
	return p.newEndpointService(scope, nlb)
}

func (p *platform) newEndpointService(scope constructs.Construct, nlb elbv2.NetworkLoadBalancer) awsec2.VpcEndpointService {
	return awsec2.NewVpcEndpointService(scope, jsii.String("EndpointService"), &awsec2.VpcEndpointServiceProps{
		VpcEndpointServiceLoadBalancers: &[]awsec2.IVpcEndpointServiceLoadBalancer{nlb},
		AcceptanceRequired:              jsii.Bool(false),
		AllowedPrincipals:               &[]awsiam.ArnPrincipal{p.consumer},
	})
}

func (p *platform) newNetworkLoadBalancer(scope constructs.Construct) elbv2.NetworkLoadBalancer {
	group := awsec2.NewSecurityGroup(scope, jsii.String("NetworkLoadBalancerSecurityGroup"), &awsec2.SecurityGroupProps{
		Vpc: p.vpc, AllowAllOutbound: jsii.Bool(false),
	})
	return elbv2.NewNetworkLoadBalancer(scope, jsii.String("NetworkLoadBalancer"), &elbv2.NetworkLoadBalancerProps{
		Vpc:                p.vpc,
		InternetFacing:     jsii.Bool(false),
		SecurityGroups:     &[]awsec2.ISecurityGroup{group},
		IpAddressType:      elbv2.IpAddressType_IPV4,
		CrossZoneEnabled:   jsii.Bool(false),
		DeletionProtection: jsii.Bool(true),
		EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: jsii.Bool(false),
	})
}

func (p *platform) newApplicationLoadBalancer(scope constructs.Construct) (elbv2.ApplicationLoadBalancer, elbv2.ApplicationListener) {
	group := awsec2.NewSecurityGroup(scope, jsii.String("LoadBalancerSecurityGroup"), &awsec2.SecurityGroupProps{
		Vpc: p.vpc, AllowAllOutbound: jsii.Bool(false),
	})
	alb := elbv2.NewApplicationLoadBalancer(scope, jsii.String("LoadBalancer"), &elbv2.ApplicationLoadBalancerProps{
		Vpc:                     p.vpc,
		InternetFacing:          jsii.Bool(false),
		SecurityGroup:           group,
		IpAddressType:           elbv2.IpAddressType_IPV4,
		DeletionProtection:      jsii.Bool(true),
		DropInvalidHeaderFields: jsii.Bool(true),
		DesyncMitigationMode:    elbv2.DesyncMitigationMode_DEFENSIVE,
	})
	listener := alb.AddListener(jsii.String("Listener"), &elbv2.BaseApplicationListenerProps{
		Port:          jsii.Number(443),
		Protocol:      elbv2.ApplicationProtocol_HTTPS,
		Certificates:  &[]elbv2.IListenerCertificate{p.certificate},
		SslPolicy:     elbv2.SslPolicy_RECOMMENDED_TLS,
		Open:          jsii.Bool(false),
		DefaultAction: answer(404, "No route takes this request."),
	})
	// The NLB's health checks do not send the API's host name.
	listener.AddAction(jsii.String("Health"), &elbv2.AddApplicationActionProps{
		Priority:   jsii.Number(1),
		Conditions: &[]elbv2.ListenerCondition{elbv2.ListenerCondition_PathPatterns(jsii.Strings(healthPath))},
		Action:     answer(200, "healthy"),
	})
	return alb, listener
}

func addRoute(alb elbv2.ApplicationLoadBalancer, listener elbv2.ApplicationListener, pair scenario.Pair) {
	listener.AddTargets(jsii.String("V1"), &elbv2.AddApplicationTargetsProps{
		Priority:   jsii.Number(10),
		Conditions: &[]elbv2.ListenerCondition{elbv2.ListenerCondition_PathPatterns(jsii.Strings("/v1/*"))},
		Port:       jsii.Number(8080),
		Protocol:   elbv2.ApplicationProtocol_HTTP,
		Targets: &[]elbv2.IApplicationLoadBalancerTarget{
			awselasticloadbalancingv2targets.NewIpTarget(jsii.String(pair.Address), nil, nil),
		},
	})
	// CDK adds no security group rule for an IP address.
	alb.Connections().AllowTo(awsec2.Peer_Ipv4(jsii.String(pair.Address+"/32")), awsec2.Port_Tcp(jsii.Number(8080)), jsii.String("Requests from ALB to targets"))
}

func answer(status float64, body string) elbv2.ListenerAction {
	return elbv2.ListenerAction_FixedResponse(jsii.Number(status), &elbv2.FixedResponseOptions{
		ContentType: jsii.String("text/plain"), MessageBody: jsii.String(body),
	})
}
