package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/picture"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const (
	fewNotes  = 40 // under the picture of a matrix
	fewStrays = 10
)

// matrix returns who reaches what: by the declaration of a mesh if there is one, else by the calls of the templates.
func (o *graphOptions) matrix(paths []proof.Path) (*proof.Matrix, error) {
	if o.mesh == "" {
		return proof.MatrixOf(paths), nil
	}
	data, err := os.ReadFile(o.mesh)
	if err != nil {
		return nil, err
	}
	declaration, err := mesh.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.mesh, err)
	}
	plan, err := declaration.Plan()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.mesh, err)
	}
	var services []proof.MatrixService
	for _, door := range plan.Doors {
		for _, s := range door.Services {
			service := proof.MatrixService{Name: s.Name, Domain: s.DomainName, Provider: s.Provider, Tier: s.Tier}
			if door.Tier.Transport == mesh.PrivateLink { // over VPC Lattice each service is its own
				service.Door = "door " + door.Name
			}
			services = append(services, service)
		}
	}
	var consumers []proof.MatrixConsumer
	for _, c := range declaration.Consumers {
		consumers = append(consumers, proof.MatrixConsumer{Name: c.Name, Account: c.Account, Vpc: o.consumers[c.Name], Calls: c.Calls})
	}
	for _, name := range slices.Sorted(maps.Keys(o.consumers)) {
		if !slices.ContainsFunc(consumers, func(c proof.MatrixConsumer) bool { return c.Name == name }) {
			return nil, fmt.Errorf("--consumer %s: %s has no consumer of that name", name, o.mesh)
		}
	}
	return proof.MatrixOfMesh(paths, services, consumers), nil
}

func (o *graphOptions) addConsumer(s string) error {
	if o.consumers == nil {
		o.consumers = map[string]string{}
	}
	return pairs(o.consumers, "NAME=VPC, such as checkout=Checkout/Vpc", isFilled, isFilled)(s)
}

// stateTones are how states are drawn.
var stateTones = map[proof.State]picture.Tone{
	proof.StateReachable: picture.Passes, proof.StateWaiting: picture.Waits, proof.StateUnknown: picture.Unknown, proof.StateBlocked: picture.Blocks,
	proof.StateUndeclared: picture.Surprise, proof.StateSameDoor: picture.Aside,
}

// legendOf says what a state means.
func legendOf(s proof.State) string {
	switch s {
	case proof.StateWaiting:
		return s.String() + ": a connection, a share or a name"
	case proof.StateSameDoor:
		return s.String() + ": not called, but a Host header would reach it"
	}
	return s.String()
}

// chart is a matrix with its rows grouped and its notes numbered.
type chart struct {
	*proof.Matrix
	groups []chartGroup
	notes  []string
	counts map[proof.State]int
	note   map[[2]int]int // numbers by service and consumer
}

// chartGroup is the services of one tier and provider.
type chartGroup struct {
	title string
	rows  []int
}

func newChart(m *proof.Matrix) *chart {
	c := &chart{Matrix: m, counts: map[proof.State]int{}, note: map[[2]int]int{}}
	index, numbers := map[string]int{}, map[string]int{}
	for i, s := range m.Services {
		title := ""
		if m.IsDeclared {
			title = "tier " + s.Tier + ", provider " + s.Provider
		}
		g, ok := index[title]
		if !ok {
			g, index[title] = len(c.groups), len(c.groups)
			c.groups = append(c.groups, chartGroup{title: title})
		}
		c.groups[g].rows = append(c.groups[g].rows, i)
	}
	for _, g := range c.groups {
		for _, i := range g.rows {
			for j, cell := range m.Cells[i] {
				c.counts[cell.State]++
				if text := noteOf(cell); text != "" {
					if numbers[text] == 0 {
						c.notes = append(c.notes, text)
						numbers[text] = len(c.notes)
					}
					c.note[[2]int{i, j}] = numbers[text]
				}
			}
		}
	}
	return c
}

// noteOf says why a cell is as it is. What passes needs no note, and the legend explains doors.
func noteOf(c proof.Cell) string {
	if c.Why == "" || c.State == proof.StateSameDoor {
		return ""
	}
	text := c.State.String() + ": " + c.Why
	if c.Bad > 0 {
		text = fmt.Sprintf("%s, %d of %s: %s", c.State, c.Bad, count(c.Calls, "call"), c.Why)
	}
	return text
}

func (c *chart) title() string {
	return count(len(c.Services), "service") + ", " + count(len(c.Consumers), "consumer")
}

// legend explains the states that there are, with how many cells have them.
func (c *chart) legend() (states []proof.State, texts []string) {
	for _, s := range proof.States() {
		if n := c.counts[s]; n > 0 {
			states, texts = append(states, s), append(texts, fmt.Sprintf("%d %s", n, legendOf(s)))
		}
	}
	return states, texts
}

