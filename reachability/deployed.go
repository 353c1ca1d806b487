package reachability

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// stateOf returns what people know of the state of a resource, by one of its names.
func stateOf(states map[string]string, r *assembly.Resource) (string, bool) {
	for _, name := range []string{fullName(r), r.ConstructPath, r.ID} {
		if state, ok := states[name]; ok && name != "" {
			return state, true
		}
	}
	return "", false
}

// connected is what was found for the principal, once it is known whether the connection is there: EC2 asks who may
// connect when an endpoint is created, and removing a principal leaves the connections that are accepted.
// https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
func (t *trail) connected(endpoint *assembly.Resource, s step) step {
	state, ok := stateOf(t.facts.Connections, endpoint)
	if !ok || s.verdict == Reachable || !strings.EqualFold(state, "available") {
		return s
	}
	kept := passes("the connection is there, and stays without the principal: " + s.message)
	kept.evidence, kept.uses = s.evidence, s.uses
	return kept
}

// accepted is what was found for acceptance, unless the state of the connection is known. Assumption: only a connection
// that is available lets requests pass; AWS lists the states and says of no other that it does.
// https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html
func (t *trail) accepted(endpoint *assembly.Resource, s step) step {
	state, ok := stateOf(t.facts.Connections, endpoint)
	if !ok {
		return s
	}
	says := fmt.Sprintf("the connection of %s is %s", displayName(endpoint), state)
	switch strings.ToLower(state) {
	case "available":
		s = passes(says)
	case "pendingacceptance":
		s = blocks(says+": the provider has not accepted it", "let the provider accept it")
	case "rejected":
		s = blocks(says+": the provider does not let it in", "let the provider accept it")
	case "expired":
		s = blocks(says, "create the endpoint again, and let the provider accept it")
	case "failed", "deleting", "deleted":
		s = blocks(says, "create the endpoint again")
	default:
		s = doubts(says+", which lets nothing pass yet or is not in the model", "wait until it is available")
	}
	return s.at(endpoint)
}

// verified is what was found for a private DNS name, unless the state of its verification is known.
// https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
func (t *trail) verified(service *assembly.Resource, s step) step {
	state, ok := stateOf(t.facts.Verifications, service)
	if !ok {
		return s
	}
	says := fmt.Sprintf("the private DNS name %s of %s is %s", text(service, "PrivateDnsName"), displayName(service), state)
	if state == "verified" {
		return passes(says).at(service, "PrivateDnsName")
	}
	return blocks(says+", so it leads nowhere", "publish the TXT record and start the verification").at(service, "PrivateDnsName")
}
