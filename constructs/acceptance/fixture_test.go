package acceptance_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	elbtargets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/acceptance"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

type (
	props = map[string]any
	// P is short, for tables of edits.
	P = acceptance.AcceptorProps
)

const (
	typeFunction    = "AWS::Lambda::Function"
	typeRole        = "AWS::IAM::Role"
	typeSchedule    = "AWS::Scheduler::Schedule"
	typeTopic       = "AWS::SNS::Topic"
	typeKey         = "AWS::KMS::Key"
	typeAlarm       = "AWS::CloudWatch::Alarm"
	typeLogGroup    = "AWS::Logs::LogGroup"
	typePermissions = "AWS::EC2::VPCEndpointServicePermissions"
)

// newVpc imports a VPC, so that templates have only our resources.
func newVpc(scope constructs.Construct, id string) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, &id, &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), VpcCidrBlock: jsii.String("10.1.0.0/16"),
		AvailabilityZones:          jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds:           jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
		PrivateSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"),
	})
}

// newProvider defines a provider that requires acceptance.
func newProvider(scope constructs.Construct, edits ...func(*privateapi.PrivateNlbProviderProps)) privateapi.PrivateNlbProvider {
	p := &privateapi.PrivateNlbProviderProps{Vpc: newVpc(scope, "Vpc"), AcceptanceRequired: jsii.Bool(true)}
	for _, edit := range edits {
		edit(p)
	}
	provider := privateapi.NewPrivateNlbProvider(scope, jsii.String("Orders"), p)
	provider.AddListener(jsii.String("Postgres"), &privateapi.NlbListenerOptions{
		Port: jsii.Number(5432), Targets: &[]elbv2.INetworkLoadBalancerTarget{elbtargets.NewIpTarget(jsii.String("10.1.0.10"), nil, nil)},
	})
	return provider
}

func consumer(label, account string) *acceptance.Consumer {
	return &acceptance.Consumer{Label: jsii.String(label), Account: jsii.String(account)}
}

func until(c *acceptance.Consumer, expires string) *acceptance.Consumer {
	c.Expires = jsii.String(expires)
	return c
}

func consumers(list ...*acceptance.Consumer) *[]*acceptance.Consumer { return &list }

// newAcceptor defines an acceptor of one consumer.
func newAcceptor(scope constructs.Construct, service privateapi.IPrivateLinkProvider, edits ...func(*P)) acceptance.Acceptor {
	p := &P{Service: service, Consumers: consumers(consumer("checkout", cdktest.OtherAccount))}
	for _, edit := range edits {
		edit(p)
	}
	return acceptance.NewAcceptor(scope, jsii.String("Acceptor"), p)
}

// twoStacks are a stack for a provider, and one for its acceptor.
func twoStacks(app awscdk.App) (provider, acceptor awscdk.Stack) {
	return cdktest.StackIn(app, "Provider", cdktest.Account), cdktest.StackIn(app, "Acceptance", cdktest.Account)
}
