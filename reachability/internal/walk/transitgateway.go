package walk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// attached finds whether the client's VPC and that of a node are attached to the transit gateway of a way, in the zones of both.
func (t *trace) attached(w way, to network.Node) (way, result) {
	var worst result
	sides := []struct {
		node network.Node
		a    **network.GatewayAttachment
	}{{t.client, &w.own}, {to, &w.other}}
	for i, side := range sides {
		a, doubt := t.n.Attachment(side.node.VPC, w.target.Value)
		*side.a = a
		var r result
		switch {
		case a != nil:
			r = t.attachment(a, side.node)
		case doubt != nil:
			r = unknownUntil(doubt.Value, "whether %s attaches %s to %s is unknown: %s", network.DisplayName(doubt.Resource), network.NameOf(side.node.VPC), network.NameOf(w.target.Value), cite.Why(doubt.Value)).
				at(*doubt)
		default:
			r = t.notAttached(w, side.node)
		}
		if i == 0 {
			worst = r
		} else {
			worst = t.worse(worst, r)
		}
	}
	if worst.verdict == proof.Reachable {
		worst.message = fmt.Sprintf("%s and %s are attached to %s", network.NameOf(t.client.VPC), network.NameOf(to.VPC), network.NameOf(w.target.Value))
		worst = worst.at(w.other.TransitGatewayId())
	}
	return w, worst
}

// notAttached is the result for a VPC without an attachment in the templates.
func (t *trace) notAttached(w way, node network.Node) result {
	message := fmt.Sprintf("%s is not attached to %s", network.NameOf(node.VPC), network.NameOf(w.target.Value))
	const fix = "attach it by AWS::EC2::TransitGatewayAttachment, with a subnet in each zone of its workloads"
	if w.target.IsUndecided() && !network.IsIdentified(w.target.Value) {
		return unknownUntil(w.target.Value, "which transit gateway routes lead to is unknown: %s", cite.Why(w.target.Value)).at(w.target)
	}
	if t.n.VPC(node.VPC) == nil {
		return assumable(message+" in the templates", proof.AssumeTransitGateway, fix).at(w.target)
	}
	return blocks(message, fix).at(w.target).related(cite.Referred(node.VPC)...)
}

// attachment finds whether the attachment of a node's VPC carries its packets.
func (t *trace) attachment(a *network.GatewayAttachment, node network.Node) result {
	fine := passes("").at(a.TransitGatewayId())
	subnets, isKnown := a.Subnets()
	if !isKnown {
		return t.undecidedSubnets(a)
	}
	if r, wrong := t.attachmentSubnets(a, subnets); wrong {
		return r
	}
	worst := t.worse(fine, t.attachedZones(a, subnets, node))
	if r, known := t.attachmentState(a); known {
		return t.worse(worst, r)
	}
	worst = t.worse(worst, t.gatewayShared(a))
	if list, found := t.inspected(values(subnets)); found {
		worst = t.worse(worst, list)
	}
	return worst
}

func values(list []network.Property) []network.Value {
	all := make([]network.Value, len(list))
	for i, p := range list {
		all[i] = p.Value
	}
	return all
}

// undecidedSubnets is the result for an attachment whose subnets only the deployment decides.
func (t *trace) undecidedSubnets(a *network.GatewayAttachment) result {
	for _, p := range []network.Property{a.SubnetIds(), a.SubnetChanges()} {
		if !p.IsListOrAbsent() {
			return undecided(p)
		}
	}
	return undecided(a.SubnetChanges().At(0))
}

// attachmentSubnets finds subnets that EC2 refuses for an attachment: of another VPC, or two in one Availability Zone.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
func (t *trace) attachmentSubnets(a *network.GatewayAttachment, subnets []network.Property) (r result, wrong bool) {
	if len(subnets) == 0 {
		return blocks(network.DisplayName(a.Resource)+" has no subnet", "give it a subnet in each zone of the workloads").at(a.SubnetIds()), true
	}
	for i, p := range subnets {
		if s := t.n.Subnet(p.Value); s != nil && network.Equal(s.VpcId().Value, a.VpcId().Value) == network.No {
			return blocks(
				fmt.Sprintf("subnet %s belongs to %s, and the attachment is of %s", network.NameOf(p.Value), network.NameOf(s.VpcId().Value), network.NameOf(a.VpcId().Value)),
				"use subnets of that VPC",
			).at(p), true
		}
		for _, other := range subnets[:i] {
			if same, _ := t.zoneOf(p.Value).SameZone(t.zoneOf(other.Value)); same == network.Yes {
				return blocks(
					fmt.Sprintf("subnets %s and %s of %s are in one Availability Zone, and EC2 takes one for each", network.NameOf(other.Value), network.NameOf(p.Value), network.DisplayName(a.Resource)),
					"name one subnet for each Availability Zone",
				).at(p, other), true
			}
		}
	}
	return result{}, false
}

// attachedZones finds a subnet of a node whose Availability Zone has no subnet of the attachment: its packets do not get to the gateway,
// whatever the routes.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
func (t *trace) attachedZones(a *network.GatewayAttachment, subnets []network.Property, node network.Node) result {
	var doubt result
	var missing []network.ZoneFact
	for _, subnet := range node.Subnets {
		zone := t.zoneOf(subnet)
		switch in, facts := t.inZones(subnet, zone, values(subnets)); in {
		case network.No:
			r := blocks(
				fmt.Sprintf("%s of %s is in %s, where %s has no subnet: packets from there do not get to the transit gateway", network.NameOf(subnet), node.Name, zone, network.DisplayName(a.Resource)),
				"add a subnet of "+zone.String()+" to the attachment",
			).at(a.SubnetIds())
			if !network.IsIdentified(subnet) {
				r = r.ifCertain()
			}
			return r.related(cite.Referred(subnet)...)
		case network.Maybe:
			missing = append(missing, facts...)
			if doubt.message == "" {
				doubt = unknown(fmt.Sprintf("whether %s has a subnet in %s, the zone of %s of %s, is unknown", network.DisplayName(a.Resource), zone, network.NameOf(subnet), node.Name), "").at(a.SubnetIds())
			}
		}
	}
	if doubt.message != "" {
		return doubt.untilZones(missing)
	}
	return passes("")
}

