package lattice

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// apiOfApp is an API of the app as far as a consumer knows one: its listener must be deployed before the association.
type apiOfApp struct {
	constructs.Construct
	service  *onecall.Item[awsvpclattice.CfnService]
	listener *onecall.Item[awsvpclattice.CfnListener]
	list     awsec2.IPrefixList
	expected []constructs.Construct
}

var _ definedApi = (*apiOfApp)(nil)

func newApiOfApp(scope constructs.Construct) *apiOfApp {
	a := &apiOfApp{list: awsec2.PrefixList_FromPrefixListId(scope, jsii.String("PrefixList"), jsii.String("pl-0721453c7ac4ec009"))}
	b := onecall.Begin(a, &a.Construct, scope, jsii.String("Api"))
	a.service = onecall.Add(b, awsvpclattice.NewCfnService, "Service", &awsvpclattice.CfnServiceProps{CustomDomainName: jsii.String("api.company.com")})
	a.listener = onecall.Add(b, awsvpclattice.NewCfnListener, "Listener", &awsvpclattice.CfnListenerProps{
		Protocol: jsii.String("HTTP"), ServiceIdentifier: a.serviceArn(), DefaultAction: &awsvpclattice.CfnListener_DefaultActionProperty{},
	})
	b.Flush()
	return a
}

func (a *apiOfApp) serviceArn() *string {
	return onecall.Get(a.service, awsvpclattice.CfnService.AttrArn).Placeholder()
}

func (a *apiOfApp) waitFor(consumer *onecall.Batch, association *onecall.Item[awsvpclattice.CfnServiceNetworkServiceAssociation]) {
	onecall.WaitFor(consumer, association, a.listener)
}

func (a *apiOfApp) expectConsumer(consumer constructs.Construct, _ *answers.Stack) {
	a.expected = append(a.expected, consumer)
}

func (a *apiOfApp) ServiceArn() *string            { return a.service.Object().AttrArn() }
func (a *apiOfApp) PrefixList() awsec2.IPrefixList { return a.list }
func (a *apiOfApp) DomainNames() *[]*string        { return jsii.Strings("api.company.com") }

func (a *apiOfApp) Ports() *[]*float64                         { return &[]*float64{jsii.Number(80)} }
func (a *apiOfApp) GrantInvoke(awsiam.IGrantable) awsiam.Grant { return nil }
func (a *apiOfApp) PlanConnection(o *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	return planConnection(a, o)
}

// A consumer of an API of this app is deployed after what the API needs to answer.
func TestConsumerOfAnApiOfTheApp(t *testing.T) {
	defer cdktest.Recover(t)
	for name, stacks := range map[string]func(awscdk.App) (provider, consumer awscdk.Stack){
		"in one stack": func(app awscdk.App) (provider, consumer awscdk.Stack) {
			stack := cdktest.StackIn(app, "Stack", cdktest.Account)
			return stack, stack
		},
		"in the stack of another account": func(app awscdk.App) (provider, consumer awscdk.Stack) {
			return cdktest.StackIn(app, "Provider", cdktest.Account), cdktest.StackIn(app, "Stack", cdktest.OtherAccount)
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			there, here := stacks(cdktest.App(t, nil))
			api := newApiOfApp(there)
			vpc := awsec2.NewVpc(here, jsii.String("Vpc"), nil)
			consumer := privateapi.NewPrivateApiConsumer(here, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: api})
			if len(api.expected) != 1 || any(api.expected[0]) != any(consumer) {
				t.Errorf("the API expects %v, want the consumer", api.expected)
			}
			template := cdktest.SynthTemplate(t, here)
			_, association := template.Only(t, "AWS::VpcLattice::ServiceNetworkServiceAssociation")
			if association.Properties["ServiceIdentifier"] == nil {
				t.Error("the association names no service")
			}
			if there == here {
				if want := template.OfType("AWS::VpcLattice::Listener"); !slices.Equal(association.DependsOn, want) {
					t.Errorf("the association waits for %v, want %v", association.DependsOn, want)
				}
				return
			}
			if got := *here.Dependencies(); len(got) != 1 || got[0] != there {
				t.Errorf("the stack depends on %v, want that of the API", got)
			}
		})
	}
	cdktest.Run(t, "not in another Region", func(t *testing.T) {
		api := newApiOfApp(cdktest.Stack(t))
		far := awscdk.NewStack(awscdk.App_Of(api), jsii.String("Far"), &awscdk.StackProps{
			Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: jsii.String("us-east-1")},
		})
		cdktest.WantPanic(t, rules.LatticeRegion.ID, func() {
			privateapi.NewPrivateApiConsumer(far, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{Vpc: awsec2.NewVpc(far, jsii.String("Vpc"), nil), Service: api})
		})
	})
}
