// Package routes notes which construct of an app routes which block of which route table: a route table has one route for each block,
// whatever network the route leads to.
package routes

import (
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Route is a route of a route table.
type Route struct {
	// Property is the property of the owner that asks for the route, as its author wrote it.
	Property string
	// Table is the ID of the route table, which may be a token.
	Table string
	// Block is the destination, a CIDR block that may be a token.
	Block string
}

// Claim notes the routes that an owner is about to define, unless the report has errors, and reports those that another construct of the
// app defines. A route that is listed twice is one route. Owner returns the path of the owner.
//
// Call it last, before [refusal.Of]: a construct that is refused owns nothing.
func Claim(r *rules.Report, stack *answers.Stack, owner func() string, routes ...Route) {
	owners := answers.OfApp(stack, "owners of routes", func() map[key]func() string { return map[key]func() string{} })
	free := map[key]bool{}
	for _, route := range routes {
		if token.IsPlaceholder(route.Table) || token.IsPlaceholder(route.Block) {
			continue // which stands for any table, or for any block
		}
		k := key{route.Table, masked(route.Block)}
		if other, isOwned := owners[k]; !isOwned {
			free[k] = true
		} else if path := other(); path != owner() {
			r.Add(rules.RouteOwner, route.Property, "has the block %s, to which %s routes already", route.Block, path)
		}
	}
	if r.HasErrors() {
		return
	}
	for k := range free {
		owners[k] = owner
	}
}

// key is a route by the values that EC2 compares.
type key struct{ table, block string }

// masked returns a block as EC2 keeps it: 10.0.0.0/16 for 10.0.1.2/16.
func masked(block string) string {
	if prefix, err := netip.ParsePrefix(block); err == nil {
		return prefix.Masked().String()
	}
	return block
}
