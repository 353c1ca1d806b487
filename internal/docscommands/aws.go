package docscommands

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// AWS is what the AWS CLI has, of the operations that pages use.
type AWS struct {
	// Botocore is the version of the library whose models were read.
	Botocore string `json:"botocore"`
	// Operations are by their words, such as "ec2 describe-vpc-endpoints".
	Operations map[string]Operation `json:"operations"`
}

// Operation is an operation of the AWS CLI.
type Operation struct {
	// Options are the parameters: true for those that must be given.
	Options map[string]bool `json:"options"`
	// Filters are the names that Filters takes; none if AWS's model does not list them.
	Filters []string `json:"filters,omitempty"`
	// Members are the names in the result, on all of its levels.
	Members []string `json:"members,omitempty"`
}

// ofCLI are commands that the AWS CLI has beside the operations of services.
// https://docs.aws.amazon.com/cli/latest/reference/
var ofCLI = map[string]Operation{
	"s3 rb":                  {Options: map[string]bool{"--force": false}},
	"logs tail":              {Options: map[string]bool{"--since": false, "--follow": false, "--format": false, "--filter-pattern": false}},
	"ecr get-login-password": {Options: map[string]bool{}},
}

// takesWords are commands of the CLI that have words beside their options.
var takesWords = []string{"s3 rb", "logs tail"}

// ofAll are the options of all operations. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html
var ofAll = []string{"--profile", "--region", "--output", "--query", "--no-paginate", "--no-cli-pager", "--cli-input-json", "--max-items"}

var (
	isLiteral = regexp.MustCompile("'[^']*'|`[^`]*`")
	isMember  = regexp.MustCompile(`[A-Za-z_]\w*`)
	isFilter  = regexp.MustCompile(`^Name=([^,]+),Values=.`)
)

// functions are those of JMESPath that pages use.
var functions = []string{"contains", "starts_with", "ends_with", "not_null", "length", "sort_by", "join", "keys"}

// Check returns what is wrong with the words of a command after "aws".
func (a AWS) Check(words []string, isWhole bool) (problems []string) {
	if len(words) < 2 {
		return []string{"has no operation"}
	}
	name := words[0] + " " + words[1]
	operation, known := a.Operations[name]
	if !known {
		operation, known = ofCLI[name]
	}
	if !known {
		return []string{name + " " + unrecorded}
	}
	words = words[2:]
	for slices.Contains(takesWords, name) && len(words) > 0 && !strings.HasPrefix(words[0], "--") {
		words = words[1:]
	}
	given := map[string]bool{}
	for len(words) > 0 {
		option := words[0]
		values := words[1:]
		if end := slices.IndexFunc(values, func(word string) bool { return strings.HasPrefix(word, "--") }); end >= 0 {
			values = values[:end]
		}
		words, given[option] = words[1+len(values):], true
		if _, has := operation.Options[option]; !has && !slices.Contains(ofAll, option) {
			problems = append(problems, fmt.Sprintf("%s has no %s", name, option))
		}
		switch {
		case option == "--query":
			problems = append(problems, operation.checkQuery(name, values)...)
		case option == "--filters" && operation.Filters != nil:
			problems = append(problems, operation.checkFilters(name, values)...)
		}
	}
	for option, isRequired := range operation.Options {
		if isWhole && isRequired && !given[option] {
			problems = append(problems, fmt.Sprintf("%s needs %s", name, option))
		}
	}
	slices.Sort(problems)
	return problems
}

// checkQuery looks for the names of a query in the result.
func (o Operation) checkQuery(name string, values []string) (problems []string) {
	if len(values) != 1 {
		return []string{fmt.Sprintf("%s: --query is %d words", name, len(values))}
	}
	for _, member := range isMember.FindAllString(isLiteral.ReplaceAllString(values[0], ""), -1) {
		if !slices.Contains(o.Members, member) && !slices.Contains(functions, member) {
			problems = append(problems, fmt.Sprintf("%s: its result has no %s", name, member))
		}
	}
	return problems
}

func (o Operation) checkFilters(name string, values []string) (problems []string) {
	for _, value := range values {
		match := isFilter.FindStringSubmatch(value)
		switch {
		case match == nil:
			problems = append(problems, fmt.Sprintf("%s: %q is no filter", name, value))
		case !slices.Contains(o.Filters, match[1]):
			problems = append(problems, fmt.Sprintf("%s has no filter %s", name, match[1]))
		}
	}
	return problems
}
