package deploy_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDeployDocs compares the tables of docs/deploy.md with what TestUpdates asserts. UPDATE_GOLDEN=1 rewrites them.
func TestDeployDocs(t *testing.T) {
	file := filepath.Join("..", "..", "docs", "deploy.md")
	content := must(os.ReadFile(file))(t)
	text := string(content)
	tables := map[string]string{"<!-- everyday changes -->": tableOf(everyday), "<!-- disruptive changes -->": tableOf(disruptive)}
	for _, m := range moves {
		tables[m.marker()] = m.table()
	}
	for marker, table := range tables {
		before, rest, found := strings.Cut(text, marker+"\n")
		old, after, ended := strings.Cut(rest, "<!-- end -->\n")
		if !found || !ended {
			t.Fatalf("%s has no %s with an end", file, marker)
		}
		if old != table && os.Getenv("UPDATE_GOLDEN") == "" {
			t.Errorf("after %s, %s has\n%s\nwant\n%s\nUPDATE_GOLDEN=1 go test -run DeployDocs . rewrites it", marker, file, old, table)
		}
		text = before + marker + "\n" + table + "<!-- end -->\n" + after
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func tableOf(changes []change) string {
	text := strings.Builder{}
	text.WriteString("| Change | Side | What the change set does | Note |\n|---|---|---|---|\n")
	for _, c := range changes {
		note := c.note
		for _, side := range []struct {
			of string
			*consequences
		}{{"provider", c.provider}, {"consumer", c.consumer}} {
			if side.consequences != nil {
				fmt.Fprintf(&text, "| %s | %s | %s | %s |\n", c.text, side.of, side.String(), note)
				note = ""
			}
		}
	}
	return text.String()
}

func (of *moving) table() string {
	text := strings.Builder{}
	text.WriteString("| Deployment of the consumer | What its change set does | Afterwards its name leads over |\n|---|---|---|\n")
	for _, s := range of.steps {
		fmt.Fprintf(&text, "| %s | %s | %s |\n", s.text, &s.changes, s.leads)
	}
	return text.String()
}

// String describes the consequences.
func (c *consequences) String() string {
	parts := []string{}
	for _, kind := range []struct {
		verb  string
		names []string
	}{{"replaces", c.replaced}, {"modifies", c.modified}, {"adds", c.added}, {"removes", c.removed}, {"lists", c.listed}} {
		if len(kind.names) > 0 {
			parts = append(parts, kind.verb+" "+listOf(kind.names))
		}
	}
	return strings.Join(parts, "; ")
}

// listOf is a list of names without repetitions. Rules that occur more than once have their number.
func listOf(names []string) string {
	counts := map[string]int{}
	for _, name := range names {
		counts[name]++
	}
	listed := []string{}
	for _, name := range slices.Compact(slices.Clone(names)) {
		group, isRule := strings.CutPrefix(name, "rule of ")
		switch {
		case isRule && counts[name] > 1:
			listed = append(listed, fmt.Sprintf("%d rules of `%s`", counts[name], group))
		case isRule:
			listed = append(listed, fmt.Sprintf("a rule of `%s`", group))
		default:
			listed = append(listed, "`"+name+"`")
		}
	}
	return strings.Join(listed, ", ")
}
