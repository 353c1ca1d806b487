package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/picture"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const graphCommand = "graph"

const graphUsage = `privateapi graph [flags] draws the paths that privateapi prove follows: accounts and VPCs, resources, and on the arrows ports and verdicts, with
the reason under a hop that does not pass. What is behind such a hop is drawn too. Of many calls it draws a matrix: who reaches what.

  --format svg         a picture (default)
  --format html        a page with the picture and the report
  --format mermaid     the paths as a flowchart for Markdown
  --format markdown    the matrix as tables
  --matrix             the matrix of services and consumers, and not the paths
  --mesh FILE          the matrix of a declaration: what is declared and what is reachable
  --consumer NAME=VPC  VPC of a consumer of the declaration, if neither its account nor its name tells; repeat as needed
  --output FILE        write into a file; default: standard output

The other flags are those of privateapi prove, which lists them: templates, facts, and what to draw.

Exit codes: 0 drawn, whatever the verdict; 3 bad input.
`

// graphFormats are what --format takes.
var graphFormats = []string{"svg", "html", "mermaid", "markdown"}

// graphOptions are the flags of graph that prove does not have.
type graphOptions struct {
	format, output, mesh string
	isMatrix             bool
	consumers            map[string]string // VPCs by the names of consumers
}

func (o *graphOptions) flags(f *flag.FlagSet) {
	f.Func("format", "", func(s string) error {
		switch {
		case !slices.Contains(graphFormats, s):
			return errors.New("want one of " + strings.Join(graphFormats, ", "))
		case o.format != "":
			return errors.New("given twice")
		}
		o.format = s
		return nil
	})
	f.Func("output", "", once(&o.output, "", isAnything))
	f.Func("mesh", "", once(&o.mesh, "", isAnything))
	f.Func("consumer", "", o.addConsumer)
	f.BoolVar(&o.isMatrix, "matrix", false, "")
}

// graph proves what prove proves, and draws it.
func graph(args []string) (output writer, code int, err error) {
	o, err := parseFor(graphCommand, args)
	if err != nil || o.help {
		return text(graphUsage), exitReachable, err
	}
	if err := o.graph.check(); err != nil {
		return nil, exitBadInput, fmt.Errorf("graph: %w", err)
	}
	model, err := o.facts.LoadWithin(o.limits, o.inputs...)
	if err != nil {
		return nil, exitBadInput, o.explainMissing(err)
	}
	report := model.Prove(o.question)
	if report.Stopped != nil {
		return nil, exitBadInput, fmt.Errorf("graph: %w", withFlag(report.Stopped))
	}
	paths, err := model.Paths(report)
	if err != nil {
		return nil, exitBadInput, fmt.Errorf("graph: %w", withFlag(err))
	}
	draw := func(w io.Writer) error { return writePaths(w, o.graph.format, report, paths) }
	if o.graph.isMatrix {
		matrix, err := o.graph.matrix(paths)
		if err != nil {
			return nil, exitBadInput, fmt.Errorf("graph: %w", err)
		}
		draw = func(w io.Writer) error { return writeMatrix(w, o.graph.format, report, newChart(matrix)) }
	}
	if o.graph.output != "" {
		return text(""), exitReachable, writeFile(o.graph.output, draw)
	}
	return draw, exitReachable, nil
}

func writePaths(w io.Writer, format string, r *reachability.Report, paths []proof.Path) error {
	if format == "mermaid" {
		return writeMermaid(w, r, paths)
	}
	return writePicture(w, format, "Paths to private APIs", sceneOf(r, proof.NewGraph(paths)).Draw(), r)
}

func writeMatrix(w io.Writer, format string, r *reachability.Report, c *chart) error {
	if format == "markdown" {
		return c.writeMarkdown(w)
	}
	return writePicture(w, format, "Who reaches what", c.picture().Draw(), r)
}

func writePicture(w io.Writer, format, title string, svg []byte, r *reachability.Report) error {
	if format == "html" {
		return writePage(w, title, svg, r)
	}
	_, err := w.Write(svg)
	return err
}

// writeFile writes the output of a command into a file.
func writeFile(name string, write writer) error {
	var b strings.Builder
	if err := write(&b); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(b.String()), 0o644) //nolint:gosec // a picture has no secrets
}

// roleColumns are the columns of a picture: how far a resource is from the client.
var roleColumns = map[string]int{
	proof.RoleClient:           0,
	proof.SegmentEndpoint.Name: 1, proof.SegmentNetwork.Name: 1, proof.SegmentInternet.Name: 1, proof.SegmentServiceNetwork.Name: 1,
	proof.SegmentEndpointService.Name: 2, proof.SegmentService.Name: 2,
	proof.SegmentNLB.Name:    3,
	proof.SegmentALB.Name:    4,
	proof.SegmentTarget.Name: 5,
}

