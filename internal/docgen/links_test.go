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
