package main

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// group is answers that one change settles: the same hop decides them, for the same reason, at the same place.
type group struct {
	verdict reachability.Verdict
	hop     reachability.Hop // that of the first answer
	answers []reachability.Answer
}

// groups collects the answers of a verdict in the order of the report.
func groups(answers []reachability.Answer, verdict reachability.Verdict) []group {
	var list []group
	index := map[string]int{}
	for _, a := range answers {
		if a.Verdict != verdict {
			continue
		}
		hop := a.Decisive()
		key := fmt.Sprintf("%q %q %q %q", hop.Name, hop.Rule, hop.Fix, hop.Evidence)
		if len(hop.Evidence) == 0 {
			key += hop.Says // nothing else tells two reasons apart
		}
		i, ok := index[key]
		if !ok {
			i, index[key] = len(list), len(list)
			list = append(list, group{verdict: verdict, hop: hop})
		}
		list[i].answers = append(list[i].answers, a)
	}
	return list
}

// call is a URL and who calls it.
type call struct {
	url     string
	clients []string
}

// calls are the URLs of the group's answers with their clients.
func (g group) calls() []call {
	var list []call
	index := map[string]int{}
	seen := map[[2]string]bool{}
	for _, a := range g.answers {
		url := urlOf(a)
		i, ok := index[url]
		if !ok {
			i, index[url] = len(list), len(list)
			list = append(list, call{url: url})
		}
		if key := [2]string{url, a.Client}; !seen[key] {
			seen[key] = true
			list[i].clients = append(list[i].clients, a.Client)
		}
	}
	return list
}

// passing are the names of the hops that pass in every answer of the group. A name can be there twice in one answer.
func (g group) passing() []string {
	var names []string
	passes := map[string]int{}
	for _, a := range g.answers {
		own := map[string]bool{}
		for _, hop := range a.Hops {
			if before, ok := own[hop.Name]; !ok || before {
				own[hop.Name] = hop.Verdict == reachability.Reachable
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
	return slices.DeleteFunc(names, func(name string) bool { return passes[name] < len(g.answers) })
}

// further are the unknown hops besides the one that decides.
func (g group) further() []reachability.Hop {
	var list []reachability.Hop
	key := func(hop reachability.Hop) string { return fmt.Sprintf("%q %q", hop.Name, hop.Fix) }
	seen := map[string]bool{key(g.hop): true}
	for _, a := range g.answers {
		for _, hop := range a.Hops {
			if hop.Verdict == reachability.Unknown && !seen[key(hop)] {
				seen[key(hop)] = true
				list = append(list, hop)
			}
		}
	}
	return list
}

// urlOf is the URL of an answer, also where the name is the endpoint's own and so not known before it exists.
func urlOf(a reachability.Answer) string {
	if a.Domain == "" {
		a.Domain = "<the endpoint's own name>"
	}
	return a.URL()
}
