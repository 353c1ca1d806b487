package privateapi_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	elbtargets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const databaseDomain = "orders.db.internal.company.com"

// nlbProviderProps are the minimal props of a provider of TCP services.
func nlbProviderProps(scope constructs.Construct) *privateapi.PrivateNlbProviderProps {
	return &privateapi.PrivateNlbProviderProps{
		Vpc:               newVpc(scope),
		DomainNames:       jsii.Strings(databaseDomain),
		AllowedPrincipals: &[]awsiam.ArnPrincipal{account(cdktest.OtherAccount)},
	}
}

// newNlbProvider defines a provider without listeners.
func newNlbProvider(stack awscdk.Stack, edit ...func(*privateapi.PrivateNlbProviderProps)) privateapi.PrivateNlbProvider {
	props := nlbProviderProps(stack)
	for _, e := range edit {
		if e != nil {
			e(props)
		}
	}
	return privateapi.NewPrivateNlbProvider(stack, jsii.String("Orders"), props)
}

// newDatabase defines a provider that listens for Postgres.
func newDatabase(stack awscdk.Stack, edit ...func(*privateapi.NlbListenerOptions)) privateapi.PrivateNlbProvider {
	options := &privateapi.NlbListenerOptions{Port: jsii.Number(5432), Targets: networkTargets(ipTarget("10.0.0.5"))}
	for _, e := range edit {
		e(options)
	}
	provider := newNlbProvider(stack)
	provider.AddListener(jsii.String("Postgres"), options)
	return provider
}

func networkTargets(list ...elbv2.INetworkLoadBalancerTarget) *[]elbv2.INetworkLoadBalancerTarget {
	return &list
}

func instanceTarget() elbv2.INetworkLoadBalancerTarget {
	return elbtargets.NewInstanceIdTarget(jsii.String("i-0123456789abcdef0"), nil)
}
