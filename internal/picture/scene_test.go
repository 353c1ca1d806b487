package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
)

// hostile is text that tries to break out of an element, an attribute, a line or the writing direction.
const hostile = "a\"]]></text><script>alert('1')</script>&lt;\x1b[31m\n\u202eevil\u009b \xff <!-- {} 日本 \U000e0041"

// path is a scene of some consumers, each in a VPC of its own, and a provider with two targets. Why one of them is blocked is a long story.
func path(consumers int) *Scene {
	s := &Scene{Title: "calls", Description: "what calls what", Legend: []Line{{"proven to pass", Passes}, {"blocked", Blocks}, {"not followed", Plain}}}
	box := func(column int, role, name string) int {
		s.Boxes = append(s.Boxes, Box{Role: role, Name: name, Column: column})
		return len(s.Boxes) - 1
	}
	edge := func(from, to int, tone Tone, lines ...Line) {
		s.Edges = append(s.Edges, Edge{From: from, To: to, Tone: tone, Head: "443", Lines: lines})
	}
	service, nlb, alb := box(2, "endpoint service", "Pricing/PrivateApi/EndpointService"), box(3, "NLB", "Pricing/PrivateApi/NetworkLoadBalancer"), box(4, "ALB", "Pricing/PrivateApi/LoadBalancer")
	v1, v2 := box(5, "target", "Pricing/V1/Service"), box(5, "target", "Pricing/V2/Service")
	for i := range consumers {
		client, endpoint := box(0, "client", fmt.Sprintf("Checkout%d/Service", i)), box(1, "endpoint", fmt.Sprintf("Checkout%d/Pricing/Endpoint", i))
		s.Frames = append(s.Frames, Frame{
			Title:  fmt.Sprintf("account %012d, eu-west-1", i),
			Groups: []Group{{fmt.Sprintf("VPC Checkout%d/Vpc", i), []int{client, endpoint}}},
		})
		edge(client, endpoint, Passes)
		if i == consumers/2 {
			edge(endpoint, service, Blocks, Line{"allowed principal: " + strings.Repeat("the account is not among those that may connect ", 3), Blocks})
			continue
		}
		edge(endpoint, service, Passes)
	}
	s.Frames = append(s.Frames, Frame{Title: "account 222222222222, eu-west-1", Groups: []Group{{"VPC Pricing/Vpc", []int{nlb, alb, v1, v2}}}, Boxes: []int{service}})
	edge(service, nlb, Passes)
	edge(nlb, alb, Passes)
	edge(alb, v1, Passes, Line{"api.pricing.internal.company.com/v1/*", Plain})
	edge(alb, v2, Plain, Line{"api.pricing.internal.company.com/v2/*", Plain})
	return s
}

