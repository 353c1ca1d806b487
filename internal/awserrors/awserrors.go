// Package awserrors has what AWS says when it refuses something on the way of a private API: the text, why it says so, and what to do.
// The page docs/errors.md is generated from it. Tests hold it against what the rules say of AWS, and against what the local AWS API of
// test/deploy answers.
package awserrors

import (
	"regexp"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Error is what AWS says, with its cause and its remedy.
type Error struct {
	// Says are the texts: the code, a colon and the words, or the words alone. What differs from call to call is "…".
	Says []string
	// Cause and Do are in Markdown. Links lead from a page in docs.
	Cause, Do string
	// Rule is the ID, without its prefix, of the rule by which constructs refuse it before AWS does; none if there is none.
	Rule string
	// Source is the page that has the text, or the file of this module that says it, if neither a rule nor the local AWS API does.
	Source string
}

// Section is the errors of a part of the way.
type Section struct {
	Title  string
	Errors []Error
}

// Sections returns all errors, in the order of the page.
func Sections() []Section {
	return []Section{
		{"Connecting over PrivateLink", privateLink},
		{"Load balancers and targets", loadBalancing},
		{"Names", names},
		{"VPC Lattice", lattice},
		{"Shares and parameters", sharing},
		{"Peering, transit gateways and routes", networks},
		{"The public side", public},
		{"Functions and roles", functions},
		{"Logs", logs},
		{"Stacks", stacks},
	}
}

// code is the code of an error at the beginning of a text: it has a capital letter inside, or a dot.
var code = regexp.MustCompile(`^([A-Z]+[a-z]+(?:[A-Z][A-Za-z]*)+(?:\.[A-Z][A-Za-z]*)*|[A-Z][a-z]+\.[A-Z][A-Za-z]*)(?:[:,; ]|$)`)

// Code returns the code with which a text begins; none if it begins with words.
func Code(text string) string {
	if match := code.FindStringSubmatch(text); match != nil && match[1] != "CloudFormation" {
		return match[1]
	}
	return ""
}

// RulesOnly returns the rules that have an error of AWS which no section has, in the order of docs/rules.md.
func RulesOnly() (found []rules.Rule) {
	named := map[string]bool{}
	for _, section := range Sections() {
		for _, e := range section.Errors {
			named[e.Rule] = true
		}
	}
	for _, rule := range slices.Concat(rules.OfConstructs(), rules.Template()) {
		if Code(rule.AWS) != "" && !named[strings.TrimPrefix(rule.ID, "privateapi:")] {
			found = append(found, rule)
		}
	}
	return found
}
