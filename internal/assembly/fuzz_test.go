package assembly_test

import (
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// fuzzLoad loads what the fuzzer makes; what loads must answer all questions without a panic, and soon.
func fuzzLoad(t *testing.T, name string, data []byte) {
	t.Helper()
	start := time.Now()
	a, err := assembly.LoadMemory(map[string][]byte{name: data}, in(name))
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("%d bytes take %v", len(data), took)
	}
	if err != nil {
		if err.Error() == "" {
			t.Error("an error without a text")
		}
		return
	}
	for _, s := range a.Stacks {
		var last assembly.Value
		for _, r := range s.Resources() {
			v := r.Property()
			ask(v)
			if assembly.Equal(v, last) != assembly.Equal(last, v) {
				t.Errorf("%s and %s are equal one way round only", v, last)
			}
			if assembly.Equal(v, v) == assembly.No {
				t.Errorf("%s is not itself", v)
			}
			last = v
			_, _ = r.Implicit(), r.Existence()
		}
	}
}

// ask asks a value everything, down to its leaves.
func ask(v assembly.Value) {
	_, _, _, _, _ = v.String(), v.Why(), v.Settle(), v.Separator(), v.Len()
	_, _ = v.Text()
	_, _ = v.Number()
	_, _ = v.Bool()
	_, _, _ = v.Reference()
	items, _ := v.Items()
	for _, item := range append(items, v.Parts()...) {
		ask(item)
	}
	for _, key := range v.Fields() {
		ask(v.Field(key))
	}
	if _, _, of, ok := v.Part(); ok {
		ask(of)
	}
}

func FuzzLoadJSON(f *testing.F) {
	for _, seed := range []string{nestedParent, nestedChild, emptyTemplate} {
		f.Add([]byte(seed))
	}
	for value := range badValues {
		f.Add([]byte(`{"Conditions": {"Europe": {"Fn::Equals": [1, 1]}}, "Resources": {"Vpc": {"Type": "V"}, "It": {"Type": "T", "Properties": {"Value": ` + value + `}}}}`))
	}
	f.Fuzz(func(t *testing.T, data []byte) { fuzzLoad(t, "x.json", data) })
}

func FuzzLoadYAML(f *testing.F) {
	for _, seed := range []string{
		aroundYAML, conditional, comparing, exporting, importing, kinds, parameters,
		"Resources: {A: {Type: T, Properties: &p {P: !Join [a, [b]]}}, B: {Type: T, Properties: *p}}",
		"A: &a [*a]", "? [a]\n: b", "A: !!binary aGk=", "Resources: !Sub x",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { fuzzLoad(t, "x.yaml", data) })
}
