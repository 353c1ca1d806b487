package route53profile_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/route53profile"
)

// One endpoint in the VPC of a network team, whose name a VPC of another account resolves.
func ExampleNewProfile() {
	app := awscdk.NewApp(nil)
	stackOf := func(id, account string) awscdk.Stack {
		return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("eu-west-1")}})
	}

	// The network team: the profile, the endpoint, and the zone of its name.
	network := stackOf("Network", "222222222222")
	dns := route53profile.NewProfile(network, jsii.String("Dns"), &route53profile.ProfileProps{ShareWith: jsii.Strings("111111111111")})
	pricing := privateapi.NewPrivateApiConsumer(network, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: awsec2.NewVpc(network, jsii.String("Vpc"), &awsec2.VpcProps{AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b")}),
		Service: privateapi.PrivateApiService_FromAttributes(network, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"),
			DomainNames: jsii.Strings("api.pricing.internal.company.com"),
		}),
		Profile: dns,
	})

	// The team of the clients: its VPC resolves all names of the profile. The route to the endpoint is another matter.
	checkout := stackOf("Checkout", "111111111111")
	vpc := awsec2.NewVpc(checkout, jsii.String("Vpc"), &awsec2.VpcProps{AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b")})
	route53profile.Profile_FromAttributes(checkout, jsii.String("Dns"), &route53profile.ProfileAttributes{
		ProfileId: dns.ProfileId(),
		Vpcs:      &[]awsec2.IVpc{vpc},
	})

	fmt.Println(len(*pricing.HostedZones()), len(*app.Synth(nil).Stacks()))
	// Output: 1 2
}
