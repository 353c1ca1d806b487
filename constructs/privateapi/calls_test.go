package privateapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every call to CDK is a round trip between two processes, so the number of calls is pinned: for one more construct beside
// others like it, in shared VPCs. One call more is a decision, and one call less a new budget.
func TestCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		m := newMesh(cdktest.Stack(t))
		for i := range 20 {
			m.pair(fmt.Sprint("Pair", i))
			switch i {
			case 0:
				m.countSteps(func(_ string, f func()) { f() }) // the first one asks for the answers that all share
			case 1:
				m.countSteps(func(step string, f func()) { count("early "+step, f) })
			}
		}
		m.countSteps(count)
	})
	for step, want := range map[string]int{
		"provider": 1, "consumer": 1, "second consumer, in another stack": 1, "consumer of two names": 1, "consumer of a client": 1, "consumer of a client of its own": 2, "consumer that moves": 1, "consumer that moves by weight": 1, "route": 2, "second route": 2, "principal": 2,
		"NLB provider": 1, "listener": 2, "second listener": 2, "client of one port": 1,
		"metric": 1, "metric of a consumer": 2, "second metric of a consumer": 1, "what is measured": 2, "what is measured of an NLB": 1,
	} {
		got := steps[step]
		if len(got) != want {
			t.Errorf("one more %s makes %d calls, want %d:\n  %s", step, len(got), want, strings.Join(got, "\n  "))
		}
		if early := steps["early "+step]; !slices.Equal(early, got) {
			t.Errorf("a %s beside few others makes %d calls, and beside many %d", step, len(early), len(got))
		}
	}
	if pair := len(steps["provider"]) + len(steps["consumer"]); pair != 2 {
		t.Errorf("one more pair makes %d calls, want 2", pair)
	}
}

// mesh has many providers and consumers in two VPCs.
type mesh struct {
	stack, other awscdk.Stack
	providerVpc  awsec2.IVpc
	consumerVpc  awsec2.IVpc
	certificate  *privateapi.PrivateApiProviderProps
	client       awsec2.SecurityGroup
	service      awsecs.FargateService
	zone         awsroute53.IHostedZone
	provider     privateapi.PrivateApiProvider
	n            int
}

