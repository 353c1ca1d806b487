package routedapi_test

import (
	"reflect"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func minimalApi(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "Minimal", cdktest.Account)
	newApi(stack)
	return stack
}

// fullApi has what an API can have.
func fullApi(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "Full", cdktest.Account)
	logs := awss3.NewBucket(stack, jsii.String("Logs"), nil)
	api := newApi(stack, func(p *P) {
		p.DomainNames, p.Port = jsii.Strings(domain, "*."+domain), jsii.Number(8443)
		p.Certificates = &[]elbv2.IListenerCertificate{(*certificates())[0], elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/11111111-89ab-cdef-0123-456789abcdef"))}
		p.AllowedCidrs = jsii.Strings("10.2.0.0/16", "10.3.7.0/24")
		p.AllowedSecurityGroups = &[]*routedapi.ClientSecurityGroup{{SecurityGroupId: jsii.String(groupID), Account: jsii.String(cdktest.OtherAccount)}, {SecurityGroupId: jsii.String("sg-0fedcba9876543210")}}
		p.DeletionProtection, p.CidrBlocks = jsii.Bool(false), jsii.Strings("10.1.1.0/24")
		p.SslPolicy, p.IdleTimeout = elbv2.SslPolicy_TLS13_13, awscdk.Duration_Minutes(jsii.Number(10))
		p.MutualAuthentication = &elbv2.MutualAuthentication{MutualAuthenticationMode: elbv2.MutualAuthenticationMode_PASS_THROUGH}
		p.AccessLogsBucket, p.AccessLogsPrefix, p.ConnectionLogsBucket = logs, jsii.String("access"), logs
		p.XffHeaderProcessingMode, p.WebAclArn = elbv2.XffHeaderProcessingMode_PRESERVE, jsii.String("arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/pricing/01234567-89ab-cdef-0123-456789abcdef")
	})
	api.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"), Priority: jsii.Number(2), Targets: &[]elbv2.IApplicationLoadBalancerTarget{awselasticloadbalancingv2targets.NewIpTarget(jsii.String("10.1.1.5"), nil, nil)},
	})
	api.AddRoute(jsii.String("Office"), &privateapi.RouteOptions{
		Conditions: &[]elbv2.ListenerCondition{elbv2.ListenerCondition_SourceIps(jsii.Strings("10.2.7.0/24"))}, Priority: jsii.Number(1), // 1 is for health checks of an NLB elsewhere
		Action: elbv2.ListenerAction_FixedResponse(jsii.Number(200), nil),
	})
	return stack
}

func TestGoldens(t *testing.T) {
	defer cdktest.Recover(t)
	builders := map[string]func(awscdk.App) awscdk.Stack{"api-minimal": minimalApi, "api-full": fullApi}
	for name, c := range consumerApps {
		builders["consumer-"+name] = c.build
	}
	for name, build := range builders {
		cdktest.Run(t, name, func(t *testing.T) {
			cdktest.Golden(t, name, cdktest.SynthTemplate(t, build(cdktest.App(t, nil))))
		})
	}
}

// CDK's validation and cfn-lint find nothing in what the constructs can emit.
func TestValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) {
		minimalApi(app)
		fullApi(app)
		consumerApps["another-account"].build(app)
	})
}

// Our resources do not depend on feature flags: users set some, and unit tests none.
func TestFeatureFlagsChangeNothing(t *testing.T) {
	defer cdktest.Recover(t)
	flags := cdktest.CliContext(t, "../../cdk.json")
	consumer := func(app awscdk.App) awscdk.Stack { // of one stack, because a flag changes references between stacks
		stack := cdktest.StackIn(app, "Consumer", cdktest.Account)
		consume(stack, newApi(stack).Over(newNetwork(stack, routedapi.SecurityGroupReferences_INBOUND)))
		return stack
	}
	for name, build := range map[string]func(awscdk.App) awscdk.Stack{"API": minimalApi, "consumer": consumer} {
		cdktest.Run(t, name, func(t *testing.T) {
			without := cdktest.SynthTemplate(t, build(cdktest.App(t, nil)))
			with := cdktest.SynthTemplate(t, build(cdktest.App(t, flags)))
			if !reflect.DeepEqual(with.Resources, without.Resources) {
				t.Errorf("with flags: %v\nwithout: %v", with.Resources, without.Resources)
			}
		})
	}
}
