package publicapi

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// client is a client that the API lets in.
type client struct {
	name   string
	blocks []block
}

// block is a block of a client, which may be a token.
type block struct {
	property string // by which its author names it
	value    *string
}

// planClients checks the clients by name. It returns those that have all that is required.
func planClients(r *rules.Report, props *ApiProps) []*client {
	isOpen := prop.IsTrue(props.AllowEveryone)
	given := prop.Elements(props.AllowedClients)
	switch {
	case isOpen && len(given) > 0:
		r.AddWithFix(rules.Contradiction, "AllowEveryone", "remove AllowEveryone, or AllowedClients", "is set together with AllowedClients")
	case !isOpen && len(given) == 0:
		r.Add(rules.PublicClients, "AllowedClients", "is empty")
	}
	check.NoNil(r, "AllowedClients", props.AllowedClients)
	var clients []*client
	names, seen := map[string]string{}, map[string]string{}
	var literals []string
	for i, c := range given {
		if c == nil {
			continue
		}
		property := fmt.Sprintf("AllowedClients[%d]", i)
		if planned := planClient(r, property, c, names, seen); planned != nil {
			clients = append(clients, planned)
		}
		literals = append(literals, token.Literals(c.CidrBlocks)...)
	}
	rules.CheckPublicBlocks(r, "AllowedClients", literals)
	return clients
}

// planClient checks one client; names and seen are the names and the blocks of those before it, with their properties.
func planClient(r *rules.Report, property string, c *AllowedClient, names, seen map[string]string) *client {
	if c.Name == nil {
		r.AddWithFix(rules.Required, property+".Name", "name the client", "is missing")
		return nil
	}
	if token.IsString(*c.Name) {
		r.AddWithFix(rules.PublicClientName, property+".Name", "use a literal name", "is a token, but construct IDs have it")
		return nil
	}
	rules.CheckPublicClientName(r, property+".Name", *c.Name)
	key := strings.ToLower(*c.Name)
	if first, isTaken := names[key]; isTaken {
		r.AddWithFix(rules.PublicClientName, property+".Name", "list the blocks of a client together", "%q is the name of %s too", *c.Name, first)
	}
	names[key] = property
	planned := &client{name: *c.Name}
	for i, value := range givenBlocks(r, property+".CidrBlocks", c.CidrBlocks) {
		b := block{fmt.Sprintf("%s.CidrBlocks[%d]", property, i), value}
		if first, isTaken := seen[*value]; isTaken {
			r.Add(rules.PublicBlockTwice, b.property, "is the block of %s too", first)
			continue
		}
		seen[*value] = b.property
		planned.blocks = append(planned.blocks, b)
	}
	return planned
}

// givenBlocks checks the blocks of a client, each of which may be a token.
func givenBlocks(r *rules.Report, property string, list *[]*string) []*string {
	check.NoNil(r, property, list)
	switch {
	case list != nil && token.IsList(*list):
		r.AddWithFix(rules.CIDR, property, "list the blocks one by one; each may be a token", "is a list that is known only at deploy time, and each block needs a rule")
		return nil
	case len(prop.Elements(list)) == 0:
		r.AddWithFix(rules.Required, property, "supply the blocks from which the client calls", "is empty")
	}
	check.Each(list, property, func(property, block string) { rules.CheckPublicBlock(r, property, block) })
	var blocks []*string
	for _, element := range prop.Elements(list) {
		if element != nil {
			blocks = append(blocks, element)
		}
	}
	return blocks
}
