package proof

import (
	"fmt"
	"strings"
)

// Answer is the result for one client, domain, port and path.
type Answer struct {
	// Client is the caller: a construct path, or stack and logical ID.
	Client string `json:"client"`
	// Domain, Port and Path are what it calls. Path is a path pattern if the question named no path.
	Domain string `json:"domain"`
	Port   int    `json:"port"`
	Path   string `json:"path"`
	// Protocol is TCP or TLS if an NLB forwards to targets without an ALB: what its listener on the port speaks, and TCP where none
	// listens on the port. It is empty for an API over HTTP, and where the templates do not tell.
	Protocol string `json:"protocol,omitempty"`
	// Verdict is Blocked if a hop is, else Unknown if a hop is, else Reachable.
	Verdict Verdict `json:"verdict"`
	// Hops are the steps in order, up to the first that hides what follows. Several of them can be blocked.
	Hops []Hop `json:"hops"`
}

// URL returns what the client calls: tcp://host:port or tls://host:port, without a path, if the answer has a Protocol. Where no
// name is known, the endpoint's own DNS name is called, which AWS assigns.
func (a Answer) URL() string {
	host := a.Domain
	if host == "" {
		host = "<DNS name of the endpoint>"
	}
	if a.Protocol != "" {
		return fmt.Sprintf("%s://%s:%d", strings.ToLower(a.Protocol), host, a.Port)
	}
	switch a.Port {
	case 80:
		return "http://" + host + a.Path
	case 443:
	default:
		host += fmt.Sprintf(":%d", a.Port)
	}
	return "https://" + host + a.Path
}

// Decisive returns the hop that decides the verdict: the first blocked one, else the first unknown one, else the last.
func (a Answer) Decisive() Hop {
	for _, verdict := range []Verdict{Blocked, Unknown} {
		for _, hop := range a.Hops {
			if hop.Verdict == verdict {
				return hop
			}
		}
	}
	if len(a.Hops) == 0 {
		return Hop{}
	}
	return a.Hops[len(a.Hops)-1]
}

// String returns the chain of hops, one a line; those that do not pass with where, and with what to do in a Go test.
func (a Answer) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s: %s calls %s\n", strings.ToUpper(a.Verdict.String()), a.Client, a.URL())
	for _, hop := range a.Hops {
		fmt.Fprintf(&text, "  %s %-20s  %s\n", hop.Mark(), hop.Name, hop.Message)
		if hop.Verdict == Reachable {
			continue
		}
		writeDetails(&text, hop.Evidence, hop.Fix, hop.Settle)
	}
	return text.String()
}

// writeDetails writes where something was found and what to do about it, one a line.
func writeDetails(text *strings.Builder, at []Evidence, fix string, settle []Settlement) {
	for _, e := range at {
		fmt.Fprintf(text, "      at   %s\n", e)
	}
	if fix != "" {
		fmt.Fprintf(text, "      fix  %s\n", fix)
	}
	for _, literal := range goLiterals(settle) {
		fmt.Fprintf(text, "      use  %s\n", literal)
	}
}
