package dnsverification_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	targets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/dnsverification"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	privateDnsName = "api.pricing.company.com"
	zoneID         = "Z0123456789ABCDEFGHIJ"

	typeService  = "AWS::EC2::VPCEndpointService"
	typeRecord   = "AWS::Route53::RecordSet"
	typeRole     = "AWS::IAM::Role"
	typeLogGroup = "AWS::Logs::LogGroup"
	typeFunction = "AWS::Lambda::Function"
	typeResource = "Custom::PrivateDnsVerification"
	typeEndpoint = "AWS::EC2::VPCEndpoint"
)

type (
	props = map[string]any
	P     = dnsverification.VerificationProps
)

// newVpc imports a VPC, so that templates have only our resources.
func newVpc(scope constructs.Construct, id string) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String(id), &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), VpcCidrBlock: jsii.String("10.0.0.0/16"),
		AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"), PrivateSubnetIds: jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
	})
}

// newProvider has a private DNS name; nil for none.
func newProvider(stack awscdk.Stack, id string, name *string) privateapi.IPrivateLinkProvider {
	provider := privateapi.NewPrivateNlbProvider(stack, jsii.String(id), &privateapi.PrivateNlbProviderProps{
		Vpc: newVpc(stack, id+"Vpc"), PrivateDnsName: name,
		DomainNames: jsii.Strings(privateDnsName), AllowedAccounts: jsii.Strings(cdktest.Account, cdktest.OtherAccount),
	})
	provider.AddListener(jsii.String("Api"), &privateapi.NlbListenerOptions{
		Port: jsii.Number(443), Targets: &[]elbv2.INetworkLoadBalancerTarget{targets.NewIpTarget(jsii.String("10.0.0.5"), nil, nil)},
	})
	return provider
}

// publicZone is imported, with its name.
func publicZone(scope constructs.Construct, zoneName string) awsroute53.IHostedZone {
	return awsroute53.PublicHostedZone_FromHostedZoneAttributes(scope, jsii.String("Zone"), &awsroute53.HostedZoneAttributes{
		HostedZoneId: jsii.String(zoneID), ZoneName: jsii.String(zoneName),
	})
}

// verify verifies the name of a provider by a record in a zone that is imported.
func verify(stack awscdk.Stack, edits ...func(*P)) dnsverification.Verification {
	p := &P{Service: newProvider(stack, "Pricing", jsii.String(privateDnsName)), HostedZone: publicZone(stack, "company.com")}
	for _, edit := range edits {
		edit(p)
	}
	return dnsverification.NewVerification(stack, jsii.String("Verification"), p)
}

// consume enables the private DNS name in a stack.
func consume(stack awscdk.Stack, service privateapi.IPrivateApiService, edits ...func(*privateapi.PrivateApiConsumerProps)) {
	p := &privateapi.PrivateApiConsumerProps{Vpc: newVpc(stack, "ConsumerVpc"), Service: service, DnsMode: privateapi.DnsMode_PRIVATE_DNS}
	for _, edit := range edits {
		edit(p)
	}
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), p)
}
