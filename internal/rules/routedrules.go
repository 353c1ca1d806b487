package rules

// The rules of the routes to an API.
var (
	RouteOwner = Rule{
		ID: "privateapi:routeOwner", Severity: Error,
		Summary: "A route table has one route for each block, so two networks cannot lead to one block.",
		AWS:     "RouteAlreadyExists: a route for the specified CIDR block already exists in this route table",
		Fix:     "let one of the two networks lead to the block, or give one a more specific block",
		Source:  ec2API + "errors-overview.html",
	}
)

// Routed returns the rules that APIs reached by route enforce, besides those of [All], in the order of a request's path.
func Routed() []Rule {
	return []Rule{RouteOwner}
}
