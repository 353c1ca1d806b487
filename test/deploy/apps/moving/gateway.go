package main

import (
	"maps"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
)

// The segments of the hub.
const (
	apis  = "apis"
	shops = "shops"
)

// overGateway is the API over a transit gateway of the provider, to which its VPC is attached.
type overGateway struct {
	routed
	hub transitgateway.Hub
}

func newGateway(p *provider) offer {
	o := &overGateway{newRouted(p), transitgateway.NewHub(p.stack, jsii.String("Hub"), &transitgateway.HubProps{
		Segments:  &[]*transitgateway.Segment{{Name: jsii.String(apis)}, {Name: jsii.String(shops), Reaches: jsii.Strings(apis)}},
		ShareWith: jsii.Strings(p.consumer),
	})}
	transitgateway.NewSpoke(p.stack, jsii.String("Spoke"), &transitgateway.SpokeProps{
		Hub: o.hub, Vpc: p.vpc, Segment: jsii.String(apis), Destinations: jsii.Strings(consumerBlock),
	})
	return o
}

func (o *overGateway) connect(p *provider, c *consumer) privateapi.IPrivateApiService {
	access := newAccessStack(p)
	spoke := transitgateway.NewSpoke(c.stack, jsii.String("Spoke"), &transitgateway.SpokeProps{
		Hub: o.hub, Vpc: c.vpc, Segment: jsii.String(shops), Destinations: jsii.Strings(providerBlock),
		SubnetCidrBlocks: jsii.Strings("10.1.255.0/28", "10.1.255.16/28"),
		HubScope:         access,
	})
	return o.over(spoke, access, c)
}

func (o *overGateway) values() map[string]*string {
	values := o.routed.values()
	maps.Copy(values, map[string]*string{
		"Gateway": o.hub.TransitGatewayId(), "Apis": o.hub.RouteTableId(jsii.String(apis)), "Shops": o.hub.RouteTableId(jsii.String(shops)),
	})
	return values
}
