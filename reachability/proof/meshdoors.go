package proof

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

// entry is what the calls of a client say of a front door: a call arrives there, a call does not find it by the name, and a call is blocked on the
// way to it.
type entry struct{ arrives, hasNoName, isClosed bool }

// add adds a call: to the front door on its path, and to that of the declaration.
func (e entries) add(consumer int, p Path, declared string) {
	for _, door := range []string{p.door(), declared} {
		at := clientDoor{consumerDoor{consumer, door}, p.Answer.Client}
		is := e[at]
		switch hop := p.Answer.Decisive(); {
		case p.Answer.Verdict != Blocked || isBehindDoor(hop.Name):
			is.arrives = true
		case hop.Name == HopHostedZone || hop.Name == HopRecord:
			is.hasNoName = is.hasNoName || p.leads()
		default:
			is.isClosed = true
		}
		e[at] = is
	}
}

// open are the front doors that are open to a client of a consumer. If none of its calls has a name to find one by, nothing closes it: requests to
// its address arrive.
func (e entries) open() map[consumerDoor]bool {
	open := map[consumerDoor]bool{}
	for at, is := range e {
		if is.arrives || is.hasNoName && !is.isClosed {
			open[at.consumerDoor] = true
		}
	}
	return open
}

// isBehindDoor reports whether a hop is about one of the services behind a front door, and not about the front door itself.
func isBehindDoor(hop string) bool {
	definition, _ := FindHop(hop)
	return definition.Segment.Name == SegmentTarget.Name || hop == HopCertificate
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
