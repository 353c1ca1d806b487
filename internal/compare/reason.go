package compare

import (
	"slices"
	"sync"
)

// ReasonID names a reason.
type ReasonID string

// Reason is why an option does not fit, why it depends, or what to know of it where it fits.
type Reason struct {
	ID ReasonID
	// Short is the reason in a line.
	Short string
	// Long is the reason for somebody who wants to know more.
	Long string
	// AWS is the rule of AWS that it rests on.
	AWS string
	// Change is what would make the option fit, or what decides it.
	Change string
	// Source is where AWS has the rule. Inferred says that it follows from what is there, in the words of Long.
	Source   string
	Inferred bool
}

// Reasons are all reasons, sorted by what they are about.
func Reasons() []Reason {
	return slices.Concat(reasonsOfFronts, reasonsOfLattice, reasonsOfRoutes, reasonsOfAccess, reasonsOfQuotas)
}

// FindReason is a reason by its ID.
func FindReason(id ReasonID) (Reason, bool) {
	r, ok := reasonsByID()[id]
	return r, ok
}

var reasonsByID = sync.OnceValue(func() map[ReasonID]Reason {
	by := map[ReasonID]Reason{}
	for _, r := range Reasons() {
		by[r.ID] = r
	}
	return by
})
