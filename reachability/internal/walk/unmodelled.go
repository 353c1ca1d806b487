package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// unlessUnmodelled makes a result that passes unknown if a resource on the path has a property that the proof does not model.
func (t *trace) unlessUnmodelled(r result) result {
	if r.verdict != proof.Reachable || !t.n.HasUnmodelled() {
		return r
	}
	for _, list := range [][]*network.Resource{r.uses, r.concerns} {
		for _, resource := range list {
			for _, u := range t.n.Unmodelled(resource) {
				if !t.assumes(proof.AssumeUnmodelled + u.Name) {
					return unmodelled(u)
				}
			}
		}
	}
	return r
}

// unmodelled is unknown because of a property that the proof does not model.
func unmodelled(u network.Unmodelled) result {
	name := network.DisplayName(u.Resource)
	settle := []proof.Settlement{{Kind: proof.SettleByAssumption, Subject: proof.AssumeUnmodelled + u.Name}}
	if u.IsUndecided() && u.IsModelledFor {
		settle = append([]proof.Settlement{cite.Settle(u.Value)}, settle...)
	}
	message := fmt.Sprintf("%s has %s, which the proof does not model", name, u.Label)
	if u.About != "" {
		message += ": " + u.About
	}
	return unknown(message, "remove it, or assume that the request still gets through", settle...).at(u.Property)
}
