package walk

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// peered finds whether a peering connection carries packets between the client's VPC and that of a node.
func (t *trace) peered(w way, to network.Node) result {
	c := w.connection
	if c == nil {
		return t.connectionElsewhere(w)
	}
	name := network.DisplayName(c.Resource)
	switch c.Connects(t.client.VPC, to.VPC) {
	case network.No:
		stranger := strangerTo(c, t.client, to)
		return blocks(
			fmt.Sprintf("%s connects %s and %s, and carries packets between addresses of these alone: %s is in %s",
				name, network.NameOf(c.VpcId().Value), network.NameOf(c.PeerVpcId().Value), stranger.Name, network.NameOf(stranger.VPC)),
			"connect the two VPCs by a peering connection of their own, or by a transit gateway",
		).at(c.VpcId(), c.PeerVpcId())
	case network.Maybe:
		return unknownUntil(open(c.VpcId().Value, c.PeerVpcId().Value), "whether %s connects %s and %s is unknown", name, network.NameOf(t.client.VPC), network.NameOf(to.VPC)).
			at(c.VpcId(), c.PeerVpcId())
	}
	if r, known := t.connectionState(c); known {
		return r
	}
	fine := passes("%s connects %s and %s", name, network.NameOf(c.VpcId().Value), network.NameOf(c.PeerVpcId().Value)).at(c.VpcId(), c.PeerVpcId())
	return t.worse(t.worse(t.worse(fine, t.separate(c)), t.accepterPlace(c)), t.peeringAccepted(c))
}

// strangerTo is the one of two nodes that is in neither VPC of a connection.
func strangerTo(c *network.PeeringConnection, a, b network.Node) network.Node {
	for _, side := range []network.Value{c.VpcId().Value, c.PeerVpcId().Value} {
		if network.Equal(side, b.VPC) == network.Yes {
			return a
		}
	}
	return b
}

// connectionElsewhere is the result for a peering connection that the templates do not define.
func (t *trace) connectionElsewhere(w way) result {
	if w.target.IsLiteral() {
		return assumable(fmt.Sprintf("peering connection %s is not in the templates", w.target), proof.AssumeRoutes, "load the template that defines it").at(w.target)
	}
	return unknownUntil(w.target.Value, "which peering connection routes lead to is unknown: %s", cite.Why(w.target.Value)).at(w.target).assumedBy(proof.AssumeRoutes)
}

// connectionState is the result for a connection whose state people gave.
// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-lifecycle
func (t *trace) connectionState(c *network.PeeringConnection) (r result, known bool) {
	state, ok := stateOf(t.facts.Connections, c.Resource)
	if !ok {
		return result{}, false
	}
	message := fmt.Sprintf("peering connection %s is %s", network.DisplayName(c.Resource), state)
	switch strings.ToLower(state) {
	case "active":
		return passes("%s", message).atResource(c.Resource), true
	case "pending-acceptance", "rejected":
		r = blocks(message, "accept it in the account of the accepter")
	case "expired", "failed", "deleting", "deleted":
		r = blocks(message, "create it again")
	default:
		r = unknown(message+", a state that carries no traffic yet, or that the proof does not know", "wait until it is active")
	}
	return r.atResource(c.Resource), true
}

// separate finds blocks of the two VPCs that overlap: the connection then fails, even if only other blocks are used.
func (t *trace) separate(c *network.PeeringConnection) result {
	own, other, overlap, isKnown := t.n.OverlappingBlocks(c.VpcId().Value, c.PeerVpcId().Value)
	switch {
	case overlap:
		return blocks(
			fmt.Sprintf("%s of %s and %s of %s overlap, so the connection fails, whichever addresses are used",
				own.Literal(), network.NameOf(c.VpcId().Value), other.Literal(), network.NameOf(c.PeerVpcId().Value)),
			"give the VPCs blocks that do not overlap, or reach the API over PrivateLink or VPC Lattice",
		).at(own, other)
	case !isKnown:
		return assumable(
			fmt.Sprintf("whether blocks of %s and %s overlap is not in the templates", network.NameOf(c.VpcId().Value), network.NameOf(c.PeerVpcId().Value)),
			proof.AssumeSeparateBlocks, "load the templates of both VPCs, and write their blocks into these",
		).at(c.VpcId(), c.PeerVpcId())
	}
	return passes("")
}

// accepterPlace finds an account or a Region of the accepter that is not that of its VPC.
func (t *trace) accepterPlace(c *network.PeeringConnection) result {
	v := t.n.VPC(c.PeerVpcId().Value)
	if v == nil {
		return passes("")
	}
	for _, place := range []struct {
		at          network.Property
		said, known string
	}{{c.PeerOwnerId(), c.Account(), v.Stack.Account}, {c.PeerRegion(), c.Region(), v.Stack.Region}} {
		switch {
		case place.said == "" || place.known == "" || place.said == place.known:
			continue
		case place.at.IsAbsent():
			return blocks(
				fmt.Sprintf("%s is not set, so EC2 looks for %s in %s, and it is in %s", place.at.Path(), network.DisplayName(v.Resource), place.said, place.known),
				fmt.Sprintf("set %s to %q", place.at.Path(), place.known),
			).at(place.at, c.PeerVpcId())
		}
		return blocks(
			fmt.Sprintf("%s is %s, and %s is in %s", place.at.Path(), place.said, network.DisplayName(v.Resource), place.known), fmt.Sprintf("set it to %q", place.known),
		).at(place.at, c.PeerVpcId())
	}
	return passes("")
}

// peeringAccepted finds whether the connection is accepted: within an account by itself, across accounts by the role of the accepter.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/peer-with-vpc-in-another-account.html
func (t *trace) peeringAccepted(c *network.PeeringConnection) result {
	owner, account := c.Account(), c.Stack.Account
	switch {
	case c.PeerOwnerId().IsAbsent() || owner != "" && owner == account || !c.PeerRoleArn().IsAbsent():
		return passes("")
	case owner == "":
		return undecided(c.PeerOwnerId()).assumedBy(proof.AssumeAccepted)
	case account == "":
		return unknown("the account of the requester is unknown", "deploy the stack to a named account", environment(c.Stack)).at(c.PeerOwnerId()).assumedBy(proof.AssumeAccepted)
	}
	return assumable(
		fmt.Sprintf("account %s must accept %s: without PeerRoleArn, CloudFormation cannot", owner, network.DisplayName(c.Resource)),
		proof.AssumeAccepted, "set PeerRoleArn to a role of account "+owner+" that may call ec2:AcceptVpcPeeringConnection",
	).at(c.PeerOwnerId())
}
