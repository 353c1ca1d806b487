package picture

import (
	"cmp"
	"math"
	"slices"
)

// item is something with a place: a box, a label, a point that an arrow passes, or a frame with items of its own. Boxes are in even columns, and
// labels in the odd ones between them.
type item struct {
	first, last int // columns
	measured
	y float64 // of its top, in its parent

	box      int // of a box, else -1
	edge     *route
	title    []string // of a frame
	class    string
	children []*item
	parent   *item
	depth    int
}

// route is how an arrow goes: from a box past points to its label, and on to the other box.
type route struct {
	Edge
	points []*item
	label  *item
}

// layout is where everything of a scene is.
type layout struct {
	scene  *Scene
	root   *item
	boxes  []*item
	routes []*route
	rank   []float64 // of boxes in their columns
	left   []float64 // of each column
	width  []float64
	top    float64
	w      float64

	leaving, arriving map[int][]*route // the arrows of each box
}

// newLayout places the items of a scene.
func newLayout(s *Scene) *layout {
	l := &layout{scene: s, root: &item{box: -1}, boxes: make([]*item, len(s.Boxes)), leaving: map[int][]*route{}, arriving: map[int][]*route{}}
	l.frames()
	for i := range s.Edges {
		l.route(s.Edges[i])
	}
	l.order()
	l.root.span()
	l.columns()
	l.place(l.root)
	return l
}

// used are the columns of boxes, without those that no box is in.
func used(boxes []Box) map[int]int {
	var list []int
	for _, b := range boxes {
		list = append(list, b.Column)
	}
	slices.Sort(list)
	index := map[int]int{}
	for i, column := range slices.Compact(list) {
		index[column] = i
	}
	return index
}

// frames makes the tree of frames, groups and boxes.
func (l *layout) frames() {
	columns := used(l.scene.Boxes)
	add := func(to *item, boxes []int) {
		for _, i := range boxes {
			column := 2 * columns[l.scene.Boxes[i].Column]
			l.boxes[i] = to.add(&item{first: column, last: column, measured: measureBox(l.scene.Boxes[i]), box: i})
		}
	}
	for _, f := range l.scene.Frames {
		frame := l.root.add(&item{box: -1, class: "frame", title: []string{f.Title}})
		for _, g := range f.Groups {
			add(frame.add(&item{box: -1, class: "group", title: []string{g.Title}}), g.Boxes)
		}
		add(frame, f.Boxes)
	}
	for i := range l.scene.Boxes {
		if l.boxes[i] == nil {
			add(l.root, []int{i})
		}
	}
}

func (i *item) add(child *item) *item {
	child.parent, child.depth = i, i.depth+1
	i.children = append(i.children, child)
	return child
}

// order ranks boxes so that few arrows cross: a box is as far down as those that lead to it.
func (l *layout) order() {
	l.rank = make([]float64, len(l.boxes))
	byColumn := map[int][]int{}
	var columns []int
	for i, b := range l.boxes {
		if byColumn[b.first] == nil {
			columns = append(columns, b.first)
		}
		byColumn[b.first] = append(byColumn[b.first], i)
	}
	slices.Sort(columns)
	for _, column := range columns {
		boxes := byColumn[column]
		weight := map[int]float64{}
		for n, i := range boxes {
			weight[i] = l.pull(i, float64(n))
		}
		slices.SortStableFunc(boxes, func(a, b int) int { return cmp.Compare(weight[a], weight[b]) })
		for n, i := range boxes {
			l.rank[i] = float64(n) / float64(len(boxes))
		}
	}
}

// pull is the mean rank of the boxes that lead to a box.
func (l *layout) pull(box int, otherwise float64) float64 {
	sum, n := 0.0, 0
	for _, r := range l.arriving[box] {
		if l.boxes[r.From].first < l.boxes[box].first {
			sum, n = sum+l.rank[r.From], n+1
		}
	}
	if n == 0 {
		return otherwise
	}
	return sum / float64(n)
}

// route adds the label of an arrow, and the points by which it passes other columns, to the innermost frame around both of its ends.
func (l *layout) route(e Edge) {
	from, to := l.boxes[e.From], l.boxes[e.To]
	around := common(from, to)
	r := &route{Edge: e}
	column := max(to.first, from.first+2) - 1
	for c := from.first + 2; c < to.first; c += 2 {
		r.points = append(r.points, around.add(&item{first: c, last: c, box: -1, edge: r, measured: measured{h: 6, anchor: 3}}))
	}
	r.label = around.add(&item{first: column, last: column, box: -1, edge: r, measured: measureLabel(e)})
	l.routes = append(l.routes, r)
	l.leaving[e.From], l.arriving[e.To] = append(l.leaving[e.From], r), append(l.arriving[e.To], r)
}

// common is the innermost item around two.
func common(a, b *item) *item {
	for a.parent != nil && a.depth > b.depth {
		a = a.parent
	}
	for b.parent != nil && b.depth > a.depth {
		b = b.parent
	}
	for a != b {
		a, b = a.parent, b.parent
	}
	if a.class == "" && a.parent != nil { // a box
		return a.parent
	}
	return a
}

// span finds the columns of frames.
func (i *item) span() {
	if i.box >= 0 || i.edge != nil {
		return
	}
	for n, child := range i.children {
		child.span()
		if n == 0 {
			i.first, i.last = child.first, child.last
		}
		i.first, i.last = min(i.first, child.first), max(i.last, child.last)
	}
}

// absolute is how far down an arrow meets an item, in the coordinates of an item around it.
func (i *item) absolute(around *item) float64 {
	y := i.anchor
	for at := i; at != around && at != nil; at = at.parent {
		y += at.y
	}
	return y
}

// columns finds how wide columns are, and how far apart: labels and the edges of frames need room between boxes.
func (l *layout) columns() {
	n := l.root.last + 1
	l.left, l.width = make([]float64, n), make([]float64, n)
	before, after := make([]float64, n), make([]float64, n)
	var visit func(i *item)
	visit = func(i *item) {
		for _, child := range i.children {
			visit(child)
		}
		switch {
		case i.class != "":
			before[i.first] = math.Max(before[i.first], framePad*float64(3-i.depth))
			after[i.last] = math.Max(after[i.last], framePad*float64(3-i.depth))
		case i.edge != nil && i.first%2 == 1:
			l.width[i.first] = math.Max(l.width[i.first], i.w+2*stub)
		case i.box >= 0:
			l.width[i.first] = boxWidth
		}
	}
	visit(l.root)
	x := margin
	for c := range n {
		x += before[c]
		l.left[c] = x
		x += l.width[c] + after[c]
	}
	l.w = x + margin
}
