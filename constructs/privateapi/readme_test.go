package privateapi_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

var goBlock = regexp.MustCompile("(?s)```go\n(.*?)```")

// The README's code is that of the Example functions, so it compiles.
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

// Each quick start compiles in a function of its own.
func TestReadmeCompiles(t *testing.T) {
	var source strings.Builder
	source.WriteString("package readme\n\nimport (\n\t\"testing\"\n\n")
	for _, pkg := range []string{"", "/awsec2", "/awsiam"} {
		fmt.Fprintf(&source, "\t\"github.com/aws/aws-cdk-go/awscdk/v2%s\"\n", pkg)
	}
	source.WriteString(`	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

var t *testing.T
var newPricingService func(awscdk.Stack, awsec2.IVpc) elbv2.IApplicationLoadBalancerTarget
var newCheckoutService func(awscdk.Stack, awsec2.IVpc) awsec2.IConnectable
var _ awsiam.IPrincipal
`)
	for i, block := range goBlock.FindAllStringSubmatch(readFile(t, "../../README.md"), -1) {
		fmt.Fprintf(&source, "\nfunc block%d() {\n%s}\n", i, block[1])
	}
	file := filepath.Join(t.TempDir(), "readme.go")
	if err := os.WriteFile(file, []byte(source.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{overlaid(t): file}})
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(config, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	if output, err := exec.Command("go", "build", "-overlay", config, "./readme").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s\n%s", err, output, source.String())
	}
}

// overlaid is the file of a package that only the compiler sees.
func overlaid(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("readme/readme.go")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Rule IDs are API: people acknowledge warnings and search for errors by them.
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

// squeezed folds white space: gofmt and the README indent differently.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }
