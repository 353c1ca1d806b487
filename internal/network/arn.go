package network

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// arnLike reports whether a pattern matches the ARN of a resource of a service, whose last part begins with a path, and which
// the deployment decides. IAM compares
// each part of an ARN on its own, and Lambda the whole text, so a wildcard counts within a part only.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
func arnLike(pattern string, s *Stack, service, path string) Tristate {
	parts := strings.SplitN(pattern, ":", 6)
	if len(parts) < 6 {
		if strings.ContainsAny(pattern, "*?") {
			return Maybe
		}
		return No
	}
	partition := ""
	if s.Region != "" {
		partition = rules.Partition(s.Region)
	}
	answer := partLike(parts[5], path, "")
	for i, known := range []string{"arn", partition, service, s.Region, s.Account} {
		answer = min(answer, partLike(parts[i], "", known))
	}
	return answer
}

// arnPath is the beginning of the last part of the ARN, as far as the template decides it.
func (tg *TargetGroup) arnPath() string {
	if name := property(tg.Resource, "Name").Literal(); name != "" {
		return "targetgroup/" + name + "/"
	}
	return "targetgroup/"
}

// partLike reports whether a pattern matches a text that is known as a whole, or by its beginning alone, or not at all.
func partLike(pattern, beginning, whole string) Tristate {
	wildcard := strings.IndexAny(pattern, "*?")
	isOpen := wildcard >= 0 && strings.Trim(pattern[wildcard:], "*") == ""
	fixed := pattern
	if wildcard >= 0 {
		fixed = pattern[:wildcard]
	}
	switch {
	case whole != "" && wildcard < 0 && pattern != whole, whole != "" && !strings.HasPrefix(whole, fixed):
		return No
	case whole != "" && (wildcard < 0 || isOpen):
		return Yes
	case whole == "" && !strings.HasPrefix(beginning, fixed) && !strings.HasPrefix(fixed, beginning):
		return No
	case whole == "" && isOpen && strings.HasPrefix(beginning, fixed):
		return Yes
	case whole == "" && wildcard < 0 && fixed == beginning:
		return No // the deployment adds to it
	}
	return Maybe
}
