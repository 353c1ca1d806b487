package proof

// State is what a matrix says of a consumer and a service.
type State int

// The states.
const (
	// StateNone is for what is not declared, and not reachable either.
	StateNone State = iota
	// StateReachable is for calls that are proven to pass.
	StateReachable
	// StateWaiting is for calls that wait for nothing but an act of a person: a connection or a share that has to be accepted, or a name that
	// has to be verified.
	StateWaiting
	// StateBlocked is for calls that are proven not to pass.
	StateBlocked
	// StateUnknown is for calls that are neither, and for declared calls that no client of the templates makes.
	StateUnknown
	// StateUndeclared is for calls that nobody declared and that pass, or may.
	StateUndeclared
	// StateSameDoor is for a service that a consumer does not call, behind a front door that is open to it: in its VPC the name does not
	// resolve, but a request with the service's Host header to the front door's address arrives.
	StateSameDoor
)

// States returns the states that have a sign, the good ones first.
func States() []State {
	return []State{StateReachable, StateWaiting, StateUnknown, StateBlocked, StateUndeclared, StateSameDoor}
}

// String returns the state in a few words.
func (s State) String() string {
	return map[State]string{
		StateNone: "not declared, not reachable", StateReachable: "reachable", StateWaiting: "waiting for an act", StateBlocked: "blocked",
		StateUnknown: "unknown", StateUndeclared: "not declared, but reachable", StateSameDoor: "same door",
	}[s]
}

// Mark returns one sign for the state; a space for StateNone.
func (s State) Mark() string {
	return map[State]string{
		StateNone: " ", StateReachable: "✓", StateWaiting: "◷", StateBlocked: "✗", StateUnknown: "?", StateUndeclared: "!", StateSameDoor: "○",
	}[s]
}

// acts are the assumptions that stand for what a person does in AWS after a deployment.
var acts = map[string]bool{AssumeAccepted: true, AssumeShareAccepted: true, AssumeVerified: true}

// WaitsForAct reports whether an unknown hop waits for nothing but an act of a person.
func (h Hop) WaitsForAct() bool {
	if h.Verdict != Unknown || len(h.Settle) == 0 {
		return false
	}
	for _, s := range h.Settle {
		if s.Kind != SettleByAssumption || !acts[s.Subject] {
			return false
		}
	}
	return true
}

// state is that of an answer to a declared call.
func (a Answer) state() State {
	switch a.Verdict {
	case Reachable:
		return StateReachable
	case Blocked:
		return StateBlocked
	}
	for _, hop := range a.Hops {
		if hop.Verdict == Unknown && !hop.WaitsForAct() {
			return StateUnknown
		}
	}
	return StateWaiting
}

// worse is the order in which one of several calls decides a cell.
var worse = map[State]int{StateNone: 0, StateReachable: 1, StateWaiting: 2, StateUnknown: 3, StateBlocked: 4}
