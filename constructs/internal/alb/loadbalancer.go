package alb

import (
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/l1"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// LoadBalancer is an ALB with its listener and routes: one that is built, or the caller's.
type LoadBalancer struct {
	plan  *Plan
	batch *onecall.Batch
	scope constructs.Construct

	// What is built: nil for the caller's ALB.
	group          *onecall.Item[awsec2.SecurityGroup]
	loadBalancer   *onecall.Item[elbv2.ApplicationLoadBalancer]
	listener       *onecall.Item[elbv2.ApplicationListener]
	healthListener *onecall.Item[elbv2.ApplicationListener] // nil unless health checks have one of their own
	healthRule     *onecall.Item[elbv2.CfnListenerRule]     // nil unless a rule of the listener answers them
	webACL         *onecall.Item[awscdk.CfnResource]        // the association with a web ACL; nil for none

	routes    []rules.Route
	groups    map[string]bool // existing target groups of routes, by name
	ownGroups int             // target groups that routes defined
	openings  map[opening]bool
	measured  []measuredGroup
	isCrowded bool // has more outbound rules than a security group has by default
}

// Define defines the ALB and its parts in scope, the construct of a batch.
func (p *Plan) Define(scope constructs.Construct, batch *onecall.Batch) *LoadBalancer {
	b := &LoadBalancer{plan: p, batch: batch, scope: scope, groups: map[string]bool{}, openings: map[opening]bool{}}
	if p.existing != nil {
		return b
	}
	b.defineLoadBalancer()
	b.defineListener()
	if p.healthCheck != nil {
		b.defineHealthCheckAnswer()
	}
	return b
}

// Resource returns the ALB.
func (b *LoadBalancer) Resource() elbv2.IApplicationLoadBalancer {
	if b.plan.existing != nil {
		return b.plan.existing.loadBalancer
	}
	return b.loadBalancer.Object()
}

// Built returns an ALB that is built; nil for the caller's.
func (b *LoadBalancer) Built() *onecall.Item[elbv2.ApplicationLoadBalancer] { return b.loadBalancer }

// Listener returns the listener of the routes.
func (b *LoadBalancer) Listener() elbv2.IApplicationListener {
	if b.plan.existing != nil {
		return b.plan.existing.listener
	}
	return b.listener.Object()
}

// Arn returns the ARN of the ALB.
func (b *LoadBalancer) Arn() *onecall.Item[*string] {
	if b.plan.existing != nil {
		return onecall.Get(onecall.Known(b.plan.existing.loadBalancer), elbv2.IApplicationLoadBalancer.LoadBalancerArn)
	}
	return onecall.Get(b.loadBalancer, elbv2.ApplicationLoadBalancer.LoadBalancerArn)
}

// DnsName returns the name that leads to the ALB.
func (b *LoadBalancer) DnsName() *onecall.Item[*string] {
	if b.plan.existing != nil {
		return onecall.Known(b.plan.existing.loadBalancer.LoadBalancerDnsName())
	}
	return onecall.Get(b.loadBalancer, elbv2.ApplicationLoadBalancer.LoadBalancerDnsName)
}

// HostedZoneID returns the ID of the hosted zone in which AWS keeps that name.
func (b *LoadBalancer) HostedZoneID() *onecall.Item[*string] {
	if b.plan.existing != nil {
		return onecall.Known(b.plan.existing.loadBalancer.LoadBalancerCanonicalHostedZoneId())
	}
	return onecall.Get(b.loadBalancer, elbv2.ApplicationLoadBalancer.LoadBalancerCanonicalHostedZoneId)
}

// FirstGroup returns a security group of the ALB; nil if the caller's has none. A rule of any of them lets clients in.
func (b *LoadBalancer) FirstGroup() *onecall.Item[awsec2.ISecurityGroup] {
	if b.plan.existing == nil {
		return onecall.As(b.group, func(g awsec2.SecurityGroup) awsec2.ISecurityGroup { return g })
	}
	groups := *b.plan.existing.loadBalancer.Connections().SecurityGroups()
	if len(groups) == 0 {
		return nil
	}
	return onecall.Known(groups[0])
}

// Listening is what must be deployed before clients connect; nil for a listener that is imported.
func (b *LoadBalancer) Listening() *onecall.Item[constructs.IDependable] {
	if b.plan.existing == nil {
		return onecall.As(b.listener, func(l elbv2.ApplicationListener) constructs.IDependable { return l })
	}
	if resource := l1.ResourceOf(b.plan.existing.listener); resource != nil {
		return onecall.Known[constructs.IDependable](resource)
	}
	return nil
}

// Path returns the path of an ALB that is built.
func (b *LoadBalancer) Path() *onecall.Item[*string] {
	return onecall.Get(onecall.Get(b.loadBalancer, elbv2.ApplicationLoadBalancer.Node), constructs.Node.Path)
}

// SecurityGroup returns the security group of an ALB that is built; nil for the caller's.
func (b *LoadBalancer) SecurityGroup() *onecall.Item[awsec2.SecurityGroup] { return b.group }

// Port returns the port of the listener.
func (b *LoadBalancer) Port() *float64 { return b.plan.port }

// HealthCheck returns how a Network Load Balancer checks the ALB; nil if none does.
func (b *LoadBalancer) HealthCheck() *HealthCheck { return b.plan.healthCheck }

// defineLoadBalancer defines an ALB whose security group has no inbound rule.
func (b *LoadBalancer) defineLoadBalancer() {
	plan := b.plan.built
	b.group = onecall.Add(b.batch, awsec2.NewSecurityGroup, "LoadBalancerSecurityGroup", &awsec2.SecurityGroupProps{
		Vpc:              b.plan.vpc,
		Description:      jsii.String(plan.groupDescription),
		AllowAllOutbound: jsii.Bool(false),
	})
	b.loadBalancer = onecall.Add(b.batch, elbv2.NewApplicationLoadBalancer, "LoadBalancer", &elbv2.ApplicationLoadBalancerProps{
		Vpc:                     b.plan.vpc,
		VpcSubnets:              &awsec2.SubnetSelection{Subnets: plan.subnets},
		InternetFacing:          jsii.Bool(plan.internetFacing),
		SecurityGroup:           b.group.Placeholder(),
		IpAddressType:           elbv2.IpAddressType_IPV4, // an NLB reaches its ALB over IPv4 only
		DeletionProtection:      jsii.Bool(plan.deletionProtection),
		DropInvalidHeaderFields: jsii.Bool(true),
		DesyncMitigationMode:    elbv2.DesyncMitigationMode_DEFENSIVE,
		XffHeaderProcessingMode: plan.xffMode,
	})
	if plan.idleTimeout != nil {
		// Not by IdleTimeout, which would write a token as a number.
		onecall.Call2(b.loadBalancer, elbv2.ApplicationLoadBalancer.SetAttribute, jsii.String("idle_timeout.timeout_seconds"), prop.Text(plan.idleTimeout))
	}
	plan.accessLogs.write(accessLogs, b.loadBalancer)
	plan.connectionLogs.write(connectionLogs, b.loadBalancer)
	if plan.webAclArn != nil {
		b.ProtectBy(plan.webAclArn)
	}
}

// ProtectBy associates an ALB that is built with a web ACL, by its ARN. It is a generic resource: the L1 would import all of awswafv2
// for two strings.
func (b *LoadBalancer) ProtectBy(webACLArn *string) {
	b.webACL = onecall.Add(b.batch, awscdk.NewCfnResource, "WebAclAssociation", &awscdk.CfnResourceProps{
		Type:       jsii.String("AWS::WAFv2::WebACLAssociation"),
		Properties: &map[string]any{"ResourceArn": b.Arn().Placeholder(), "WebACLArn": webACLArn},
	})
}

// WebACLAssociation returns the association with a web ACL; nil for none, and for the caller's ALB.
func (b *LoadBalancer) WebACLAssociation() *onecall.Item[awscdk.CfnResource] { return b.webACL }

// defineListener defines the HTTPS listener, which answers 404 to requests that match no route. By default, CDK would open
// it to everyone.
func (b *LoadBalancer) defineListener() {
	plan := b.plan.built
	b.listener = onecall.Add(b.batch, elbv2.NewApplicationListener, "Listener", &elbv2.ApplicationListenerProps{
		LoadBalancer:         b.loadBalancer.Placeholder(),
		Protocol:             b.plan.protocol,
		Port:                 b.plan.port,
		Certificates:         &[]elbv2.IListenerCertificate{plan.certificates[0]},
		SslPolicy:            plan.sslPolicy,
		MutualAuthentication: plan.mutualAuthentication,
		Open:                 jsii.Bool(false),
		DefaultAction:        fixedResponse(b.plan.stack, 404, "No route takes this request."),
	})
	addCertificates(b.listener, plan.certificates[1:])
}

// healthy is the body of the answer to health checks.
const healthy = "healthy"

// defineHealthCheckAnswer lets the ALB itself answer the NLB's health checks, whatever host they name: with a default of
// 404 the NLB would find the ALB unhealthy. This response says nothing about the targets, which have health checks
// of their own; a request for targets that are all down gets 503.
func (b *LoadBalancer) defineHealthCheckAnswer() {
	check := b.plan.healthCheck
	if check.answeredBy == ownListener {
		b.healthListener = onecall.Add(b.batch, elbv2.NewApplicationListener, "HealthCheckListener", &elbv2.ApplicationListenerProps{
			LoadBalancer:  b.loadBalancer.Placeholder(),
			Protocol:      elbv2.ApplicationProtocol_HTTP,
			Port:          check.OwnPort,
			Open:          jsii.Bool(false),
			DefaultAction: fixedResponse(b.plan.stack, 200, healthy),
		})
		return
	}
	b.healthRule = onecall.Add(b.batch, elbv2.NewCfnListenerRule, "HealthCheckRule", &elbv2.CfnListenerRuleProps{
		ListenerArn: b.listener.Placeholder(),
		Priority:    jsii.Number(rules.HighestPriority),
		Conditions: []*elbv2.CfnListenerRule_RuleConditionProperty{{
			Field:             jsii.String("path-pattern"),
			PathPatternConfig: &elbv2.CfnListenerRule_PathPatternConfigProperty{Values: jsii.Strings(check.Path)},
		}},
		Actions: []*elbv2.CfnListenerRule_ActionProperty{{
			Type: jsii.String("fixed-response"),
			FixedResponseConfig: &elbv2.CfnListenerRule_FixedResponseConfigProperty{
				StatusCode: jsii.String("200"), ContentType: jsii.String("text/plain"), MessageBody: jsii.String(healthy),
			},
		}},
	})
}

// fixedResponse is an action that returns a fixed response. All constructs of an app share it; each status has one body.
func fixedResponse(stack *answers.Stack, status float64, body string) elbv2.ListenerAction {
	return answers.OfApp(stack, "fixed response "+strconv.Itoa(int(status)), func() elbv2.ListenerAction {
		return elbv2.ListenerAction_FixedResponse(jsii.Number(status), &elbv2.FixedResponseOptions{
			ContentType: jsii.String("text/plain"),
			MessageBody: jsii.String(body),
		})
	})
}

// RegisterIn makes a target group that has the ALB as its target wait for the ALB's listener and for what answers health
// checks: ELB demands a listener on the port of the target, and without an answer the first checks find the ALB unhealthy.
// For the caller's ALB, it waits for the resource of the listener only.
func (b *LoadBalancer) RegisterIn(targetGroup *onecall.Item[elbv2.CfnTargetGroup]) {
	if b.plan.existing != nil {
		if resource := l1.ResourceOf(b.plan.existing.listener); resource != nil {
			onecall.WaitFor(b.batch, targetGroup, onecall.Known(resource))
		}
		return
	}
	onecall.WaitFor(b.batch, targetGroup, b.listener)
	if b.healthListener != nil {
		onecall.WaitFor(b.batch, targetGroup, b.healthListener)
	}
	if b.healthRule != nil {
		onecall.WaitFor(b.batch, targetGroup, b.healthRule)
	}
}
