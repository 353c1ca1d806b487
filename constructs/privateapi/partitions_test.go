package privateapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// A pair in GovCloud or in China has the names of its partition: those of the service, of its principals and of what another app
// imports. Nothing is said of a partition but the Region of the stacks.
func TestPartitions(t *testing.T) {
	defer cdktest.Recover(t)
	for region, want := range map[string]struct{ prefix, name, otherName string }{
		"us-gov-west-1": {"com.amazonaws.vpce.us-gov-west-1.", "com.amazonaws.vpce.us-gov-west-1.vpce-svc-0123456789abcdef0", "cn.com.amazonaws.vpce.us-gov-west-1.vpce-svc-0123456789abcdef0"},
		"cn-north-1":    {"cn.com.amazonaws.vpce.cn-north-1.", "cn.com.amazonaws.vpce.cn-north-1.vpce-svc-0123456789abcdef0", "com.amazonaws.vpce.cn-north-1.vpce-svc-0123456789abcdef0"},
	} {
		cdktest.Run(t, region, func(t *testing.T) {
			app := proofApp(t)
			stackIn := func(id string) awscdk.Stack {
				return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: jsii.String(region)}})
			}
			pricing, checkout, other := stackIn("Pricing"), stackIn("Checkout"), stackIn("Other")
			newCheckout(checkout, newPricing(pricing))

			imported := func(id, name string) privateapi.IPrivateApiService {
				return privateapi.PrivateApiService_FromAttributes(other, jsii.String(id), &privateapi.PrivateApiServiceAttributes{
					ServiceName: jsii.String(name), DomainNames: jsii.Strings("api.quotes.internal.company.com"),
				})
			}
			cdktest.WantPanic(t, "is not the name of an endpoint service", func() { imported("Wrong", want.otherName) })
			privateapi.NewPrivateApiConsumer(other, jsii.String("Quotes"), &privateapi.PrivateApiConsumerProps{
				Vpc: newOwnVpc(other, "OtherVpc"), Service: imported("Service", want.name),
			})

			privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{FailOnUnknown: jsii.Bool(true)})
			assembly := cdktest.AssemblyIn(*app.Synth(nil).Directory())
			_, endpoint := assembly.Template(t, "Checkout").Only(t, typeEndpoint)
			parts := endpoint.Properties["ServiceName"].(props)["Fn::Join"].([]any)[1].([]any)
			if parts[0] != want.prefix {
				t.Errorf("the service name begins with %v, want %s", parts[0], want.prefix)
			}
			_, permissions := assembly.Template(t, "Pricing").Only(t, typePermissions)
			root := []any{props{"Fn::Join": []any{"", []any{"arn:", props{"Ref": "AWS::Partition"}, ":iam::" + cdktest.Account + ":root"}}}}
			if got := permissions.Properties["AllowedPrincipals"]; !cdktest.Contains(got, root) {
				t.Errorf("the service allows %v, want %v", got, root)
			}
		})
	}
}
