package routes

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// Of returns the routes of tables to blocks.
func Of(tables []Table, blocks []Block) []Route {
	var list []Route
	for _, table := range tables {
		for _, block := range blocks {
			list = append(list, Route{Property: block.Property, Table: table.ID, Block: block.Value})
		}
	}
	return list
}

// Define adds the routes of tables to blocks, one for each table and block. Target sets where they lead.
func Define(scope onecall.Scope, prefix string, tables []Table, blocks []Block, target func(*awsec2.CfnRouteProps)) []*onecall.Item[awsec2.CfnRoute] {
	var items []*onecall.Item[awsec2.CfnRoute]
	for _, table := range tables {
		for _, block := range blocks {
			props := &awsec2.CfnRouteProps{RouteTableId: &table.ID, DestinationCidrBlock: &block.Value}
			target(props)
			items = append(items, onecall.Add(scope, awsec2.NewCfnRoute, prefix+"-"+table.Name+"-"+block.name, props))
		}
	}
	return items
}
