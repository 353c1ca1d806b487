package proof

import "fmt"

// Verdict is the result of a question, or of one hop. The zero value is Unknown, and Unknown is never taken for
// Reachable.
type Verdict int

const (
	// Unknown means that a value is decided only at deploy time, or that the model does not cover what it met.
	Unknown Verdict = iota
	// Reachable means that the templates prove it.
	Reachable
	// Blocked means that the templates prove the opposite.
	Blocked
)

// String returns the verdict in one word.
func (v Verdict) String() string {
	switch v {
	case Reachable:
		return "reachable"
	case Blocked:
		return "blocked"
	}
	return "unknown"
}

// MarshalText returns the verdict in one word.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads a verdict from its word.
func (v *Verdict) UnmarshalText(text []byte) error {
	for _, known := range []Verdict{Unknown, Reachable, Blocked} {
		if string(text) == known.String() {
			*v = known
			return nil
		}
	}
	return fmt.Errorf("%q is not a verdict", text)
}

// And returns the verdict of two steps that must both pass: Blocked if one is, else Unknown if one is.
func (v Verdict) And(other Verdict) Verdict {
	switch {
	case v == Blocked || other == Blocked:
		return Blocked
	case v == Unknown || other == Unknown:
		return Unknown
	}
	return Reachable
}

// WorseThan reports whether v decides over other: Blocked is worse than Unknown, and Unknown worse than Reachable.
func (v Verdict) WorseThan(other Verdict) bool { return v != other && v.And(other) == v }
