package mesh_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// badDeclaration is a refusal of a mesh.
func badDeclaration(name string, edit func(*D), broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: "declaration: " + name, Broken: broken, Prepare: func(*testing.T) func() {
		return func() { mesh.Mesh_FromDeclaration(small(edit)) }
	}}
}

func declarationRefusals() []cdktest.Refusal {
	prepare := func(f func()) func(*testing.T) func() { return func(*testing.T) func() { return f } }
	return []cdktest.Refusal{
		{Name: "declaration: none", Broken: []rules.Rule{rules.Required, rules.Required, rules.Required, rules.Required}, Prepare: prepare(func() { mesh.Mesh_FromDeclaration(nil) })},
		{Name: "declaration: in JSON", Broken: []rules.Rule{rules.MeshForm, rules.MeshUndeclared}, Prepare: prepare(func() {
			mesh.Mesh_FromJson(s(`{"version": 1, "region": "eu-west-1", "regions": [], "tiers": [{"name": "internal", "transport": "privatelink"}],
				"providers": [{"name": "commerce", "account": "222222222222"}], "services": [{"name": "pricing", "domainName": "pricing.company.com", "provider": "commerce", "tier": "internal"}],
				"consumers": [{"name": "checkout", "account": "111111111111", "calls": ["prcing"]}]}`))
		})},
		{Name: "declaration: of another version", Broken: []rules.Rule{rules.MeshVersion}, Prepare: prepare(func() { mesh.Mesh_FromJson(s(`{"version": 2}`)) })},
		badDeclaration("elements that are nil", func(d *D) {
			*d.Tiers, *d.Consumers = append(*d.Tiers, nil), append(*d.Consumers, nil)
		}, rules.Required, rules.Required, rules.Required, rules.Required),
		badDeclaration("numbers that are not whole", func(d *D) {
			(*d.Tiers)[0].Capacity, (*d.Services)[0].Door, (*d.Services)[0].Priority = jsii.Number(1.5), jsii.Number(0), jsii.Number(-1)
		}, rules.MeshCapacity, rules.MeshDoor, rules.RoutePriority),
		badDeclaration("names that are wrong", func(d *D) {
			(*d.Services)[0].Name, (*d.Services)[1].Provider, (*d.Services)[2].DomainName = s("Pricing"), s("comerce"), s("*.internal.company.com")
			(*d.Tiers)[1].Transport = "peering"
		}, rules.MeshTransport, rules.MeshName, rules.MeshUndeclared, rules.MeshUndeclared, rules.MeshNameCycle, rules.MeshNameCycle, rules.MeshNameCycle),
		badDeclaration("a service twice", func(d *D) { *d.Services = append(*d.Services, service("pricing", "payments")) }, rules.MeshNameTwice, rules.MeshNameTwice),
		badDeclaration("a tier without services", func(d *D) {
			*d.Tiers = append(*d.Tiers, &mesh.Tier{Name: s("audit"), Transport: mesh.Transport_LATTICE})
		}, rules.MeshTier),
		badDeclaration("a team that calls itself", func(d *D) { (*d.Consumers)[1].Name = s("commerce") }, rules.MeshOwnCall),
		badDeclaration("a team in two accounts", func(d *D) {
			(*d.Consumers)[0].Name, (*d.Consumers)[0].Calls = s("commerce"), nil
		}, rules.MeshAccount),
	}
}

// embedded embeds nil, which would panic on its first call.
type embedded struct{ lattice.ITarget }

// badProvider is a refusal of a provider's part.
func badProvider(name string, edit func(app awscdk.App, stack awscdk.Stack, p *P) constructs.Construct, broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: "provider: " + name, Broken: broken, Prepare: func(t *testing.T) func() {
		app := cdktest.App(t, nil)
		stack := cdktest.StackIn(app, "Workloads", cdktest.Account)
		vpc := newVpc(stack, "Vpc")
		p := &P{Mesh: mesh.Mesh_FromDeclaration(small()), Provider: s("commerce"), Vpc: vpc, Certificates: certificates(), PrefixList: prefixList(stack), Services: targetsOf(stack, vpc, small(), "commerce")}
		scope := edit(app, stack, p)
		return func() { mesh.NewMeshProvider(scope, s("Commerce"), p) }
	}}
}

