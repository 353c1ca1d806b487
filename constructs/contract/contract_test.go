package contract_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/contract"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	model "github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ownedProvider is a provider as a team may wrap it.
type ownedProvider struct {
	privateapi.PrivateApiProvider
	owner string
}

// ownedApi is an API over VPC Lattice as a team may wrap it.
type ownedApi struct{ lattice.IApi }

// valueOf returns the text of the contract's parameter as CloudFormation would resolve it, with a function for what is known at deploy time.
func valueOf(t *testing.T, template cdktest.Template) string {
	t.Helper()
	id := template.Has(t, typeParameter, props{"Name": "/private-api/pricing/contract"})
	return flat(t, template.Resources[id].Properties["Value"])
}

func flat(t *testing.T, value any) string {
	t.Helper()
	if text, ok := value.(string); ok {
		return text
	}
	function, ok := value.(map[string]any)
	if !ok || len(function) != 1 {
		t.Fatalf("%v is no text", value)
	}
	if join, ok := function["Fn::Join"].([]any); ok {
		if list, isList := join[1].([]any); isList {
			var parts []string
			for _, part := range list {
				parts = append(parts, flat(t, part))
			}
			return strings.Join(parts, join[0].(string))
		}
	}
	text, err := json.Marshal(function)
	if err != nil {
		t.Fatal(err)
	}
	return "<" + strings.ReplaceAll(string(text), `"`, "") + ">"
}

// What is published can be read where it is defined, with its tokens, as by a consumer elsewhere.
func TestPublishedContractIsRead(t *testing.T) {
	defer cdktest.Recover(t)
	for name, want := range map[string]string{
		"privatelink": "<{Ref:PricingEndpointService30E671EB}>", "tcp": "<{Ref:DatabaseEndpointServiceBCB91569}>",
		"lattice": "<{Fn::GetAtt:[LatticeService5056C064,Arn]}>", "routed": "<{Fn::GetAtt:[RoutedLoadBalancerB27894E3,DNSName]}>",
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			text := valueOf(t, cdktest.SynthTemplate(t, apps[name](cdktest.App(t, nil))))
			if !strings.Contains(text, want) {
				t.Errorf("%s, want it to contain %s", text, want)
			}
			// A token of CDK stands where CloudFormation puts a value.
			var withTokens strings.Builder
			for i, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '<' || r == '>' }) {
				if i%2 == 1 {
					part = fmt.Sprintf("${Token[TOKEN.%d]}", i)
				}
				withTokens.WriteString(part)
			}
			r := &rules.Report{}
			c := model.Parse(r, withTokens.String())
			if c == nil {
				t.Fatal(r.Err("contract"))
			}
			stack := cdktest.Stack(t)
			if got := len(*imports[c.Service.Transport](stack, jsii.String(withTokens.String())).Ports()); got != len(c.Service.Ports) {
				t.Errorf("%d ports, want %d", got, len(c.Service.Ports))
			}
		})
	}
}

// Structs that embed a service have its contract.
func TestStructsThatEmbedAService(t *testing.T) {
	defer cdktest.Recover(t)
	for name, build := range map[string]func(awscdk.Stack) (bare, embedding privateapi.IPrivateApiService){
		"privatelink": func(stack awscdk.Stack) (bare, embedding privateapi.IPrivateApiService) {
			provider := newProvider(stack)
			return provider, ownedProvider{provider, "prices"}
		},
		"lattice": func(stack awscdk.Stack) (bare, embedding privateapi.IPrivateApiService) {
			api := newLattice(stack)
			return api, &ownedApi{api}
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			var texts []string
			for i := range 2 {
				stack := cdktest.Stack(t)
				bare, embedding := build(stack)
				publish(stack, []privateapi.IPrivateApiService{bare, embedding}[i])
				texts = append(texts, valueOf(t, cdktest.SynthTemplate(t, stack)))
			}
			if texts[0] != texts[1] {
				t.Errorf("bare: %s\nembedded: %s", texts[0], texts[1])
			}
		})
	}
}

