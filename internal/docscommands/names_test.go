package docscommands_test

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// template is a golden template of an example.
type template struct {
	Outputs, Parameters map[string]json.RawMessage
}

// example is the stacks of an example, and the source of its app.
type example struct {
	stacks map[string]template
	source string
}

// ofPages is the example of which pages in docs speak.
const ofPages = "examples/pricing-checkout"

// bootstrapStack is that of cdk bootstrap.
const bootstrapStack = "CDKToolkit"

var (
	outputKey   = regexp.MustCompile(`OutputKey=='(\w+)'`)
	outputCall  = regexp.MustCompile(`\$\(output (\w+)\)`)
	stackName   = regexp.MustCompile(`^[A-Z]\w+(-\w+)*$`)
	parameter   = regexp.MustCompile(`^(?:(\w+):)?(\w+)=`)
	contextName = regexp.MustCompile(`^(\w+)=`)
)

// Stacks, outputs, parameters and context keys that commands name are those of the example that the page is of.
func TestNames(t *testing.T) {
	examples, count := map[string]*example{}, 0
	for _, one := range all(t) {
		dir := ofPages
		if strings.HasPrefix(one.page, "examples/") && path.Dir(one.page) != "examples" {
			dir = path.Dir(one.page)
		}
		if examples[dir] == nil {
			examples[dir] = readExample(t, dir)
		}
		for _, problem := range examples[dir].check(t, one, &count) {
			t.Errorf("%s:%d: %s: %s", one.page, one.Line, strings.Join(one.Words, " "), problem)
		}
	}
	for _, page := range []string{ofPages + "/README.md", "docs/runbook.md"} {
		for _, match := range outputCall.FindAllStringSubmatch(readFile(t, page), -1) {
			count++
			if _, has := examples[ofPages].outputs()[match[1]]; !has {
				t.Errorf("%s: %s: there is no such output", page, match[0])
			}
		}
	}
	if count < 40 {
		t.Errorf("only %d names", count)
	}
}

func readExample(t *testing.T, dir string) *example {
	t.Helper()
	found := &example{stacks: map[string]template{}}
	for _, pattern := range []string{"*.go", "testdata/*.json"} {
		files, err := filepath.Glob(filepath.Join(root, dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Ext(file) == ".go" {
				found.source += string(text)
				continue
			}
			var read template
			if err := json.Unmarshal(text, &read); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			found.stacks[strings.TrimSuffix(filepath.Base(file), ".json")] = read
		}
	}
	return found
}

func (e *example) outputs() map[string]json.RawMessage {
	found := map[string]json.RawMessage{}
	for _, stack := range e.stacks {
		for name, output := range stack.Outputs {
			found[name] = output
		}
	}
	return found
}

// check counts the names of a command, and says which do not exist.
func (e *example) check(t *testing.T, one command, count *int) (problems []string) {
	t.Helper()
	missing := func(isMissing bool, what, name string) {
		*count++
		if isMissing {
			problems = append(problems, "there is no "+what+" "+name)
		}
	}
	stack := func(name string) {
		_, has := e.stacks[name]
		missing(!has && name != bootstrapStack && !isOfPage(t, one.page, name), "stack", name)
	}
	words := one.Words
	takesStacks := words[0] == "cdk" && len(words) > 1 && slices.Contains([]string{"deploy", "destroy", "diff", "synth", "import", "refactor", "rollback", "diagnose", "drift"}, words[1])
	var named []string
	for i, word := range words[1:] {
		switch previous := words[i]; {
		case previous == "--parameters":
			match := parameter.FindStringSubmatch(word)
			if match == nil {
				problems = append(problems, word+" is no parameter")
				continue
			}
			of := append([]string{match[1]}, named...)
			has := slices.ContainsFunc(of, func(name string) bool { _, has := e.stacks[name].Parameters[match[2]]; return has })
			missing(!has && strings.HasPrefix(one.page, "examples/") && one.page != "examples/README.md", "parameter", word)
		case previous == "-c" || previous == "--context":
			if match := contextName.FindStringSubmatch(word); match != nil && one.page != "docs/migrating.md" {
				missing(!strings.Contains(e.source, `"`+match[1]+`"`), "context key", match[1])
			}
		case previous == "--stack-name" && stackName.MatchString(word):
			stack(word)
		case takesStacks && stackName.MatchString(word) && (i == 1 || stackName.MatchString(previous) || strings.HasPrefix(previous, "--unstable")):
			stack(word)
			named = append(named, word)
		case previous == "--query":
			for _, match := range outputKey.FindAllStringSubmatch(word, -1) {
				_, has := e.outputs()[match[1]]
				missing(!has, "output", match[1])
			}
		}
	}
	return problems
}

// isOfPage reports whether a page has a stack otherwise, in its code or in paths of resources, or a construct's tests do.
func isOfPage(t *testing.T, page, stack string) bool {
	t.Helper()
	goldens, err := filepath.Glob(filepath.Join(root, "constructs/*/testdata", stack+".json"))
	text := readFile(t, page)
	return err == nil && len(goldens) > 0 || strings.Contains(text, `"`+stack+`"`) || strings.Contains(text, " "+stack+"/")
}
