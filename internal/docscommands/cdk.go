package docscommands

import (
	"fmt"
	"slices"
	"strings"
)

// CDK is what the CDK CLI has, by its own help.
type CDK struct {
	// Version is that of the CLI.
	Version string `json:"version"`
	// Commands are by their names.
	Commands map[string]map[string]Flag `json:"commands"`
	// Unstable are the commands that run only with --unstable=COMMAND.
	Unstable []string `json:"unstable"`
}

// Flag is a flag of a command, by its name with its hyphens.
type Flag struct {
	// Kind is "boolean", "string", "array", "number" or "count".
	Kind string `json:"kind"`
	// Choices are all values that it takes; none if it takes any.
	Choices []string `json:"choices,omitempty"`
}

// Check returns what is wrong with the words of a command after "cdk". One that is not whole may lack --unstable.
func (c CDK) Check(words []string, isWhole bool) (problems []string) {
	if len(words) == 0 {
		return []string{"has no command"}
	}
	name, words := words[0], words[1:]
	flags, known := c.Commands[name]
	if !known {
		return []string{fmt.Sprintf("cdk %s %s", name, unrecorded)}
	}
	isOptedIn := false
	for len(words) > 0 {
		given, value, hasValue := strings.Cut(words[0], "=")
		words = words[1:]
		if !strings.HasPrefix(given, "-") || given == "-" {
			continue // a stack, an environment or a key
		}
		flag, has := flags[given]
		if positive, isNegative := strings.CutPrefix(given, "--no-"); !has && isNegative {
			flag, has = flags["--"+positive]
			has = has && flag.Kind == "boolean"
		}
		if !has {
			problems = append(problems, fmt.Sprintf("cdk %s has no %s", name, given))
			continue
		}
		if !hasValue && flag.Kind != "boolean" && flag.Kind != "count" && len(words) > 0 {
			value, words = words[0], words[1:]
		}
		isOptedIn = isOptedIn || given == "--unstable" && value == name
		if len(flag.Choices) > 0 && value != "" && !slices.Contains(flag.Choices, value) {
			problems = append(problems, fmt.Sprintf("cdk %s %s does not take %q: %s", name, given, value, strings.Join(flag.Choices, ", ")))
		}
	}
	if isWhole && slices.Contains(c.Unstable, name) && !isOptedIn {
		problems = append(problems, fmt.Sprintf("cdk %s needs --unstable=%[1]s", name))
	}
	return problems
}
