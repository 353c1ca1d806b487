package privateapi

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// headline returns an answer in one sentence.
func headline(a reachability.Answer) string {
	form := "%s cannot call %s: blocked at %s"
	if a.Verdict != reachability.Blocked {
		form = "%s is not proven to reach %s: unknown at %s"
	}
	return fmt.Sprintf(form, a.Client, a.URL(), a.Decisive().Name)
}

// chain lists the hops of a group below its headline: how many pass, and each that does not, with its reason and evidence.
func chain(group reachability.Group) string {
	var text strings.Builder
	switch passing := group.Passing(); len(passing) {
	case 0:
	case 1:
		text.WriteString("\n   ✓ " + passing[0])
	default:
		fmt.Fprintf(&text, "\n   ✓ %d hops, %s to %s", len(passing), passing[0], passing[len(passing)-1])
	}
	for _, hop := range append([]reachability.Hop{group.Hop}, group.Further()...) {
		fmt.Fprintf(&text, "\n   %s %s: %s%s", hop.Mark(), hop.Name, hop.Message, locations(hop.Evidence))
	}
	return text.String()
}

// locations lists evidence, one item per line.
func locations(evidence []reachability.Evidence) string {
	var text strings.Builder
	for _, e := range evidence {
		if strings.HasPrefix(e.Value, "unknown: ") { // the message has this already
			e.Value = ""
		}
		fmt.Fprintf(&text, "\n     at %s", e)
	}
	return text.String()
}

// others lists the other answers of a group, up to a limit.
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
