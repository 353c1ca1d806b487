package routedapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every call to CDK is a round trip between two processes, so the number of calls is pinned: for one more API and consumer beside others, in
// shared VPCs.
func TestCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		m := newMesh(cdktest.Stack(t))
		m.steps(func(_ string, f func()) { f() }) // the first ones ask for the answers that all share
		m.steps(count)
	})
	for step, want := range map[string]int{
		"API": 1, "API with clients": 1, "route": 2, "second route": 2,
		"consumer": 1, "consumer over a network": 1, "consumer of a client": 1, "consumer of a client of its own": 2, "consumer over a gateway": 1, "consumer that moves": 1,
		"consumer in another stack": 1, "second consumer in another stack": 1, "consumer of another account": 1,
	} {
		if got := len(steps[step]); got != want {
			t.Errorf("%s: %d calls, want %d: %v", step, got, want, steps[step])
		}
	}
}

// mesh has many APIs and consumers in two VPCs.
type mesh struct {
	stack, other, account awscdk.Stack
	apiVpc, clientVpc     awsec2.IVpc
	certificates          *[]elbv2.IListenerCertificate
	client                awsec2.SecurityGroup
	networks              map[routedapi.SecurityGroupReferences]*network
	n                     int
}

func newMesh(stack awscdk.Stack) *mesh {
	app := awscdk.App_Of(stack)
	m := &mesh{
		stack: stack, other: cdktest.StackIn(app, "Other", cdktest.Account), account: cdktest.StackIn(app, "Account", cdktest.OtherAccount),
		apiVpc: apiVpc(stack), clientVpc: clientVpc(stack), certificates: certificates(), networks: map[routedapi.SecurityGroupReferences]*network{},
	}
	m.client = newClient(stack, "Client", m.clientVpc)
	for _, references := range []routedapi.SecurityGroupReferences{routedapi.SecurityGroupReferences_BOTH, routedapi.SecurityGroupReferences_INBOUND} {
		m.networks[references] = newNetwork(awscdk.NewNestedStack(stack, jsii.String(string(references)), nil), references)
	}
	return m
}

// steps counts the calls for each kind of construct.
func (m *mesh) steps(count func(string, func())) {
	m.n++
	var api routedapi.Api
	define := func(id string, clients *[]*string) func() {
		return func() {
			api = routedapi.NewApi(m.stack, jsii.String(fmt.Sprint(id, m.n)), &P{
				Vpc: m.apiVpc, DomainNames: jsii.Strings(fmt.Sprintf("api%d.company.com", m.n)), Certificates: m.certificates, AllowedCidrs: clients,
			})
		}
	}
	count("API with clients", define("Open", jsii.Strings("10.2.0.0/16", "10.3.0.0/16")))
	count("API", define("Api", jsii.Strings("10.2.0.0/16")))
	target := awselasticloadbalancingv2targets.NewIpTarget(jsii.String("10.1.1.5"), nil, nil)
	for step, path := range map[string]string{"route": "/v1/*", "second route": "/v2/*"} {
		count(step, func() {
			api.AddRoute(jsii.String(step), &privateapi.RouteOptions{PathPatterns: jsii.Strings(path), Targets: &[]elbv2.IApplicationLoadBalancerTarget{target}})
		})
	}
	consumer := func(step string, stack awscdk.Stack, p *C) {
		id := fmt.Sprint(step, m.n)
		if p.Previous == nil { // else it has the name of both services; a VPC has one consumer for each name
			p.DomainNames = jsii.Strings(strings.ReplaceAll(id, " ", "-") + ".company.com")
		}
		count(step, func() { privateapi.NewPrivateApiConsumer(stack, &id, p) })
	}
	over, gateway := api.Over(m.networks[routedapi.SecurityGroupReferences_BOTH]), api.Over(m.networks[routedapi.SecurityGroupReferences_INBOUND])
	consumer("consumer", m.stack, &C{Vpc: m.apiVpc, Service: api})
	consumer("consumer over a network", m.stack, &C{Vpc: m.clientVpc, Service: over})
	consumer("consumer of a client", m.stack, &C{Vpc: m.clientVpc, Service: over, Clients: &[]awsec2.IConnectable{m.client}})
	own := newClient(m.stack, fmt.Sprint("Own", m.n), m.clientVpc)
	consumer("consumer of a client of its own", m.stack, &C{Vpc: m.clientVpc, Service: over, Clients: &[]awsec2.IConnectable{own}})
	consumer("consumer over a gateway", m.stack, &C{Vpc: m.clientVpc, Service: gateway, Clients: &[]awsec2.IConnectable{m.client}})
	previous := privateapi.PrivateApiService_FromAttributes(m.stack, jsii.String(fmt.Sprint("Previous", m.n)), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"), DomainNames: jsii.Strings(fmt.Sprintf("api%d.company.com", m.n)),
	})
	consumer("consumer that moves", m.stack, &C{Vpc: m.clientVpc, Service: over, Previous: previous, Clients: &[]awsec2.IConnectable{m.client}})
	consumer("consumer in another stack", m.other, &C{Vpc: m.clientVpc, Service: over})
	consumer("second consumer in another stack", m.other, &C{Vpc: m.clientVpc, Service: over})
	consumer("consumer of another account", m.account, &C{Vpc: m.clientVpc, Service: over})
}
