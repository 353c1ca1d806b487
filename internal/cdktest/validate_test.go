package cdktest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Assemblies of one test, and of tests of one name, are left side by side.
func TestAssembliesAreLeft(t *testing.T) {
	later, dir := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "manifest.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(cdktest.Later, later)
	t.Run("in turn", func(t *testing.T) {
		cdktest.WantValid(t, dir, dir)
		cdktest.WantValid(t, dir)
	})
	left, err := filepath.Glob(filepath.Join(later, "cdktest-TestAssembliesAreLeft-in_turn-*", "manifest.json"))
	if err != nil || len(left) != 3 {
		t.Errorf("left %v, want three assemblies: %v", left, err)
	}
}

// What nobody validated would be green.
func TestMakeValidatesWhatIsLeft(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"test: export " + cdktest.Later + " := $(VALIDATE_LATER)", "\t@bin/cdkvalidate -lint $(VALIDATE_LATER)/*"} {
		if !strings.Contains(string(makefile), line+"\n") {
			t.Errorf("the Makefile has no line %q", line)
		}
	}
}
