package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const longestLabel = 160 // characters of template text in a label

// diagram is a flowchart: resources by stack, and the hops that decide between two of them.
type diagram struct {
	stacks []*subgraph // in the order of the paths
	edges  []edge
	nodes  int
	byNode map[string]string // node IDs by role and box
	byEdge map[string]bool

	byStack map[string]*subgraph
}

type subgraph struct {
	name  string
	lines []string
}

type edge struct {
	from, to, label string
	verdict         reachability.Verdict
}

// writeMermaid draws the paths of a report as a flowchart. All names are escaped, so that none can end a label.
func writeMermaid(w io.Writer, r *reachability.Report) error {
	d := &diagram{byNode: map[string]string{}, byEdge: map[string]bool{}, byStack: map[string]*subgraph{}}
	for _, a := range r.Answers {
		d.path(a)
	}
	if len(r.Answers) == 0 {
		d.node(box{key: "nothing"}, "", "nothing to prove: "+r.WhyNothing())
	}
	_, err := io.WriteString(w, d.String())
	return err
}

// path draws an answer, segment by segment, up to the one that blocks it or that hides what follows. The first segment is
// labelled with the name that is called, the segment to the target with the path of a request over HTTP.
func (d *diagram) path(a reachability.Answer) {
	start := clientBox(a)
	from := d.node(start, "client", a.Client)
	for i, s := range segmentsOf(a) {
		label := s.label()
		if i == 0 {
			host := a
			host.Path = ""
			label += "<br/>" + escape(host.URL())
		}
		if s.Name == proof.SegmentTarget.Name && a.Protocol == "" {
			label += "<br/>" + escape(a.Path)
		}
		end := s.end(start)
		to := d.node(end, s.Name, end.name)
		d.edge(edge{from, to, label, s.decisive().Verdict})
		from, start = to, end
	}
}

// node returns the ID of the node for a box, and draws it if it is new.
func (d *diagram) node(at box, role, name string) string {
	key := role + "\x00" + at.key
	if id, ok := d.byNode[key]; ok {
		return id
	}
	d.nodes++
	id := fmt.Sprintf("n%d", d.nodes)
	d.byNode[key] = id
	var label []string
	for _, part := range []string{role, escape(name)} {
		if part != "" {
			label = append(label, part)
		}
	}
	s := d.stack(at)
	s.lines = append(s.lines, fmt.Sprintf("%s[\"%s\"]", id, strings.Join(label, "<br/>")))
	return id
}

// stack returns the subgraph of a box's stack. Boxes without a stack share one that has no frame.
func (d *diagram) stack(at box) *subgraph {
	key := at.stack + "\x00" + at.file
	s := d.byStack[key]
	if s == nil {
		s = &subgraph{name: at.stack}
		d.stacks, d.byStack[key] = append(d.stacks, s), s
	}
	return s
}

func (d *diagram) edge(e edge) {
	key := fmt.Sprintf("%s %s %d %s", e.from, e.to, e.verdict, e.label)
	if !d.byEdge[key] {
		d.byEdge[key] = true
		d.edges = append(d.edges, e)
	}
}

// String returns the diagram's source.
func (d *diagram) String() string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for i, s := range d.stacks {
		indent := "  "
		if s.name != "" {
			fmt.Fprintf(&b, "  subgraph s%d[\"%s\"]\n", i+1, escape(s.name))
			indent = "    "
		}
		for _, line := range s.lines {
			b.WriteString(indent + line + "\n")
		}
		if s.name != "" {
			b.WriteString("  end\n")
		}
	}
	styled := map[reachability.Verdict][]string{}
	for i, e := range d.edges {
		arrow := "-->"
		if e.verdict != reachability.Reachable {
			arrow = "-.->"
		}
		fmt.Fprintf(&b, "  %s %s|\"%s\"| %s\n", e.from, arrow, e.label, e.to)
		styled[e.verdict] = append(styled[e.verdict], fmt.Sprint(i))
	}
	for _, s := range []struct {
		verdict reachability.Verdict
		style   string
	}{
		{reachability.Blocked, "stroke:#c62828,color:#c62828,stroke-width:2px,stroke-dasharray:6 4"},
		{reachability.Unknown, "stroke:#b26a00,color:#b26a00,stroke-width:2px"},
	} {
		if edges := styled[s.verdict]; len(edges) > 0 {
			fmt.Fprintf(&b, "  linkStyle %s %s\n", strings.Join(edges, ","), s.style)
		}
	}
	return b.String()
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
