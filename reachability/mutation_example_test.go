package reachability_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// zoneIDs are the facts of two accounts that do not agree on the letters of their zones.
var zoneIDs = reachability.Facts{ZoneIDs: map[string]string{
	consumer + "/eu-west-1a": "euw1-az1", consumer + "/eu-west-1b": "euw1-az2", consumer + "/eu-west-1c": "euw1-az3",
	provider + "/eu-west-1a": "euw1-az2", provider + "/eu-west-1b": "euw1-az1", provider + "/eu-west-1c": "euw1-az3",
}}

// Two questions: for everything, and for one call.
var (
	everything = reachability.Question{Facts: zoneIDs}
	theCall    = reachability.Question{
		Client: "Checkout/" + clientService, Domain: domain, Port: 443, Path: "/v1/quote", Facts: zoneIDs,
	}
)

// object and array are what templates are made of.
type (
	object = map[string]any
	array  = []any
)

// example is the two stacks of examples/pricing-checkout, ready to be edited.
type example struct {
	stacks map[string]template
	inputs map[string]*reachability.Input
	encode func(any) ([]byte, error)
	files  written // after the last edit
}

// template is a decoded template. Its edits fail the test where the template is not what they take it for.
type template struct {
	t   testing.TB
	doc object
}

// goldens are the templates as they are synthesised, decoded once.
var goldens = sync.OnceValues(func() (map[string]object, error) {
	decoded := map[string]object{}
	for _, name := range []string{"Pricing", "Checkout"} {
		data, err := os.ReadFile(filepath.Join("..", "examples", "pricing-checkout", "testdata", name+".json"))
		if err != nil {
			return nil, err
		}
		var doc object
		if err := json.Unmarshal(data, &doc); err != nil {
			return nil, err
		}
		decoded[name] = doc
	}
	return decoded, nil
})

func newExample(t testing.TB) *example {
	t.Helper()
	decoded, err := goldens()
	if err != nil {
		t.Fatal(err)
	}
	e := &example{stacks: map[string]template{}, encode: json.Marshal, inputs: map[string]*reachability.Input{
		"Pricing": {Name: "Pricing", Account: provider, Region: region},
		"Checkout": {
			Name: "Checkout", Account: consumer, Region: region,
			Parameters: map[string]string{"PricingServiceName": "@Pricing.ServiceName"},
		},
	}}
	for name, doc := range decoded {
		e.stacks[name] = template{t, copied(doc).(object)}
	}
	return e
}

// written is all that is loaded.
type written struct {
	files  map[string][]byte
	inputs []byte
}

// write encodes the templates, once after each edit.
func (e *example) write(t testing.TB) written {
	t.Helper()
	w := written{files: map[string][]byte{}}
	var err error
	for name, stack := range e.stacks {
		if w.files[name], err = e.encode(stack.doc); err != nil {
			t.Fatal(err)
		}
	}
	if w.inputs, err = json.Marshal(e.inputs); err != nil {
		t.Fatal(err)
	}
	return w
}

// unbroken is the example without an edit, as it is written.
func unbroken(t testing.TB) written {
	t.Helper()
	unbrokenOnce.Do(func() { unbrokenFiles = newExample(t).write(t) })
	return unbrokenFiles
}

var (
	unbrokenOnce  sync.Once
	unbrokenFiles written
)

func (w written) same(other written) bool {
	return maps.EqualFunc(w.files, other.files, bytes.Equal) && bytes.Equal(w.inputs, other.inputs)
}

// mutate edits the example. An edit that changes nothing fails the test.
func (e *example) mutate(t testing.TB, edit edit) {
	t.Helper()
	before := e.files
	if before.files == nil {
		before = unbroken(t)
	}
	edit(e)
	e.files = e.write(t)
	if e.files.same(before) {
		t.Fatal("the edit changes nothing")
	}
}

// load loads the templates, the consumer's first.
func (e *example) load(t testing.TB) *reachability.Model {
	t.Helper()
	if e.files.files == nil {
		e.files = unbroken(t)
	}
	dir := t.TempDir()
	var inputs []reachability.Input
	for _, name := range []string{"Checkout", "Pricing"} {
		input := *e.inputs[name]
		input.Template = filepath.Join(dir, name+".json")
		if err := os.WriteFile(input.Template, e.files.files[name], 0o600); err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, input)
	}
	model, err := reachability.Load(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	return model
}

// copied is a deep copy.
func copied(v any) any {
	switch v := v.(type) {
	case object:
		c := make(object, len(v))
		for key, value := range v {
			c[key] = copied(value)
		}
		return c
	case array:
		c := make(array, len(v))
		for i, value := range v {
			c[i] = copied(value)
		}
		return c
	}
	return v
}
