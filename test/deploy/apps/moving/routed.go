package main

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// routed is the API by route: clients reach the ALB itself.
type routed struct {
	api routedapi.Api
	vpc awsec2.Vpc
}

func newRouted(p *provider) routed {
	return routed{routedapi.NewApi(p.stack, jsii.String("OrdersByRoute"), &routedapi.ApiProps{
		Vpc: p.vpc, DomainNames: jsii.Strings(p.domain), Listener: p.privateLink.Listener(),
	}), p.vpc}
}

// newAccessStack defines the stack of the provider's account that is deployed after that of the consumer: it has the provider's part of the network,
// and lets the client in.
func newAccessStack(p *provider) awscdk.Stack {
	account := *p.stack.Account()
	return env.NewStack(awscdk.App_Of(p.stack), "MovingAccess", account, env.Region, env.ZonesOf(p.stack, account))
}

// over lets the client in, and returns the API as it is reached over a network.
func (o routed) over(network routedapi.INetwork, access awscdk.Stack, c *consumer) privateapi.IPrivateApiService {
	routedapi.NewClientAccess(access, jsii.String("Clients"), &routedapi.ClientAccessProps{
		Api:     o.api,
		Network: network,
		SecurityGroups: &[]*routedapi.ClientSecurityGroup{{
			SecurityGroupId: (*c.client.Connections().SecurityGroups())[0].SecurityGroupId(),
			Account:         c.stack.Account(),
		}},
	})
	return o.api.Over(network)
}

// values are also those of the stack that comes after.
func (o routed) values() map[string]*string {
	values := map[string]*string{
		"AlbName": o.api.LoadBalancerDnsName(), "AlbZone": o.api.LoadBalancerCanonicalHostedZoneId(), "AlbGroup": o.api.SecurityGroup().SecurityGroupId(),
	}
	for i, subnet := range *o.vpc.IsolatedSubnets() {
		values[fmt.Sprintf("RouteTable%d", i)] = subnet.RouteTable().RouteTableId()
	}
	return values
}
