package contract_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/contract"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// tunnel is a service of a transport that has no contract.
type tunnel struct {
	privateapi.IPrivateApiService
}

// termed is a service that says its own terms.
type termed struct {
	privateapi.IContractedService
	edit func(*privateapi.ContractTerms)
}

func (s termed) ContractTerms() *privateapi.ContractTerms {
	terms := s.IContractedService.ContractTerms()
	s.edit(terms)
	return terms
}

func manyNames(n int) *[]*string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("api%d.%s.company.com", i, strings.Repeat("pricing", 8)))
	}
	return jsii.Strings(names...)
}

// badContract is a refusal of the contract of a provider.
func badContract(name string, edit func(stack awscdk.Stack, p *P), broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: name, Broken: broken, Prepare: func(t *testing.T) func() {
		stack := cdktest.Stack(t)
		p := &P{Service: newProvider(stack), Name: jsii.String("pricing")}
		edit(stack, p)
		return func() { contract.NewServiceContract(stack, jsii.String("Contract"), p) }
	}}
}

func publishRefusals() []cdktest.Refusal {
	termsOf := func(edit func(*privateapi.ContractTerms)) func(awscdk.Stack, *P) {
		return func(_ awscdk.Stack, p *P) { p.Service = termed{p.Service.(privateapi.IContractedService), edit} }
	}
	return []cdktest.Refusal{
		{Name: "publish: nothing given", Broken: []rules.Rule{rules.Required, rules.Required}, Prepare: func(t *testing.T) func() {
			stack := cdktest.Stack(t)
			return func() { contract.NewServiceContract(stack, jsii.String("Contract"), nil) }
		}},
		badContract("publish: a struct that embeds nil", func(_ awscdk.Stack, p *P) { p.Service = tunnel{} }, rules.Required),
		badContract("publish: a name with a slash", func(_ awscdk.Stack, p *P) { p.Name = jsii.String("pricing/api") }, rules.ContractName),
		badContract("publish: an empty name", func(_ awscdk.Stack, p *P) { p.Name = jsii.String("") }, rules.ContractName),
		badContract("publish: a name too long", func(_ awscdk.Stack, p *P) { p.Name = jsii.String(strings.Repeat("x", 129)) }, rules.ContractName),
		badContract("publish: a name that is a token", func(stack awscdk.Stack, p *P) {
			p.Name = awscdk.NewCfnParameter(stack, jsii.String("Name"), nil).ValueAsString()
		}, rules.ContractName),
		badContract("publish: a service of another transport", func(_ awscdk.Stack, p *P) { p.Service = tunnel{p.Service} }, rules.ContractService),
		badContract("publish: a service of AWS", func(stack awscdk.Stack, p *P) {
			p.Service = privateapi.PrivateApiService_FromAwsService(stack, jsii.String("Aws"), awsec2.InterfaceVpcEndpointAwsService_APIGATEWAY(), nil)
		}, rules.ContractService),
		badContract("publish: a service of AWS by its name", func(stack awscdk.Stack, p *P) {
			p.Service = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Aws"), &privateapi.PrivateApiServiceAttributes{ServiceName: jsii.String("com.amazonaws.eu-west-1.execute-api")})
		}, rules.ContractService),
		badContract("publish: an import by attributes", func(stack awscdk.Stack, p *P) {
			p.Service = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiServiceAttributes{ServiceName: jsii.String(serviceName)})
		}, rules.ContractService),
		badContract("publish: an import over VPC Lattice whose ARN is a token", func(stack awscdk.Stack, p *P) {
			p.Service = lattice.Api_FromAttributes(stack, jsii.String("Imported"), &lattice.ApiAttributes{
				ServiceArn: awscdk.NewCfnParameter(stack, jsii.String("Arn"), nil).ValueAsString(), PrefixList: prefixList(stack),
			})
		}, rules.ContractService),
		badContract("publish: a database without listeners", func(stack awscdk.Stack, p *P) { p.Service = newDatabase(stack) }, rules.Required),
		badContract("publish: a service with terms of another transport", termsOf(func(terms *privateapi.ContractTerms) { terms.Transport = "quic" }), rules.ContractTransport),
		badContract("publish: a service without its name", termsOf(func(terms *privateapi.ContractTerms) { terms.ServiceName = nil }), rules.Required),
		badContract("publish: a service with malformed terms", termsOf(func(terms *privateapi.ContractTerms) {
			terms.Region, terms.Ports = jsii.String("Ireland"), &[]*float64{jsii.Number(443), jsii.Number(0)}
		}), rules.RegionForm, rules.PortRange),
		badContract("publish: more names than a parameter holds", termsOf(func(terms *privateapi.ContractTerms) { terms.DomainNames = manyNames(120) }), rules.ContractSize),
		badContract("publish: shared with a role", func(_ awscdk.Stack, p *P) { p.ShareWith = jsii.Strings("arn:aws:iam::111111111111:role/checkout") }, rules.ContractShare),
		badContract("publish: shared with a short account", func(_ awscdk.Stack, p *P) { p.ShareWith = &[]*string{jsii.String("1111"), nil} }, rules.Required, rules.ContractShare),
		badContract("publish: shared twice", func(_ awscdk.Stack, p *P) { p.ShareWith = jsii.Strings(cdktest.OtherAccount, cdktest.OtherAccount) }, rules.ShareTwice),
		badContract("publish: external principals without a share", func(_ awscdk.Stack, p *P) { p.AllowExternalPrincipals = jsii.Bool(true) }, rules.Contradiction),
		badContract("publish: a name twice in a stack", func(stack awscdk.Stack, p *P) {
			contract.NewServiceContract(stack, jsii.String("First"), &P{Service: p.Service, Name: p.Name})
		}, rules.ContractNameTwice),
		badContract("publish: a name twice in an account and a Region", func(stack awscdk.Stack, p *P) {
			other := cdktest.StackIn(awscdk.App_Of(stack), "Other", cdktest.Account)
			contract.NewServiceContract(other, jsii.String("First"), &P{Service: p.Service, Name: p.Name})
		}, rules.ContractNameTwice),
	}
}

