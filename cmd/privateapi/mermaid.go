package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const (
	longestLabel = 160 // characters of template text in a line of a label
	fewReasons   = 3   // of one edge
	fewHosts     = 4   // of one edge, or of one reason
)

// writeMermaid draws paths as a flowchart: accounts and VPCs as subgraphs, resources as nodes, and one edge from one resource to the next.
// All names are escaped, so that none can end a label.
func writeMermaid(w io.Writer, r *reachability.Report, paths []proof.Path) error {
	d := &diagram{graph: proof.NewGraph(paths)}
	d.text.WriteString("flowchart LR\n")
	if len(r.Answers) == 0 {
		d.line(1, `n1["%s"]`, escape("nothing to prove: "+r.WhyNothing()))
	}
	d.frames()
	d.edges()
	_, err := io.WriteString(w, d.text.String())
	return err
}

// diagram is the source of a flowchart.
type diagram struct {
	graph *proof.Graph
	text  strings.Builder
}

func (d *diagram) line(depth int, format string, args ...any) {
	d.text.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&d.text, format+"\n", args...)
}

func (d *diagram) frames() {
	frames, loose := d.graph.Frames()
	for i, f := range frames {
		d.line(1, `subgraph a%d["%s"]`, i+1, escape(f.Title()))
		for j, vpc := range f.Vpcs {
			d.line(2, `subgraph a%dv%d["VPC %s"]`, i+1, j+1, escape(vpc.Name))
			d.nodes(3, vpc.Boxes)
			d.line(2, "end")
		}
		d.nodes(2, f.Boxes)
		d.line(1, "end")
	}
	d.nodes(1, loose)
}

func (d *diagram) nodes(depth int, boxes []int) {
	for _, i := range boxes {
		label := escape(d.graph.Boxes[i].Role)
		if name := d.graph.Boxes[i].Name; name != "" {
			label += "<br/>" + escape(name)
		}
		d.line(depth, `n%d["%s"]`, i+1, label)
	}
}

func (d *diagram) edges() {
	styled := map[string][]string{}
	for i, e := range d.graph.Edges {
		arrow, style := "-->", ""
		switch {
		case !e.IsFollowed:
			arrow, style = "-.->", "stroke:#757575,color:#757575"
		case e.Verdict == reachability.Blocked:
			arrow, style = "-.->", "stroke:#c62828,color:#c62828,stroke-width:2px,stroke-dasharray:6 4"
		case e.Verdict == reachability.Unknown:
			arrow, style = "-.->", "stroke:#b26a00,color:#b26a00,stroke-width:2px"
		}
		d.line(1, `n%d %s|"%s"| n%d`, e.From+1, arrow, edgeLabel(e), e.To+1)
		styled[style] = append(styled[style], fmt.Sprint(i))
	}
	for _, style := range []string{
		"stroke:#c62828,color:#c62828,stroke-width:2px,stroke-dasharray:6 4", "stroke:#b26a00,color:#b26a00,stroke-width:2px", "stroke:#757575,color:#757575",
	} {
		if edges := styled[style]; len(edges) > 0 {
			d.line(1, "linkStyle %s %s", strings.Join(edges, ","), style)
		}
	}
}

// edgeLabel has the verdict and the port, then why calls do not pass, then what is called.
func edgeLabel(e proof.Edge) string {
	head := e.Mark() + " " + escape(e.Port())
	if !e.IsFollowed {
		head += " not followed"
	}
	lines := []string{strings.TrimSpace(head)}
	for _, r := range e.Reasons[:min(len(e.Reasons), fewReasons)] {
		text := r.Hop.Mark() + " " + escape(r.Hop.Name) + "#58; " + escape(r.Hop.Message)
		for _, only := range [][]string{r.Hosts, r.Clients} {
			if len(only) > 0 {
				text += "<br/>" + escape("only "+few(only, fewHosts))
			}
		}
		lines = append(lines, text)
	}
	if more := len(e.Reasons) - fewReasons; more > 0 {
		lines = append(lines, escape("and "+count(more, "more reason")))
	}
	for _, host := range e.Hosts[:min(len(e.Hosts), fewHosts)] {
		lines = append(lines, escape(host))
	}
	if more := len(e.Hosts) - fewHosts; more > 0 {
		lines = append(lines, escape(fmt.Sprintf("and %d more", more)))
	}
	return strings.Join(lines, "<br/>")
}

// escape writes text so that it stays text in a label: letters, digits and a few signs as they are, everything else as a
// character number. Quotes would end the label, "%%{" would begin a directive, backticks Markdown, "<" HTML.
func escape(s string) string {
	var b strings.Builder
	for _, r := range cut(clean(s), longestLabel) {
		switch {
		case r < utf8.RuneSelf && isPlain(byte(r)):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

func isPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(" -./,()=+", c) >= 0
}