// An import of a contract can be published anew, as for a team behind a gateway.
func TestImportIsPublished(t *testing.T) {
	defer cdktest.Recover(t)
	for transport, importContract := range imports {
		cdktest.Run(t, transport, func(t *testing.T) {
			stack := cdktest.Stack(t)
			publish(stack, importContract(stack, jsii.String(texts[transport])))
			got := valueOf(t, cdktest.SynthTemplate(t, stack))
			r := &rules.Report{}
			if want := model.Compact(model.Parse(r, texts[transport])); got != want {
				if transport == "routed" { // blocks are said in both halves
					want = strings.Replace(want, `"]},"deployed"`, `"],"cidrBlocks":["10.1.1.0/24","10.1.2.0/24"]},"deployed"`, 1)
				}
				if got != want {
					t.Errorf("\n%s\nwant\n%s", got, want)
				}
			}
		})
	}
	cdktest.Run(t, "over VPC Lattice, by attributes that say enough", func(t *testing.T) {
		stack := cdktest.Stack(t)
		publish(stack, byAttributes["lattice"](stack))
		if got := valueOf(t, cdktest.SynthTemplate(t, stack)); !strings.Contains(got, `"account":"222222222222","region":"eu-west-1"`) {
			t.Error(got)
		}
	})
	cdktest.Run(t, "before it is looked up", func(t *testing.T) {
		stack := cdktest.Stack(t)
		publish(stack, imports["privatelink"](stack, jsii.String("dummy-value-for-/pricing")))
		cdktest.Synth(t, stack)
	})
}

// Where tokens stand for terms, the parameter has them, and the Metadata says what synthesis does not know.
func TestTermsThatAreTokens(t *testing.T) {
	defer cdktest.Recover(t)
	stack := awscdk.NewStack(cdktest.App(t, nil), jsii.String("Stack"), nil) // of any account and Region
	parameter := func(name, kind string) awscdk.CfnParameter {
		return awscdk.NewCfnParameter(stack, jsii.String(name), &awscdk.CfnParameterProps{Type: jsii.String(kind)})
	}
	port, name, zones := parameter("Port", "Number"), parameter("Domain", "String"), parameter("Zones", "CommaDelimitedList")
	publish(stack, termed{newProvider(stack), func(terms *privateapi.ContractTerms) {
		terms.Ports, terms.DomainNames, terms.AvailabilityZoneIds = &[]*float64{port.ValueAsNumber()}, &[]*string{name.ValueAsString()}, zones.ValueAsList()
	}}, func(p *P) { p.ShareWith = &[]*string{parameter("Account", "String").ValueAsString()} })
	template := cdktest.SynthTemplate(t, stack)
	text := valueOf(t, template)
	for _, want := range []string{
		`"account":"<{Ref:AWS::AccountId}>","region":"<{Ref:AWS::Region}>","ports":[<{Ref:Port}>],"domainNames":["<{Ref:Domain}>"]`,
		`"availabilityZoneIds":["<{Fn::Join:[\,\,{Ref:Zones}]}>"]`, // the text between the elements is ","
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s, want it to contain %s", text, want)
		}
	}
	metadata := template.Section("Metadata")["privateapi:contract/pricing"].(map[string]any)
	if got, want := fmt.Sprint(metadata["atDeploy"]), "[service.account service.domainNames service.ports service.region]"; got != want {
		t.Errorf("atDeploy = %s, want %s", got, want)
	}
	if service := fmt.Sprint(metadata["service"]); strings.Contains(service, "Token") || strings.Contains(service, "Ref") {
		t.Errorf("service = %s", service)
	}
	template.Has(t, typeShare, props{"Principals": []any{cdktest.Ref("Account")}})
}

// A contract may stand in another stack than its service, also of another account and Region.
func TestContractInAnotherStack(t *testing.T) {
	defer cdktest.Recover(t)
	for name, env := range map[string]*awscdk.Environment{
		"of the same account": {Account: jsii.String(cdktest.Account), Region: jsii.String("eu-west-1")},
		"of another account":  {Account: jsii.String(cdktest.OtherAccount), Region: jsii.String("eu-west-1")},
		"of another Region":   {Account: jsii.String(cdktest.Account), Region: jsii.String("eu-central-1")},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			other := awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Other"), &awscdk.StackProps{Env: env})
			publish(other, newProvider(stack), shared)
			template := cdktest.Synth(t, other).Template(t, "Other")
			id := template.Has(t, typeParameter, props{"Name": "/private-api/pricing/service-name"})
			value, err := json.Marshal(template.Resources[id].Properties["Value"])
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(value), "Fn::ImportValue") && !strings.Contains(string(value), "Fn::GetStackOutput") && !strings.Contains(string(value), "ExportsReader") {
				t.Errorf("%s refers to no other stack", value)
			}
			template.Has(t, typeShare, props{"ResourceArns": []any{
				props{"Fn::Join": []any{"", []any{"arn:", cdktest.Ref("AWS::Partition"), ":ssm:" + *env.Region + ":" + *env.Account + ":parameter/private-api/pricing/contract"}}},
				props{"Fn::Join": []any{"", []any{"arn:", cdktest.Ref("AWS::Partition"), ":ssm:" + *env.Region + ":" + *env.Account + ":parameter/private-api/pricing/service-name"}}},
			}})
		})
	}
}