// texts are contracts as consumers get them.
var texts = map[string]string{
	"privatelink": `{"version": 1, "service": {"name": "pricing", "transport": "privatelink", "account": "222222222222", "region": "eu-west-1", "ports": [443],
  "domainNames": ["` + domain + `"], "acceptanceRequired": false, "privateDnsName": "` + privateDnsName + `", "ipAddressTypes": ["ipv4"]},
  "deployed": {"serviceName": "` + serviceName + `", "availabilityZoneIds": ["euw1-az1", "euw1-az2"]}}`,
	"lattice": `{"version": 1, "service": {"name": "pricing", "transport": "lattice", "account": "222222222222", "region": "eu-west-1", "ports": [443],
  "domainNames": ["` + domain + `"]}, "deployed": {"serviceArn": "` + latticeArn + `"}}`,
	"routed": `{"version": 1, "service": {"name": "pricing", "transport": "routed", "account": "222222222222", "region": "eu-west-1", "ports": [443],
  "domainNames": ["` + domain + `"]}, "deployed": {"loadBalancerDnsName": "` + albDnsName + `", "canonicalHostedZoneId": "` + albZoneID + `",
  "vpcId": "vpc-0123456789abcdef0", "cidrBlocks": ["10.1.1.0/24", "10.1.2.0/24"]}}`,
}

// half removes what only a deployment knows.
func half(text string) string {
	before, _, _ := strings.Cut(text, `"deployed"`)
	return strings.TrimRight(before, ", \n") + "}"
}

func prefixList(scope constructs.Construct) awsec2.IPrefixList {
	return awsec2.PrefixList_FromPrefixListId(scope, jsii.String("PrefixListOfClients"), jsii.String("pl-0721453c7ac4ec009"))
}

// imports import a contract by the function of each transport.
var imports = map[string]func(stack awscdk.Stack, text *string) privateapi.IPrivateApiService{
	"privatelink": func(stack awscdk.Stack, text *string) privateapi.IPrivateApiService {
		return privateapi.PrivateApiService_FromContract(stack, jsii.String("Imported"), text, nil)
	},
	"lattice": func(stack awscdk.Stack, text *string) privateapi.IPrivateApiService {
		return lattice.Api_FromContract(stack, jsii.String("Imported"), text, &lattice.ContractOptions{PrefixList: prefixList(stack)})
	},
	"routed": func(stack awscdk.Stack, text *string) privateapi.IPrivateApiService {
		return routedapi.Api_FromContract(stack, jsii.String("Imported"), text, nil)
	},
}

// badImport is a refusal of the text of a contract.
func badImport(name, transport string, text *string, broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: "import: " + transport + ": " + name, Broken: broken, Prepare: func(t *testing.T) func() {
		stack := cdktest.Stack(t)
		return func() { imports[transport](stack, text) }
	}}
}

func edited(transport, old, replacement string) *string {
	return jsii.String(strings.Replace(texts[transport], old, replacement, 1))
}

