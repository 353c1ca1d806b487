package publicapi_test

import (
	"reflect"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func minimalApi(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "Minimal", cdktest.Account)
	newApi(stack)
	return stack
}

// fullApi has what an API can have, with an address that only the deployment knows.
func fullApi(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "Full", cdktest.Account)
	logs := awss3.NewBucket(stack, jsii.String("Logs"), nil)
	address := awsec2.NewCfnEIP(stack, jsii.String("NatGatewayAddress"), nil)
	api := newApi(stack, func(p *P) {
		p.DomainNames, p.Port, p.HostedZone = jsii.Strings(domain, "*."+domain), jsii.Number(8443), zone(stack)
		p.Certificates = &[]elbv2.IListenerCertificate{(*certificates())[0], elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/11111111-89ab-cdef-0123-456789abcdef"))}
		p.AllowedClients = clients(allowed("Checkout", *address.Ref()+"/32", "203.0.113.8/32"), allowed("Partner-1", "198.51.100.0/24"))
		p.ManagedRuleGroups, p.DeletionProtection = jsii.Strings("AWSManagedRulesKnownBadInputsRuleSet"), jsii.Bool(false)
		p.SslPolicy, p.IdleTimeout = elbv2.SslPolicy_TLS13_13, awscdk.Duration_Minutes(jsii.Number(10))
		p.MutualAuthentication = &elbv2.MutualAuthentication{MutualAuthenticationMode: elbv2.MutualAuthenticationMode_PASS_THROUGH}
		p.AccessLogsBucket, p.AccessLogsPrefix, p.ConnectionLogsBucket = logs, jsii.String("access"), logs
		p.XffHeaderProcessingMode = elbv2.XffHeaderProcessingMode_PRESERVE
	})
	api.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"), Targets: &[]elbv2.IApplicationLoadBalancerTarget{awselasticloadbalancingv2targets.NewIpTarget(jsii.String("10.1.1.5"), nil, nil)},
	})
	return stack
}

// openApi lets everyone in.
func openApi(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "Open", cdktest.Account)
	newApi(stack, func(p *P) { p.AllowedClients, p.AllowEveryone = nil, jsii.Bool(true) })
	return stack
}

// ownWebACL has a web ACL that exists, and names clients by the security group only.
func ownWebACL(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "OwnWebAcl", cdktest.Account)
	newApi(stack, func(p *P) { p.WebAclArn = jsii.String(webACLArn) })
	return stack
}

// consumerInAnotherStack is a client of the API as it starts: over the internet.
func consumerInAnotherStack(app awscdk.App) awscdk.Stack {
	api := newApi(cdktest.StackIn(app, "Provider", cdktest.Account))
	stack := cdktest.StackIn(app, "Consumer", cdktest.Account)
	consume(stack, api)
	return stack
}

// leavingConsumer moves from the internet to PrivateLink: the way back stays open.
func leavingConsumer(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "Leaving", cdktest.Account)
	public := importApi(stack)
	private := privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"), DomainNames: jsii.Strings(domain),
	})
	consume(stack, private, func(p *C) { p.Previous = public })
	return stack
}

func TestGoldens(t *testing.T) {
	defer cdktest.Recover(t)
	for name, build := range map[string]func(awscdk.App) awscdk.Stack{
		"api-minimal": minimalApi, "api-full": fullApi, "api-open": openApi, "api-own-web-acl": ownWebACL,
		"consumer": consumerInAnotherStack, "consumer-leaving": leavingConsumer,
	} {
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
		openApi(app)
		leavingConsumer(app)
	})
}

// Our resources do not depend on feature flags: users set some, and unit tests none.
func TestFeatureFlagsChangeNothing(t *testing.T) {
	defer cdktest.Recover(t)
	flags := cdktest.CliContext(t, "../../cdk.json")
	for name, build := range map[string]func(awscdk.App) awscdk.Stack{"API": minimalApi, "consumer": leavingConsumer} {
		cdktest.Run(t, name, func(t *testing.T) {
			without := cdktest.SynthTemplate(t, build(cdktest.App(t, nil)))
			with := cdktest.SynthTemplate(t, build(cdktest.App(t, flags)))
			if !reflect.DeepEqual(with.Resources, without.Resources) {
				t.Errorf("with flags: %v\nwithout: %v", with.Resources, without.Resources)
			}
		})
	}
}
