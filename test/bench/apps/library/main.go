// Command library is the app of the benchmark on this repository's constructs.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/frame"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

func main() {
	frame.Main(frame.Implementation[privateapi.IPrivateApiService]{Providers: providers, Consumers: consumers})
}

func providers(in *scenario.Scenario, stack awscdk.Stack, vpc awsec2.IVpc, pairs []scenario.Pair) map[string]privateapi.IPrivateApiService {
	if in.Nlb {
		return nlbProviders(in, stack, vpc, pairs)
	}
	return apiProviders(in, stack, vpc, pairs)
}

func apiProviders(in *scenario.Scenario, stack awscdk.Stack, vpc awsec2.IVpc, pairs []scenario.Pair) map[string]privateapi.IPrivateApiService {
	certificate := elbv2.ListenerCertificate_FromArn(jsii.String(in.CertificateArn))
	consumer := awsiam.NewArnPrincipal(jsii.String(in.Principal))
	services := map[string]privateapi.IPrivateApiService{}
	for _, pair := range pairs {
		provider := privateapi.NewPrivateApiProvider(stack, jsii.String(pair.ID), &privateapi.PrivateApiProviderProps{
			Vpc:               vpc,
			DomainNames:       jsii.Strings(pair.Domain),
			Certificates:      &[]elbv2.IListenerCertificate{certificate},
			AllowedPrincipals: &[]awsiam.ArnPrincipal{consumer},
		})
		if in.Routes {
			provider.AddRoute(jsii.String("V1"), &privateapi.RouteOptions{
				PathPatterns: jsii.Strings("/v1/*"),
				Priority:     jsii.Number(10),
				Port:         jsii.Number(8080),
				Targets: &[]elbv2.IApplicationLoadBalancerTarget{
					awselasticloadbalancingv2targets.NewIpTarget(jsii.String(pair.Address), nil, nil),
				},
			})
		}
		services[pair.ID] = provider
	}
	return services
}

func nlbProviders(in *scenario.Scenario, stack awscdk.Stack, vpc awsec2.IVpc, pairs []scenario.Pair) map[string]privateapi.IPrivateApiService {
	consumer := awsiam.NewArnPrincipal(jsii.String(in.Principal))
	services := map[string]privateapi.IPrivateApiService{}
	for _, pair := range pairs {
		provider := privateapi.NewPrivateNlbProvider(stack, jsii.String(pair.ID), &privateapi.PrivateNlbProviderProps{
			Vpc:               vpc,
			DomainNames:       jsii.Strings(pair.Domain),
			AllowedPrincipals: &[]awsiam.ArnPrincipal{consumer},
		})
		provider.AddListener(jsii.String("Database"), &privateapi.NlbListenerOptions{
			Port: jsii.Number(in.Port),
			Targets: &[]elbv2.INetworkLoadBalancerTarget{
				awselasticloadbalancingv2targets.NewIpTarget(jsii.String(pair.Address), nil, nil),
			},
		})
		services[pair.ID] = provider
	}
	return services
}

func consumers(in *scenario.Scenario, stack awscdk.Stack, vpc awsec2.IVpc, pairs []scenario.Pair, services map[string]privateapi.IPrivateApiService) {
	for _, pair := range pairs {
		props := &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: services[pair.ID]}
		if in.Clients {
			props.Clients = &[]awsec2.IConnectable{newClient(stack, vpc, pair.ID+"Client")}
		}
		privateapi.NewPrivateApiConsumer(stack, jsii.String(pair.ID), props)
	}
}

// newClient defines the security group of a client, without outbound rules.
func newClient(stack awscdk.Stack, vpc awsec2.IVpc, id string) awsec2.SecurityGroup {
	return awsec2.NewSecurityGroup(stack, jsii.String(id), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})
}