// attachmentState is the result for an attachment whose state people gave.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-lifecycle
func (t *trace) attachmentState(a *network.GatewayAttachment) (r result, known bool) {
	state, ok := stateOf(t.facts.Connections, a.Resource)
	if !ok {
		return result{}, false
	}
	message := fmt.Sprintf("attachment %s is %s", network.DisplayName(a.Resource), state)
	switch strings.ToLower(state) {
	case "available", "modifying":
		r = passes("%s", message)
	case "pendingacceptance", "rejected", "rejecting":
		r = blocks(message, "accept it in the account of the transit gateway")
	case "failed", "failing", "deleting", "deleted":
		r = blocks(message, "create it again")
	default:
		r = unknown(message+", a state that carries no traffic yet, or that the proof does not know", "wait until it is available")
	}
	return r.atResource(a.Resource), true
}

// gatewayShared finds whether the account of an attachment may attach to the gateway, and whether the attachment is accepted.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html#tgw-sharing
func (t *trace) gatewayShared(a *network.GatewayAttachment) result {
	id := a.TransitGatewayId()
	g := t.n.TransitGateway(id.Value)
	switch {
	case g == nil:
		return assumable(
			fmt.Sprintf("transit gateway %s is not in the templates, and neither is whether it takes %s", network.NameOf(id.Value), network.DisplayName(a.Resource)),
			proof.AssumeTransitGateway, "load the template that defines it",
		).at(id)
	case g.Stack.Region != "" && a.Stack.Region != "" && g.Stack.Region != a.Stack.Region:
		return blocks(fmt.Sprintf("%s is in %s, and its attachment %s in %s", network.DisplayName(g.Resource), g.Stack.Region, network.DisplayName(a.Resource), a.Stack.Region),
			"use a transit gateway of that Region").at(id)
	case g.Stack == a.Stack || g.Stack.Account != "" && g.Stack.Account == a.Stack.Account:
		return passes("").atResource(g.Resource)
	case g.Stack.Account == "":
		return unknown("the account of "+network.DisplayName(g.Resource)+" is unknown", "deploy the stack to a named account", environment(g.Stack)).at(id)
	case a.Stack.Account == "":
		return unknown("the account of "+network.DisplayName(a.Resource)+" is unknown", "deploy the stack to a named account", environment(a.Stack)).at(id)
	}
	return t.worse(t.sharedGateway(a, g), t.autoAccepted(a, g))
}

// autoAccepted finds whether the gateway accepts the attachment of another account by itself.
func (t *trace) autoAccepted(a *network.GatewayAttachment, g *network.TransitGateway) result {
	accepts := g.AutoAcceptSharedAttachments()
	switch network.Switch(accepts, network.No) {
	case network.Yes:
		return passes("").at(accepts)
	case network.Maybe:
		return undecided(accepts).assumedBy(proof.AssumeAccepted)
	}
	return assumable(
		fmt.Sprintf("account %s must accept %s: AutoAcceptSharedAttachments of %s is not enable, and CloudFormation accepts no attachment",
			g.Stack.Account, network.DisplayName(a.Resource), network.DisplayName(g.Resource)),
		proof.AssumeAccepted, "set AutoAcceptSharedAttachments to enable",
	).at(accepts)
}

// sharedGateway finds whether the owner of the gateway shares it with the account of an attachment.
func (t *trace) sharedGateway(a *network.GatewayAttachment, g *network.TransitGateway) result {
	o := owned{kind: "transit gateway", identifier: a.TransitGatewayId(), by: a.Stack, account: g.Stack.Account, is: g.Resource}
	var doubt *result
	var principals []network.Property
	for _, share := range t.n.GatewaySharesOf(g.Ref()) {
		r := t.sharedBy(share, o).concerning(share.Resource)
		principals = append(principals, share.Principals())
		switch r.verdict {
		case proof.Reachable:
			return r
		case proof.Unknown:
			doubt = t.lesserDoubt(doubt, &r)
		}
	}
	if doubt != nil {
		return *doubt
	}
	r := blocks(
		fmt.Sprintf("account %s does not share %s with account %s, which attaches to it", g.Stack.Account, network.DisplayName(g.Resource), a.Stack.Account),
		fmt.Sprintf("share its TransitGatewayArn by AWS::RAM::ResourceShare with account %s", a.Stack.Account),
	).at(principals...).at(o.identifier)
	return r.unless(owners(t.n.UnplacedShares(), func(s network.ShareOf) network.Property { return s.Arn }))
}

// zonalSubnets are the subnets of an attachment through which packets from a zone pass: the one in that zone, else any of them.
func (t *trace) zonalSubnets(a *network.GatewayAttachment, from network.Value) []network.Value {
	subnets, _ := a.Subnets()
	zone := t.zoneOf(from)
	in := slices.DeleteFunc(values(subnets), func(subnet network.Value) bool {
		same, _ := zone.SameZone(t.zoneOf(subnet))
		return same == network.No && network.Equal(from, subnet) != network.Yes
	})
	if len(in) == 0 {
		return values(subnets)
	}
	return in
}
