// Command handwritten is the benchmark's app without the library: CDK's L2 constructs, by the same rules of AWS.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/frame"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

func main() {
	frame.Main(frame.Implementation[awsec2.VpcEndpointService]{Providers: providers, Consumers: consumers})
}

func providers(in *scenario.Scenario, stack awscdk.Stack, vpc awsec2.IVpc, pairs []scenario.Pair) map[string]awsec2.VpcEndpointService {
	p := &platform{
		vpc:         vpc,
		certificate: elbv2.ListenerCertificate_FromArn(jsii.String(in.CertificateArn)),
		consumer:    awsiam.NewArnPrincipal(jsii.String(in.Principal)),
		routes:      in.Routes,
		port:        jsii.Number(in.Port),
	}
	services := map[string]awsec2.VpcEndpointService{}
	newProvider := p.newProvider
	if in.Nlb {
		newProvider = p.newNlbProvider
	}
	for _, pair := range pairs {
		services[pair.ID] = newProvider(stack, pair)
	}
	return services
}

func consumers(in *scenario.Scenario, stack awscdk.Stack, vpc awsec2.IVpc, pairs []scenario.Pair, services map[string]awsec2.VpcEndpointService) {
	for _, pair := range pairs {
		endpoint := newConsumer(stack, vpc, pair, services[pair.ID], jsii.Number(in.Port))
		if in.Clients {
			client := newClient(stack, vpc, pair.ID+"Client")
			endpoint.Connections().AllowDefaultPortFrom(client, jsii.String("Client to private API"))
		}
	}
}

// newClient defines the security group of a client, without outbound rules.
func newClient(stack awscdk.Stack, vpc awsec2.IVpc, id string) awsec2.SecurityGroup {
	return awsec2.NewSecurityGroup(stack, jsii.String(id), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})
}
