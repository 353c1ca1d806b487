// Package nag_test judges the templates of the examples by cdk-nag's AwsSolutions pack.
package nag_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/cloudformationinclude"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdklabs/cdk-nag-go/cdknag/v2"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const examples = "../../examples"

func TestMain(m *testing.M) { cdktest.Main(m) }

// TestExamples compares what the pack finds in the examples with the findings in testdata, each of which has its reason. It judges golden
// files, which the tests of the examples hold against what the apps synthesise. As the resources of a template, they are what cdk-nag knows:
// it looks at no generic resource, and in the apps most of ours are.
func TestExamples(t *testing.T) {
	mains, err := filepath.Glob(filepath.Join(examples, "*", "main.go"))
	if err != nil || len(mains) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	found := map[string]bool{}
	for _, main := range mains {
		name := filepath.Base(filepath.Dir(main))
		cdktest.Run(t, name, func(t *testing.T) {
			templates, err := filepath.Glob(filepath.Join(examples, name, "testdata", "*.json"))
			if err != nil {
				t.Fatal(err)
			}
			templates = slices.DeleteFunc(templates, func(file string) bool { return !isTemplate(t, file) })
			for _, finding := range findings(t, templates) {
				rule, resource := cut(finding)
				found[rule+" "+name+"/"+resource] = true
			}
		})
	}
	if t.Failed() {
		return
	}
	var reasons []reason
	readJSON(t, list, &reasons)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		reasons = update(reasons, found)
		write(t, list, reasons)
	}
	for _, problem := range compare(found, reasons) {
		t.Error(problem)
	}
}

// TestPackSees judges a template with faults: an open group, a bucket without logs, and a function with an old runtime.
func TestPackSees(t *testing.T) {
	defer cdktest.Recover(t)
	got := findings(t, []string{"testdata/faults/Bad.json"})
	for _, want := range []string{"AwsSolutions-EC23 Bad/Group", "AwsSolutions-S1 Bad/Bucket", "AwsSolutions-S10 Bad/Bucket", "AwsSolutions-L1 Bad/Function", "AwsSolutions-IAM5[Action::*] Bad/Role"} {
		if !slices.Contains(got, want) {
			t.Errorf("the pack does not see %s, only\n%s", want, strings.Join(got, "\n"))
		}
	}
}

func TestCompare(t *testing.T) {
	found := map[string]bool{"A One": true, "A Four": true, "B Two": true, "C Three": true}
	reasons := []reason{{Reason: "why", Findings: []string{"A One", "A Gone"}}, {Findings: []string{"B Two"}}}
	want := []string{
		"A Four is new: close it in the example, or write the reason into the list; UPDATE_GOLDEN=1 adds it there",
		"B Two has no reason",
		"C Three is new: close it in the example, or write the reason into the list; UPDATE_GOLDEN=1 adds it there",
		"A Gone is not found any more: UPDATE_GOLDEN=1 removes it from the list",
	}
	if got := compare(found, reasons); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	updated := update(reasons, found)
	if want := []string{"B Two has no reason", "C Three has no reason"}; !slices.Equal(compare(found, updated), want) {
		t.Errorf("after the update: %q, want %q", compare(found, updated), want)
	}
}

// list has the accepted findings.
const list = "testdata/findings.json"

// reason is why findings are accepted. A finding is a rule and a resource: example, stack and logical ID.
type reason struct {
	Reason   string   `json:"reason"`
	Findings []string `json:"findings"`
}

// compare returns what differs between findings and accepted ones.
func compare(found map[string]bool, reasons []reason) (problems []string) {
	listed := map[string]string{}
	for _, r := range reasons {
		for _, finding := range r.Findings {
			listed[finding] = r.Reason
		}
	}
	for _, finding := range slices.Sorted(maps.Keys(found)) {
		switch reason, ok := listed[finding]; {
		case !ok:
			problems = append(problems, finding+" is new: close it in the example, or write the reason into the list; UPDATE_GOLDEN=1 adds it there")
		case reason == "":
			problems = append(problems, finding+" has no reason")
		}
	}
	for _, finding := range slices.Sorted(maps.Keys(listed)) {
		if !found[finding] {
			problems = append(problems, finding+" is not found any more: UPDATE_GOLDEN=1 removes it from the list")
		}
	}
	return problems
}

