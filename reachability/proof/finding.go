package proof

import (
	"fmt"
	"strings"
)

// Severity says what a broken rule does.
type Severity string

const (
	// SeverityError is for what AWS refuses, or what opens an API that must stay closed.
	SeverityError Severity = "error"
	// SeverityWarning is for what deploys and often surprises.
	SeverityWarning Severity = "warning"
)

// Finding is a rule that the templates break.
type Finding struct {
	// Rule is the rule's ID; `privateapi explain` explains it.
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Message says what is wrong, with the values.
	Message string `json:"message"`
	// Evidence is where. The first is what to change.
	Evidence []Evidence `json:"evidence"`
	// AWS is what AWS does about it; Fix is what to do; Source is where AWS documents it.
	AWS    string `json:"aws"`
	Fix    string `json:"fix"`
	Source string `json:"source"`
}

// String returns the finding over several lines.
func (f Finding) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s: %s [%s]\n", f.Severity, f.Message, f.Rule)
	for _, e := range f.Evidence {
		fmt.Fprintf(&text, "      at   %s\n", e)
	}
	fmt.Fprintf(&text, "      AWS  %s\n      fix  %s\n", f.AWS, f.Fix)
	return text.String()
}
