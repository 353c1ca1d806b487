// Package cdktest is shared by the tests of constructs: one jsii kernel for a test binary, apps that leave no files behind,
// templates as Go values, goldens, and panics as test failures.
package cdktest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

// The environment of test stacks, and the second account of tests that need one.
const (
	Region       = "eu-west-1"
	Account      = "222222222222"
	OtherAccount = "111111111111"
)

// Main runs a package's tests on one jsii kernel, with CDK's template validation off: it takes seconds for the first
// template, and [Validate] runs it for what it gets. All temporary files go to one directory, which Main removes, and in which CDK
// must not have left an assembly. Call it from TestMain.
func Main(m *testing.M) {
	jsii.Close() // jsii has copied the environment already; the next kernel copies it again
	setenv("CDK_VALIDATION", "false")
	dir, err := os.MkdirTemp("", "cdktest-")
	if err != nil {
		panic(err)
	}
	setenv("TMPDIR", dir)
	code := m.Run()
	jsii.Close()
	if left, _ := filepath.Glob(filepath.Join(dir, "cdk.out*")); len(left) > 0 {
		fmt.Fprintln(os.Stderr, "a test left cloud assemblies behind; give its app an Outdir:", left)
		code = 1
	}
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
	os.Exit(code)
}

func setenv(key, value string) {
	if err := os.Setenv(key, value); err != nil {
		panic(err)
	}
}

// CliContext returns the context of a cdk.json, which the CDK CLI gives to an app and go test does not.
func CliContext(t testing.TB, file string) map[string]any {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	config := struct{ Context map[string]any }{}
	if err := json.Unmarshal(content, &config); err != nil {
		t.Fatal(err)
	}
	if len(config.Context) == 0 {
		t.Fatalf("%s has no context", file)
	}
	return config.Context
}

// App returns an app that synthesises into the test's temporary directory.
func App(t testing.TB, context map[string]any) awscdk.App {
	t.Helper()
	return awscdk.NewApp(&awscdk.AppProps{
		Outdir:             jsii.String(t.TempDir()),
		AnalyticsReporting: jsii.Bool(false),
		Context:            &context,
	})
}

// Stack returns a stack of its own app, in [Account] and [Region].
func Stack(t testing.TB) awscdk.Stack {
	t.Helper()
	return StackIn(App(t, nil), "Stack", Account)
}

// StackIn returns a stack of an app, in an account and [Region].
func StackIn(app awscdk.App, id, account string) awscdk.Stack {
	return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String(Region)},
	})
}

// Assembly is what an app synthesised.
type Assembly struct {
	dir string
}

// Synth synthesises the app of a stack.
func Synth(t testing.TB, stack awscdk.Stack) Assembly {
	t.Helper()
	var dir string
	Check(t, func() { dir = *awscdk.App_Of(stack).Synth(nil).Directory() })
	return Assembly{dir: dir}
}

// AssemblyIn returns what an app synthesised into a directory.
func AssemblyIn(dir string) Assembly { return Assembly{dir: dir} }

// Template returns the template of a stack.
func (a Assembly) Template(t testing.TB, stack string) Template {
	t.Helper()
	return readTemplate(t, filepath.Join(a.dir, stack+".template.json"))
}

// Manifest returns the assembly's files that hold construct metadata, as text.
func (a Assembly) Manifest(t testing.TB) string {
	t.Helper()
	var text strings.Builder
	for _, pattern := range []string{"manifest.json", "*.metadata.json"} {
		files, err := filepath.Glob(filepath.Join(a.dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text.Write(content)
		}
	}
	return text.String()
}

// SynthTemplate synthesises the app of a stack and returns the stack's template.
func SynthTemplate(t testing.TB, stack awscdk.Stack) Template {
	t.Helper()
	return Synth(t, stack).Template(t, *stack.StackName())
}

// Check runs f, which calls CDK, and turns a panic of CDK into a failure of t.
func Check(t testing.TB, f func()) {
	t.Helper()
	if r := recovered(f); r != nil {
		t.Fatal(r)
	}
}

// Panic returns the message with which f panics, and fails t if it does not.
func Panic(t testing.TB, f func()) string {
	t.Helper()
	r := recovered(f)
	if r == nil {
		t.Fatal("no panic")
	}
	return fmt.Sprint(r)
}

// WantPanic fails t unless f panics with a message that contains want.
func WantPanic(t testing.TB, want string, f func()) {
	t.Helper()
	if got := Panic(t, f); !strings.Contains(got, want) {
		t.Fatalf("panicked with\n%s\nwant it to contain\n%s", got, want)
	}
}

// Recover turns a panic of CDK into a failure of t; without it, the panic would end all tests of the binary. Defer it.
func Recover(t testing.TB) {
	if r := recover(); r != nil {
		t.Helper()
		t.Fatal(r)
	}
}

// Run is t.Run with [Recover].
func Run(t *testing.T, name string, f func(*testing.T)) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		defer Recover(t)
		f(t)
	})
}

func recovered(f func()) (r any) {
	defer func() { r = recover() }()
	f()
	return nil
}
