package proof

// Hop is one step of a request.
type Hop struct {
	// Name is one of the Hop… constants.
	Name string `json:"name"`
	// Verdict is the verdict of this step alone.
	Verdict Verdict `json:"verdict"`
	// Message says, with the values, why the hop passes, why it is blocked, or what is unknown.
	Message string `json:"message"`
	// Evidence is where the templates say so. The first is what decides.
	Evidence []Evidence `json:"evidence,omitempty"`
	// Port is the port on which what is behind the hop receives requests, where it need not be the one that the client calls: behind a load
	// balancer, or a service of VPC Lattice. It is 0 elsewhere, and if no template tells.
	Port int `json:"port,omitempty"`
	// Fix says what to change if the hop does not pass. An unknown hop can have a Fix, a Settle, or both.
	Fix string `json:"fix,omitempty"`
	// Settle lists what would settle an unknown hop without changing a template.
	Settle []Settlement `json:"settle,omitempty"`
	// Rule is the ID of the rule that a hop breaks if it does not pass; `privateapi explain` explains it.
	Rule string `json:"rule,omitempty"`
}

// Mark returns one sign for the verdict of a hop.
func (h Hop) Mark() string {
	switch h.Verdict {
	case Reachable:
		return "✓"
	case Blocked:
		return "✗"
	}
	return "?"
}