// random is a scene of anything: boxes of several columns in one account, arrows over columns, names of any length.
func random(seed uint64) *Scene {
	r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // the same scenes in each run
	name := func() string {
		words := []string{"Pricing", "a", "NetworkLoadBalancer", "日本語", "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "iiii", "/", " "}
		text := ""
		for range r.IntN(7) {
			text += words[r.IntN(len(words))]
		}
		return text
	}
	s := &Scene{Title: name(), Legend: []Line{{name(), Passes}, {name(), Waits}}}
	columns := 2 + r.IntN(5)
	for range 2 + r.IntN(20) {
		s.Boxes = append(s.Boxes, Box{Role: name(), Name: name(), Column: r.IntN(columns) * 2, IsMissing: r.IntN(5) == 0})
	}
	for range 1 + r.IntN(4) {
		s.Frames = append(s.Frames, Frame{Title: name(), Groups: []Group{{Title: name()}, {Title: name()}}})
	}
	for i := range s.Boxes {
		f := &s.Frames[r.IntN(len(s.Frames))]
		switch r.IntN(4) {
		case 0: // in no frame
		case 1:
			f.Boxes = append(f.Boxes, i)
		default:
			g := &f.Groups[r.IntN(2)]
			g.Boxes = append(g.Boxes, i)
		}
	}
	for range r.IntN(3 * len(s.Boxes)) {
		from, to := r.IntN(len(s.Boxes)), r.IntN(len(s.Boxes))
		if s.Boxes[from].Column >= s.Boxes[to].Column {
			continue
		}
		e := Edge{From: from, To: to, Tone: Tone(r.IntN(5)), Head: name()}
		for range r.IntN(3) {
			e.Lines = append(e.Lines, Line{name(), Tone(r.IntN(5))})
		}
		s.Edges = append(s.Edges, e)
	}
	return s
}

func scenes() map[string]*Scene {
	all := map[string]*Scene{
		"one path": path(1), "five consumers": path(5), "forty consumers": path(40), "nothing": {Title: "nothing to prove: " + strings.Repeat("no client ", 30)},
		"hostile": {
			Title: hostile, Description: hostile, Frames: []Frame{{hostile, []Group{{hostile, []int{0, 1}}}, nil}},
			Boxes: []Box{{Role: hostile, Name: hostile}, {Role: hostile, Name: hostile, Column: 1}}, Edges: []Edge{{0, 1, Blocks, hostile, []Line{{hostile, Blocks}}}},
		},
	}
	for seed := range uint64(300) {
		all[fmt.Sprintf("random %d", seed)] = random(seed)
	}
	return all
}

// No text is over another one, nor outside the picture.
func TestTextsDoNotOverlap(t *testing.T) {
	for name, s := range scenes() {
		c, w, h := s.draw()
		checkTexts(t, name, c, w, h)
	}
}

func checkTexts(t *testing.T, name string, c *canvas, w, h float64) {
	t.Helper()
	page := rect{0, 0, w, h}
	for i, a := range c.texts {
		if a.x < 0 || a.y < 0 || a.right() > page.right() || a.bottom() > page.bottom() {
			t.Errorf("%s: %q is outside: %v in %v", name, c.labels[i], a, page)
		}
		for j, b := range c.texts[:i] {
			if a.overlaps(b) {
				t.Errorf("%s: %q is over %q: %v, %v", name, c.labels[i], c.labels[j], a, b)
			}
		}
	}
}

// No box or frame is over another one that it is not in.
func TestBoxesDoNotOverlap(t *testing.T) {
	for name, s := range scenes() {
		l := newLayout(s)
		var check func(i *item, y float64)
		check = func(i *item, y float64) {
			var rects []rect
			for _, child := range i.children {
				if child.edge != nil {
					continue
				}
				r := rect{l.left[child.first], y + child.y, child.w, child.h}
				if child.box < 0 {
					r = l.around(child, y+child.y)
					check(child, y+child.y)
				}
				for _, other := range rects {
					if r.overlaps(other) {
						t.Errorf("%s: %v is over %v", name, r, other)
					}
				}
				rects = append(rects, r)
			}
		}
		check(l.root, 0)
	}
}

func TestTheSameSceneGivesTheSamePicture(t *testing.T) {
	for name, s := range scenes() {
		if !bytes.Equal(s.Draw(), s.Draw()) {
			t.Errorf("%s differs", name)
		}
	}
}

// Whatever names are, the picture is XML of our elements, and all of its text is printable.
func TestPicturesAreWellFormed(t *testing.T) {
	for name, s := range scenes() {
		checkXML(t, name, s.Draw(), known)
	}
}

// known are the elements of pictures.
var known = map[string]bool{"svg": true, "title": true, "desc": true, "style": true, "rect": true, "path": true, "text": true}

func checkXML(t *testing.T, name string, data []byte, known map[string]bool) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if !known[token.Name.Local] {
				t.Errorf("%s has <%s>", name, token.Name.Local)
			}
			for _, a := range token.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
					t.Errorf("%s has the attribute %s", name, a.Name.Local)
				}
			}
		case xml.CharData:
			for _, r := range string(token) {
				if r != '\n' && !unicode.IsPrint(r) {
					t.Errorf("%s has %U", name, r)
				}
			}
		case xml.Comment, xml.Directive, xml.ProcInst:
			t.Errorf("%s has %T", name, token)
		}
	}
}
