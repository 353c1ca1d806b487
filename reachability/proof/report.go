package proof

import (
	"fmt"
	"slices"
	"strings"
)

// Report is the result of a question.
type Report struct {
	// Answers are sorted by client, domain, port and path.
	Answers []Answer `json:"answers"`
	// Findings are the rules that the templates break, whatever the question.
	Findings []Finding `json:"findings"`
	// Exposures are everything that can send traffic to a hop of an API that these templates publish.
	Exposures []Exposure `json:"exposures"`
	// Notices are what these templates have and the proof does not cover.
	Notices []Notice `json:"notices"`
	// Inventory is what the templates have that a question can be about.
	Inventory Inventory `json:"inventory"`
	// Facts are what the proof was given besides the templates.
	Facts Facts `json:"facts"`
	// Asked is the client that the question names; empty for all.
	Asked string `json:"asked,omitempty"`
	// AskedDomain is the domain name that the question names; empty for all.
	AskedDomain string `json:"askedDomain,omitempty"`
	// Stopped is why the proof ended early: it cost more than a limit allows. The report then has nothing else, and its
	// verdict is Unknown.
	Stopped error `json:"-"`
}

// Verdict is Blocked if an answer is or a finding is an error, else Unknown if an answer is or there is none, else
// Reachable.
func (r *Report) Verdict() Verdict {
	result := Unknown
	if len(r.Answers) > 0 {
		result = Reachable
	}
	for _, a := range r.Answers {
		result = result.And(a.Verdict)
	}
	if slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Severity == SeverityError }) {
		return Blocked
	}
	return result
}

// Count returns how many answers have a verdict.
func (r *Report) Count(v Verdict) int {
	n := 0
	for _, a := range r.Answers {
		if a.Verdict == v {
			n++
		}
	}
	return n
}

// WhyNothing says why there is no answer.
func (r *Report) WhyNothing() string {
	if missing := r.Inventory.Missing(r.Asked); missing != "" {
		return missing
	}
	if r.AskedDomain != "" {
		return r.Inventory.noCaller(r.AskedDomain)
	}
	return "no client of a private API found in these templates, or none that the question names"
}

// mostShown is how many answers of a verdict, findings or notices a test shows. Nobody reads more.
const mostShown = 500

// String returns the report as a Go test shows it: what is wrong in full, what is right on one line each. It leaves out what
// is behind the first 500 of a kind.
func (r *Report) String() string {
	if r.Stopped != nil {
		return "nothing is proven: " + r.Stopped.Error() + "\n"
	}
	var text strings.Builder
	shown := map[Verdict]int{}
	for _, a := range r.Answers {
		switch shown[a.Verdict]++; {
		case shown[a.Verdict] > mostShown:
		case a.Verdict == Reachable:
			fmt.Fprintf(&text, "REACHABLE: %s calls %s, %d hops\n", a.Client, a.URL(), len(a.Hops))
		default:
			text.WriteString(a.String())
		}
	}
	for _, verdict := range []Verdict{Reachable, Blocked, Unknown} {
		writeMore(&text, shown[verdict], "answers that are "+verdict.String())
	}
	for _, f := range r.Findings[:min(len(r.Findings), mostShown)] {
		text.WriteString(f.String())
	}
	writeMore(&text, len(r.Findings), "findings")
	for _, n := range r.Notices[:min(len(r.Notices), mostShown)] {
		text.WriteString(n.String())
	}
	writeMore(&text, len(r.Notices), "notices")
	if len(r.Answers) == 0 {
		text.WriteString("nothing to prove: " + r.WhyNothing() + "\n")
	}
	return text.String()
}

// writeMore says how many of a kind are not shown.
func writeMore(text *strings.Builder, all int, kind string) {
	if all > mostShown {
		fmt.Fprintf(text, "and %d more %s\n", all-mostShown, kind)
	}
}