// update removes what is not found any more, and adds what is new: with the reason of its rule if there is only one, for people to review, and
// else without a reason, for people to write it.
func update(reasons []reason, found map[string]bool) (updated []reason) {
	unlisted := maps.Clone(found)
	for _, r := range reasons {
		r.Findings = slices.DeleteFunc(slices.Clone(r.Findings), func(finding string) bool {
			delete(unlisted, finding)
			return !found[finding]
		})
		if len(r.Findings) > 0 {
			updated = append(updated, r)
		}
	}
	var unexplained []string
	for _, finding := range slices.Sorted(maps.Keys(unlisted)) {
		if i := onlyReason(updated, finding); i < 0 {
			unexplained = append(unexplained, finding)
		} else {
			updated[i].Findings = append(updated[i].Findings, finding)
		}
	}
	if len(unexplained) > 0 {
		updated = append(updated, reason{Findings: unexplained})
	}
	return updated
}

// onlyReason returns which of the reasons is that of a finding's rule, or -1 if none or several are.
func onlyReason(reasons []reason, finding string) int {
	only, rule := -1, ruleOf(finding)
	for i, r := range reasons {
		if !slices.ContainsFunc(r.Findings, func(listed string) bool { return ruleOf(listed) == rule }) {
			continue
		}
		if only >= 0 {
			return -1
		}
		only = i
	}
	return only
}

func ruleOf(finding string) string {
	rule, _ := cut(finding)
	return rule
}

// cut returns the rule and the resource of a finding. A rule can have spaces.
func cut(finding string) (rule, resource string) {
	at := strings.LastIndex(finding, " ")
	return finding[:at], finding[at+1:]
}

// findings returns what the pack finds in templates, as rule, stack and logical ID. A rule that cannot judge a resource is a finding too.
func findings(t *testing.T, templates []string) []string {
	t.Helper()
	if len(templates) == 0 {
		t.Fatal("no templates")
	}
	app := cdktest.App(t, nil)
	for _, template := range templates {
		stack := cdktest.StackIn(app, strings.TrimSuffix(filepath.Base(template), ".json"), cdktest.Account)
		file := includable(t, template)
		cloudformationinclude.NewCfnInclude(stack, jsii.String("Template"), &cloudformationinclude.CfnIncludeProps{TemplateFile: &file})
	}
	awscdk.Aspects_Of(app).Add(cdknag.NewAwsSolutionsChecks(&cdknag.NagPackProps{Reports: jsii.Bool(false)}), nil)
	found := map[string]bool{}
	for path, messages := range annotations(t, *app.Synth(nil).Directory()) {
		stack, id, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/Template/")
		for _, message := range messages {
			if rule, _, ok := strings.Cut(message, ": "); ok && (strings.HasPrefix(rule, "AwsSolutions-") || strings.HasPrefix(rule, "CdkNagValidationFailure")) {
				found[rule+" "+stack+"/"+id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// includable returns a copy of a template that CfnInclude takes: it does not know Fn::GetStackOutput, by which the apps refer to other stacks.
// To the pack, an import is the same: a value that it does not know.
func includable(t *testing.T, template string) string {
	t.Helper()
	content := map[string]any{}
	readJSON(t, template, &content)
	text, err := json.Marshal(withImports(content))
	file := filepath.Join(t.TempDir(), filepath.Base(template))
	if err == nil {
		err = os.WriteFile(file, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// withImports replaces each Fn::GetStackOutput in a value.
func withImports(value any) any {
	switch value := value.(type) {
	case []any:
		for i := range value {
			value[i] = withImports(value[i])
		}
	case map[string]any:
		if output, ok := value["Fn::GetStackOutput"].(map[string]any); ok {
			return map[string]any{"Fn::ImportValue": fmt.Sprint(output["StackName"], "-", output["OutputName"])}
		}
		for key := range value {
			value[key] = withImports(value[key])
		}
	}
	return value
}

// annotations returns the messages of an assembly, by the path of their construct.
func annotations(t *testing.T, dir string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.metadata.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no metadata in %s: %v", dir, err)
	}
	messages := map[string][]string{}
	for _, file := range files {
		metadata := map[string][]struct {
			Type string
			Data any
		}{}
		readJSON(t, file, &metadata)
		for path, entries := range metadata {
			for _, entry := range entries {
				if text, ok := entry.Data.(string); ok && (entry.Type == "aws:cdk:error" || entry.Type == "aws:cdk:warning") {
					messages[path] = append(messages[path], text)
				}
			}
		}
	}
	return messages
}

func write(t *testing.T, file string, value any) {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(value)
	if err == nil {
		err = os.WriteFile(file, text.Bytes(), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// isTemplate tells templates from the other JSON in the testdata of an example.
func isTemplate(t *testing.T, file string) bool {
	t.Helper()
	content := map[string]any{}
	readJSON(t, file, &content)
	_, ok := content["Resources"].(map[string]any)
	return ok
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(content, into)
	}
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", file, err))
	}
}
