package walk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// outsideZones finds a target in none of the Availability Zones of its load balancer: it is registered, and receives no
// requests. One subnet in a zone of the load balancer is enough, since the targets there receive the requests.
func (t *trace) outsideZones(lb loadBalancer, target network.Node) (r result, found bool) {
	theirs := lb.node.Subnets
	if len(theirs) == 0 || len(target.Subnets) == 0 {
		return result{}, false
	}
	for _, subnet := range target.Subnets {
		if in, _ := t.inZones(subnet, t.n.ZoneOf(subnet, t.facts.ZoneIDs), theirs); in != network.No {
			return result{}, false
		}
	}
	own := t.n.ZoneOf(target.Subnets[0], t.facts.ZoneIDs)
	return blocks(
		fmt.Sprintf("%s is in %s, which is not a zone of %s, so it receives no requests", target.Name, own, lb.node.Name),
		"put both into the same Availability Zones",
	).atResource(target.Resource).related(cite.Resource(lb.Resource)), true
}

// inZones says whether a subnet is in a zone of others, and else what would tell.
func (t *trace) inZones(subnet network.Value, own network.AvailabilityZone, theirs []network.Value) (network.Tristate, []network.ZoneFact) {
	in := network.No
	var missing []network.ZoneFact
	for _, their := range theirs {
		same, facts := own.SameZone(t.n.ZoneOf(their, t.facts.ZoneIDs))
		if network.Equal(subnet, their) == network.Yes {
			same = network.Yes
		}
		in = max(in, same)
		missing = append(missing, facts...)
	}
	return in, missing
}

// untilZones makes a result unknown until zones are known.
func (r result) untilZones(missing []network.ZoneFact) result {
	var fixes []string
	for _, m := range missing {
		s, fix := proof.Settlement{Kind: proof.SettleByZone, Subject: m.Zone}, ""
		switch {
		case m.File != "":
			s, fix = proof.Settlement{Kind: proof.SettleByEnvironment, Subject: m.File}, "deploy the stack to a named account"
		case m.Subnet != "":
			s, fix = cite.Settle(m.Undecided), "set AvailabilityZone of "+m.Subnet+" to the name of a zone"
		case m.Zone == "":
			s = cite.Settle(m.Undecided)
		}
		if !slices.Contains(r.settle, s) {
			r.settle = append(r.settle, s)
		}
		if fix != "" && !slices.Contains(fixes, fix) {
			fixes = append(fixes, fix)
		}
	}
	slices.SortFunc(r.settle, func(a, b proof.Settlement) int { return strings.Compare(a.String(), b.String()) })
	slices.Sort(fixes)
	r.verdict, r.fix = proof.Unknown, strings.Join(fixes, ", ")
	return r
}
