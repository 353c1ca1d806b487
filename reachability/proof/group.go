package proof

import (
	"fmt"
	"slices"
)

// Group is answers that one change settles: the same hop decides them, in the same place, with the same fix.
type Group struct {
	Verdict Verdict
	// Hop is the decisive hop of the first answer.
	Hop Hop
	// Answers are in the order of the report.
	Answers []Answer
}

// Groups returns the answers that are not reachable, grouped: blocked ones first, then unknown ones, each in the order
// of the report.
func (r *Report) Groups() []Group {
	return slices.Concat(groupsOf(r.Answers, Blocked), groupsOf(r.Answers, Unknown))
}

func groupsOf(answers []Answer, verdict Verdict) []Group {
	var list []Group
	index := map[string]int{}
	for _, a := range answers {
		if a.Verdict != verdict {
			continue
		}
		hop := a.Decisive()
		key := fmt.Sprintf("%q %q %q %q %q", hop.Name, hop.Rule, hop.Fix, hop.Settle, evidenceKey(hop.Evidence))
		if len(hop.Evidence) == 0 {
			key += hop.Message // nothing else tells two reasons apart
		}
		i, ok := index[key]
		if !ok {
			i, index[key] = len(list), len(list)
			list = append(list, Group{Verdict: verdict, Hop: hop})
		}
		list[i].Answers = append(list[i].Answers, a)
	}
	return list
}

func evidenceKey(list []Evidence) []string {
	keys := make([]string, len(list))
	for i, e := range list {
		keys[i] = e.String() + "\x00" + e.File
	}
	return keys
}

// Call is a URL and the clients that call it.
type Call struct {
	URL     string
	Clients []string
}

// Calls returns the URLs of the group's answers with their clients.
func (g Group) Calls() []Call {
	var list []Call
	index := map[string]int{}
	seen := map[[2]string]bool{}
	for _, a := range g.Answers {
		url := a.URL()
		i, ok := index[url]
		if !ok {
			i, index[url] = len(list), len(list)
			list = append(list, Call{URL: url})
		}
		if key := [2]string{url, a.Client}; !seen[key] {
			seen[key] = true
			list[i].Clients = append(list[i].Clients, a.Client)
		}
	}
	return list
}

// Passing returns the names of the hops that pass in every answer. One answer can have a name several times.
func (g Group) Passing() []string {
	var names []string
	passes := map[string]int{}
	for _, a := range g.Answers {
		own := map[string]bool{}
		for _, hop := range a.Hops {
			if before, ok := own[hop.Name]; !ok || before {
				own[hop.Name] = hop.Verdict == Reachable
			}
			if !slices.Contains(names, hop.Name) {
				names = append(names, hop.Name)
			}
		}
		for name, passed := range own {
			if passed {
				passes[name]++
			}
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return passes[name] < len(g.Answers) })
}

// Further returns the hops besides the decisive one that do not pass: the blocked ones, then the unknown ones. Several that
// one change settles are shown once.
func (g Group) Further() []Hop { return slices.Concat(g.further(Blocked), g.further(Unknown)) }

func (g Group) further(verdict Verdict) []Hop {
	var list []Hop
	seen := map[string]bool{}
	isNew := func(hop Hop) bool {
		keys := []string{fmt.Sprintf("%q %q %q", hop.Name, hop.Fix, hop.Settle)}
		if hop.Verdict == Blocked && len(hop.Evidence) > 0 { // a rule can keep both requests and health checks out
			keys = append(keys, fmt.Sprintf("%q %q", hop.Fix, evidenceKey(hop.Evidence[:1])))
		}
		before := slices.ContainsFunc(keys, func(key string) bool { return seen[key] })
		for _, key := range keys {
			seen[key] = true
		}
		return !before
	}
	isNew(g.Hop)
	for _, a := range g.Answers {
		for _, hop := range a.Hops {
			if hop.Verdict == verdict && isNew(hop) {
				list = append(list, hop)
			}
		}
	}
	return list
}
