package privateapi_test

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

var goBlock = regexp.MustCompile("(?s)```go\n(.*?)```")

// What the README shows compiles, because it stands in the Example functions word by word.
func TestReadmeShowsTheExamples(t *testing.T) {
	readme, examples := readFile(t, "../../README.md"), squeezed(readFile(t, "example_test.go"))
	blocks := goBlock.FindAllStringSubmatch(readme, -1)
	if len(blocks) < 2 {
		t.Fatalf("the README has %d blocks of Go, want one for each construct", len(blocks))
	}
	for _, block := range blocks {
		if lines := strings.Count(block[1], "\n"); lines > 25 {
			t.Errorf("a quick start has %d lines, want 25 at most:\n%s", lines, block[1])
		}
		if !strings.Contains(examples, squeezed(block[1])) {
			t.Errorf("no Example function has:\n%s", block[1])
		}
	}
}

// Warning IDs are API, and errors are searched for by theirs.
func TestReadmeListsTheRules(t *testing.T) {
	readme := readFile(t, "../../README.md")
	for _, rule := range rules.All() {
		summary := rule.Summary
		if rule.Severity == rules.Warning {
			summary = "Warning. " + summary
		}
		if row := fmt.Sprintf("| [`%s`](%s) | %s |\n", rule.ID, rule.Source, summary); !strings.Contains(readme, row) {
			t.Errorf("the README lacks the row %s", row)
		}
	}
	if got, want := strings.Count(readme, "| [`privateapi:"), len(rules.All()); got != want {
		t.Errorf("the README has %d rules, want %d", got, want)
	}
}

func TestReadmeListsTheProperties(t *testing.T) {
	readme := readFile(t, "../../README.md")
	for _, props := range []any{
		privateapi.PrivateApiProviderProps{}, privateapi.RouteOptions{}, privateapi.PrivateApiConsumerProps{}, privateapi.PrivateApiServiceAttributes{},
	} {
		for _, field := range reflect.VisibleFields(reflect.TypeOf(props)) {
			if !strings.Contains(readme, "`"+field.Name+"`") {
				t.Errorf("the README does not list %T.%s", props, field.Name)
			}
		}
	}
}

func TestReadmeShowsARealRefusal(t *testing.T) {
	_, rest, _ := strings.Cut(readFile(t, "testdata/refusals.txt"), "# consumer: a policy for an endpoint service\nStack/")
	message, _, _ := strings.Cut(rest, "\n\n")
	if message == "" || !strings.Contains(readFile(t, "../../README.md"), "Checkout/"+message+"\n") {
		t.Errorf("the README does not show\n%s", message)
	}
}

func readFile(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// squeezed folds white space, which gofmt and the README indent differently.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }
