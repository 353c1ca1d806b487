package main

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

//go:embed page.html
var pageSource string

// pageTemplate escapes all values by where they stand; clean takes control characters out, which HTML has no escape for.
var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"clean": clean,
	"flags": flagsFor,
	"few": func(list []string) []string {
		if more := len(list) - fewClients; more > 0 {
			return append(list[:fewClients:fewClients], fmt.Sprintf("%d more", more))
		}
		return list
	},
}).Parse(pageSource))

const (
	fewPageAnswers = 500 // with all of their hops
	fewPageItems   = 500 // of reasons, findings or notices
)

// page is what the template shows.
type page struct {
	Title, Summary string
	Picture        template.HTML
	Groups         []reachability.Group
	Findings       []reachability.Finding
	Notices        []reachability.Notice
	Answers        []reachability.Answer
	More           string
}

// writePage writes a page that needs nothing else: a picture, and the report under it.
func writePage(w io.Writer, title string, svg []byte, r *reachability.Report) error {
	p := page{
		Title: title, Summary: summaryOf(r), Picture: template.HTML(svg), //nolint:gosec // the picture escapes its texts
		Groups: r.Groups(), Findings: r.Findings, Notices: r.Notices, Answers: r.Answers,
	}
	isCut := len(p.Groups) > fewPageItems || len(p.Findings) > fewPageItems || len(p.Notices) > fewPageItems || len(p.Answers) > fewPageAnswers
	p.Groups = p.Groups[:min(len(p.Groups), fewPageItems)]
	p.Findings = p.Findings[:min(len(p.Findings), fewPageItems)]
	p.Notices = p.Notices[:min(len(p.Notices), fewPageItems)]
	p.Answers = p.Answers[:min(len(p.Answers), fewPageAnswers)]
	if isCut {
		p.More = "There is more than this page shows: privateapi prove --json has all of it."
	}
	return pageTemplate.Execute(w, p)
}
