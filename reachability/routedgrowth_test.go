package reachability_test

import (
	"fmt"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/growthtest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// growingBetweenVpcs adds n things of a kind to the base over a transit gateway, far above the quotas of AWS.
var growingBetweenVpcs = map[string]func(hub, client template, n int){
	"routes of a table": func(_, client template, n int) {
		for i := range n {
			client.add(fmt.Sprintf("Route%d", i), "AWS::EC2::Route", object{
				"RouteTableId": ref("TableA"), "DestinationCidrBlock": fmt.Sprintf("172.%d.%d.%d/32", 16+i/65536, i/256%256, i%256), "NatGatewayId": "nat-1",
			})
		}
	},
	"routes for parts of the addresses": func(_, client template, n int) {
		for i := range n {
			client.add(fmt.Sprintf("Route%d", i), "AWS::EC2::Route", object{
				"RouteTableId": ref("TableA"), "DestinationCidrBlock": fmt.Sprintf("10.0.0.%d/32", i%256), "NetworkInterfaceId": fmt.Sprintf("eni-%d", i),
			})
		}
	},
	"attachments that the default route table has": func(hub, _ template, n int) {
		delete(hub.properties("Gateway"), "DefaultRouteTablePropagation")
		for i := range n {
			hub.add(fmt.Sprintf("Vpc%d", i), "AWS::EC2::VPC", object{"CidrBlock": fmt.Sprintf("172.%d.%d.0/24", 16+i/256, i%256)})
			hub.add(fmt.Sprintf("Attachment%d", i), "AWS::EC2::TransitGatewayAttachment", object{
				"TransitGatewayId": ref("Gateway"), "VpcId": ref(fmt.Sprintf("Vpc%d", i)), "SubnetIds": array{fmt.Sprintf("subnet-%d", i)},
			})
		}
	},
	"static routes of the gateway": func(hub, _ template, n int) {
		for i := range n {
			hub.add(fmt.Sprintf("Route%d", i), "AWS::EC2::TransitGatewayRoute", object{
				"TransitGatewayRouteTableId": ref("Clients"), "DestinationCidrBlock": fmt.Sprintf("172.16.%d.%d/32", i/256%256, i%256), "Blackhole": true,
			})
		}
	},
	"clients": func(_, client template, n int) {
		for i := range n {
			client.resources()[fmt.Sprintf("Caller%d", i)] = client.resource("Caller")
		}
	},
}

// Ten times the resources between two VPCs take about ten times as long.
func TestGrowthBetweenVpcs(t *testing.T) {
	for name, add := range growingBetweenVpcs {
		t.Run(name, func(t *testing.T) {
			growthtest.Linear(t, 500, func(n int) func() {
				stacks := findCase(t, "routed/transit-gateway", "a client calls an internal ALB over a transit gateway").Load(t)
				add(stacks.Doc(t, "Hub"), stacks.Doc(t, "Client"), n)
				model := loadCase(t, stacks)
				return func() { model.Prove(reachability.Question{}) }
			})
		})
	}
}
