package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// loadBalancer is a load balancer that a request passes.
type loadBalancer struct {
	*network.LoadBalancer
	node network.Node
}

func (t *trace) loadBalancer(lb *network.LoadBalancer) loadBalancer {
	return loadBalancer{lb, t.n.LoadBalancerNode(lb)}
}

// isNetwork reports whether it is an NLB.
func (lb loadBalancer) isNetwork() bool { return lb.Kind() == network.NetworkKind }

// samePort finds another listener on the port of a listener, which ELB refuses. TCP and UDP share ports, except for QUIC.
func (t *trace) samePort(lb *network.LoadBalancer, listener *network.Listener) (r result, found bool) {
	other := t.n.SamePort(lb, listener)
	if other == nil {
		return result{}, false
	}
	r = blocks(
		fmt.Sprintf("%s and %s both listen on port %d of %s, which ELB refuses",
			network.DisplayName(listener.Resource), network.DisplayName(other.Resource), listener.Port().Int(), network.DisplayName(lb.Resource)),
		"keep one of them",
	).at(other.Port(), listener.Port())
	if other.Exists == network.Yes && listener.Exists == network.Yes {
		return r, true
	}
	r.verdict, r.fix, r.uses = proof.Unknown, "make their conditions exclude each other", nil
	for _, l := range []*network.Listener{other, listener} {
		if l.Exists != network.Yes {
			r.settle = append(r.settle, cite.Settle(l.Existence()))
		}
	}
	return r, true
}
