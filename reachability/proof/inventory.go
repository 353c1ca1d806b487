package proof

import (
	"fmt"
	"slices"
	"strings"
)

// Inventory is what the templates have that a question can be about, whatever the question.
type Inventory struct {
	// Services are the endpoint services and the services of VPC Lattice. Endpoints are the interface endpoints to endpoint
	// services, and over VPC Lattice the associations of services and the endpoints to service networks. Each is a construct
	// path, or a stack and logical ID.
	Services  []string `json:"services"`
	Endpoints []string `json:"endpoints"`
	// Clients are the workloads with a network interface in a VPC, and the security groups that endpoints name and no
	// workload has.
	Clients []Client `json:"clients"`
	// Names are the domain names that lead to an API.
	Names []string `json:"names"`
	// Unread are the nested stacks whose templates were not read: stacks and logical IDs.
	Unread []string `json:"unread"`
}

// HasClient reports whether a name is that of a client.
func (i Inventory) HasClient(name string) bool {
	return slices.ContainsFunc(i.Clients, func(c Client) bool { return c.HasName(name) })
}

// Missing says that no client has a name, and which clients there are; "" if one has it.
func (i Inventory) Missing(name string) string {
	if name == "" || i.HasClient(name) {
		return ""
	}
	if len(i.Clients) == 0 {
		return fmt.Sprintf("no client is named %s; these templates have none", name)
	}
	names := make([]string, len(i.Clients))
	for n, c := range i.Clients {
		names[n] = c.String()
	}
	return fmt.Sprintf("no client is named %s; there are: %s", name, someOf(names))
}

// noCaller says that no client calls a domain name, and which names lead to an API if that one does not.
func (i Inventory) noCaller(domain string) string {
	const instead = "name a client to follow its call"
	switch {
	case slices.Contains(i.Names, domain):
		return fmt.Sprintf("these templates have no client of %s; %s", domain, instead)
	case len(i.Names) == 0:
		return fmt.Sprintf("no name of these templates leads to an API, nor does %s; %s", domain, instead)
	}
	return fmt.Sprintf("%s leads to no API of these templates; %s, or ask for one of: %s", domain, instead, someOf(i.Names))
}

// someOf lists the first names.
func someOf(names []string) string {
	const most = 10
	if len(names) > most {
		return fmt.Sprintf("%s, and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
