package main

import (
	"bufio"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// locator turns evidence into locations that a viewer can open.
type locator struct {
	here  string
	lines map[string]map[string]int // of resources, by file and logical ID
}

func newLocator() *locator {
	here, err := os.Getwd()
	if err != nil {
		here = "" // paths stay as they are
	}
	return &locator{here: here, lines: map[string]map[string]int{}}
}

func (l *locator) location(e reachability.Evidence) sarifLocation {
	at := sarifLocation{Logical: []sarifLogical{{FullName: qualified(e), Kind: "resource"}}}
	if e.ConstructPath != "" {
		at.Logical = append(at.Logical, sarifLogical{FullName: clean(e.ConstructPath), Kind: "construct"})
	}
	if e.File != "" {
		at.Physical = &sarifPhysical{Artifact: sarifArtifact{l.uri(e.File)}, Region: sarifRegion{l.line(e.File, e.LogicalID)}}
	}
	return at
}

// qualified is the stack, the logical ID and the property.
func qualified(e reachability.Evidence) string {
	e.Value = ""
	return clean(e.String())
}

// uri is a file relative to the working directory, or its full path if it is outside.
func (l *locator) uri(file string) string {
	full, err := filepath.Abs(file)
	if err != nil {
		full = file
	}
	if relative, err := filepath.Rel(l.here, full); err == nil && filepath.IsLocal(relative) {
		return (&url.URL{Path: filepath.ToSlash(relative)}).String()
	}
	path := filepath.ToSlash(full)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// line is where a resource begins in a template, or the first line, since viewers need one.
func (l *locator) line(file, logicalID string) int {
	lines, ok := l.lines[file]
	if !ok {
		lines = resourceLines(file)
		l.lines[file] = lines
	}
	return max(lines[logicalID], 1)
}

// resourceLines finds the keys one level below Resources, in multi-line JSON or in YAML. A key that it misses only makes
// a location less exact.
func resourceLines(file string) map[string]int {
	lines := map[string]int{}
	f, err := os.Open(file)
	if err != nil {
		return lines
	}
	defer func() { _ = f.Close() }()
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, 16<<20)
	outer, inner := -1, -1
	for number := 1; scanner.Scan(); number++ {
		indent, key := keyOf(scanner.Text())
		switch {
		case key == "":
		case outer < 0:
			if key == "Resources" {
				outer = indent
			}
		case indent <= outer:
			return lines // the section is over
		case inner < 0 || indent == inner:
			inner = indent
			lines[key] = number
		}
	}
	return lines
}

// keyOf is the key at the start of a line, and its indentation.
func keyOf(line string) (indent int, key string) {
	rest := strings.TrimLeft(line, " \t")
	indent = len(line) - len(rest)
	if quoted, ok := strings.CutPrefix(rest, `"`); ok {
		if key, after, ok := strings.Cut(quoted, `"`); ok && strings.HasPrefix(strings.TrimSpace(after), ":") {
			return indent, key
		}
		return indent, ""
	}
	key, after, ok := strings.Cut(rest, ":")
	if !ok || strings.ContainsAny(key, " \t#{}[]") || after != "" && !strings.HasPrefix(after, " ") {
		return indent, ""
	}
	return indent, strings.Trim(key, "'")
}
