package proof

import "slices"

// entries are what the calls of clients say of front doors.
type entries map[clientDoor]entry

// clientDoor is a client of a consumer, which is an index of [Matrix.Consumers], and a front door.
type clientDoor struct {
	consumerDoor
	client string
}

type consumerDoor struct {
	consumer int
	door     string
}

// entry is what the calls of a client say of a front door: a request arrives there, the proof of a call ends where its name does not
// resolve, and a request is blocked on the way to it.
type entry struct{ arrives, hasNoName, isClosed bool }

// add adds a call: to the front door on its path, and to that of the declaration.
func (e entries) add(consumer int, p Path, declared string) {
	for _, door := range []string{p.door(), declared} {
		at := clientDoor{consumerDoor{consumer, door}, p.Answer.Client}
		is := e[at]
		switch {
		case p.Answer.isKeptOut():
			is.isClosed = true
		case p.Answer.Verdict != Blocked || slices.ContainsFunc(p.Answer.Hops, Hop.isBehindDoor):
			is.arrives = true
		default:
			is.hasNoName = is.hasNoName || p.leads()
		}
		e[at] = is
	}
}

// open are the front doors that are open to a client of a consumer. If the proof of its calls ends where their names do not resolve, and nothing is
// known to close the front door, requests to its address may arrive.
func (e entries) open() map[consumerDoor]bool {
	open := map[consumerDoor]bool{}
	for at, is := range e {
		if is.arrives || is.hasNoName && !is.isClosed {
			open[at.consumerDoor] = true
		}
	}
	return open
}

// isKeptOut reports whether a request is blocked before it is behind a front door, whatever the names that resolve.
func (a Answer) isKeptOut() bool {
	return slices.ContainsFunc(a.Hops, func(hop Hop) bool {
		return hop.Verdict == Blocked && hop.Name != HopHostedZone && hop.Name != HopRecord && !hop.isBehindDoor()
	})
}

// isBehindDoor reports whether a hop is about one of the services behind a front door, and not about the front door itself.
func (h Hop) isBehindDoor() bool {
	definition, _ := FindHop(h.Name)
	return definition.Segment.Name == SegmentTarget.Name || h.Name == HopCertificate
}

// leads reports whether it is known where a request would go, if its name resolved.
func (p Path) leads() bool {
	for _, leg := range p.Legs {
		if leg.End.Name != "" {
			return true
		}
	}
	return false
}
