package mesh_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// providerIn defines the part of commerce in a scope, with its workloads in a stack.
func providerIn(scope constructs.Construct, stack awscdk.Stack, d *D, edit ...func(p *P)) mesh.MeshProvider {
	vpc := newVpc(stack, "Vpc")
	p := &P{
		Mesh: mesh.Mesh_FromDeclaration(d), Provider: s("commerce"), Vpc: vpc, Certificates: certificates(), PrefixList: prefixList(stack), Services: targetsOf(stack, vpc, d, "commerce"),
	}
	for _, e := range edit {
		e(p)
	}
	return mesh.NewMeshProvider(scope, s("Commerce"), p)
}

// describe returns the values of a property of all resources of a type, by logical ID, as text.
func describe(template cdktest.Template, resourceType, property string) []string {
	var all []string
	for _, resource := range template.Resources {
		if resource.Type == resourceType {
			all = append(all, fmt.Sprint(resource.Properties[property]))
		}
	}
	slices.Sort(all)
	return all
}

func wantList(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %s\nwant %s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func values(list *[]*string) (all []string) {
	for _, value := range *list {
		all = append(all, *value)
	}
	return all
}

func TestMesh(t *testing.T) {
	m := mesh.Mesh_FromDeclaration(small())
	if region := *m.Region(); region != cdktest.Region {
		t.Errorf("Region %s", region)
	}
	wantList(t, "connections", values(m.ConnectionsOf(s("checkout"))), "commerce.internal", "ledger")
	wantList(t, "calls", values(m.CallsOf(s("checkout"), s("commerce.internal"))), "pricing", "stock")
	wantList(t, "calls of no connection", values(m.CallsOf(s("checkout"), s("refunds"))))
	if name := *m.DomainName(s("pricing")); name != "pricing.internal.company.com" {
		t.Errorf("domain name %s", name)
	}
	if owner := m.OwnerOf(s("commerce.internal")); *owner.Name != "commerce" || *owner.Account != cdktest.Account || *m.OwnerOf(s("refunds")).Name != "commerce" {
		t.Errorf("owner %s", *owner.Name)
	}
	full := small(func(d *D) {
		(*d.Tiers)[0].Capacity, (*d.Services)[0].Door, (*d.Services)[1].Priority = jsii.Number(100), jsii.Number(2), jsii.Number(7)
		(*d.Consumers)[1].Calls = &[]*string{}
	})
	if got := mesh.Mesh_FromDeclaration(full).Declaration(); !reflect.DeepEqual(got, full) {
		t.Errorf("the declaration is another one: %v", got)
	}
	for want, f := range map[string]func(){
		`connection: "commerce" is not declared; did you mean "commerce.internal"?`: func() { m.OwnerOf(s("commerce")) },
		`consumer: "chekout" is not declared; did you mean "checkout"?`:             func() { m.ConnectionsOf(s("chekout")) },
		`consumer: is missing`: func() { m.CallsOf(nil, s("ledger")) },
		`service: "pricng" is not declared; did you mean "pricing"?`: func() { m.DomainName(s("pricng")) },
		`supply the JSON of the mesh`:                                func() { mesh.Mesh_FromJson(nil) },
	} {
		cdktest.WantPanic(t, want, f)
	}
}

// Only the accounts whose consumers call may connect, and each service has a rule for its name alone.
func TestProvider(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := providerIn(stack, stack, small())
	wantAccessors(t, provider)
	template := cdktest.SynthTemplate(t, stack)
	root := "map[Fn::Join:[ [arn: map[Ref:AWS::Partition] :iam::%s:root]]]"
	wantList(t, "principals", describe(template, "AWS::EC2::VPCEndpointServicePermissions", "AllowedPrincipals"),
		fmt.Sprintf("["+root+" "+root+"]", cdktest.OtherAccount, cdktest.Account))
	wantList(t, "shares", describe(template, "AWS::RAM::ResourceShare", "Principals"), "["+cdktest.OtherAccount+"]")
	wantList(t, "conditions", describe(template, "AWS::ElasticLoadBalancingV2::ListenerRule", "Conditions"),
		"[map[Field:host-header HostHeaderConfig:map[Values:[pricing.internal.company.com]]]]",
		"[map[Field:host-header HostHeaderConfig:map[Values:[stock.internal.company.com]]]]",
		"[map[Field:path-pattern PathPatternConfig:map[Values:[/privateapi-health]]]]")
	wantList(t, "domain names", describe(template, "AWS::VpcLattice::Service", "CustomDomainName"), "ledger.internal.company.com", "refunds.internal.company.com")
	wantList(t, "parameters", describe(template, "AWS::SSM::Parameter", "Name"),
		"/private-api/commerce.internal/contract", "/private-api/commerce.internal/service-name", "/private-api/ledger/contract", "/private-api/ledger/service-name",
		"/private-api/refunds/contract", "/private-api/refunds/service-name")
	policies := strings.Join(describe(template, "AWS::VpcLattice::AuthPolicy", "Policy"), "\n")
	if !strings.Contains(policies, "SourceVpcOwnerAccount:["+cdktest.OtherAccount+"]") || !strings.Contains(policies, "Effect:Deny Principal:*") {
		t.Errorf("ledger is for checkout, and refunds, which nobody calls, for nobody: %s", policies)
	}
}

func wantAccessors(t *testing.T, provider mesh.MeshProvider) {
	t.Helper()
	internal := provider.Door(s("commerce.internal"))
	if internal == nil || len(*provider.Doors()) != 1 || (*provider.Doors())[0] != internal || provider.Service(s("stock")) != privateapi.IPrivateApiService(internal) {
		t.Error("the front door is not that of stock")
	}
	if provider.Api(s("ledger")) == nil || provider.Service(s("ledger")) != privateapi.IPrivateApiService(provider.Api(s("ledger"))) {
		t.Error("ledger has no API")
	}
	if provider.Route(s("pricing")) == nil || provider.Contract(s("ledger")) == nil || len(*provider.Stacks()) != 0 {
		t.Error("a route, a contract or no stack is missing")
	}
	if provider.Door(s("ledger")) != nil || provider.Api(s("pricing")) != nil || provider.Route(s("ledger")) != nil || provider.Contract(nil) != nil {
		t.Error("there is what there is not")
	}
	cdktest.WantPanic(t, `name: "ledgr" is not declared; did you mean "ledger"?`, func() { provider.Service(s("ledgr")) })
}

// Options of a provider, and a service whose callers sign.
func TestProviderOptions(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	providerIn(stack, stack, small(func(d *D) { (*d.Consumers)[0].Calls = jsii.Strings("ledger", "refunds") }), func(p *P) {
		p.PublishContracts, p.Certificates = jsii.Bool(false), nil
		(*p.Services)["ledger"].AllowedPrincipals = &[]awsiam.IPrincipal{awsiam.NewArnPrincipal(s("arn:aws:iam::111111111111:role/checkout"))}
		(*p.Services)["ledger"].Certificate = (*certificates())[0]
		p.Tiers = &map[string]*mesh.MeshTierProps{
			"internal": {Certificates: certificates(), DoorProps: &privateapi.PrivateApiProviderProps{AcceptanceRequired: jsii.Bool(true), DeletionProtection: jsii.Bool(false)}},
			"payments": {Certificates: certificates()},
		}
	})
	template := cdktest.SynthTemplate(t, stack)
	wantList(t, "parameters", describe(template, "AWS::SSM::Parameter", "Name"))
	wantList(t, "acceptance", describe(template, "AWS::EC2::VPCEndpointService", "AcceptanceRequired"), "true")
	policies := describe(template, "AWS::VpcLattice::AuthPolicy", "Policy")
	if !strings.Contains(strings.Join(policies, ""), "arn:aws:iam::111111111111:role/checkout") {
		t.Errorf("policies %v", policies)
	}
}

// A front door that nobody calls lets nobody connect.
func TestProviderThatNobodyCalls(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	providerIn(stack, stack, small(func(d *D) { d.Consumers = nil }))
	template := cdktest.SynthTemplate(t, stack)
	wantList(t, "principals", describe(template, "AWS::EC2::VPCEndpointServicePermissions", "AllowedPrincipals"))
	wantList(t, "shares", describe(template, "AWS::RAM::ResourceShare", "Principals"))
}

// Contracts are shared with the accounts of the consumers.
func TestSharedContracts(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	providerIn(stack, stack, small(), func(p *P) { p.ShareContracts = jsii.Bool(true) })
	wantList(t, "shares", describe(cdktest.SynthTemplate(t, stack), "AWS::RAM::ResourceShare", "Principals"), slices.Repeat([]string{"[" + cdktest.OtherAccount + "]"}, 3)...)
}

// A consumer has a zone for each name that it calls, and an endpoint for each front door.
func TestConsumer(t *testing.T) {
	defer cdktest.Recover(t)
	stack := newStack(t)
	consumer := consumerOf(stack, sources["ServiceNames"], func(_ awscdk.Stack, c *C) { c.Clients = nil })
	connection := consumer.Connection(s(door))
	if connection == nil || consumer.ConnectionTo(s("stock")) != connection || consumer.ConnectionTo(s("ledger")) != consumer.Connection(s(ledger)) {
		t.Error("stock is not called over the front door, or ledger not over its own connection")
	}
	if consumer.Connection(s("refunds")) != nil || len(*consumer.AllConnections()) != 2 || consumer.ServiceNetwork() == nil || len(*consumer.Stacks()) != 0 {
		t.Error("connections, service network or stacks are others")
	}
	cdktest.WantPanic(t, `service: "refunds" is not declared`, func() { consumer.ConnectionTo(s("refunds")) })
	template := cdktest.SynthTemplate(t, stack)
	wantList(t, "zones", describe(template, "AWS::Route53::HostedZone", "Name"), "ledger.internal.company.com.", "pricing.internal.company.com.", "stock.internal.company.com.")
	wantList(t, "endpoints", describe(template, "AWS::EC2::VPCEndpoint", "ServiceName"), serviceName)
	wantList(t, "clients", describe(template, "AWS::EC2::SecurityGroupIngress", "FromPort"))
}

// A client that is named later has what one of Clients has.
func TestAllowClient(t *testing.T) {
	defer cdktest.Recover(t)
	before, after := newStack(t), newStack(t)
	consumerOf(before, sources["ServiceNames"])
	var client awsec2.IConnectable
	consumer := consumerOf(after, sources["ServiceNames"], func(_ awscdk.Stack, c *C) { client, c.Clients = (*c.Clients)[0], nil })
	consumer.AllowClient(client)
	if got, want := cdktest.SynthTemplate(t, after).Resources, cdktest.SynthTemplate(t, before).Resources; !reflect.DeepEqual(got, want) {
		t.Errorf("%v\nwant\n%v", got, want)
	}
}

// Below a Stage, the stacks are those of the plan, in the account and the Region of the mesh.
func TestStages(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	stage := awscdk.NewStage(app, s("Prod"), nil)
	stack := awscdk.NewStack(stage, s("Workloads"), &awscdk.StackProps{Env: &awscdk.Environment{Account: s(cdktest.Account), Region: s(cdktest.Region)}})
	provider := providerIn(stage, stack, small(), func(p *P) { p.StackProps = &awscdk.StackProps{TerminationProtection: jsii.Bool(true)} })
	var got []string
	for _, stack := range *provider.Stacks() {
		got = append(got, fmt.Sprint(*stack.StackName(), " ", *stack.Account(), " ", *stack.Region(), " ", *stack.TerminationProtection()))
	}
	wantList(t, "stacks", got, "Prod-Commerce-internal 222222222222 eu-west-1 true", "Prod-Commerce-payments 222222222222 eu-west-1 true")
}

// Quotas that are exceeded are warnings of the consumer that exceeds them.
func TestWarnings(t *testing.T) {
	defer cdktest.Recover(t)
	d := small(func(d *D) {
		for i := range rules.MaxEndpointsPerVpc {
			name := fmt.Sprint("team-", i)
			*d.Providers = append(*d.Providers, &mesh.Provider{Name: s(name), Account: s(cdktest.Account)})
			of := service("service-of-"+name, "internal")
			of.Provider = s(name)
			*d.Services = append(*d.Services, of)
			*(*d.Consumers)[0].Calls = append(*(*d.Consumers)[0].Calls, of.Name)
		}
	})
	stack := newStack(t)
	consumerOf(stack, func(_ awscdk.Stack, c *C) {
		c.Mesh = mesh.Mesh_FromDeclaration(d)
		names := map[string]*string{}
		for _, name := range *c.Mesh.ConnectionsOf(c.Consumer) {
			names[*name] = s(serviceName)
		}
		names[ledger] = s(serviceArn)
		c.ServiceNames = &names
	})
	manifest := cdktest.Synth(t, stack).Manifest(t)
	const want = "consumers[0]: checkout connects to 51 front doors, each by an endpoint"
	if !strings.Contains(manifest, want) || !strings.Contains(manifest, "[ack: "+rules.EndpointQuota.ID+"]") {
		t.Errorf("no warning %s", want)
	}
}
