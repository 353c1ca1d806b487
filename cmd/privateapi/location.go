package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// locator turns evidence into locations that a viewer can open.
type locator struct{ here string }

func newLocator() *locator {
	here, err := os.Getwd()
	if err != nil {
		here = "" // paths stay as they are
	}
	return &locator{here: here}
}

func (l *locator) location(e reachability.Evidence) sarifLocation {
	at := sarifLocation{Logical: []sarifLogical{{FullName: qualified(e), Kind: "resource"}}}
	if e.ConstructPath != "" {
		at.Logical = append(at.Logical, sarifLogical{FullName: clean(e.ConstructPath), Kind: "construct"})
	}
	if e.File != "" {
		at.Physical = &sarifPhysical{Artifact: sarifArtifact{l.uri(e.File)}, Region: sarifRegion{max(e.Line, 1)}}
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
