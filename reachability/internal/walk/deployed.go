package walk

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// stateOf is the state of a deployed resource that people gave, by one of its names.
func stateOf(states map[string]string, r *network.Resource) (state string, ok bool) {
	for _, name := range []string{network.FullName(r), r.ConstructPath, r.ID} {
		if state, ok := states[name]; ok && name != "" {
			return state, true
		}
	}
	return "", false
}

// connected replaces the result for the principal if the connection is there already: EC2 checks principals when an
// endpoint is created, and removing a principal keeps accepted connections.
// https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
func (t *trace) connected(e *endpoint, r result) result {
	state, ok := stateOf(t.facts.Connections, e.Resource)
	if !ok || r.verdict == proof.Reachable || !strings.EqualFold(state, "available") {
		return r
	}
	return passes("the connection exists, and stays without the principal: %s", r.message).like(r)
}

// verified replaces the result for a private DNS name if the state of its verification is known.
// https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
func (t *trace) verified(service *network.EndpointService, r result) result {
	state, ok := stateOf(t.facts.Verifications, service.Resource)
	if !ok {
		return r
	}
	name := service.PrivateDnsName()
	message := fmt.Sprintf("the private DNS name %s of %s is %s", name.Literal(), network.DisplayName(service.Resource), state)
	if state == "verified" {
		return passes("%s", message).at(name)
	}
	return blocks(message+", so it does not resolve", "publish the TXT record and start the verification").at(name)
}
