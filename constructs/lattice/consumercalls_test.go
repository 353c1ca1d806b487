package lattice_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// A consumer over VPC Lattice makes no more calls to CDK than one over PrivateLink, the service network of its VPC included.
func TestConsumerCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		m := newConsumerMesh(cdktest.Stack(t))
		m.steps(func(_ string, f func()) { f() }) // the first one asks for the answers that all share
		m.steps(count)
	})
	for step, want := range map[string]int{
		"consumer": 1, "consumer of a client": 1, "consumer of a client of its own": 2, "consumer that moves": 1, "consumer in another stack": 1,
	} {
		if got := steps[step]; len(got) != want {
			t.Errorf("one more %s makes %d calls, want %d:\n  %s", step, len(got), want, strings.Join(got, "\n  "))
		}
	}
	first, link := steps["first consumer of a VPC"], steps["first consumer of a VPC over PrivateLink"]
	if len(first) == 0 || len(first) > len(link) {
		t.Errorf("the first consumer of a VPC makes %d calls, and %d over PrivateLink:\n  %s", len(first), len(link), strings.Join(first, "\n  "))
	}
}

// consumerMesh has many consumers in one VPC.
type consumerMesh struct {
	stack, other awscdk.Stack
	vpc          awsec2.IVpc
	client       awsec2.SecurityGroup
	list         awsec2.IPrefixList
	n            int
}

func newConsumerMesh(stack awscdk.Stack) *consumerMesh {
	m := &consumerMesh{stack: stack, other: cdktest.StackIn(awscdk.App_Of(stack), "Other", cdktest.Account), vpc: awsec2.NewVpc(stack, jsii.String("Vpc"), nil)}
	m.client, m.list = closedClient(stack, "Client", m.vpc), listOfLattice(stack, "PrefixList")
	return m
}

// api imports one more API.
func (m *consumerMesh) api() lattice.IApi {
	m.n++
	return lattice.Api_FromAttributes(m.stack, jsii.String(fmt.Sprint("Api", m.n)), &lattice.ApiAttributes{
		ServiceArn: jsii.String(fmt.Sprintf("arn:aws:vpc-lattice:eu-west-1:111111111111:service/svc-%017d", m.n)),
		DomainName: jsii.String(fmt.Sprintf("api%d.company.com", m.n)), PrefixList: m.list,
	})
}

// steps counts the calls for each kind of consumer. CDK is asked for the ID of a VPC once.
func (m *consumerMesh) steps(count func(string, func())) {
	consumer := func(stack awscdk.Stack, edit func(*privateapi.PrivateApiConsumerProps)) func() {
		props := &privateapi.PrivateApiConsumerProps{Vpc: m.vpc, Service: m.api()}
		edit(props)
		id := fmt.Sprint("Consumer", m.n)
		return func() { privateapi.NewPrivateApiConsumer(stack, &id, props) }
	}
	type C = privateapi.PrivateApiConsumerProps
	count("consumer", consumer(m.stack, func(*C) {}))
	count("consumer in another stack", consumer(m.other, func(*C) {}))
	count("consumer of a client", consumer(m.stack, func(p *C) { p.Clients = &[]awsec2.IConnectable{m.client} }))
	count("consumer of a client of its own", consumer(m.stack, func(p *C) {
		p.Clients = &[]awsec2.IConnectable{closedClient(m.stack, fmt.Sprint("Client", m.n), m.vpc)}
	}))
	link := func(api privateapi.IPrivateApiService) privateapi.IPrivateApiService {
		return privateapi.PrivateApiService_FromAttributes(m.stack, jsii.String(fmt.Sprint("Service", m.n)), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String(endpointService), DomainNames: api.DomainNames(),
		})
	}
	count("consumer that moves", consumer(m.stack, func(p *C) { p.Previous = link(p.Service) }))
	vpc := func() awsec2.IVpc { return awsec2.NewVpc(m.stack, jsii.String(fmt.Sprint("Vpc", m.n)), nil) }
	count("first consumer of a VPC", consumer(m.stack, func(p *C) { p.Vpc = vpc() }))
	count("first consumer of a VPC over PrivateLink", consumer(m.stack, func(p *C) { p.Vpc, p.Service = vpc(), link(p.Service) }))
}
