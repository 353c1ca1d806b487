package docgen_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/awserrors"
	"github.com/cdk-private-api/cdk-private-api-go/internal/docgen"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const root = "../.."

// TestGoldenDocs compares the generated parts of the documentation with what code has today. make docs rewrites them.
func TestGoldenDocs(t *testing.T) {
	generators := generators(t)
	for _, page := range pages(t) {
		text := read(t, page)
		generated, written, err := docgen.Generate(text, generators)
		switch {
		case err != nil:
			t.Errorf("%s: %v", page, err)
		case strings.Contains(written, "```go\n"):
			t.Errorf("%s has Go that no test compiles: generate it by <!-- code FILE -->", page)
		case generated == text:
		case os.Getenv("UPDATE_GOLDEN") == "":
			t.Errorf("%s is out of date; make docs rewrites its generated parts: %s", page, firstDifference(generated, text))
		default:
			if err := os.WriteFile(filepath.Join(root, page), []byte(generated), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// ofImplementations are the structs that only a transport sets, or a kind of target.
var ofImplementations = []string{"AliasTarget", "Connection", "ContractTerms", "lattice.TargetOptions", "lattice.TargetPlan"}

// Everything that users set is on a page.
func TestDocsHaveEveryProperty(t *testing.T) {
	var all strings.Builder
	for _, page := range pages(t) {
		all.WriteString(read(t, page))
	}
	for _, name := range api(t).Structs() {
		if !slices.Contains(ofImplementations, name) && !strings.Contains(all.String(), "<!-- properties "+name+" -->") {
			t.Errorf("no page has the properties of %s", name)
		}
	}
}

// pages are README.md and the pages that it leads to. test/deploy generates docs/deploy.md.
func pages(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, pattern := range []string{"README.md", "docs/*.md", "examples/*.md", "examples/*/*.md"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			name, err := filepath.Rel(root, file)
			if err != nil {
				t.Fatal(err)
			}
			if name != "docs/deploy.md" {
				found = append(found, filepath.ToSlash(name))
			}
		}
	}
	if len(found) < 5 {
		t.Fatalf("only the pages %v", found)
	}
	return found
}

func api(t *testing.T) *docgen.API {
	t.Helper()
	var dirs []string
	for _, dir := range []string{"privateapi", "lattice", "lattice/ecstarget", "routedapi", "vpcpeering", "transitgateway", "route53profile", "publicapi", "contract", "acceptance", "dnsverification", "mesh", "monitoring"} {
		dirs = append(dirs, filepath.Join(root, "constructs", dir))
	}
	api, err := docgen.ReadAPI(dirs...)
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func generators(t *testing.T) map[string]docgen.Generator {
	t.Helper()
	api, list := api(t), proof.Rules()
	hops := slices.IndexFunc(list, func(r rules.Rule) bool { return strings.HasPrefix(r.ID, "privateapi:path") })
	ofRules := map[string][]rules.Rule{
		"constructs":   rules.All(),
		"lattice":      rules.Lattice(),
		"routed":       rules.Routed(),
		"networks":     slices.Concat(rules.Peering(), rules.TransitGateway()),
		"profiles":     rules.Profile(),
		"sharing":      rules.Sharing(),
		"public":       slices.Concat(rules.Public(), rules.Migration()),
		"contract":     rules.Contract(),
		"mesh":         rules.Mesh(),
		"acceptance":   rules.Acceptance(),
		"alarms":       rules.Alarms(),
		"dashboards":   rules.Dashboards(),
		"logs":         rules.Logs(),
		"metrics":      rules.Metrics(),
		"verification": rules.Verification(),
		"templates":    rules.Template(),
		"lock":         rules.Lock(),
		"hops":         list[hops:],
	}
	one := func(of func(string) (string, error)) docgen.Generator {
		return func(args []string) (string, error) {
			if len(args) != 1 {
				return "", fmt.Errorf("has %d arguments, want one", len(args))
			}
			return of(args[0])
		}
	}
	return map[string]docgen.Generator{
		"properties": one(api.Properties),
		"methods":    one(api.Methods),
		"metrics":    one(docgen.Metrics),
		"rules":      one(func(kind string) (string, error) { return docgen.Rules(ofRules[kind]), nil }),
		"code":       func(args []string) (string, error) { return code(t, args) },
		"text":       one(func(file string) (string, error) { return docgen.Fenced("", read(t, file)), nil }),
		"prices":     func(regions []string) (string, error) { return docgen.Prices(prices.Default(), regions) },
		"errors": one(func(of string) (string, error) {
			if of == "rules" {
				return docgen.ErrorsOfRules(awserrors.RulesOnly()), nil
			}
			return docgen.Errors(awserrors.Sections()), nil
		}),
		"refusal": func(args []string) (string, error) { return refusal(t, strings.Join(args, " ")) },
	}
}

// code is a file, or one of its functions.
func code(t *testing.T, args []string) (string, error) {
	source := read(t, args[0])
	if len(args) == 1 {
		return docgen.Fenced(strings.TrimPrefix(filepath.Ext(args[0]), "."), source), nil
	}
	body, err := docgen.Function([]byte(source), args[1])
	return docgen.Fenced("go", body), err
}

// refusalFiles are the golden files of refusals, whose tests show that a construct panics with them.
var refusalFiles = []string{
	"constructs/privateapi/testdata/refusals.txt", "constructs/lattice/testdata/refusals.txt", "constructs/lattice/testdata/consumer-refusals.txt",
	"constructs/routedapi/testdata/refusals.txt", "constructs/vpcpeering/testdata/refusals.txt", "constructs/transitgateway/testdata/refusals.txt",
	"constructs/route53profile/testdata/refusals.txt", "constructs/publicapi/testdata/refusals.txt", "constructs/publicapi/testdata/migration-refusals.txt", "constructs/acceptance/testdata/refusals.txt",
	"constructs/mesh/testdata/refusals.txt", "constructs/monitoring/testdata/log-refusals.txt",
}

// refusal is a message of a golden file.
func refusal(t *testing.T, name string) (string, error) {
	for _, file := range refusalFiles {
		if _, rest, found := strings.Cut(read(t, file), "# "+name+"\n"); found {
			message, _, _ := strings.Cut(rest, "\n\n")
			return docgen.Fenced("", message), nil
		}
	}
	return "", fmt.Errorf("no refusal %q", name)
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// firstDifference is the first line that differs.
func firstDifference(want, got string) string {
	wants, gots := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i, line := range wants {
		if i >= len(gots) || gots[i] != line {
			return fmt.Sprintf("line %d should be\n%s", i+1, line)
		}
	}
	return "it is too long"
}
