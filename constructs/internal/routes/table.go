package routes

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Table is a route table of subnets.
type Table struct {
	// ID is the ID of the route table, which may be a token.
	ID string
	// Name is a part of construct IDs, which no other table or order of tables changes.
	Name string
}

// TablesOf returns the route tables of subnets of a VPC, and reports a subnet that does not know its own.
func TablesOf(r *rules.Report, stack *answers.Stack, property string, vpc awsec2.IVpc, list *[]awsec2.ISubnet) []Table {
	var tables []Table
	seen := map[string]bool{}
	for _, subnet := range *list {
		id := answers.Of(stack, subnet, "route table", func() *string { return tableOf(subnet) })
		if id == nil {
			r.Add(rules.NetworkRouteTable, property, "selects the subnet %s, whose route table is not known", PathOf(stack, subnet))
			continue
		}
		if !seen[*id] {
			seen[*id] = true
			tables = append(tables, Table{*id, nameOf(stack, vpc, subnet, *id)})
		}
	}
	return tables
}

// tableOf returns the ID of the route table of a subnet; nil for an import without it.
func tableOf(subnet awsec2.ISubnet) (id *string) {
	defer func() {
		if recover() != nil {
			id = nil
		}
	}()
	return subnet.RouteTable().RouteTableId()
}

// nameOf names a route table by its ID, or by its subnet as the VPC names it.
func nameOf(stack *answers.Stack, vpc awsec2.IVpc, subnet awsec2.ISubnet, id string) string {
	if _, isLiteral := token.Literal(&id); isLiteral {
		return id
	}
	return part(strings.TrimPrefix(PathOf(stack, subnet), answers.Of(stack, vpc, "path", func() string { return *vpc.Node().Path() })+"/"))
}

// PathOf returns the path of a subnet.
func PathOf(stack *answers.Stack, subnet awsec2.ISubnet) string {
	return answers.Of(stack, subnet, "path", func() string { return *subnet.Node().Path() })
}

// part returns a text as a part of a construct ID.
func part(text string) string { return strings.ReplaceAll(text, "/", "-") }
