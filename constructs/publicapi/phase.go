package publicapi

import "slices"

// Phase is how far the migration of an API is, from the internet to PrivateLink.
//
// The phases are deployed one after the other, and each has a way back to the one before.
type Phase string

const (
	// Phase_STATUS_QUO is where people start: the internet-facing ALB alone. The phase is recorded, and nothing else changes.
	Phase_STATUS_QUO Phase = "STATUS_QUO"
	// Phase_ATTACH puts an NLB and an endpoint service in front of the internet-facing ALB. No client notices, and nobody is connected
	// yet, so the NLB is not protected from deletion.
	Phase_ATTACH Phase = "ATTACH"
	// Phase_DUAL_RUN is for consumers to connect, one at a time, each by a zone that overrides the public name in its own VPC. The ALB
	// serves both ways.
	Phase_DUAL_RUN Phase = "DUAL_RUN"
	// Phase_WATCH adds a second, internal ALB with the same routes. It stands by behind the NLB, which checks its health. This is the
	// phase to find clients that still call over the internet.
	Phase_WATCH Phase = "WATCH"
	// Phase_CLOSE moves the NLB to the internal ALB, and lets nobody in from the internet: the rules of the clients and the public records
	// go. The internet-facing ALB stands by, for connections that are open and for the way back. It is not protected from deletion.
	Phase_CLOSE Phase = "CLOSE"
	// Phase_INTERNAL removes the internet-facing ALB. What is left is a [privateapi.PrivateApiProvider].
	Phase_INTERNAL Phase = "INTERNAL"
)

// phases are all phases in their order.
var phases = []Phase{Phase_STATUS_QUO, Phase_ATTACH, Phase_DUAL_RUN, Phase_WATCH, Phase_CLOSE, Phase_INTERNAL}

func (p Phase) isKnown() bool { return slices.Contains(phases, p) }

// isFrom reports whether a phase is another one, or comes after it.
func (p Phase) isFrom(other Phase) bool {
	return slices.Index(phases, p) >= slices.Index(phases, other)
}

// beside returns the phases from which a phase is deployed: the one before, itself, and the one after.
func (p Phase) beside() []Phase {
	i := slices.Index(phases, p)
	return phases[max(i-1, 0):min(i+2, len(phases))]
}

// between returns the phases from one that is deployed to another one, without both.
func (p Phase) between(deployed Phase) []Phase {
	to, from := slices.Index(phases, p), slices.Index(phases, deployed)
	if from < to {
		return phases[from+1 : to]
	}
	list := slices.Clone(phases[to+1 : from])
	slices.Reverse(list)
	return list
}
