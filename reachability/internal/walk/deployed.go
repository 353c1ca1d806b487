package walk

import (
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
