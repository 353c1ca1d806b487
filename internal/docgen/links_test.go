package docgen_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	dropped = regexp.MustCompile("[^a-z0-9 _-]")
)

// Links between pages lead to files and headings that exist.
func TestDocsLinks(t *testing.T) {
	count := 0
	for _, page := range append(pages(t), "docs/deploy.md", "CONTRIBUTING.md") {
		for _, match := range link.FindAllStringSubmatch(read(t, page), -1) {
			target, anchor, _ := strings.Cut(match[1], "#")
			if strings.Contains(target, "://") {
				continue
			}
			count++
			file := page
			if target != "" {
				file = path.Join(path.Dir(page), target)
			}
			if _, err := os.Stat(filepath.Join(root, file)); err != nil {
				t.Errorf("%s links to %s: %v", page, match[1], err)
			} else if anchor != "" && !hasHeading(read(t, file), anchor) {
				t.Errorf("%s links to %s, and there is no such heading", page, match[1])
			}
		}
	}
	if count < 50 {
		t.Errorf("only %d links", count)
	}
}

// pageInCode is a page that code names, in a comment, a message or the description of an alarm.
var pageInCode = regexp.MustCompile(`docs/([a-z0-9-]+\.md)(?:#([a-z0-9-]+))?`)

// Pages and headings that code names exist.
func TestCodeLinks(t *testing.T) {
	count := 0
	for _, dir := range []string{"cmd", "constructs", "examples", "internal", "reachability", "test/deploy"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(file string, entry os.DirEntry, err error) error {
			switch {
			case err == nil && entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".")):
				return filepath.SkipDir
			case err != nil || entry.IsDir() || filepath.Ext(file) != ".go":
				return err
			}
			content, err := os.ReadFile(file)
			for _, match := range pageInCode.FindAllStringSubmatch(string(content), -1) {
				count++
				text, missing := os.ReadFile(filepath.Join(root, "docs", match[1]))
				if missing != nil || match[2] != "" && !hasHeading(string(text), match[2]) {
					t.Errorf("%s names %s, and there is no such page or heading", file, match[0])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if count < 10 {
		t.Errorf("only %d pages", count)
	}
}

// hasHeading reports whether a page has a heading with an anchor, as GitHub derives it.
func hasHeading(text, anchor string) bool {
	for _, match := range heading.FindAllStringSubmatch(text, -1) {
		if strings.ReplaceAll(dropped.ReplaceAllString(strings.ToLower(match[1]), ""), " ", "-") == anchor {
			return true
		}
	}
	return false
}

// A new user reads README.md in one go. What has more to say has a page in docs.
func TestReadmeIsShort(t *testing.T) {
	const most = 150
	if lines := strings.Count(read(t, "README.md"), "\n"); lines > most {
		t.Errorf("README.md has %d lines, want %d at most", lines, most)
	}
}
