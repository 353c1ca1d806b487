package examples_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func TestMain(m *testing.M) { cdktest.Main(m) }

// TestGolden synthesises each example as the CDK CLI does, and compares its templates with its golden files. It validates them all at once.
func TestGolden(t *testing.T) {
	names := examples(t)
	if len(names) < 2 {
		t.Errorf("only the examples %v", names)
	}
	root, dirs := t.TempDir(), []string{}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(root, name)
			synthInto(t, dir, name, contextOfGolden(t, name))
			dirs = append(dirs, dir)
			templates, err := filepath.Glob(filepath.Join(dir, "*.template.json"))
			if err != nil || len(templates) == 0 {
				t.Fatalf("no templates in %s: %v", dir, err)
			}
			t.Chdir(name) // where its testdata is
			for _, file := range templates {
				stack := strings.TrimSuffix(filepath.Base(file), ".template.json")
				cdktest.Golden(t, stack, cdktest.AssemblyIn(dir).Template(t, stack))
			}
		})
	}
	cdktest.WantValid(t, dirs...)
}

// TestGoldenProof runs the command that README.md shows on the quick start, as the CDK CLI synthesises it.
func TestGoldenProof(t *testing.T) {
	const question = "prove --zone 111111111111/eu-west-1b=euw1-az3"
	dir := synth(t, "quick-start", map[string]any{"aws:cdk:enable-path-metadata": true})
	prove := exec.Command(command(t), append(strings.Fields(question), "--assembly", dir)...)
	prove.Dir = "quick-start" // where its facts are
	output, err := prove.Output()
	if prove.ProcessState.ExitCode() != 1 {
		t.Errorf("%v, want the exit code of a blocked path\n%s", err, output)
	}
	cdktest.GoldenText(t, "blocked.txt", "$ privateapi "+question+"\n"+string(output))
}

// command builds privateapi.
func command(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "privateapi")
	if output, err := exec.Command("go", "build", "-o", file, "../cmd/privateapi").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return file
}

// Users copy the tests of an example, so they import nothing internal.
func TestExamplesImportNothingInternal(t *testing.T) {
	output, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}} {{join .TestImports " "}} {{join .XTestImports " "}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(output)) {
		name, imports, _ := strings.Cut(strings.TrimSpace(line), " ")
		if !strings.HasSuffix(name, "/examples") && strings.Contains(imports, "/internal/") {
			t.Errorf("%s imports %s", name, imports)
		}
	}
}

// contextOfGolden is the context of an example whose golden files are of less than it has by default.
func contextOfGolden(t *testing.T, name string) map[string]any {
	t.Helper()
	context := map[string]any{}
	readJSON(t, filepath.Join(name, "testdata", "context.json"), &context)
	return context
}

// examples are the directories with an app.
func examples(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("*/main.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		names = append(names, filepath.Dir(file))
	}
	return names
}

// synth runs an example with its own cdk.json, or with that of the repository, and with more context, as of -c. It returns its cloud assembly.
func synth(t *testing.T, name string, context map[string]any) string {
	t.Helper()
	dir := t.TempDir()
	synthInto(t, dir, name, context)
	return dir
}

// synthInto is synth with a directory for the cloud assembly.
func synthInto(t *testing.T, dir, name string, context map[string]any) {
	t.Helper()
	config, all := struct{ Context map[string]any }{}, map[string]any{}
	if !readJSON(t, filepath.Join(name, "cdk.json"), &config) {
		readJSON(t, "../cdk.json", &config)
	}
	readJSON(t, filepath.Join(name, "cdk.context.json"), &all)
	maps.Copy(all, config.Context)
	maps.Copy(all, context)
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program(t, name))
	command.Dir = name // where its files are
	command.Env = append(os.Environ(), "CDK_OUTDIR="+dir, "CDK_CONTEXT_JSON="+string(text))
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
}

// program returns the program of an example, in bin, where make synth builds them too: an example that has not changed is not linked again.
func program(t *testing.T, name string) string {
	t.Helper()
	dir, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, name)
}

var build = sync.OnceValues(func() (string, error) {
	dir, err := filepath.Abs("../bin")
	if err != nil {
		return "", err
	}
	args := []string{"build", "-o", dir + "/"} // go makes a directory of a name that ends so
	mains, err := filepath.Glob("*/main.go")
	if err != nil {
		return "", err
	}
	for _, file := range mains {
		args = append(args, "./"+filepath.Dir(file))
	}
	if output, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, output)
	}
	return dir, nil
})

// readJSON reports whether there is such a file.
func readJSON(t *testing.T, file string, into any) bool {
	t.Helper()
	content, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return false
	}
	if err == nil {
		err = json.Unmarshal(content, into)
	}
	if err != nil {
		t.Fatal(err)
	}
	return true
}
