package assembly_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// fuzzLoad loads generated input. If it loads, all methods of its values must return soon, without a panic.
func fuzzLoad(t *testing.T, name string, data []byte) {
	t.Helper()
	fuzzFiles(t, map[string][]byte{name: data}, in(name))
}

func fuzzFiles(t *testing.T, files map[string][]byte, inputs ...assembly.Input) {
	t.Helper()
	start := time.Now()
	a, err := assembly.LoadMemory(files, inputs...)
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it takes %v", took)
	}
	if err != nil {
		if err.Error() == "" {
			t.Error("an error without text")
		}
		return
	}
	for _, u := range a.Unread {
		if u.Why == "" || u.Exists == assembly.No || u.Stack == nil || u.Settle.Subject == "" {
			t.Errorf("unread: %+v", u)
		}
	}
	for _, s := range a.Stacks {
		var last assembly.Value
		for _, r := range s.Resources() {
			v := r.Property()
			ask(v)
			if assembly.Equal(v, last) != assembly.Equal(last, v) {
				t.Errorf("Equal of %s and %s is not symmetric", v, last)
			}
			if assembly.Equal(v, v) == assembly.No {
				t.Errorf("%s does not equal itself", v)
			}
			last = v
			_, _ = r.Implicit(), r.Existence()
			for _, key := range v.Fields() {
				if line := r.Line(key); line < 1 || line > 1+bytes.Count(files[s.File], []byte{'\n'}) {
					t.Errorf("%s of %s is on line %d, which the template does not have", key, r, line)
				}
			}
		}
	}
}

// ask calls all methods of a value and of the values below it.
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
		"A: &a [*a]", "? [a]\n: b", "A: !!binary aGk=", "Resources: !Sub x", "Parameters: {}",
		loopParameters + `Resources: {"Fn::ForEach::L": [X, !Ref Names, {"Fn::ForEach::${X}": [Y, [1, "${X}"], {"V&{X}${Y}": {Type: V, Properties: {R: !Ref X}}}]}]}`,
		loopParameters + `Resources: {V: {Type: V, Properties: {L: !Length [a], "Fn::ForEach::L": [X, !Ref Unknown, {"${X}": !Ref X}]}}}`,
		"Resources: {M: {Type: A::B::C::MODULE}, N: {Type: AWS::CloudFormation::Stack}, 'Fn::Transform': {Name: x}}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { fuzzLoad(t, "x.yaml", data) })
}

// The value of a parameter can refer to any output, including one that depends on the parameter.
func FuzzGiven(f *testing.F) {
	for _, given := range []string{"@Shop.O", "@b.O", "@Shop/N.O", "@@x", "@", "@.", "@b.", "@.O", "@b.Nothing", "{{resolve:ssm:x}}", "a,b"} {
		f.Add([]byte(`Parameters: {P: {Type: CommaDelimitedList}, Q: {Type: String}}
Conditions: {C: !Equals [!Ref Q, x]}
Resources: {R: {Type: T, Condition: C, Properties: {P: !Ref P, Q: !Ref Q}}, "Fn::ForEach::L": [X, !Ref P, {"V&{X}": {Type: V}}]}
Outputs: {O: {Value: !Ref Q, Condition: C}}`), given)
	}
	other := []byte(`Parameters: {Q: {Type: String}}
Resources: {R: {Type: T}}
Outputs: {O: {Value: !Sub "${R},${Q}", Export: {Name: x}}}`)
	f.Fuzz(func(t *testing.T, data []byte, given string) {
		a := in("a.yaml")
		a.Parameters = map[string]string{"P": given, "Q": given}
		fuzzFiles(t, map[string][]byte{"a.yaml": data, "b.yaml": other}, a, assembly.Input{Template: "b.yaml"})
	})
}

// The manifests of a cloud assembly, of a stage and of assets, with the template of a stack.
func FuzzAssembly(f *testing.F) {
	const stage = `{"artifacts": {"P": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "stage"}}, "Q": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "."}}}}`
	const hash = "0123456789abcdef0123456789abcdef"
	const assets = `{"files": {"` + hash + `": {"source": {"path": "n.json"}, "destinations": {"d": {"objectKey": "a/` + hash + `.json"}}}}}`
	const legacy = `{"artifacts": {"S": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/x", "properties": {"templateFile": "s.json", "stackName": "S", "parameters": {"P": 1}},
  "additionalMetadataFile": "s.assets.json", "metadata": {"/S": [{"data": {"path": "n.json", "s3BucketParameter": "B"}}]}}}}`
	const asset = `{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": {"Fn::Join": ["", ["https://", {"Ref": "B"}, "/a/` + hash + `.json"]]}}}}, "Parameters": {"B": {"Type": "String"}}}`
	for _, template := range []string{oneNest, oneAsset, asset, emptyTemplate, `{"Parameters": {}}`} {
		for _, manifest := range []string{oneStack, legacy, stage} {
			f.Add([]byte(manifest), []byte(assets), []byte(template))
		}
	}
	f.Fuzz(func(t *testing.T, manifest, assets, template []byte) {
		files := map[string][]byte{
			"out/manifest.json": manifest, "out/s.json": template, "out/s.assets.json": assets, "out/n.json": []byte(emptyTemplate),
			"out/stage/manifest.json": []byte(oneStack), "out/stage/s.json": template,
		}
		fuzzFiles(t, files, assembly.Input{Dir: "out", Account: "111111111111", Nested: map[string]string{"X": "out/n.json"}})
		fuzzFiles(t, files, assembly.Input{Dir: "out"})
	})
}
