package reachability_test

import (
	"path/filepath"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/casetest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// This file translates between the words of cases and those of reports.

const rulePrefix = "privateapi:"

func questionOf(c *casetest.Case) reachability.Question {
	q := c.Question()
	return reachability.Question{Client: q.Client, Domain: q.Domain, Port: q.Port, Path: q.Path, Facts: factsOf(c)}
}

// everything is the question that covers every call.
func everything(c *casetest.Case) reachability.Question {
	return reachability.Question{Facts: factsOf(c)}
}

func factsOf(c *casetest.Case) reachability.Facts {
	f := c.Facts
	return reachability.Facts{
		ZoneIDs: f.Zones, ZoneNames: f.ZoneNames, Services: f.Services, Certificates: f.Certificates, PrefixLists: f.PrefixLists, LatticePrefixLists: f.LatticePrefixLists, PublicAddresses: f.PublicAddresses, Connections: f.Connections, Verifications: f.Verifications, Assume: f.Assume,
	}
}

func callOf(a reachability.Answer) string { return a.Client + " calls " + a.URL() }

// decisionOf is the verdict and the hop that decides.
func decisionOf(a reachability.Answer) string {
	if a.Verdict == reachability.Reachable {
		return a.Verdict.String()
	}
	return a.Verdict.String() + " at " + a.Decisive().Name
}

func hopsOf(a reachability.Answer) (names []string) {
	for _, hop := range a.Hops {
		names = append(names, hop.Name)
	}
	return names
}

// blockedHops are the blocked hops of an answer, each with its first evidence.
func blockedHops(a reachability.Answer) (list []string) {
	for _, hop := range a.Hops {
		if hop.Verdict == reachability.Blocked {
			list = append(list, hop.Name+" at "+placeOf(hop.Evidence...))
		}
	}
	return list
}

// inventoryOf are the items of an inventory, each with its kind.
func inventoryOf(there reachability.Inventory) (items []string) {
	add := func(kind string, names []string) {
		for _, name := range names {
			items = append(items, kind+" "+name)
		}
	}
	add("service", there.Services)
	add("endpoint", there.Endpoints)
	for _, c := range there.Clients {
		items = append(items, "client "+c.String())
	}
	add("name", there.Names)
	add("unread", there.Unread)
	return items
}

// ruleOf is the rule that a hop breaks, unless it is the hop's own.
func ruleOf(hop reachability.Hop) string {
	if definition, _ := proof.FindHop(hop.Name); hop.Rule == definition.Rule.ID {
		return ""
	}
	return strings.TrimPrefix(hop.Rule, rulePrefix)
}

func messageOf(hop reachability.Hop) string { return hop.Message }

// fixOf is what to change, and what would settle an unknown without a change.
func fixOf(hop reachability.Hop) string {
	var texts []string
	if hop.Fix != "" {
		texts = append(texts, hop.Fix)
	}
	for _, s := range hop.Settle {
		texts = append(texts, "or settle by "+s.String())
	}
	return strings.TrimPrefix(strings.Join(texts, "; "), "or ")
}

func messageOfFinding(f reachability.Finding) string { return f.Message }

// placeOf is the resource or the property of the first evidence, without its value.
func placeOf(evidence ...reachability.Evidence) string {
	if len(evidence) == 0 {
		return ""
	}
	first := evidence[0]
	first.Value = ""
	if first.Stack == "" {
		first.File = filepath.Base(first.File) // of a contract, in a directory of the test
	}
	return first.String()
}

// exposuresIn are the ways in that the message of a failed RequireOnly lists, as keys and words of a case.
func exposuresIn(report *reachability.Report, message string) (keys, words []string) {
	for _, e := range report.Exposures {
		if !strings.Contains(message, "\n  "+e.String()) {
			continue
		}
		key := e.Hop + " at " + placeOf(e.Evidence)
		if e.Verdict == reachability.Unknown {
			key = "perhaps " + key
		}
		keys, words = append(keys, key), append(words, e.From)
	}
	return keys, words
}
