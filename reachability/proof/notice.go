package proof

import "strings"

// Notice is something in the templates that the proof does not cover.
type Notice struct {
	// ID names it, such as "web-acl".
	ID string `json:"id"`
	// Message says what it is and what it can do to a path.
	Message string `json:"message"`
	// Evidence is where it was found.
	Evidence []Evidence `json:"evidence,omitempty"`
	// Settle lists what makes the proof take it as given, or go on without it.
	Settle []Settlement `json:"settle,omitempty"`
}

// String returns the notice, where it was found, and what to do in a Go test.
func (n Notice) String() string {
	var text strings.Builder
	text.WriteString("not covered: " + n.Message + " [" + n.ID + "]\n")
	writeDetails(&text, n.Evidence, "", n.Settle)
	return text.String()
}