func importRefusals() []cdktest.Refusal {
	cases := []cdktest.Refusal{
		badImport("of another Region", "privatelink", edited("privatelink", `eu-west-1", "ports`, `eu-west-2", "ports`), rules.ContractHalves),
		badImport("of a service of another Region", "privatelink", jsii.String(strings.ReplaceAll(texts["privatelink"], "eu-west-1", "eu-west-2")), rules.ServiceRegion),
		badImport("of a service that supports other Regions only", "privatelink", jsii.String(strings.Replace(strings.ReplaceAll(texts["privatelink"], "eu-west-1", "eu-west-2"),
			`"ipAddressTypes"`, `"supportedRegions": ["eu-west-2", "eu-central-1"], "ipAddressTypes"`, 1)), rules.ServiceRegion),
		badImport("of another Region", "lattice", jsii.String(strings.ReplaceAll(texts["lattice"], "eu-west-1", "eu-west-2")), rules.LatticeRegion),
		badImport("of another account than its ARN", "lattice", edited("lattice", `"account": "222222222222"`, `"account": "111111111111"`), rules.ContractHalves),
		badImport("that is malformed throughout", "privatelink", jsii.String(`{"version": 1, "owner": "x", "service": {"name": "a/b", "transport": "privatelink", "account": 1, "ports": [443, "x"]}, "deployed": {}}`),
			rules.ContractForm, rules.ContractName, rules.ContractForm, rules.Required, rules.ContractForm, rules.Required),
		badImport("of a later version", "privatelink", edited("privatelink", `"version": 1`, `"version": 2`), rules.ContractVersion),
		badImport("of an unknown transport", "privatelink", edited("privatelink", `"privatelink"`, `"quic"`), rules.ContractTransport),
	}
	for transport := range imports {
		cases = append(cases,
			badImport("missing", transport, nil, rules.Required),
			badImport("no JSON", transport, jsii.String("pricing"), rules.ContractForm),
			badImport("without the deployed half", transport, jsii.String(half(texts[transport])), rules.ContractDeployed),
			cdktest.Refusal{Name: "import: " + transport + ": a token", Broken: []rules.Rule{rules.ContractAtDeploy}, Prepare: func(t *testing.T) func() {
				stack := cdktest.Stack(t)
				text := awscdk.NewCfnParameter(stack, jsii.String("Text"), nil).ValueAsString()
				return func() { imports[transport](stack, text) }
			}},
		)
		for other := range imports {
			if other != transport {
				cases = append(cases, badImport("the contract of "+other, transport, jsii.String(texts[other]), rules.ContractTransport))
			}
		}
	}
	return append(cases, optionRefusals()...)
}

// optionRefusals are refusals of what is given besides a contract.
func optionRefusals() []cdktest.Refusal {
	refused := func(name string, build func(stack awscdk.Stack), broken ...rules.Rule) cdktest.Refusal {
		return cdktest.Refusal{Name: name, Broken: broken, Prepare: func(t *testing.T) func() {
			stack := cdktest.Stack(t)
			return func() { build(stack) }
		}}
	}
	service := func(text string, options *privateapi.ContractOptions) func(awscdk.Stack) {
		return func(stack awscdk.Stack) {
			privateapi.PrivateApiService_FromContract(stack, jsii.String("Imported"), &text, options)
		}
	}
	return []cdktest.Refusal{
		refused("options: no service name", service(texts["privatelink"], &privateapi.ContractOptions{ServiceName: jsii.String("pricing")}), rules.ServiceName, rules.Contradiction),
		refused("options: a service name of another Region", service(half(texts["privatelink"]), &privateapi.ContractOptions{ServiceName: jsii.String(strings.Replace(serviceName, "eu-west-1", "eu-west-2", 1))}), rules.ServiceRegion),
		refused("options: another service name", service(texts["privatelink"], &privateapi.ContractOptions{ServiceName: jsii.String(strings.Replace(serviceName, "svc-0", "svc-f", 1))}), rules.Contradiction),
		refused("options: no prefix list", func(stack awscdk.Stack) {
			lattice.Api_FromContract(stack, jsii.String("Imported"), jsii.String(texts["lattice"]), nil)
		}, rules.Required),
		refused("options: the ARN of another service", func(stack awscdk.Stack) {
			lattice.Api_FromContract(stack, jsii.String("Imported"), jsii.String(texts["lattice"]), &lattice.ContractOptions{
				PrefixList: prefixList(stack), ServiceArn: jsii.String(strings.Replace(latticeArn, "svc-0", "svc-f", 1)),
			})
		}, rules.Contradiction),
		refused("options: no ARN", func(stack awscdk.Stack) {
			lattice.Api_FromContract(stack, jsii.String("Imported"), jsii.String(half(texts["lattice"])), &lattice.ContractOptions{PrefixList: prefixList(stack), ServiceArn: jsii.String("svc-0")})
		}, rules.LatticeArn),
		refused("options: an ALB without its hosted zone", func(stack awscdk.Stack) {
			routedapi.Api_FromContract(stack, jsii.String("Imported"), jsii.String(half(texts["routed"])), &routedapi.ContractOptions{LoadBalancerDnsName: jsii.String(albDnsName)})
		}, rules.ContractDeployed),
		refused("options: an ALB that is not internal, and no hosted zone", func(stack awscdk.Stack) {
			routedapi.Api_FromContract(stack, jsii.String("Imported"), jsii.String(half(texts["routed"])), &routedapi.ContractOptions{
				LoadBalancerDnsName: jsii.String("pricing.eu-west-1.elb.amazonaws.com"), LoadBalancerCanonicalHostedZoneId: jsii.String("zone"),
			})
		}, rules.RoutedInternal, rules.ContractForm),
	}
}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	cases := append(publishRefusals(), importRefusals()...)
	cdktest.Refusals(t, sortedByName(cases), rules.Contract())
}
