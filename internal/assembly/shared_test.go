package assembly_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const sharedConsumer = `
Parameters: {Name: {Type: String, Default: local}}
Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Name}}}
`

func loadShared(t *testing.T, shared assembly.Shared) (*assembly.Assembly, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "Checkout.yaml")
	if err := os.WriteFile(file, []byte(sharedConsumer), 0o600); err != nil {
		t.Fatal(err)
	}
	return assembly.LoadWith(assembly.Limits{}, shared, assembly.Input{Template: file})
}

// A file of values that several repositories share is used although not all of its stacks are loaded. What is for a stack
// that is not loaded is listed: its name may be a typing error.
func TestSharedValues(t *testing.T) {
	const unloaded = "unknown: the value @Pricing.Name of parameter Name of stack Checkout refers to stack Pricing, which is not loaded"
	for name, tc := range map[string]struct {
		shared    assembly.Shared
		want      string
		notLoaded []assembly.NotLoaded
	}{
		"of this stack":          {assembly.Shared{Parameters: map[string]string{"Checkout.Name": "a"}}, "a", nil},
		"of another stack":       {assembly.Shared{Parameters: map[string]string{"Checkout.Name": "a", "Pricing.Name": "b"}}, "a", []assembly.NotLoaded{{Key: "Pricing.Name"}}},
		"of a misspelt stack":    {assembly.Shared{Parameters: map[string]string{"Chekout.Name": "a"}}, "local", []assembly.NotLoaded{{"Chekout.Name", "Checkout.Name"}}},
		"an output of elsewhere": {assembly.Shared{Parameters: map[string]string{"Name": "@Pricing.Name"}}, unloaded, nil},
		"a nested stack of another": {
			assembly.Shared{Nested: map[string]string{"Pricing/Network": "gone.yaml"}}, "local", []assembly.NotLoaded{{Key: "Pricing/Network"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := loadShared(t, tc.shared)
			if err != nil {
				t.Fatal(err)
			}
			wantString(t, a.Stack("Checkout").Resource("Topic").Property("TopicName"), tc.want)
			if !reflect.DeepEqual(a.NotLoaded, tc.notLoaded) {
				t.Errorf("not loaded: %v, want %v", a.NotLoaded, tc.notLoaded)
			}
		})
	}
}

// What a loaded stack does not have is a typing error.
func TestSharedValuesFail(t *testing.T) {
	for want, shared := range map[string]assembly.Shared{
		"the parameter Checkout.Nam is given, but no stack has it":                       {Parameters: map[string]string{"Checkout.Nam": "a"}},
		"a template is given for the nested stack Checkout/Network, but no stack has it": {Nested: map[string]string{"Checkout/Network": "gone.yaml"}},
	} {
		if _, err := loadShared(t, shared); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
