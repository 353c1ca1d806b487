package assembly_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// write writes files into a directory of the test and returns it.
func write(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// in returns the input for a template of stack Shop in a known account and Region.
func in(file string) assembly.Input {
	return assembly.Input{Template: file, Name: "Shop", Account: "111111111111", Region: "eu-west-1"}
}

func load(t testing.TB, inputs ...assembly.Input) *assembly.Assembly {
	t.Helper()
	a, err := assembly.Load(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// shop loads one template as stack Shop. The template is JSON if it begins with a brace.
func shop(t testing.TB, text string, edit ...func(*assembly.Input)) (*assembly.Assembly, error) {
	t.Helper()
	name := "shop.yaml"
	if strings.HasPrefix(text, "{") {
		name = "shop.json"
	}
	input := in(filepath.Join(write(t, map[string]string{name: text}), name))
	for _, e := range edit {
		e(&input)
	}
	return assembly.Load(input)
}

// mustShop is like shop, but fails the test on errors.
func mustShop(t testing.TB, text string, edit ...func(*assembly.Input)) *assembly.Assembly {
	t.Helper()
	a, err := shop(t, text, edit...)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// given sets values of parameters.
func given(values map[string]string) func(*assembly.Input) {
	return func(in *assembly.Input) { in.Parameters = values }
}

// anywhere leaves account and Region unknown.
func anywhere(in *assembly.Input) { in.Account, in.Region = "", "" }

// wantError fails the test unless err, without the directory of the files, is exactly the text.
func wantError(t testing.TB, err error, dir, want string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %q", want)
	}
	if got := strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""); got != want {
		t.Errorf("error = %q\n        want %q", got, want)
	}
}

func wantString(t testing.TB, got assembly.Value, want string) {
	t.Helper()
	if got.String() != want {
		t.Errorf("value = %s\n        want %s", got, want)
	}
}

// wantErrorIn fails the test unless err contains the text, in which DIR stands for the directory of the files.
func wantErrorIn(t testing.TB, err error, dir, want string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", want)
	}
	got := strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), "")
	if dir != "" {
		got = strings.ReplaceAll(got, dir, "DIR")
	}
	if !strings.Contains(got, want) {
		t.Errorf("error = %q\n        want it to contain %q", got, want)
	}
}