// remarks are what no cell shows: calls that no cell is for, and consumers without a VPC.
func (c *chart) remarks() []string {
	var list []string
	for _, name := range c.Unplaced {
		list = append(list, fmt.Sprintf("which VPC is that of consumer %s is unknown: use --consumer %s=VPC", name, name))
	}
	for _, consumer := range c.NotFound {
		list = append(list, fmt.Sprintf("no client of the templates is in VPC %s, which --consumer says is that of %s", consumer.Vpc, consumer.Name))
	}
	for _, a := range c.Strays[:min(len(c.Strays), fewStrays)] {
		list = append(list, fmt.Sprintf("not in the declaration, and %s: %s calls %s", a.Verdict, a.Client, a.URL()))
	}
	if more := len(c.Strays) - fewStrays; more > 0 {
		list = append(list, fmt.Sprintf("and %s that the declaration does not have", count(more, "more call")))
	}
	return list
}

// picture is the chart as a picture.
func (c *chart) picture() *picture.Matrix {
	m := &picture.Matrix{Title: c.title(), Description: c.description()}
	for _, consumer := range c.Consumers {
		m.Columns = append(m.Columns, picture.Head{Name: consumer.Name, Detail: consumer.Account})
	}
	for _, g := range c.groups {
		group := picture.RowGroup{Title: g.title}
		for _, i := range g.rows {
			row := picture.Row{Head: picture.Head{Name: c.Services[i].Name}}
			if c.Services[i].Domain != c.Services[i].Name {
				row.Detail = c.Services[i].Domain
			}
			for j, cell := range c.Cells[i] {
				shown := picture.MatrixCell{Tone: stateTones[cell.State], Note: c.note[[2]int{i, j}]}
				if shown.Note > fewNotes {
					shown.Note = 0
				}
				row.Cells = append(row.Cells, shown)
			}
			group.Rows = append(group.Rows, row)
		}
		m.Groups = append(m.Groups, group)
	}
	m.Notes = slices.Clone(c.notes[:min(len(c.notes), fewNotes)])
	if more := len(c.notes) - fewNotes; more > 0 {
		m.Notes = append(m.Notes, fmt.Sprintf("and %s; --format markdown lists all", count(more, "more note")))
	}
	m.Notes = append(m.Notes, c.remarks()...)
	states, texts := c.legend()
	for i, s := range states {
		m.Legend = append(m.Legend, picture.Line{Text: texts[i], Tone: stateTones[s]})
	}
	return m
}

// description is the chart for readers who do not see it: what is not simply reachable.
func (c *chart) description() string {
	_, texts := c.legend()
	lines := []string{c.title() + ": " + strings.Join(texts, "; ") + "."}
	for i, s := range c.Services {
		for j, cell := range c.Cells[i] {
			if cell.State == proof.StateNone || cell.State == proof.StateReachable || len(lines) > mostDescribed {
				continue
			}
			lines = append(lines, clean(fmt.Sprintf("%s to %s: %s.", c.Consumers[j].Name, s.Name, cell.State)))
		}
	}
	return strings.Join(lines, "\n")
}

// writeMarkdown writes the chart as tables.
func (c *chart) writeMarkdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString(markdown(c.title()) + "\n")
	for _, g := range c.groups {
		b.WriteString("\n")
		if g.title != "" {
			b.WriteString("**" + markdown(g.title) + "**\n\n")
		}
		b.WriteString("| Service |")
		for _, consumer := range c.Consumers {
			b.WriteString(" " + markdown(consumer.Name) + " |")
		}
		b.WriteString("\n|---|" + strings.Repeat(":-:|", len(c.Consumers)) + "\n")
		for _, i := range g.rows {
			b.WriteString("| " + markdown(c.Services[i].Name) + " |")
			for j, cell := range c.Cells[i] {
				b.WriteString(" " + strings.TrimSpace(cell.State.Mark()))
				if n := c.note[[2]int{i, j}]; n > 0 {
					fmt.Fprintf(&b, " (%d)", n)
				}
				b.WriteString(" |")
			}
			b.WriteString("\n")
		}
	}
	b.WriteString("\n")
	states, texts := c.legend()
	for i, s := range states {
		b.WriteString("- " + s.Mark() + " " + markdown(texts[i]) + "\n")
	}
	if list := append(slices.Clone(c.notes), c.remarks()...); len(list) > 0 {
		b.WriteString("\n")
		for i, note := range list {
			fmt.Fprintf(&b, "%d. %s\n", i+1, markdown(note))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdown escapes text for a table or a list of Markdown.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range clean(s) {
		if strings.ContainsRune("\\`*_{}[]<>#|~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// check finds formats and flags that do not fit together.
func (o *graphOptions) check() error {
	switch {
	case o.format == "markdown":
		o.isMatrix = true
	case o.mesh != "":
		o.isMatrix = true
	}
	switch {
	case o.isMatrix && o.format == "mermaid":
		return errors.New("--format mermaid draws paths, and no matrix")
	case len(o.consumers) > 0 && o.mesh == "":
		return errors.New("--consumer names a consumer of --mesh")
	}
	return nil
}
