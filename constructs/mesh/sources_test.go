package mesh_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsssm"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// sources are the ways to say what a consumer connects to.
var sources = map[string]func(stack awscdk.Stack, c *C){
	"Contracts": func(_ awscdk.Stack, c *C) { c.Contracts = contracts() },
	"ServiceNames": func(_ awscdk.Stack, c *C) {
		c.ServiceNames = &map[string]*string{door: s(serviceName), ledger: s(serviceArn)}
	},
	"Services": func(stack awscdk.Stack, c *C) {
		c.Services = &map[string]privateapi.IPrivateApiService{
			door: privateapi.PrivateApiService_FromAttributes(stack, s("Door"), &privateapi.PrivateApiServiceAttributes{ServiceName: s(serviceName), DomainNames: jsii.Strings("pricing.internal.company.com", "stock.internal.company.com")}),
			ledger: lattice.Api_FromAttributes(stack, s("Ledger"), &lattice.ApiAttributes{
				ServiceArn: s(serviceArn), DomainName: s("ledger.internal.company.com"), PrefixList: c.PrefixList,
			}),
		}
	},
}

// consumerOf defines the part of checkout in a stack.
func consumerOf(stack awscdk.Stack, edit ...func(stack awscdk.Stack, c *C)) mesh.MeshConsumer {
	c := &C{Mesh: mesh.Mesh_FromDeclaration(small()), Consumer: s("checkout"), Vpc: newVpc(stack, "Vpc"), PrefixList: prefixList(stack)}
	c.Clients = &[]awsec2.IConnectable{newGroup(stack, "Client", c.Vpc)}
	for _, e := range edit {
		e(stack, c)
	}
	return mesh.NewMeshConsumer(stack, s("Checkout"), c)
}

func newStack(t *testing.T) awscdk.Stack {
	return cdktest.StackIn(cdktest.App(t, nil), "Workloads", cdktest.OtherAccount)
}

// What a consumer connects to is the same, however it is said.
func TestSources(t *testing.T) {
	defer cdktest.Recover(t)
	var want map[string]cdktest.Resource
	for name, source := range sources {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := newStack(t)
			consumerOf(stack, source)
			template := cdktest.SynthTemplate(t, stack)
			if want == nil {
				want = template.Resources
			}
			if !reflect.DeepEqual(template.Resources, want) {
				t.Errorf("%v\nwant\n%v", template.Resources, want)
			}
			endpoints := template.OfType("AWS::EC2::VPCEndpoint")
			if len(endpoints) != 1 {
				t.Errorf("%d endpoints", len(endpoints))
			}
		})
	}
}

// Until contracts are looked up, nothing of them is checked.
func TestContractsThatAreNotLookedUpYet(t *testing.T) {
	defer cdktest.Recover(t)
	stack := newStack(t)
	consumerOf(stack, func(stack awscdk.Stack, c *C) {
		all := map[string]*string{}
		for _, name := range *c.Mesh.ConnectionsOf(c.Consumer) {
			all[*name] = awsssm.StringParameter_ValueFromLookup(stack, s("/private-api/"+*name+"/contract"), nil, nil)
		}
		c.Contracts = &all
	})
	manifest := cdktest.Synth(t, stack).Manifest(t)
	if n := strings.Count(manifest, "[ack: "+rules.ContractUnknown.ID+"]"); n != 2 {
		t.Errorf("%d warnings of contracts that are not looked up yet, want 2", n)
	}
}

// Names and ARNs may be tokens: CloudFormation reads them when it deploys. So may accounts.
func TestTokens(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	stack := awscdk.NewStack(app, s("Stack"), nil) // of an account and a Region that are not known
	d := small(func(d *D) {
		d.Region = stack.Region()
		(*d.Providers)[0].Account, (*d.Consumers)[0].Account, (*d.Consumers)[1].Account = stack.Account(), stack.Account(), stack.Account()
	})
	m, vpc, list := mesh.Mesh_FromDeclaration(d), newVpc(stack, "Vpc"), prefixList(stack)
	mesh.NewMeshProvider(stack, s("Commerce"), &P{
		Mesh: m, Provider: s("commerce"), Vpc: vpc, Certificates: certificates(), PrefixList: list, Services: targetsOf(stack, vpc, d, "commerce"),
	})
	mesh.NewMeshConsumer(stack, s("Checkout"), &C{
		Mesh: m, Consumer: s("checkout"), Vpc: newVpc(stack, "CheckoutVpc"), PrefixList: list,
		ServiceNames: &map[string]*string{
			door:   awsssm.StringParameter_ValueForStringParameter(stack, s("/private-api/commerce.internal/service-name"), nil),
			ledger: awsssm.StringParameter_ValueForStringParameter(stack, s("/private-api/ledger/service-name"), nil),
		},
	})
	cdktest.SynthTemplate(t, stack)
}
