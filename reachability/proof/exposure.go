package proof

import (
	"fmt"
	"slices"
)

// Exposure is something that can send traffic to one hop of an API.
type Exposure struct {
	// API is the endpoint service, the service of VPC Lattice, or the ALB: its construct path, or stack and logical ID.
	API string `json:"api"`
	// Hop is the hop that allows it.
	Hop string `json:"hop"`
	// From is what can send traffic: "security group Pricing/Nlb", "10.0.0.0/16", "arn:aws:iam::111111111111:root".
	From string `json:"from"`
	// Clients are the clients that From stands for; empty for others.
	Clients []Client `json:"clients,omitempty"`
	// Chain says that From is the hop before, such as the NLB in front of the ALB: it is how proven clients come.
	Chain bool `json:"chain"`
	// Verdict is Reachable if the traffic is allowed, and Unknown if a value decides that at deploy time.
	Verdict Verdict `json:"verdict"`
	// Evidence is what allows it.
	Evidence Evidence `json:"evidence"`
}

// String returns the exposure on one line.
func (x Exposure) String() string {
	state := ""
	if x.Verdict == Unknown {
		state = " (decided at deploy time)"
	}
	return fmt.Sprintf("%s: %s allows %s%s, by %s", x.API, x.Hop, x.From, state, x.Evidence)
}

// allowsOnly reports whether everything that the exposure stands for is among the named.
func (x Exposure) allowsOnly(named []string) bool {
	if slices.Contains(named, x.From) {
		return true
	}
	isOther := func(c Client) bool { return !slices.ContainsFunc(named, c.HasName) }
	return len(x.Clients) > 0 && !slices.ContainsFunc(x.Clients, isOther)
}
