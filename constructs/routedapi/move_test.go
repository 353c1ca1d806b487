package routedapi_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// pair is an API that is reached over PrivateLink and by route, behind one ALB.
type pair struct {
	provider privateapi.PrivateApiProvider
	api      routedapi.Api
}

// pairs are the two ways to put one ALB behind both, by whose it is.
var pairs = map[string]func(awscdk.Stack) pair{
	"of the provider": func(stack awscdk.Stack) pair {
		provider := newProvider(stack, apiVpc(stack), nil)
		return pair{provider, routedapi.NewApi(stack, jsii.String("Routed"), &P{Vpc: apiVpc(awscdk.NewNestedStack(stack, jsii.String("Vpcs"), nil)), DomainNames: jsii.Strings(domain), Listener: provider.Listener()})}
	},
	"of the API": func(stack awscdk.Stack) pair {
		api := newApi(stack)
		api.AddRoute(jsii.String("Health"), &privateapi.RouteOptions{
			PathPatterns: jsii.Strings("/health"), Action: elbv2.ListenerAction_FixedResponse(jsii.Number(200), nil), Priority: jsii.Number(1),
		})
		return pair{newProvider(stack, apiVpc(awscdk.NewNestedStack(stack, jsii.String("Vpcs"), nil)), api.Listener()), api}
	},
}

func newProvider(stack awscdk.Stack, vpc awsec2.IVpc, listener elbv2.IApplicationListener) privateapi.PrivateApiProvider {
	p := &privateapi.PrivateApiProviderProps{
		Vpc: vpc, DomainNames: jsii.Strings(domain), AllowedPrincipals: &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String(cdktest.Account))},
	}
	if listener == nil {
		p.Certificates = certificates()
	} else {
		p.Listener, p.HealthCheck = listener, &elbv2.HealthCheck{Path: jsii.String("/health")}
	}
	return privateapi.NewPrivateApiProvider(stack, jsii.String("Provider"), p)
}

// move returns the template of a consumer that moves.
func move(t *testing.T, of func(awscdk.Stack) pair, references routedapi.SecurityGroupReferences, choose func(privateLink, routed privateapi.IPrivateApiService) (service, previous privateapi.IPrivateApiService)) cdktest.Template {
	t.Helper()
	app := cdktest.App(t, nil)
	p := of(cdktest.StackIn(app, "Provider", cdktest.Account))
	stack := cdktest.StackIn(app, "Consumer", cdktest.Account)
	service, previous := choose(p.provider, p.api.Over(newNetwork(stack, references)))
	consume(stack, service, func(c *C) { c.Previous = previous })
	return cdktest.SynthTemplate(t, stack)
}

// While a consumer moves between PrivateLink and a route, nothing of the old way goes, and all of the new way comes, under the logical IDs
// that it has afterwards. The record changes in place.
func TestMove(t *testing.T) {
	defer cdktest.Recover(t)
	type service = privateapi.IPrivateApiService
	for whose, of := range pairs {
		for _, references := range []routedapi.SecurityGroupReferences{both, routedapi.SecurityGroupReferences_INBOUND} {
			cdktest.Run(t, "the ALB "+whose+", references "+string(references), func(t *testing.T) {
				privateLink := move(t, of, references, func(p, _ service) (service, service) { return p, nil })
				toRoute := move(t, of, references, func(p, r service) (service, service) { return r, p })
				routed := move(t, of, references, func(_, r service) (service, service) { return r, nil })
				toPrivateLink := move(t, of, references, func(p, r service) (service, service) { return p, r })
				for name, during := range map[string]cdktest.Template{"there": toRoute, "back": toPrivateLink} {
					for _, way := range []cdktest.Template{privateLink, routed} {
						for _, id := range slices.Sorted(maps.Keys(way.Resources)) {
							want := way.Resources[id]
							got, ok := during.Resources[id]
							if !ok || got.Type != want.Type {
								t.Errorf("%s: %s %s is gone", name, want.Type, id)
							} else if want.Type == typeIngress || want.Type == typeEgress || want.Type == typeZone {
								if !reflect.DeepEqual(got.Properties, want.Properties) {
									t.Errorf("%s: %s is %v, want %v", name, id, got.Properties, want.Properties)
								}
							}
						}
					}
				}
				for name, step := range map[string][2]cdktest.Template{"there": {toRoute, routed}, "back": {toPrivateLink, privateLink}} {
					_, during := step[0].Only(t, typeRecord)
					_, after := step[1].Only(t, typeRecord)
					if !reflect.DeepEqual(during.Properties, after.Properties) {
						t.Errorf("%s: the record is %v, want that of the new way, %v", name, during.Properties, after.Properties)
					}
				}
			})
		}
	}
}

