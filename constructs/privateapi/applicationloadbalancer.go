package privateapi

import (
	"fmt"
	"hash/fnv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// newApplicationLoadBalancer takes the ALB that exists, or defines an internal one that turns away whatever no route
// takes. CDK opens a listener to everyone by default; this one is open to the NLB alone.
func (p *privateApiProvider) newApplicationLoadBalancer() {
	props := p.plan.props
	if props.Listener != nil {
		p.loadBalancer, p.listener = p.plan.loadBalancer, props.Listener
		return
	}
	p.loadBalancerGroup = awsec2.NewSecurityGroup(p, jsii.String("LoadBalancerSecurityGroup"), &awsec2.SecurityGroupProps{
		Vpc:              props.Vpc,
		Description:      jsii.String("ALB of a private API: the NLB in, targets out"),
		AllowAllOutbound: jsii.Bool(false),
	})
	alb := elbv2.NewApplicationLoadBalancer(p, jsii.String("LoadBalancer"), &elbv2.ApplicationLoadBalancerProps{
		Vpc:                     props.Vpc,
		VpcSubnets:              &awsec2.SubnetSelection{Subnets: p.plan.subnets},
		InternetFacing:          jsii.Bool(false),
		SecurityGroup:           p.loadBalancerGroup,
		IpAddressType:           elbv2.IpAddressType_IPV4, // from an NLB to its ALB it is always IPv4
		DeletionProtection:      valueOr(props.DeletionProtection, jsii.Bool(true)),
		DropInvalidHeaderFields: jsii.Bool(true),
		DesyncMitigationMode:    elbv2.DesyncMitigationMode_DEFENSIVE,
	})
	if props.AccessLogsBucket != nil {
		alb.LogAccessLogs(props.AccessLogsBucket, props.AccessLogsPrefix)
	}
	if props.WebAclArn != nil {
		// A generic resource: the L1 would import all of awswafv2 for two strings.
		awscdk.NewCfnResource(p, jsii.String("WebAclAssociation"), &awscdk.CfnResourceProps{
			Type:       jsii.String("AWS::WAFv2::WebACLAssociation"),
			Properties: &map[string]any{"ResourceArn": alb.LoadBalancerArn(), "WebACLArn": props.WebAclArn},
		})
	}
	p.loadBalancer = alb
	listener := elbv2.NewApplicationListener(p, jsii.String("Listener"), &elbv2.ApplicationListenerProps{
		LoadBalancer:         alb,
		Protocol:             elbv2.ApplicationProtocol_HTTPS,
		Port:                 p.plan.listenerPort,
		Certificates:         &[]elbv2.IListenerCertificate{(*props.Certificates)[0]},
		SslPolicy:            stringOr(props.SslPolicy, elbv2.SslPolicy_RECOMMENDED_TLS),
		MutualAuthentication: props.MutualAuthentication,
		Open:                 jsii.Bool(false),
		DefaultAction:        p.plan.home.answer(404, "No route takes this request."),
	})
	addCertificates(listener, (*props.Certificates)[1:])
	p.listener = listener
	p.answerHealthChecks()
}

// addCertificates adds the certificates behind the first. CDK would number them, and then taking one away would unbind
// another; an id made of what the certificate is stays with it.
func addCertificates(listener elbv2.ApplicationListener, more []elbv2.IListenerCertificate) {
	for i, certificate := range more {
		listener.AddCertificates(jsii.String(certificateID(i, certificate)), &[]elbv2.IListenerCertificate{certificate})
	}
}

// certificateID is made of the certificate's construct or ARN. Only one that is neither has its place in the list for id.
func certificateID(i int, certificate elbv2.IListenerCertificate) string {
	if construct, ok := certificate.(constructs.IConstruct); ok {
		return "Certificate-" + *construct.Node().Addr() + "-"
	}
	if arn, ok := literal(certificate.CertificateArn()); ok {
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(arn)) // never fails
		return fmt.Sprintf("Certificate%x-", hash.Sum64())
	}
	return fmt.Sprintf("Certificate%d", i)
}

// answerHealthChecks lets the ALB itself answer the NLB's health checks, whatever their host is: with a default of 404
// the NLB would take the ALB for dead. That the ALB answers says nothing of the targets: these have health checks of
// their own, and a request for targets that are all down gets 503.
func (p *privateApiProvider) answerHealthChecks() {
	check := p.plan.healthCheck
	if check.answered == answeredByListener {
		p.healthListener = elbv2.NewApplicationListener(p, jsii.String("HealthCheckListener"), &elbv2.ApplicationListenerProps{
			LoadBalancer:  p.loadBalancer,
			Protocol:      elbv2.ApplicationProtocol_HTTP,
			Port:          jsii.Number(check.port),
			Open:          jsii.Bool(false),
			DefaultAction: p.plan.home.answer(200, "healthy"),
		})
		return
	}
	elbv2.NewCfnListenerRule(p, jsii.String("HealthCheckRule"), &elbv2.CfnListenerRuleProps{
		ListenerArn: p.listener,
		Priority:    jsii.Number(rules.HighestPriority),
		Conditions: []*elbv2.CfnListenerRule_RuleConditionProperty{{
			Field:             jsii.String("path-pattern"),
			PathPatternConfig: &elbv2.CfnListenerRule_PathPatternConfigProperty{Values: jsii.Strings(check.path)},
		}},
		Actions: []*elbv2.CfnListenerRule_ActionProperty{{
			Type: jsii.String("fixed-response"),
			FixedResponseConfig: &elbv2.CfnListenerRule_FixedResponseConfigProperty{
				StatusCode: jsii.String("200"), ContentType: jsii.String("text/plain"), MessageBody: jsii.String("healthy"),
			},
		}},
	})
}
