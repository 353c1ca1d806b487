package reachability

import (
	"fmt"
	"slices"
	"strings"
)

// Report is what was found: an answer for each question, and what holds whatever is asked.
type Report struct {
	// Answers are by client, domain, port and path.
	Answers []Answer `json:"answers"`
	// Findings are rules that are broken, whether or not a path shows it.
	Findings []Finding `json:"findings"`
	// Access is everything that can send traffic to a hop of an API that these templates publish.
	Access []Access `json:"access"`
	// Notices are what these templates have that the model does not cover.
	Notices []Notice `json:"notices"`
}

// Severity says what a broken rule does.
type Severity string

const (
	// SeverityError is what AWS refuses, or what opens what must stay closed.
	SeverityError Severity = "error"
	// SeverityWarning is what deploys and often surprises.
	SeverityWarning Severity = "warning"
)

// Finding is a rule that is broken in the templates.
type Finding struct {
	// Rule is the rule's ID; `privateapi explain` knows it.
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Says is what is wrong, with the values.
	Says string `json:"says"`
	// Evidence is where. The first is what to change.
	Evidence []Evidence `json:"evidence"`
	// AWS is what AWS does about it; Fix is what to do; Source is where AWS documents it.
	AWS    string `json:"aws"`
	Fix    string `json:"fix"`
	Source string `json:"source"`
}

// String is the finding over a few lines.
func (f Finding) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s: %s [%s]\n", f.Severity, f.Says, f.Rule)
	for _, e := range f.Evidence {
		fmt.Fprintf(&text, "      at   %s\n", e)
	}
	fmt.Fprintf(&text, "      AWS  %s\n      fix  %s\n", f.AWS, f.Fix)
	return text.String()
}

// Access is one way in to an API: who may send traffic to one of its hops.
type Access struct {
	// API is the endpoint service: its construct path, or stack and logical ID.
	API string `json:"api"`
	// Hop is the hop that lets it in.
	Hop string `json:"hop"`
	// From is who: "security group Pricing/Nlb", "10.0.0.0/16", "the internet", "arn:aws:iam::111111111111:root".
	From string `json:"from"`
	// Clients are the names of the clients that From is; empty for others.
	Clients []string `json:"clients,omitempty"`
	// Chain says that From is the hop before, so the way of the proven clients.
	Chain bool `json:"chain"`
	// Verdict is Reachable for a way that is open, Unknown where a value decides it at deploy time.
	Verdict Verdict `json:"verdict"`
	// Evidence is where it is opened.
	Evidence Evidence `json:"evidence"`

	clients []party
}

// String is the way in on one line.
func (a Access) String() string {
	state := ""
	if a.Verdict == Unknown {
		state = " (decided at deploy time)"
	}
	return fmt.Sprintf("%s: %s lets in %s%s, by %s", a.API, a.Hop, a.From, state, a.Evidence)
}

// Notice is something that the model does not cover.
type Notice struct {
	// ID names it, such as "web-acl". Where it stands on the way of an answer, that is unknown until it is assumed.
	ID string `json:"id"`
	// Says is what it is and what it can do to a path.
	Says string `json:"says"`
	// Evidence is where it was met.
	Evidence []Evidence `json:"evidence,omitempty"`
}

// String is the notice on one line, and where.
func (n Notice) String() string {
	text := "not covered: " + n.Says + " [" + n.ID + "]\n"
	for _, e := range n.Evidence {
		text += "      at   " + e.String() + "\n"
	}
	return text
}

// Verdict is Blocked if an answer is or an error was found, else Unknown if an answer is or there is none, else Reachable.
func (r *Report) Verdict() Verdict {
	result := Unknown
	if len(r.Answers) > 0 {
		result = Reachable
	}
	for _, a := range r.Answers {
		result = result.and(a.Verdict)
	}
	if slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Severity == SeverityError }) {
		return Blocked
	}
	return result
}

// String is the report as people read it: what is wrong in full, what is right on one line each.
func (r *Report) String() string {
	var text strings.Builder
	for _, a := range r.Answers {
		if a.Verdict == Reachable {
			fmt.Fprintf(&text, "REACHABLE: %s calls %s, %d hops\n", a.Client, a.URL(), len(a.Hops))
			continue
		}
		text.WriteString(a.String())
	}
	for _, f := range r.Findings {
		text.WriteString(f.String())
	}
	for _, n := range r.Notices {
		text.WriteString(n.String())
	}
	if len(r.Answers) == 0 {
		text.WriteString("nothing to prove: these templates have no client of a private API\n")
	}
	return text.String()
}
