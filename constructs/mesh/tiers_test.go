package mesh_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// A tier is a boundary: who may connect to a front door of one tier cannot to those of another, whoever connects by hand. Behind one door it is
// none: who may connect reaches each service, by a name that the mesh does not resolve for it.
func TestTiersAreTheBoundary(t *testing.T) {
	defer cdktest.Recover(t)
	const search = "333333333333"
	d := small(func(d *D) {
		*d.Tiers = append(*d.Tiers, &mesh.Tier{Name: s("secret"), Transport: mesh.Transport_PRIVATELINK})
		*d.Services = append(*d.Services, service("keys", "secret"))
		calls(0, "keys", "pricing")(d)
		*d.Consumers = append(*d.Consumers, &mesh.Consumer{Name: s("search"), Account: s(search), Calls: jsii.Strings("stock")})
	})
	app := cdktest.App(t, nil)
	provenWorld(app, d, true)
	byHand := cdktest.StackIn(app, "ByHand", search)
	vpc := ownVpc(byHand)
	client := function(byHand, "Client", vpc)
	known := facts
	known.Services = map[string]string{}
	for tier, name := range map[string]string{"internal": serviceName, "secret": serviceName[:len(serviceName)-1] + "1"} {
		privateapi.NewPrivateApiConsumer(byHand, s(tier), &privateapi.PrivateApiConsumerProps{
			Vpc: vpc, Subnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}, Clients: &[]awsec2.IConnectable{client},
			Service: privateapi.PrivateApiService_FromAttributes(byHand, s(tier+"Service"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: s(name), DomainNames: jsii.Strings(map[string]string{"internal": "pricing", "secret": "keys"}[tier] + ".internal.company.com"),
			}),
		})
		known.Services[name] = "Commerce-" + tier + "/commerce." + tier + "/EndpointService"
	}
	known.ZoneIDs = map[string]string{search + "/eu-west-1a": "euw1-az1", search + "/eu-west-1b": "euw1-az2"}
	for key, id := range facts.ZoneIDs {
		known.ZoneIDs[key] = id
	}
	model, err := reachability.Load(reachability.Assembly(*app.Synth(nil).Directory()))
	if err != nil {
		t.Fatal(err)
	}
	model.Prove(reachability.Question{Client: "ByHand/Client", Domain: "keys.internal.company.com", Facts: known}).RequireBlocked(t, reachability.HopAllowedPrincipal)
	model.Prove(reachability.Question{Client: "ByHand/Client", Domain: "pricing.internal.company.com", Facts: known}).RequireReachable(t)
}
