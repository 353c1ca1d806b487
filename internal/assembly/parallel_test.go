package assembly_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// dump returns everything that was resolved.
func dump(a *assembly.Assembly) string {
	var b strings.Builder
	for _, s := range a.Stacks {
		for _, r := range s.Resources() {
			fmt.Fprintf(&b, "%s %s %s %v %d\n", r, r.Type, r.Property(), r.Implicit(), r.Line())
		}
	}
	fmt.Fprint(&b, a.Unread)
	return b.String()
}

// Files are parsed several at a time. The result is the same on any number of cores.
func TestAnyNumberOfCores(t *testing.T) {
	inputs := append(mesh(t, 2_000), assembly.Input{Dir: nestedDir(t, nil)}, assembly.Input{Dir: "testdata/snapshots/go-test"})
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want := dump(load(t, inputs...))
	for _, cores := range []int{2, 8} {
		runtime.GOMAXPROCS(cores)
		if got := dump(load(t, inputs...)); got != want {
			t.Errorf("on %d cores, the result differs", cores)
		}
	}
}

// Of several invalid templates, the error is about the first.
func TestFirstErrorOfSeveral(t *testing.T) {
	files := map[string]string{}
	var inputs []assembly.Input
	for i := range 40 {
		name := fmt.Sprintf("s%02d.json", i)
		files[name] = `{"Resources": {}}`
		if i >= 10 {
			files[name] = `{"Resources": ` + strings.Repeat(" ", (40-i)*1_000) // the first is the longest
		}
		inputs = append(inputs, assembly.Input{Template: name})
	}
	dir := write(t, files)
	for i := range inputs {
		inputs[i].Template = filepath.Join(dir, inputs[i].Template)
	}
	for range 20 {
		_, err := assembly.Load(inputs...)
		wantError(t, err, dir, "s10.json: line 1: unexpected end of JSON input")
	}
}

// When the templates together exceed a limit, the error is about the one that does so in order.
func TestFirstTemplateOverALimit(t *testing.T) {
	inputs := mesh(t, 2_000)
	for range 20 {
		_, err := assembly.LoadWithin(assembly.Limits{Values: 12_000}, inputs...)
		wantErrorIn(t, err, filepath.Dir(inputs[0].Template), "Stack3.json: more than 12000 values")
	}
}