// props are an edit of a provider's props in the stack of its workloads.
func props(edit func(p *P)) func(awscdk.App, awscdk.Stack, *P) constructs.Construct {
	return func(_ awscdk.App, stack awscdk.Stack, p *P) constructs.Construct {
		edit(p)
		return stack
	}
}

func providerRefusals() []cdktest.Refusal {
	route := func(p *P) *S { return (*p.Services)["pricing"] }
	target := func(p *P) *S { return (*p.Services)["ledger"] }
	two := func() *[]elbv2.IListenerCertificate { all := append(*certificates(), *certificates()...); return &all }
	return []cdktest.Refusal{
		badProvider("nothing but a mesh", props(func(p *P) { *p = P{Mesh: p.Mesh} }), rules.Required, rules.Required),
		badProvider("no mesh", props(func(p *P) { p.Mesh = nil }), rules.Required),
		badProvider("that is not declared", props(func(p *P) { p.Provider = s("comerce") }), rules.MeshUndeclared),
		badProvider("without its services", props(func(p *P) { p.Services = nil }), rules.Required, rules.Required, rules.Required, rules.Required),
		badProvider("with a service of another name", props(func(p *P) { (*p.Services)["stok"] = route(p) }), rules.MeshUndeclared),
		badProvider("without targets", props(func(p *P) { *route(p), *target(p) = S{}, S{} }), rules.Required, rules.Required),
		badProvider("with what is of the other transport", props(func(p *P) {
			pricing, ledger := *route(p), *target(p)
			route(p).Target, route(p).Certificate, route(p).AllowedPrincipals = ledger.Target, (*certificates())[0], &[]awsiam.IPrincipal{awsiam.NewAccountPrincipal(s(cdktest.Account))}
			target(p).Route = pricing.Route
			p.Tiers = &map[string]*mesh.MeshTierProps{"internal": {ApiProps: &lattice.ApiProps{}}, "payments": {DoorProps: &privateapi.PrivateApiProviderProps{}}}
		}), rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction),
		badProvider("with what the mesh decides", props(func(p *P) {
			route(p).Route.HostHeaders, route(p).Route.Priority = jsii.Strings("pricing.company.com"), jsii.Number(10)
			p.Tiers = &map[string]*mesh.MeshTierProps{
				"internal": {DoorProps: &privateapi.PrivateApiProviderProps{
					Vpc: p.Vpc, DomainNames: jsii.Strings("pricing.company.com"), Certificates: certificates(), AllowedAccounts: jsii.Strings(cdktest.Account), AllowNoPrincipals: jsii.Bool(true),
					StandbyAlb: privateapi.StandbyAlb_BUILT, Port: jsii.Number(8443),
				}},
				"payments": {ApiProps: &lattice.ApiProps{
					DomainName: s("pricing.company.com"), Certificate: (*certificates())[0], Protocol: lattice.ListenerProtocol_HTTP, Port: jsii.Number(80), Target: target(p).Target, PrefixList: p.PrefixList,
					ShareWith: jsii.Strings(cdktest.Account), AllowedPrincipals: &[]awsiam.IPrincipal{}, AllowedVpcs: &[]awsec2.IVpc{}, AllowedVpcAccounts: jsii.Strings(cdktest.Account), AllowAnyCaller: jsii.Bool(true), AllowNoCallers: jsii.Bool(true),
				}},
			}
		}), slices.Repeat([]rules.Rule{rules.Contradiction}, 2+7+12)...),
		badProvider("with a target that embeds nil", props(func(p *P) { target(p).Target = embedded{} }), rules.Required),
		badProvider("with a tier of another name", props(func(p *P) { p.Tiers = &map[string]*mesh.MeshTierProps{"intern": {}} }), rules.MeshUndeclared),
		badProvider("without certificates", props(func(p *P) { p.Certificates = nil }), rules.Required, rules.Required, rules.CertificateRequired),
		badProvider("with several certificates for VPC Lattice", props(func(p *P) { p.Certificates = two() }), rules.Required, rules.Required),
		badProvider("without a prefix list", props(func(p *P) { p.PrefixList = nil }), rules.Required),
		badProvider("in another account and Region", func(app awscdk.App, _ awscdk.Stack, _ *P) constructs.Construct {
			return awscdk.NewStack(app, s("Elsewhere"), &awscdk.StackProps{Env: &awscdk.Environment{Account: s(cdktest.OtherAccount), Region: s("eu-central-1")}})
		}, rules.MeshEnvironment, rules.MeshEnvironment),
		badProvider("in another account than its stacks", func(app awscdk.App, _ awscdk.Stack, p *P) constructs.Construct {
			p.StackProps = &awscdk.StackProps{Env: &awscdk.Environment{Account: s(cdktest.OtherAccount)}}
			return app
		}, rules.MeshEnvironment),
		badProvider("with stacks in a stack", props(func(p *P) { p.StackProps = &awscdk.StackProps{} }), rules.Contradiction),
		badProvider("more resources than a stack takes", func(_ awscdk.App, stack awscdk.Stack, p *P) constructs.Construct {
			d := many(mesh.Transport_PRIVATELINK, 122)
			(*d.Tiers)[0].Capacity = jsii.Number(160)
			for i, service := range *d.Services {
				service.Priority = jsii.Number(float64(i + 2))
			}
			all := map[string]*S{}
			for _, service := range *d.Services {
				all[*service.Name] = route(p)
			}
			p.Mesh, p.Services = mesh.Mesh_FromDeclaration(d), &all
			return stack
		}, rules.MeshStack),
	}
}

