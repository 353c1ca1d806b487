package main

import (
	"io"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// rendered is what a renderer writes.
func rendered(write func(io.Writer) error) (string, error) {
	var b strings.Builder
	err := write(&b)
	return b.String(), err
}

func renderText(r *reachability.Report, o textOptions) string {
	text, _ := rendered(func(w io.Writer) error { return writeText(w, r, o) }) // a strings.Builder has no errors
	return text
}

func renderMermaid(r *reachability.Report) string {
	text, _ := rendered(func(w io.Writer) error { return writeMermaid(w, r, pathsOf(r)) })
	return text
}

func renderSVG(r *reachability.Report) string {
	text, _ := rendered(func(w io.Writer) error { return writePaths(w, "svg", r, pathsOf(r)) })
	return text
}

func renderPage(r *reachability.Report) string {
	text, _ := rendered(func(w io.Writer) error { return writePaths(w, "html", r, pathsOf(r)) })
	return text
}

// pathsOf are the paths of a report that no model has made: they have no places.
func pathsOf(r *reachability.Report) []proof.Path {
	paths := make([]proof.Path, len(r.Answers))
	for i, a := range r.Answers {
		paths[i] = proof.NewPath(a)
	}
	return paths
}

func renderJSON(r *reachability.Report) (string, error) {
	return rendered(func(w io.Writer) error { return writeJSON(w, r) })
}

func renderSARIF(r *reachability.Report, version string) (string, error) {
	return rendered(func(w io.Writer) error { return writeSARIF(w, r, version) })
}

// Renderers return the error of what they write to.
func TestRenderersReturnErrors(t *testing.T) {
	for name, write := range map[string]func(io.Writer, *reachability.Report) error{
		"text":    func(w io.Writer, r *reachability.Report) error { return writeText(w, r, textOptions{}) },
		"json":    writeJSON,
		"sarif":   func(w io.Writer, r *reachability.Report) error { return writeSARIF(w, r, "v1") },
		"mermaid": func(w io.Writer, r *reachability.Report) error { return writeMermaid(w, r, pathsOf(r)) },
		"svg":     func(w io.Writer, r *reachability.Report) error { return writePaths(w, "svg", r, pathsOf(r)) },
		"html":    func(w io.Writer, r *reachability.Report) error { return writePaths(w, "html", r, pathsOf(r)) },
	} {
		if err := write(brokenWriter{}, mixedReport()); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
