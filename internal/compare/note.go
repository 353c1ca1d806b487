package compare

import (
	"fmt"
	"math/big"
)

// Note is advice that others give for a mesh like this one, and what this comparison says of it.
type Note struct {
	// Says is the advice, and Source who gives it.
	Says   string `json:"says"`
	Source string `json:"source"`
	// Agrees says that this comparison comes to the same, and Open that it cannot tell. We is what it says.
	Agrees bool   `json:"agrees"`
	Open   bool   `json:"open,omitempty"`
	We     string `json:"we"`
}

// article is where the side-by-side table comes from that docs/twenty-services.md computes again.
const article = `"Choosing Private Connectivity Between VPCs" (The Exam Room)`

// advice is advice, where it applies, and what is said of it.
type advice struct {
	says, source string
	applies      func(c *Comparison) bool
	// takes is the option that the advice takes; nil if it takes none.
	takes func(c *Comparison) OptionID
	we    func(c *Comparison) (agrees bool, text string)
}

func taking(o OptionID) func(c *Comparison) OptionID {
	return func(*Comparison) OptionID { return o }
}

var adviceOfOthers = []advice{
	{
		"one-to-many (one provider, many consumers): PrivateLink, an endpoint for each consumer", article,
		func(c *Comparison) bool { return c.Mesh.Providers == 1 && c.Mesh.Services == 1 && c.Mesh.Consumers > 2 }, (*Comparison).private, onPrivateLink,
	},
	{
		"a mesh of ten services and more: VPC Lattice if the organisation is ready for it, otherwise a transit gateway with security groups", article,
		func(c *Comparison) bool { return c.Mesh.Services >= 10 && c.Mesh.Consumers > 1 }, taking(Lattice),
		func(c *Comparison) (bool, string) {
			if c.Best == Lattice {
				return true, "VPC Lattice, by cost too. " + c.gateway()
			}
			return false, c.against(Lattice) + ". " + c.gateway()
		},
	},
	{
		"two VPCs on each side that share a team: peering, the simplest", article,
		func(c *Comparison) bool { return c.Mesh.answer(SharedTeam).Is == Yes && c.Mesh.Consumers <= 2 }, taking(Peering),
		func(c *Comparison) (bool, string) { return c.Best == Peering, c.against(Peering) },
	},
	{
		"the provider needs layer-7 routing: PrivateLink with an NLB in front of an ALB", article,
		func(c *Comparison) bool { return c.Mesh.answer(Layer7).Is == Yes }, (*Comparison).private,
		func(c *Comparison) (bool, string) {
			return c.Best == Own || c.Best == Shared, "an ALB by route and VPC Lattice have rules by path, header and method too; " + c.against(c.private())
		},
	},
	{
		"consumed from outside of the organisation: PrivateLink that lists the account, or a public ALB with mTLS", article,
		func(c *Comparison) bool { return c.Mesh.answer(ExternalAccounts).Is == Yes }, (*Comparison).private,
		func(c *Comparison) (bool, string) {
			return c.Best == Own || c.Best == Shared || c.Best == Targets,
				"PrivateLink. mTLS needs no public ALB: the internal ALB behind PrivateLink verifies client certificates as well"
		},
	},
	{
		"expose an HTTP or gRPC service to other VPCs and accounts: VPC Lattice", decisionMap,
		func(c *Comparison) bool { return !c.Mesh.speaks(TCP, TLS) }, taking(Lattice),
		func(c *Comparison) (bool, string) { return c.Best == Lattice, c.against(Lattice) },
	},
	{
		"an endpoint service costs more with each consumer VPC, and has no auth policies", decisionMap,
		func(c *Comparison) bool { return c.Best == Shared }, nil,
		func(c *Comparison) (bool, string) {
			own, shared := c.Way(Own).Cost.Fixed.String(), c.Way(Shared).Cost.Fixed.String()
			return true, fmt.Sprintf("true, and it matters for each front door, not for each service: %s shared against %s with one each", shared, own)
		},
	},
	{
		"connect exactly two VPCs: peering, which costs nothing for traffic within a zone", decisionMap,
		func(c *Comparison) bool { return c.Mesh.Consumers == 1 && c.Mesh.Providers == 1 }, taking(Peering),
		func(c *Comparison) (bool, string) { return c.Best == Peering, c.against(Peering) },
	},
	{
		"X-Forwarded-For has the client over PrivateLink, by client IP preservation", article,
		func(c *Comparison) bool { return c.Mesh.answer(ClientAddress).Is == Yes }, nil,
		func(*Comparison) (bool, string) {
			return false, "preservation has no effect on traffic over PrivateLink (" + nlbGuide + "edit-target-group-attributes.html)"
		},
	},
	{
		"a transit gateway needs no attention to CIDR blocks that overlap", article,
		func(c *Comparison) bool { return c.Mesh.answer(OverlappingBlocks).Is == Yes }, nil,
		func(*Comparison) (bool, string) {
			return false, "a gateway does not propagate the route of an overlapping VPC (" + transitGatewayGuide + "tgw-vpc-attachments.html)"
		},
	},
}