// contractOf is the contract of a connection, with an edit.
func contractOf(connection, transport string, names ...string) *string {
	located := `"serviceName": "` + serviceName + `"`
	if transport == "lattice" {
		located = `"serviceArn": "` + serviceArn + `"`
	}
	return s(`{"version": 1, "service": {"name": "` + connection + `", "transport": "` + transport + `", "account": "222222222222", "region": "eu-west-1", "ports": [443],
  "domainNames": ["` + strings.Join(names, `", "`) + `"]}, "deployed": {` + located + `}}`)
}

const (
	door   = "commerce.internal"
	ledger = "ledger"
)

// contracts are those of the connections of checkout.
func contracts() *map[string]*string {
	return &map[string]*string{
		door:   contractOf(door, "privatelink", "pricing.internal.company.com", "stock.internal.company.com"),
		ledger: contractOf(ledger, "lattice", "ledger.internal.company.com"),
	}
}

// badConsumer is a refusal of a consumer's part.
func badConsumer(name string, edit func(stack awscdk.Stack, c *C), broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: "consumer: " + name, Broken: broken, Prepare: func(t *testing.T) func() {
		stack := cdktest.StackIn(cdktest.App(t, nil), "Workloads", cdktest.OtherAccount)
		c := &C{Mesh: mesh.Mesh_FromDeclaration(small()), Consumer: s("checkout"), Vpc: newVpc(stack, "Vpc"), PrefixList: prefixList(stack), Contracts: contracts()}
		edit(stack, c)
		return func() { mesh.NewMeshConsumer(stack, s("Checkout"), c) }
	}}
}