func newMesh(stack awscdk.Stack) *mesh {
	m := &mesh{stack: stack, certificate: providerProps(stack), consumerVpc: vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")}
	m.providerVpc = m.certificate.Vpc
	m.other = cdktest.StackIn(awscdk.App_Of(stack), "Other", cdktest.Account)
	m.client, m.service, m.zone = newClient(stack, m.consumerVpc), newService(stack, "Caller", m.consumerVpc, false), importedZone(stack)
	return m
}

func (m *mesh) newProvider(id string) {
	m.n++
	m.provider = privateapi.NewPrivateApiProvider(m.stack, jsii.String("Provider"+id), &privateapi.PrivateApiProviderProps{
		Vpc: m.providerVpc, DomainNames: m.names(), Certificates: m.certificate.Certificates,
		AllowedPrincipals: m.certificate.AllowedPrincipals,
	})
}

// names are the names of the provider: one for each consumer that moves.
func (m *mesh) names() *[]*string {
	return &[]*string{m.name("api")[0], m.name("moving")[0], m.name("weighted")[0]}
}

func (m *mesh) newConsumer(stack awscdk.Stack, id string, names []*string, clients ...awsec2.IConnectable) {
	props := &privateapi.PrivateApiConsumerProps{Vpc: m.consumerVpc, Service: m.provider, DomainNames: &names}
	if clients != nil {
		props.Clients = &clients
	}
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Consumer"+id), props)
}

func (m *mesh) pair(id string) {
	m.newProvider(id)
	m.newConsumer(m.stack, id, m.name("pair"))
}

// name is a name of its own, because the VPC has one consumer for each.
func (m *mesh) name(of string) []*string {
	return *jsii.Strings(fmt.Sprintf("%s%d.company.com", of, m.n))
}

// countSteps counts the calls for each kind of construct.
func (m *mesh) countSteps(count func(string, func())) {
	id := fmt.Sprint("Counted", m.n)
	count("provider", func() { m.newProvider(id) })
	count("consumer", func() { m.newConsumer(m.stack, id, m.name("one")) })
	count("second consumer, in another stack", func() { m.newConsumer(m.other, id, m.name("other")) })
	two := *jsii.Strings(fmt.Sprintf("a%d.company.com", m.n), fmt.Sprintf("b%d.company.com", m.n))
	count("consumer of two names", func() { m.newConsumer(m.stack, "Names"+id, two) })
	count("consumer of a client", func() { m.newConsumer(m.stack, "Client"+id, m.name("client"), m.client) })
	own := awsec2.NewSecurityGroup(m.stack, jsii.String("OwnClient"+id), &awsec2.SecurityGroupProps{Vpc: m.consumerVpc})
	count("consumer of a client of its own", func() { m.newConsumer(m.stack, "OwnClient"+id+"s", m.name("own"), own) })
	tunnel := newTunnelService(constructs.NewConstruct(m.stack, jsii.String("Tunnel"+id)))
	tunnel.names, tunnel.alias = m.names(), jsii.String(albDnsName)
	moving, weighted, grouped := m.name("moving"), m.name("weighted"), m.name("grouped")
	count("consumer that moves", func() {
		privateapi.NewPrivateApiConsumer(m.stack, jsii.String("Moving"+id), &privateapi.PrivateApiConsumerProps{
			Vpc: m.consumerVpc, Service: tunnel, Previous: m.provider, Clients: &[]awsec2.IConnectable{m.client}, DomainNames: &moving,
		})
	})
	count("consumer that moves by weight", func() {
		privateapi.NewPrivateApiConsumer(m.stack, jsii.String("Weighted"+id), &privateapi.PrivateApiConsumerProps{
			Vpc: m.consumerVpc, Service: tunnel, Previous: m.provider, Clients: &[]awsec2.IConnectable{m.client}, DomainNames: &weighted,
			RoutingPolicy: privateapi.RoutingPolicy_WEIGHTED, Weight: jsii.Number(10), PreviousWeight: jsii.Number(90),
		})
	})
	count("consumer of an ECS service", func() { m.newConsumer(m.stack, "Service"+id, m.name("service"), m.service) })
	group := ownGroup(m.stack, "Endpoints"+id, m.consumerVpc)
	count("consumer in an existing zone", func() {
		privateapi.NewPrivateApiConsumer(m.stack, jsii.String("Existing"+id), &privateapi.PrivateApiConsumerProps{
			Vpc: m.consumerVpc, Service: m.provider, DomainNames: jsii.Strings(fmt.Sprintf("existing%d.%s", m.n, companyZone)), HostedZone: m.zone,
		})
	})
	count("consumer with an existing security group", func() {
		privateapi.NewPrivateApiConsumer(m.stack, jsii.String("Group"+id), &privateapi.PrivateApiConsumerProps{
			Vpc: m.consumerVpc, Service: m.provider, SecurityGroups: &[]awsec2.ISecurityGroup{group}, DomainNames: &grouped,
		})
	})
	target := awselasticloadbalancingv2targets.NewIpTarget(jsii.String("10.0.0.5"), nil, nil)
	count("route", func() {
		m.provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: targets(target)})
	})
	count("second route", func() {
		m.provider.AddRoute(jsii.String("Order"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v2/*"), Targets: targets(target)})
	})
	var nlb privateapi.PrivateNlbProvider
	count("NLB provider", func() {
		nlb = privateapi.NewPrivateNlbProvider(m.stack, jsii.String("Nlb"+id), &privateapi.PrivateNlbProviderProps{
			Vpc: m.providerVpc, DomainNames: jsii.Strings(fmt.Sprintf("db%d.company.com", m.n)), AllowedPrincipals: m.certificate.AllowedPrincipals,
		})
	})
	for step, port := range map[string]float64{"listener": 5432, "second listener": 6432} {
		count(step, func() {
			nlb.AddListener(jsii.String(step), &privateapi.NlbListenerOptions{Port: jsii.Number(port), Targets: networkTargets(target)})
		})
	}
	consumer := privateapi.NewPrivateApiConsumer(m.stack, jsii.String("Nlb"+id+"Consumer"), &privateapi.PrivateApiConsumerProps{Vpc: m.consumerVpc, Service: nlb})
	count("client of one port", func() { consumer.AllowClient(m.client, jsii.Number(6432)) })
	other := awsiam.NewAccountPrincipal(jsii.String("333333333333"))
	count("principal", func() { m.provider.AllowPrincipal(other) })
	count("metric", func() { m.provider.MetricNewConnections(nil) })
	count("metric of a consumer", func() { consumer.MetricNewConnections(nil) })
	count("second metric of a consumer", func() { consumer.MetricPacketsDropped(nil) })
	count("what is measured", func() { m.provider.MetricResources() })
	count("what is measured of an NLB", func() { nlb.MetricResources() })
}
