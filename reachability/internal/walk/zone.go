package walk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// outsideZones finds a target that is in none of the Availability Zones of its load balancer, or may be: it is registered,
// and receives no requests. One subnet in a zone of the load balancer is enough, since the targets there receive the
// requests.
func (t *trace) outsideZones(lb loadBalancer, target network.Node) (r result, found bool) {
	theirs := lb.node.Subnets
	if len(theirs) == 0 || len(target.Subnets) == 0 {
		return result{}, false
	}
	var missing []network.ZoneFact
	best := network.No
	for _, subnet := range target.Subnets {
		in, facts := t.inZones(subnet, t.zoneOf(subnet), theirs)
		best, missing = max(best, in), append(missing, facts...)
	}
	switch best {
	case network.Yes:
		return result{}, false
	case network.Maybe:
		return unknown(fmt.Sprintf("whether %s is in a zone of %s is unknown", target.Name, lb.node.Name), "").
			untilZones(missing).atResource(target.Resource), true
	}
	own := t.zoneOf(target.Subnets[0])
	return blocks(
		fmt.Sprintf("%s is in %s, which is not a zone of %s, so it receives no requests", target.Name, own, lb.node.Name),
		"put both into the same Availability Zones",
	).atResource(target.Resource).related(cite.Resource(lb.Resource)), true
}

// zonal finds Availability Zones in which requests enter a load balancer and find no target, because cross-zone load
// balancing is off.
func (t *trace) zonal(from forwarder, tg *network.TargetGroup, targets []network.Node) (r result, found bool) {
	crosses, decidedBy := from.CrossZone(tg)
	if crosses == network.Yes || len(from.node.Subnets) == 0 {
		return result{}, false
	}
	var subnets, filled []network.Value // of targets, and of those that run in each of their subnets
	for _, target := range targets {
		if len(target.Subnets) == 0 {
			return result{}, false // where it is, another hop finds
		}
		subnets = append(subnets, target.Subnets...)
		if !network.MayLeaveZonesEmpty(target.Resource, len(target.Subnets)) {
			filled = append(filled, target.Subnets...)
		}
	}
	var missing []network.ZoneFact
	var empty, sparse []string
	for _, subnet := range t.entered {
		zone := t.zoneOf(subnet)
		switch in, facts := t.inZones(subnet, zone, subnets); in {
		case network.No:
			empty = append(empty, zone.String())
		case network.Maybe:
			missing = append(missing, facts...)
		default:
			if in, _ := t.inZones(subnet, zone, filled); in == network.No {
				sparse = append(sparse, zone.String())
			}
		}
	}
	name := network.DisplayName(tg.Resource)
	switch {
	case len(empty) > 0:
		r = t.withoutTargets(from, name, empty)
		if len(empty) < len(t.entered) {
			r.message = "only some of the zones work: " + r.message
			r.verdict, r.assumption = proof.Unknown, proof.AssumeHealthyZones
		}
	case len(missing) > 0:
		r = unknown(fmt.Sprintf("whether %s has a target in each zone of %s is unknown, and cross-zone load balancing is off", name, from.node.Name), "").
			untilZones(missing)
	case len(sparse) > 0:
		r = t.fewTasks(from, name, sparse)
	default:
		return result{}, false
	}
	if crosses == network.Maybe { // that targets may be missing matters only if it is off
		r.message = strings.Replace(r.message, "cross-zone load balancing is off", "whether cross-zone load balancing is off is unknown", 1)
		r.verdict, r.assumption, r.settle = proof.Unknown, "", append(slices.Clip(r.settle), cite.Settle(decidedBy.Value))
	}
	return r.at(decidedBy).atResource(tg.Resource), true
}

// withoutTargets is the result for zones in which requests enter a load balancer that has no target there.
func (t *trace) withoutTargets(from forwarder, group string, zones []string) result {
	slices.Sort(zones)
	return blocks(
		fmt.Sprintf("requests enter %s in %s, where %s has no target, and cross-zone load balancing is off",
			from.node.Name, strings.Join(slices.Compact(zones), " and "), group),
		"register targets in each zone, or turn on load_balancing.cross_zone.enabled",
	)
}

// fewTasks is the result for zones in which a target group has a target only as long as ECS runs a task there, or Auto
// Scaling an instance.
func (t *trace) fewTasks(from forwarder, group string, zones []string) result {
	slices.Sort(zones)
	r := unknown(
		fmt.Sprintf("requests enter %s in %s, where %s has a target only if a task or an instance runs there: there are fewer of them than subnets, and cross-zone load balancing is off",
			from.node.Name, strings.Join(slices.Compact(zones), " and "), group),
		"run one in each zone by DesiredCount or DesiredCapacity, or turn on load_balancing.cross_zone.enabled",
	)
	r.assumption = proof.AssumeHealthyZones
	return r
}

// enter notes the subnets of a load balancer whose nodes the request can enter: all, unless it stays in zones. It returns
// a text that tells them from others of the load balancer; empty for all.
func (t *trace) enter(lb loadBalancer) string {
	t.entered = lb.node.Subnets
	if t.zones == nil {
		return ""
	}
	var list []network.Value
	which := make([]byte, len(lb.node.Subnets))
	for i, subnet := range lb.node.Subnets {
		which[i] = '-'
		if in, _ := t.inZones(subnet, t.zoneOf(subnet), t.zones); in != network.No {
			list, which[i] = append(list, subnet), '+'
		}
	}
	t.entered, t.zones = list, nil
	return string(which)
}

// leave notes in which zones the request goes on behind a load balancer: those of its nodes, or any.
func (t *trace) leave(from forwarder, tg *network.TargetGroup) {
	if crosses, _ := from.CrossZone(tg); crosses == network.No {
		t.zones = t.entered
		return
	}
	t.zones = nil
}

// zoneOf is what is known of the zone of a subnet.
func (t *trace) zoneOf(subnet network.Value) network.AvailabilityZone {
	return t.n.ZoneOf(subnet, network.GivenZones{IDs: t.facts.ZoneIDs, Names: t.facts.ZoneNames})
}

// inZones says whether a subnet is in a zone of others, and else what would tell.
func (t *trace) inZones(subnet network.Value, own network.AvailabilityZone, theirs []network.Value) (network.Tristate, []network.ZoneFact) {
	t.run.left.Steps(len(theirs))
	in := network.No
	var missing []network.ZoneFact
	for _, their := range theirs {
		same, facts := own.SameZone(t.zoneOf(their))
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
		case m.Names != "":
			s = proof.Settlement{Kind: proof.SettleByZoneNames, Subject: m.Names}
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
