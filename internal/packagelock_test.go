package internal_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Everything that npm installs has a hash in a lock file, and no install script fetches more beside it.
func TestPackageLocksHaveEveryHash(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../package-lock.json", "../test/*/package-lock.json", "../tools/*/package-lock.json"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) < 4 {
		t.Errorf("only %v", files)
	}
	for _, file := range files {
		for name, p := range lockedPackages(t, file) {
			isHashed := p.Integrity != "" || p.InBundle || name == ""
			if !isHashed || p.HasInstallScript {
				t.Errorf("%s: %s has the integrity %q, and an install script: %v", file, name, p.Integrity, p.HasInstallScript)
			}
		}
	}
}

// lockedPackage is a package of a lock file. The hash of the package that bundles it covers it.
type lockedPackage struct {
	Integrity        string
	InBundle         bool
	HasInstallScript bool
}

func lockedPackages(t *testing.T, file string) map[string]lockedPackage {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lock := struct{ Packages map[string]lockedPackage }{}
	if err := json.Unmarshal(content, &lock); err != nil {
		t.Fatal(err)
	}
	return lock.Packages
}
