package deploy_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// stacksIn returns the stacks of an assembly in the order in which they are deployed: each after those on which it depends.
func stacksIn(t *testing.T, assembly string) (order []string) {
	t.Helper()
	content := must(os.ReadFile(filepath.Join(assembly, "manifest.json")))(t)
	manifest := struct {
		Artifacts map[string]struct {
			Type         string
			Dependencies []string
		}
	}{}
	if err := json.Unmarshal(content, &manifest); err != nil {
		t.Fatal(err)
	}
	var visit func(name string, path []string)
	visit = func(name string, path []string) {
		if slices.Contains(path, name) {
			t.Fatalf("stacks depend on each other: %v", append(path, name))
		}
		if manifest.Artifacts[name].Type != "aws:cloudformation:stack" || slices.Contains(order, name) {
			return
		}
		for _, other := range manifest.Artifacts[name].Dependencies {
			visit(other, append(path, name))
		}
		order = append(order, name)
	}
	for _, name := range slices.Sorted(maps.Keys(manifest.Artifacts)) {
		visit(name, nil)
	}
	return order
}
