package publicapi_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
)

// A migration of an API with its route. The phase comes from context, so that each phase is a deployment with another value, such as
// cdk deploy --context phase=ATTACH; the first deployment has begin=true too.
func ExampleNewMigration() {
	app := awscdk.NewApp(&awscdk.AppProps{Context: &map[string]any{"phase": "DUAL_RUN"}})
	stack := awscdk.NewStack(app, jsii.String("Pricing"), nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	domainNames := jsii.Strings("api.pricing.company.com")
	certificates := &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String(certificateArn))}
	phase, _ := app.Node().TryGetContext(jsii.String("phase")).(string)

	migration := publicapi.NewMigration(stack, jsii.String("Migration"), &publicapi.MigrationProps{
		Phase: publicapi.Phase(phase),
		Begin: jsii.Bool(app.Node().TryGetContext(jsii.String("begin")) != nil),
		PublicApi: &publicapi.ApiProps{
			Vpc: vpc, DomainNames: domainNames, Certificates: certificates,
			AllowedClients: &[]*publicapi.AllowedClient{{Name: jsii.String("Checkout"), CidrBlocks: jsii.Strings("203.0.113.7/32")}},
		},
		Provider: &privateapi.PrivateApiProviderProps{
			Vpc: vpc, DomainNames: domainNames, Certificates: certificates, AllowedAccounts: jsii.Strings("111111111111"),
		},
	})
	migration.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: addresses("10.0.128.5")})

	fmt.Println(migration.Phase(), *migration.Provider().Node().Path())
	// Output: DUAL_RUN Pricing/Provider
}