// A name can be used again where the parameters are others.
func TestNamesOfContracts(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	for id, env := range map[string]*awscdk.Environment{
		"One": {Account: jsii.String(cdktest.Account), Region: jsii.String("eu-west-1")}, "Two": {Account: jsii.String(cdktest.OtherAccount), Region: jsii.String("eu-west-1")},
		"Three": {Account: jsii.String(cdktest.Account), Region: jsii.String("eu-central-1")}, "Four": nil, "Five": nil,
	} {
		stack := awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{Env: env})
		publish(stack, newDatabase(stack, 5432))
	}
	cdktest.Synth(t, awscdk.NewStack(app, jsii.String("Last"), nil))
}

// The tier is the cheapest that holds the contract.
func TestTier(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		names int
		edit  func(*P)
		want  any
	}{
		"of a contract alone":  {names: 1, edit: func(*P) {}},
		"of a shared contract": {names: 1, edit: shared, want: "Advanced"},
		"of a long contract":   {names: 60, edit: func(*P) {}, want: "Advanced"},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			c := publish(stack, termed{newProvider(stack), func(terms *privateapi.ContractTerms) { terms.DomainNames = manyNames(tc.names) }}, tc.edit)
			if (c.ResourceShare() != nil) != (name == "of a shared contract") {
				t.Errorf("share %v", c.ResourceShare())
			}
			if got := *c.ContractParameter().Name() + " " + *c.ServiceNameParameter().Name(); got != "/private-api/pricing/contract /private-api/pricing/service-name" {
				t.Errorf("parameters %s", got)
			}
			if arn := *c.ContractParameterArn(); !strings.HasSuffix(arn, ":ssm:eu-west-1:222222222222:parameter/private-api/pricing/contract") {
				t.Errorf("ARN %s", arn)
			}
			template := cdktest.SynthTemplate(t, stack)
			for _, id := range template.OfType(typeParameter) {
				if got := template.Resources[id].Properties["Tier"]; got != tc.want {
					t.Errorf("tier of %s is %v, want %v", id, got, tc.want)
				}
			}
		})
	}
}

// Every call to CDK is a round trip between two processes, so the number of calls is pinned: for one more contract beside others.
func TestCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		stack := cdktest.Stack(t)
		services := map[string]privateapi.IPrivateApiService{"PrivateLink": newProvider(stack, everyTerm), "Lattice": newLattice(stack), "Routed": newRouted(stack)}
		for i := range 2 {
			measure := count
			if i == 0 {
				measure = func(_ string, f func()) { f() } // the first one asks for the answers that all share
			}
			for transport, service := range services {
				id := fmt.Sprint(transport, i)
				measure(transport, func() {
					contract.NewServiceContract(stack, jsii.String(id+"Contract"), &P{Service: service, Name: &id, ShareWith: jsii.Strings(cdktest.OtherAccount)})
				})
			}
		}
	})
	for _, transport := range []string{"PrivateLink", "Lattice", "Routed"} {
		if got := steps[transport]; len(got) != 1 {
			t.Errorf("one more contract over %s makes %d calls, want 1:\n  %s", transport, len(got), strings.Join(got, "\n  "))
		}
	}
}

// Every package of awscdk costs each user compile time and memory.
func TestImports(t *testing.T) {
	core := cdktest.PackagesOf(t, "../privateapi")
	more := slices.DeleteFunc(cdktest.PackagesOf(t, "."), func(name string) bool { return slices.Contains(core, name) })
	const awscdk = "github.com/aws/aws-cdk-go/awscdk/v2/"
	for i, name := range more {
		more[i] = strings.TrimPrefix(name, awscdk)
	}
	if got, want := strings.Join(more, " "), "awsram awsram/internal interfaces/interfacesawsram interfaces/interfacesawsram/internal"; got != want {
		t.Errorf("besides those of the core, the packages of awscdk are %s, want %s", got, want)
	}
}
