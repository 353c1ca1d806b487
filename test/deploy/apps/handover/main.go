// Command handover is a CDK app of an API and its caller that hands over the name of the service in ways that the example
// does not use: as text, and by reference between stacks of one app, in one account or in two.
package main

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

const domain = "api.orders.internal.company.com"

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	offered := newOffer(app)
	for _, way := range []struct {
		stack, account string
		service        func(awscdk.Stack) privateapi.IPrivateApiService
	}{
		{"Literal", context(app, "callerAccount"), imported},
		{"SameAccount", context(app, "offerAccount"), func(awscdk.Stack) privateapi.IPrivateApiService { return offered }},
		{"Exported", context(app, "offerAccount"), func(awscdk.Stack) privateapi.IPrivateApiService { return offered }},
		{"CrossAccount", context(app, "callerAccount"), func(awscdk.Stack) privateapi.IPrivateApiService { return offered }},
	} {
		stack := newStack(app, way.stack, way.account)
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Orders"), &privateapi.PrivateApiConsumerProps{
			Vpc:     newVpc(stack),
			Service: way.service(stack),
		})
	}
	app.Synth(nil)
}

// newOffer defines the API, which both accounts may call.
func newOffer(scope constructs.Construct) privateapi.PrivateApiProvider {
	stack := newStack(scope, "HandOver", context(scope, "offerAccount"))
	certificate := elbv2.ListenerCertificate_FromArn(jsii.String(context(scope, "certificateArn")))
	offered := privateapi.NewPrivateApiProvider(stack, jsii.String("Orders"), &privateapi.PrivateApiProviderProps{
		Vpc:          newVpc(stack),
		DomainNames:  jsii.Strings(domain),
		Certificates: &[]elbv2.IListenerCertificate{certificate},
		AllowedPrincipals: &[]awsiam.ArnPrincipal{
			awsiam.NewAccountPrincipal(jsii.String(context(scope, "callerAccount"))),
			awsiam.NewAccountPrincipal(jsii.String(context(scope, "offerAccount"))),
		},
		AcceptanceRequired: jsii.Bool(false),
		DeletionProtection: jsii.Bool(false), // the tests delete it
	})
	awscdk.NewCfnOutput(stack, jsii.String("ServiceName"), &awscdk.CfnOutputProps{Value: offered.ServiceName()})
	return offered
}

// imported is the service by its name, which exists once the offer is deployed.
func imported(stack awscdk.Stack) privateapi.IPrivateApiService {
	return privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
		ServiceName:        jsii.String(context(stack, "serviceName")),
		DomainNames:        jsii.Strings(domain),
		AcceptanceRequired: jsii.Bool(false),
	})
}

func newStack(scope constructs.Construct, id, account string) awscdk.Stack {
	return awscdk.NewStack(scope, jsii.String(id), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("eu-west-1")},
	})
}

func newVpc(stack awscdk.Stack) awsec2.Vpc {
	zones := jsii.Strings(strings.Split(context(stack, "zonesOf"+*stack.Account()), ",")...)
	// CDK checks the zones of a VPC against those of the account, and would ask AWS for them at synth.
	stack.Node().SetContext(jsii.String("availability-zones:account="+*stack.Account()+":region="+*stack.Region()), zones)
	return awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
		AvailabilityZones:            zones,
		NatGateways:                  jsii.Number(0),
		RestrictDefaultSecurityGroup: jsii.Bool(false),
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{
			Name:       jsii.String("Private"),
			SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED,
			CidrMask:   jsii.Number(24),
		}},
	})
}

func context(scope constructs.Construct, key string) string {
	value, ok := scope.Node().TryGetContext(jsii.String(key)).(string)
	if !ok {
		panic(fmt.Errorf("the context has no %s", key))
	}
	return value
}
