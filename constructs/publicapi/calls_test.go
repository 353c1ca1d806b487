package publicapi_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every call to CDK is a round trip between two processes, so the number of calls is pinned: for one more API and consumer beside others, in
// shared VPCs and a shared zone.
func TestCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		m := newMany(cdktest.Stack(t))
		m.steps(func(_ string, f func()) { f() }) // the first ones ask for the answers that all share
		m.steps(count)
	})
	for step, want := range map[string]int{
		"API": 1, "API with records": 1, "API with a web ACL": 1, "API for everyone": 1, "route": 2,
		"consumer": 1, "consumer of a client of its own": 2, "consumer in another stack": 1, "consumer that leaves": 1,
	} {
		if got := len(steps[step]); got != want {
			t.Errorf("%s: %d calls, want %d: %v", step, got, want, steps[step])
		}
	}
}

// many has many APIs and consumers in two VPCs.
type many struct {
	stack, other      awscdk.Stack
	apiVpc, clientVpc awsec2.IVpc
	zone              awsroute53.IHostedZone
	certificates      *[]elbv2.IListenerCertificate
	n, consumers      int
}

func newMany(stack awscdk.Stack) *many {
	return &many{
		stack: stack, other: cdktest.StackIn(awscdk.App_Of(stack), "Other", cdktest.Account),
		apiVpc: apiVpc(stack), clientVpc: clientVpc(stack), zone: zone(stack), certificates: certificates(),
	}
}

// steps counts the calls for each kind of construct.
func (m *many) steps(count func(string, func())) {
	m.n++
	var api publicapi.Api
	define := func(step string, edit func(*P)) {
		name := fmt.Sprintf("api%d.company.com", m.n)
		p := &P{Vpc: m.apiVpc, DomainNames: jsii.Strings(name), Certificates: m.certificates, AllowedClients: clients(allowed("Checkout", "203.0.113.7/32"), allowed("Orders", "203.0.113.8/32"))}
		edit(p)
		count(step, func() { api = publicapi.NewApi(m.stack, jsii.String(fmt.Sprint(step, m.n)), p) })
	}
	define("API for everyone", func(p *P) { p.AllowedClients, p.AllowEveryone = nil, jsii.Bool(true) })
	define("API with a web ACL", func(p *P) { p.WebAclArn = jsii.String(webACLArn) })
	define("API with records", func(p *P) { p.HostedZone = m.zone })
	define("API", func(*P) {})
	target := awselasticloadbalancingv2targets.NewIpTarget(jsii.String("10.1.1.5"), nil, nil)
	count("route", func() {
		api.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: &[]elbv2.IApplicationLoadBalancerTarget{target}})
	})
	consumer := func(step string, stack awscdk.Stack, edit func(*C)) {
		m.consumers++
		p := &C{Vpc: m.clientVpc, Service: api, DomainNames: jsii.Strings(fmt.Sprintf("api.consumer%d.company.com", m.consumers))}
		edit(p)
		count(step, func() { privateapi.NewPrivateApiConsumer(stack, jsii.String(fmt.Sprint(step, m.n)), p) })
	}
	consumer("consumer", m.stack, func(*C) {})
	own := awsec2.NewSecurityGroup(m.stack, jsii.String(fmt.Sprint("Own", m.n)), &awsec2.SecurityGroupProps{Vpc: m.clientVpc, AllowAllOutbound: jsii.Bool(false)})
	consumer("consumer of a client of its own", m.stack, func(p *C) { p.Clients = &[]awsec2.IConnectable{own} })
	consumer("consumer in another stack", m.other, func(*C) {})
	private := privateapi.PrivateApiService_FromAttributes(m.stack, jsii.String(fmt.Sprint("Service", m.n)), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"), DomainNames: jsii.Strings(fmt.Sprintf("api%d.company.com", m.n)),
	})
	consumer("consumer that leaves", m.stack, func(p *C) { p.DomainNames, p.Service, p.Previous = nil, private, api })
}