// notes are the advice that applies.
func (c *Comparison) notes() []Note {
	var list []Note
	for _, a := range adviceOfOthers {
		if a.applies(c) {
			agrees, text := a.we(c)
			list = append(list, Note{a.says, a.source, agrees, !agrees && a.isOpen(c), text})
		}
	}
	return list
}

// isOpen reports whether the option that the advice takes may fit, and has no known price: then it may be the best one.
func (a advice) isOpen(c *Comparison) bool {
	if a.takes == nil {
		return false
	}
	w := c.Way(a.takes(c))
	return w.Fit != FitsNot && w.Cost.total().IsMissing()
}

// onPrivateLink compares the cheapest option over PrivateLink with the best one.
func onPrivateLink(c *Comparison) (agrees bool, text string) {
	best := c.Best
	return best == Shared || best == Own || best == Targets, c.against(c.private())
}

// private is the option over PrivateLink with an ALB that costs less.
func (c *Comparison) private() OptionID {
	if c.Way(Shared).Fit <= c.Way(Own).Fit && less(c.Way(Shared).Cost.total(), c.Way(Own).Cost.total()) <= 0 {
		return Shared
	}
	return Own
}

// against sets an option against the best one.
func (c *Comparison) against(o OptionID) string {
	w, best := c.Way(o), c.Way(c.Best)
	switch {
	case w.Fit == FitsNot:
		return fmt.Sprintf("%s does not fit: %s", o, w.Findings[0].Short)
	case w.Cost.total().IsMissing():
		return fmt.Sprintf("what %s costs here is not known", o)
	case best == nil:
		return fmt.Sprintf("%s costs %s; no option fits without a condition", o, c.amount(w))
	case o == c.Best:
		return fmt.Sprintf("%s costs the least of %s: %s", o, c.ranked(), c.amount(w))
	}
	verdict := "fits"
	if w.Fit == Depends {
		verdict = "depends on " + string(w.Findings[0].Reason)
	}
	return fmt.Sprintf("%s %s and costs %s; %s costs %s", o, verdict, c.amount(w), c.Best, c.amount(best))
}

// gateway says what a transit gateway costs for the APIs alone.
func (c *Comparison) gateway() string {
	w, private := c.Way(TransitGateway), c.Way(c.private())
	if w.Cost.total().IsMissing() || private.Cost.total().IsMissing() {
		return "What a transit gateway costs here is not known"
	}
	times := new(big.Rat).Sub(w.Cost.total().Rat(), private.Cost.total().Rat())
	if times.Sign() <= 0 {
		return fmt.Sprintf("A transit gateway costs %s, %s %s", c.amount(w), private.Option.ID, c.amount(private))
	}
	return fmt.Sprintf("A transit gateway for these APIs costs %s, more than %s: %s", c.amount(w), private.Option.ID, c.amount(private))
}