// From a peering connection to a gateway, clients keep the way out to the security group, and get one to the blocks. The security group is
// imported once for both ways.
func TestMoveBetweenNetworks(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	api := newApi(cdktest.StackIn(app, "Provider", cdktest.Account))
	stack := cdktest.StackIn(app, "Consumer", cdktest.Account)
	peering, gateway := newNetwork(stack, both), newNetwork(awscdk.NewNestedStack(stack, jsii.String("Gateway"), nil), routedapi.SecurityGroupReferences_INBOUND)
	gateway.transport, gateway.route = "a gateway", peering.route
	consume(stack, api.Over(gateway), func(p *C) { p.Previous = api.Over(peering) })
	template := cdktest.SynthTemplate(t, stack)
	client := template.Has(t, typeGroup, props{"SecurityGroupEgress": []any{props{"CidrIp": "10.1.1.0/24"}, props{"CidrIp": "10.1.2.0/24"}}})
	_, egress := template.Only(t, typeEgress)
	_, ingress := template.Only(t, typeIngress)
	if id := cdktest.GetAtt(client, "GroupId"); !cdktest.Contains(ingress.Properties, props{"SourceSecurityGroupId": id}) || !cdktest.Contains(egress.Properties, props{"GroupId": id, "DestinationSecurityGroupId": ingress.Properties["GroupId"]}) {
		t.Errorf("the rules are %v and %v", egress.Properties, ingress.Properties)
	}
}

// An API behind the listener of a provider defines nothing: the rules of its clients are those of consumers.
func TestListener(t *testing.T) {
	defer cdktest.Recover(t)
	for whose, of := range pairs {
		cdktest.Run(t, whose, func(t *testing.T) {
			stack := cdktest.Stack(t)
			p := of(stack)
			if *p.api.LoadBalancerDnsName() == "" || !slices.Equal(texts(p.api.CidrBlocks()), []string{"10.1.1.0/24", "10.1.2.0/24"}) || *p.api.Port() != 443 || p.api.SecurityGroup() == nil {
				t.Errorf("the API has the name %s, the blocks %v and the port %v", *p.api.LoadBalancerDnsName(), texts(p.api.CidrBlocks()), *p.api.Port())
			}
			if n := len(cdktest.SynthTemplate(t, stack).OfType(typeAlb)); n != 2 {
				t.Errorf("%d load balancers, want the NLB and one ALB", n)
			}
		})
	}
}

// An imported listener is as good, and its ALB gets the rules that the API names.
func TestImportedListener(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := apiVpc(stack)
	api := routedapi.NewApi(stack, jsii.String("Pricing"), &P{
		Vpc: vpc, DomainNames: jsii.Strings(domain), Listener: importListener(stack), Port: jsii.Number(8443), CidrBlocks: jsii.Strings("10.1.1.0/24"), AllowedCidrs: jsii.Strings("10.3.0.0/16"),
		ListenerLoadBalancer: elbv2.ApplicationLoadBalancer_FromApplicationLoadBalancerAttributes(stack, jsii.String("ImportedAlb"), &elbv2.ApplicationLoadBalancerAttributes{
			LoadBalancerArn: jsii.String(albArn), SecurityGroupId: jsii.String(groupID), Vpc: vpc, LoadBalancerDnsName: jsii.String(albDnsName), LoadBalancerCanonicalHostedZoneId: jsii.String(albZoneID),
		}),
	})
	consume(stack, api.Over(newNetwork(stack, both)))
	template := cdktest.SynthTemplate(t, stack)
	id := cdktest.GetAtt(template.Has(t, typeGroup, props{"GroupDescription": "Client Checkout"}), "GroupId")
	template.Has(t, typeIngress, props{"GroupId": groupID, "SourceSecurityGroupId": id, "FromPort": 8443})
	template.Has(t, typeIngress, props{"GroupId": groupID, "CidrIp": "10.3.0.0/16", "FromPort": 8443, "ToPort": 8443})
	template.Has(t, typeEgress, props{"GroupId": id, "DestinationSecurityGroupId": groupID, "FromPort": 8443})
	template.Has(t, typeRecord, props{"AliasTarget": props{"DNSName": albDnsName, "HostedZoneId": albZoneID}})
}
