package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

// What the tests of a CDK app in Go need besides the standard library. Copy what you need.

// TestMain ends the one Node process on which CDK runs for all tests. CDK's validation of templates costs seconds, so it is
// off here; cdk synth validates.
func TestMain(m *testing.M) {
	jsii.Close() // Node gets the environment when it starts
	if err := os.Setenv("CDK_VALIDATION", "false"); err != nil {
		panic(err)
	}
	code := m.Run()
	jsii.Close()
	os.Exit(code)
}

// cdkContext returns the context of cdk.json, which the CDK CLI gives to an app and go test does not.
func cdkContext(t *testing.T) map[string]any {
	t.Helper()
	config := struct{ Context map[string]any }{}
	readJSON(t, "../..", "cdk.json", &config)
	return config.Context
}

// newApp returns an app that synthesises into the directory of the test.
func newApp(t *testing.T, context map[string]any) awscdk.App {
	t.Helper()
	return awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(t.TempDir()), Context: &context})
}

func newStack(app awscdk.App, id, account string) awscdk.Stack {
	return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String(defaults["region"])},
	})
}

// panicOf returns what f panics with, as text; CDK panics where it refuses something.
func panicOf(f func()) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

// failOnPanic turns a panic of CDK into a failure of t; without it, the panic would end all tests. Defer it.
func failOnPanic(t *testing.T) {
	if r := recover(); r != nil {
		t.Helper()
		t.Fatal(r)
	}
}

// run is t.Run with failOnPanic.
func run(t *testing.T, name string, f func(*testing.T)) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		defer failOnPanic(t)
		f(t)
	})
}

func readJSON(t *testing.T, dir, name string, into any) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		t.Fatal(err)
	}
}

// template is a CloudFormation template.
type template struct {
	Resources map[string]resource
	Outputs   map[string]any
}

type resource struct {
	Type       string
	Properties map[string]any
	DependsOn  []string
}

// synthTemplate synthesises the app of a stack, and returns the stack's template.
func synthTemplate(t *testing.T, stack awscdk.Stack) (tpl template) {
	t.Helper()
	dir := *awscdk.App_Of(stack).Synth(nil).Directory()
	readJSON(t, dir, *stack.StackName()+".template.json", &tpl)
	return tpl
}

// ofType returns the logical IDs of the resources of a type, sorted.
func (tpl template) ofType(resourceType string) (ids []string) {
	for id, r := range tpl.Resources {
		if r.Type == resourceType {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// theOnly returns the one resource of a type, and its logical ID.
func (tpl template) theOnly(t *testing.T, resourceType string) (string, resource) {
	t.Helper()
	id := tpl.has(t, resourceType, nil)
	return id, tpl.Resources[id]
}

// has fails t unless exactly one resource of a type has properties that contain want, and returns its logical ID.
func (tpl template) has(t *testing.T, resourceType string, want map[string]any) string {
	t.Helper()
	var found []string
	for _, id := range tpl.ofType(resourceType) {
		if contains(tpl.Resources[id].Properties, want) {
			found = append(found, id)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d resources of type %s have %v, want 1: %s", len(found), resourceType, want, strings.Join(found, ", "))
	}
	return found[0]
}

// contains reports whether got has every key of want with a value that contains want's. Lists are equal element by element.
func contains(got, want any) bool {
	switch want := want.(type) {
	case map[string]any:
		got, isObject := got.(map[string]any)
		for key, value := range want {
			if !contains(got[key], value) {
				return false
			}
		}
		return isObject
	case []any:
		got, isList := got.([]any)
		return isList && slices.EqualFunc(got, want, contains)
	case int:
		return got == float64(want) // as JSON has it
	}
	return reflect.DeepEqual(got, want)
}

func ref(id string) map[string]any { return map[string]any{"Ref": id} }

func getAtt(id, attribute string) map[string]any {
	return map[string]any{"Fn::GetAtt": []any{id, attribute}}
}
