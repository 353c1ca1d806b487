package awserrors_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/awserrors"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// text is what the local AWS API answers. python3 -m localaws.texts, in test/deploy, records it, and test_texts.py there compares.
type text struct{ File, Code, Words string }

func (e text) String() string {
	if e.Code == "" {
		return e.Words
	}
	return e.Code + ": " + e.Words
}

func recorded(t *testing.T) (says []string) {
	t.Helper()
	content, err := os.ReadFile("testdata/localaws.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []text
	if err := json.Unmarshal(content, &texts); err != nil {
		t.Fatal(err)
	}
	for _, one := range texts {
		says = append(says, one.String())
	}
	if len(says) < 200 {
		t.Fatalf("only %d texts", len(says))
	}
	return says
}

func all() (found []awserrors.Error) {
	for _, section := range awserrors.Sections() {
		found = append(found, section.Errors...)
	}
	return found
}

// What the local AWS API can answer is on the page, once.
func TestEveryTextOfTheLocalAPI(t *testing.T) {
	var said []string
	for _, e := range all() {
		said = append(said, e.Says...)
	}
	for _, words := range recorded(t) {
		if !slices.Contains(said, words) {
			t.Errorf("no cause and remedy for\n%q", words)
		}
	}
	slices.Sort(said)
	if len(slices.Compact(slices.Clone(said))) != len(said) {
		t.Error("a text is there twice")
	}
}

// No text is there that nobody says any more: the local AWS API, a rule or a page has it.
func TestNoTextIsStale(t *testing.T) {
	local, list := recorded(t), slices.Concat(rules.OfConstructs(), rules.Template())
	for _, e := range all() {
		at := slices.IndexFunc(list, func(rule rules.Rule) bool { return rule.ID == "privateapi:"+e.Rule })
		if e.Rule != "" && (at < 0 || !slices.ContainsFunc(e.Says, func(says string) bool {
			return strings.Contains(list[at].AWS, awserrors.Code(says)) && awserrors.Code(says) != ""
		})) {
			t.Errorf("%q: rule %q does not exist, or has another error", e.Says[0], e.Rule)
		}
		for _, says := range e.Says {
			if !slices.Contains(local, says) && !isSaidBy(t, e.Source, says) && (at < 0 || !strings.HasPrefix(list[at].AWS, says)) {
				t.Errorf("nobody says\n%q", says)
			}
		}
		if e.Cause == "" || e.Do == "" || strings.HasSuffix(e.Cause, ".") || strings.HasSuffix(e.Do, ".") {
			t.Errorf("%q has no cause or no remedy, or one with a full stop", e.Says[0])
		}
	}
}

// isSaidBy reports whether there is a source, and whether it says what it should if it is a file.
func isSaidBy(t *testing.T, source, says string) bool {
	t.Helper()
	if source == "" || strings.HasPrefix(source, "https://") {
		return source != ""
	}
	content, err := os.ReadFile(filepath.Join("../..", source))
	if err != nil {
		t.Error(err)
	}
	longest := slices.MaxFunc(strings.Split(says, "…"), func(a, b string) int { return len(a) - len(b) })
	return strings.Contains(string(content), strings.TrimSpace(longest))
}

// codeOfPage is a code of an error as pages of the documentation name it.
var codeOfPage = regexp.MustCompile("`([A-Z][A-Za-z.]*(?:AlreadyExists|NotFound|InUse|LimitExceeded|Exception|Violation|NotPermitted))`")

// What a page calls an error of AWS is on the page of errors.
func TestCodesOfPages(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	known, count := map[string]bool{}, 0
	for _, e := range all() {
		for _, says := range e.Says {
			known[awserrors.Code(says)] = true
		}
	}
	for _, rule := range awserrors.RulesOnly() {
		known[awserrors.Code(rule.AWS)] = true
	}
	for _, page := range pages {
		if filepath.Base(page) == "errors.md" {
			continue
		}
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range codeOfPage.FindAllStringSubmatch(string(content), -1) {
			count++
			if !known[match[1]] {
				t.Errorf("%s names %s, which docs/errors.md does not have", filepath.Base(page), match[1])
			}
		}
	}
	if count < 3 {
		t.Errorf("only %d codes", count)
	}
}

func TestCode(t *testing.T) {
	for says, want := range map[string]string{
		"InvalidServiceName: The Vpc Endpoint Service does not exist": "InvalidServiceName",
		"InvalidGroup.NotFound: none":                                 "InvalidGroup.NotFound",
		"TooManyRules":                                                "TooManyRules",
		"WAFInvalidParameterException: the ARN":                       "WAFInvalidParameterException",
		"Gateway.NotAttached: Network":                                "Gateway.NotAttached",
		"rejects the port":                                            "",
		"CloudFormation rejects a group":                              "",
		"Properties validation failed":                                "",
		"Access Denied for bucket":                                    "",
	} {
		if got := awserrors.Code(says); got != want {
			t.Errorf("the code of %q is %q, want %q", says, got, want)
		}
	}
}
