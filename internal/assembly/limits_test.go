package assembly_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/growthtest"
)

// soon fails the test if f takes longer than hostile input is allowed to.
func soon(t *testing.T, f func()) {
	t.Helper()
	start := growthtest.CPUTime()
	f()
	if took := growthtest.CPUTime() - start; took > 20*time.Second {
		t.Errorf("it takes %v", took)
	}
}

func TestDeepJSON(t *testing.T) {
	for n, want := range map[int]string{250: "nested deeper than 200", 20_000: "exceeded max depth"} {
		text := `{"Resources": ` + strings.Repeat("[", n) + strings.Repeat("]", n) + "}"
		_, err := shop(t, text)
		wantErrorIn(t, err, "", want)
	}
}

func TestManyValues(t *testing.T) {
	soon(t, func() {
		_, err := shop(t, `{"Resources": {}, "X": [`+strings.Repeat("0,", 4_000_000)+`0]}`)
		wantErrorIn(t, err, "", "more than 4000000 values")
	})
}

func TestLargeFiles(t *testing.T) {
	dir := t.TempDir()
	for name, tc := range map[string]struct {
		size int64
		want string
	}{
		"x.json": {64<<20 + 1, "x.json: larger than 64 MiB"},
		"x.yaml": {8<<20 + 1, "x.yaml: more than 8388608 bytes of YAML"},
	} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(file, tc.size); err != nil {
			t.Fatal(err)
		}
		_, err := assembly.Load(in(file))
		wantError(t, err, dir, tc.want)
	}
}

// doubling is a chain of nested stacks, each of which passes twice the text to the next one.
func TestDoublingText(t *testing.T) {
	files := map[string]string{}
	for i := range 40 {
		files[fmt.Sprintf("s%d.json", i)] = fmt.Sprintf(`{"Parameters":{"P":{"Type":"String","Default":"0123456789"}},
  "Resources":{"N":{"Type":"AWS::CloudFormation::Stack","Metadata":{"aws:asset:path":"s%d.json"},
  "Properties":{"Parameters":{"P":{"Fn::Sub":"${P}${P}"}}}}}}`, i+1)
	}
	dir := write(t, files)
	soon(t, func() {
		_, err := assembly.Load(in(filepath.Join(dir, "s0.json")))
		wantError(t, err, dir, "the templates build more text than their size explains")
	})
}

// In a text of references, the number of parts doubles, not the number of bytes.
func TestDoublingParts(t *testing.T) {
	files := map[string]string{}
	for i := range 40 {
		files[fmt.Sprintf("s%d.json", i)] = fmt.Sprintf(`{"Parameters":{"P":{"Type":"String","Default":"0"}},
  "Resources":{"V":{"Type":"V"},"N":{"Type":"AWS::CloudFormation::Stack","Metadata":{"aws:asset:path":"s%d.json"},
  "Properties":{"Parameters":{"P":{"Fn::Sub":"${P}${P}${V}"}}}}}}`, i+1)
	}
	dir := write(t, files)
	soon(t, func() {
		_, err := assembly.Load(in(filepath.Join(dir, "s0.json")))
		if err == nil {
			t.Error("no error")
		}
	})
}

// Every stack contains the next one twice, which makes two to the power of 40 stacks.
func TestDoublingStacks(t *testing.T) {
	files := map[string]string{}
	for i := range 40 {
		nested := fmt.Sprintf(`{"Type":"AWS::CloudFormation::Stack","Metadata":{"aws:asset:path":"s%d.json"}}`, i+1)
		files[fmt.Sprintf("s%d.json", i)] = fmt.Sprintf(`{"Resources":{"A":%s,"B":%s}}`, nested, nested)
	}
	dir := write(t, files)
	soon(t, func() {
		_, err := assembly.Load(in(filepath.Join(dir, "s0.json")))
		wantErrorIn(t, err, dir, "more than 10000 stacks")
	})
}

// A long chain of exports is resolved without running out of stack.
func TestChainOfExports(t *testing.T) {
	const n = 3_000
	files := map[string]string{}
	var inputs []assembly.Input
	for i := range n {
		name := fmt.Sprintf("s%d.json", i)
		files[name] = fmt.Sprintf(`{"Resources":{},"Outputs":{"O":{"Value":{"Fn::Join":["",["",{"Fn::Join":["",["",{"Fn::ImportValue":"e%d"}]]}]]},"Export":{"Name":"e%d"}}}}`, i+1, i)
		inputs = append(inputs, assembly.Input{Template: name})
	}
	dir := write(t, files)
	for i := range inputs {
		inputs[i].Template = filepath.Join(dir, inputs[i].Template)
	}
	soon(t, func() {
		_, err := assembly.Load(inputs...)
		wantError(t, err, dir, "the templates refer to each other over too many steps")
	})
	load(t, inputs[n-1_000:]...)
}

// The work on a long value that many others contain is limited.
func TestManyUsesOfALongText(t *testing.T) {
	for name, use := range map[string]string{
		"Fn::Sub":         `{"Fn::Sub":"${P}x"}`,
		"Fn::Split":       `{"Fn::Split":["#",{"Ref":"P"}]}`,
		"Fn::Base64":      `{"Fn::Base64":{"Ref":"P"}}`,
		"Fn::ImportValue": `{"Fn::ImportValue":{"Ref":"P"}}`,
		"Fn::If":          `{"Fn::If":["C",{"Ref":"P"},{"Ref":"Q"}]}`,
		"Fn::Select":      `{"Fn::Select":[0,{"Fn::Split":["#",{"Fn::Sub":"${P}${V}"}]}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			long := `{"Type":"String","Default":"` + strings.Repeat("y", 900_000) + `"}`
			text := `{"Parameters":{"E":{"Type":"String"},"P":` + long + `,"Q":` + long + `},"Conditions":{"C":{"Fn::Equals":[{"Ref":"E"},"x"]}},
  "Resources":{"V":{"Type":"V"},"It":{"Type":"T","Properties":{"Value":[` + strings.Repeat(use+",", 40_000) + `0]}}}}`
			soon(t, func() { _, _ = shop(t, text) })
		})
	}
}

func TestLongStringsAreCut(t *testing.T) {
	a := mustShop(t, `{"Resources":{"It":{"Type":"T","Properties":{"Value":["`+strings.Repeat("ä", 100_000)+`"]}}}}`)
	if got := a.Stack("Shop").Resource("It").Property("Value").String(); len(got) > 70_000 || !strings.HasSuffix(got, "…") {
		t.Errorf("a string of %d bytes that ends in %q", len(got), got[len(got)-10:])
	}
}
