package privateapi

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// headline is an answer in one sentence.
func headline(a reachability.Answer) string {
	form := "%s cannot call %s: blocked at %s"
	if a.Verdict != reachability.Blocked {
		form = "%s is not proven to reach %s: unknown at %s"
	}
	return fmt.Sprintf(form, a.Client, a.URL(), a.Decisive().Name)
}

// chain is the hops of a group below its headline: how many pass, and those that do not, with the reason and where.
func chain(group reachability.Group) string {
	var text strings.Builder
	switch passing := group.Passing(); len(passing) {
	case 0:
	case 1:
		text.WriteString("\n   ✓ " + passing[0])
	default:
		fmt.Fprintf(&text, "\n   ✓ %d hops, %s to %s", len(passing), passing[0], passing[len(passing)-1])
	}
	for _, hop := range append([]reachability.Hop{group.Hop}, group.AlsoUnknown()...) {
		fmt.Fprintf(&text, "\n   %s %s: %s%s", hop.Mark(), hop.Name, hop.Message, locations(hop.Evidence))
	}
	return text.String()
}

// locations are where, one a line.
func locations(evidence []reachability.Evidence) string {
	var text strings.Builder
	for _, e := range evidence {
		if strings.HasPrefix(e.Value, "unknown: ") { // the message says so already
			e.Value = ""
		}
		fmt.Fprintf(&text, "\n     at %s", e)
	}
	return text.String()
}

// others names the answers of a group besides the first, a few of them in full.
func others(answers []reachability.Answer) string {
	const most = 4
	var text strings.Builder
	for i, a := range answers[1:] {
		if i == most {
			fmt.Fprintf(&text, "\n   and %d more", len(answers)-1-most)
			break
		}
		fmt.Fprintf(&text, "\n   the same: %s calls %s", a.Client, a.URL())
	}
	return text.String()
}