func consumerRefusals() []cdktest.Refusal {
	return []cdktest.Refusal{
		badConsumer("nothing but a mesh", func(_ awscdk.Stack, c *C) { *c = C{Mesh: c.Mesh} }, rules.Required, rules.Required),
		badConsumer("no mesh", func(_ awscdk.Stack, c *C) { c.Mesh = nil }, rules.Required),
		badConsumer("that is not declared", func(_ awscdk.Stack, c *C) { c.Consumer = s("chekout") }, rules.MeshUndeclared),
		badConsumer("nothing to connect to", func(_ awscdk.Stack, c *C) { c.Contracts = nil }, rules.Required, rules.Required),
		badConsumer("without a prefix list", func(_ awscdk.Stack, c *C) { c.PrefixList = nil }, rules.Required),
		badConsumer("with two of one connection", func(stack awscdk.Stack, c *C) {
			c.ServiceNames = &map[string]*string{door: s(serviceName)}
			c.Services = &map[string]privateapi.IPrivateApiService{door: privateapi.PrivateApiService_FromAttributes(stack, s("Door"), &privateapi.PrivateApiServiceAttributes{ServiceName: s(serviceName)})}
		}, rules.Contradiction, rules.Contradiction),
		badConsumer("with contracts of others", func(_ awscdk.Stack, c *C) {
			(*c.Contracts)[door], (*c.Contracts)[ledger] = (*c.Contracts)[ledger], contractOf("refunds", "lattice", "refunds.internal.company.com")
		}, rules.MeshContract, rules.MeshContract, rules.MeshContract, rules.MeshContract, rules.MeshContract, rules.MeshContract),
		badConsumer("with a contract from before a service was added", func(_ awscdk.Stack, c *C) {
			(*c.Contracts)[door] = contractOf(door, "privatelink", "pricing.internal.company.com")
		}, rules.MeshContract),
		badConsumer("with contracts that are none", func(_ awscdk.Stack, c *C) {
			(*c.Contracts)[door], (*c.Contracts)[ledger] = s("{}"), s("ledger")
		}, rules.Required, rules.ContractForm),
		badConsumer("with a provider of another mesh", func(stack awscdk.Stack, c *C) {
			own := cdktest.StackIn(awscdk.App_Of(stack), "Other", cdktest.Account)
			vpc := newVpc(own, "Vpc")
			c.Providers = &[]mesh.MeshProvider{nil, mesh.NewMeshProvider(own, s("Commerce"), &P{
				Mesh: mesh.Mesh_FromDeclaration(small()), Provider: s("commerce"), Vpc: vpc, Certificates: certificates(), PrefixList: prefixList(own), Services: targetsOf(own, vpc, small(), "commerce"),
			})}
		}, rules.Required, rules.Contradiction),
		badConsumer("in another account", func(_ awscdk.Stack, c *C) {
			c.Consumer, c.Contracts = s("reports"), &map[string]*string{door: contractOf(door, "privatelink", "stock.internal.company.com")}
		}, rules.MeshEnvironment),
		badConsumer("more resources than a stack takes", func(stack awscdk.Stack, c *C) {
			clients := slices.Repeat([]awsec2.IConnectable{newGroup(stack, "Client", c.Vpc)}, 100)
			c.Clients = &clients
		}, rules.MeshStack),
		{Name: "consumer: more clients than a stack takes", Broken: []rules.Rule{rules.MeshStack}, Prepare: func(t *testing.T) func() {
			app := cdktest.App(t, nil)
			stack := cdktest.StackIn(app, "Workloads", cdktest.OtherAccount)
			c := &C{Mesh: mesh.Mesh_FromDeclaration(small()), Consumer: s("checkout"), Vpc: newVpc(stack, "Vpc"), PrefixList: prefixList(stack), Contracts: contracts()}
			clients := slices.Repeat([]awsec2.IConnectable{newGroup(stack, "Client", c.Vpc)}, 200)
			c.Clients = &clients
			return func() { mesh.NewMeshConsumer(app, s("Checkout"), c) }
		}},
		badConsumer("with a client that is nil, and stacks in a stack", func(_ awscdk.Stack, c *C) {
			c.Clients, c.StackProps = &[]awsec2.IConnectable{nil}, &awscdk.StackProps{}
		}, rules.Required),
	}
}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	cases := slices.Concat(declarationRefusals(), providerRefusals(), consumerRefusals())
	cdktest.Refusals(t, cases, rules.Mesh())
}