// sceneOf is a graph as a scene.
func sceneOf(r *reachability.Report, g *proof.Graph) *picture.Scene {
	s := &picture.Scene{Title: sceneTitle(r), Description: sceneDescription(r)}
	for _, b := range g.Boxes {
		s.Boxes = append(s.Boxes, picture.Box{Role: b.Role, Name: b.Name, Column: roleColumns[b.Role], IsMissing: b.Name == ""})
	}
	frames, _ := g.Frames()
	for _, f := range frames {
		frame := picture.Frame{Title: f.Title(), Boxes: f.Boxes}
		for _, vpc := range f.Vpcs {
			frame.Groups = append(frame.Groups, picture.Group{Title: "VPC " + vpc.Name, Boxes: vpc.Boxes})
		}
		s.Frames = append(s.Frames, frame)
	}
	isUsed := map[picture.Tone]bool{}
	for _, e := range g.Edges {
		edge := picture.Edge{From: e.From, To: e.To, Tone: edgeTone(e), Head: e.Port(), Lines: edgeLines(e)}
		isUsed[edge.Tone] = true
		s.Edges = append(s.Edges, edge)
	}
	for _, l := range []picture.Line{
		{Text: "proven to pass", Tone: picture.Passes},
		{Text: "blocked", Tone: picture.Blocks},
		{Text: "unknown", Tone: picture.Unknown},
		{Text: "behind what does not pass: not followed", Tone: picture.Plain},
	} {
		if isUsed[l.Tone] {
			s.Legend = append(s.Legend, l)
		}
	}
	return s
}

func sceneTitle(r *reachability.Report) string {
	if len(r.Answers) == 0 {
		return "nothing to prove: " + r.WhyNothing()
	}
	var parts []string
	for _, v := range []reachability.Verdict{reachability.Reachable, reachability.Blocked, reachability.Unknown} {
		if n := r.Count(v); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	return count(len(r.Answers), "call") + ": " + strings.Join(parts, ", ")
}

// mostDescribed is how many calls are described to readers who do not see the picture.
const mostDescribed = 50

// sceneDescription says what the picture shows, one call a line.
func sceneDescription(r *reachability.Report) string {
	var lines []string
	for _, a := range r.Answers[:min(len(r.Answers), mostDescribed)] {
		line := fmt.Sprintf("%s calls %s: %s", a.Client, a.URL(), a.Verdict)
		if hop := a.Decisive(); a.Verdict != reachability.Reachable {
			line += fmt.Sprintf(" at %s: %s", hop.Name, hop.Message)
		}
		lines = append(lines, clean(line)+".")
	}
	if more := len(r.Answers) - mostDescribed; more > 0 {
		lines = append(lines, fmt.Sprintf("And %s.", count(more, "more call")))
	}
	return strings.Join(lines, "\n")
}

func edgeTone(e proof.Edge) picture.Tone {
	if !e.IsFollowed {
		return picture.Plain
	}
	return verdictTone(e.Verdict)
}

func verdictTone(v reachability.Verdict) picture.Tone {
	switch v {
	case reachability.Reachable:
		return picture.Passes
	case reachability.Blocked:
		return picture.Blocks
	}
	return picture.Unknown
}

// edgeLines are why calls do not pass, then what is called.
func edgeLines(e proof.Edge) []picture.Line {
	var lines []picture.Line
	for _, r := range e.Reasons[:min(len(e.Reasons), fewReasons)] {
		tone := verdictTone(r.Hop.Verdict)
		lines = append(lines, picture.Line{Text: r.Hop.Name + ": " + r.Hop.Message, Tone: tone})
		for _, only := range [][]string{r.Hosts, r.Clients} {
			if len(only) > 0 {
				lines = append(lines, picture.Line{Text: "only " + few(only, fewHosts), Tone: tone})
			}
		}
	}
	if more := len(e.Reasons) - fewReasons; more > 0 {
		lines = append(lines, picture.Line{Text: "and " + count(more, "more reason"), Tone: edgeTone(e)})
	}
	for _, host := range e.Hosts[:min(len(e.Hosts), fewHosts)] {
		lines = append(lines, picture.Line{Text: host})
	}
	if more := len(e.Hosts) - fewHosts; more > 0 {
		lines = append(lines, picture.Line{Text: fmt.Sprintf("and %d more", more)})
	}
	return lines
}
