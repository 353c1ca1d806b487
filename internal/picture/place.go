package picture

import (
	"cmp"
	"math"
	"slices"
)

// place finds where the children of a frame are, from the inside to the outside, and how high it is.
func (l *layout) place(frame *item) {
	var solid, floating []*item
	for _, child := range frame.children {
		switch {
		case child.edge != nil:
			floating = append(floating, child)
		default:
			if child.box < 0 {
				l.place(child)
			}
			solid = append(solid, child)
		}
	}
	l.stack(solid)
	l.float(frame, solid, floating)
	top := 0.0
	bottom := 0.0
	for n, child := range frame.children {
		if n == 0 {
			top = child.y
		}
		top, bottom = math.Min(top, child.y), math.Max(bottom, child.y+child.h)
	}
	above := l.headroom(frame)
	for _, child := range frame.children {
		child.y += above - top
	}
	frame.h = above + bottom - top
	if frame.class != "" {
		frame.h += framePad
	}
	frame.anchor = frame.h / 2
}

// headroom sets the title of a frame, and returns how high it is.
func (l *layout) headroom(i *item) float64 {
	if i.class == "" {
		return 0
	}
	i.title = frameFont.wrap(i.title[0], l.around(i, 0).w-2*framePad, 3)
	return float64(len(i.title))*frameFont.lineHeight() + framePad*1.3
}

// stack places boxes and frames below one another where they share columns, and in the middle of the others where they do not.
func (l *layout) stack(list []*item) {
	slices.SortStableFunc(list, func(a, b *item) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(l.rankOf(a), l.rankOf(b)))
	})
	down := map[int]float64{}
	for _, i := range list {
		for c := i.first; c <= i.last; c++ {
			i.y = math.Max(i.y, down[c])
		}
		for c := i.first; c <= i.last; c++ {
			down[c] = i.y + i.h + rowGap
		}
	}
	highest := 0.0
	for _, i := range list {
		highest = math.Max(highest, i.y+i.h)
	}
	parts := together(list)
	for _, part := range parts {
		shift(part, math.Round((highest-bottomOf(part))/2))
	}
	all := map[*item]bool{}
	for _, i := range list {
		all[i] = true
	}
	for range parts { // what is as high as the frame stays, and the others come to it, one after the other
		for _, part := range parts {
			room := highest - bottomOf(part)
			shift(part, math.Round(min(max(l.offset(all, part), -topOf(part)), room)))
		}
	}
}

func shift(part []*item, by float64) {
	for _, i := range part {
		i.y += by
	}
}

func topOf(part []*item) float64 {
	top := math.Inf(1)
	for _, i := range part {
		top = math.Min(top, i.y)
	}
	return top
}

func bottomOf(part []*item) float64 {
	bottom := 0.0
	for _, i := range part {
		bottom = math.Max(bottom, i.y+i.h)
	}
	return bottom
}

// offset is how far down a part would have to be for the arrows between it and the others of a frame to be level, on average.
func (l *layout) offset(all map[*item]bool, part []*item) float64 {
	within := map[*item]bool{}
	for _, i := range part {
		within[i] = true
	}
	sum, n := 0.0, 0
	compare := func(own, other int) {
		at := holder(all, l.boxes[other])
		if at != nil && !within[at] {
			sum, n = sum+l.boxes[other].absolute(at.parent)-l.boxes[own].absolute(at.parent), n+1
		}
	}
	for _, i := range part {
		i.visit(func(box int) {
			for _, r := range l.leaving[box] {
				compare(box, r.To)
			}
			for _, r := range l.arriving[box] {
				compare(box, r.From)
			}
		})
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// visit calls a function for each box in an item.
func (i *item) visit(call func(box int)) {
	if i.box >= 0 {
		call(i.box)
	}
	for _, child := range i.children {
		child.visit(call)
	}
}

// holder is the one of some items that an item is in, or is.
func holder(all map[*item]bool, i *item) *item {
	for ; i != nil; i = i.parent {
		if all[i] {
			return i
		}
	}
	return nil
}

// rankOf is the rank of the first box of an item.
func (l *layout) rankOf(i *item) float64 {
	if i.box >= 0 {
		return l.rank[i.box]
	}
	lowest := math.Inf(1)
	for _, child := range i.children {
		if child.edge == nil {
			lowest = math.Min(lowest, l.rankOf(child))
		}
	}
	return lowest
}

// together are the items that share columns, directly or by others. They are sorted by their first columns.
func together(list []*item) [][]*item {
	var parts [][]*item
	last := -1
	for _, i := range list {
		if len(parts) == 0 || i.first > last {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], i)
		last = max(last, i.last)
	}
	return parts
}

// float places labels, and points that arrows pass, as near to their arrows as there is room.
func (l *layout) float(frame *item, solid, floating []*item) {
	want := map[*item]float64{}
	for _, i := range floating {
		from, to := l.boxes[i.edge.From], l.boxes[i.edge.To]
		a, b := from.absolute(frame), to.absolute(frame)
		share := float64(i.first-from.first) / float64(max(to.first-from.first, 1))
		switch { // the label of the only arrow of a box is level with it
		case len(l.leaving[i.edge.From]) == 1:
			share = 0
		case len(l.arriving[i.edge.To]) == 1:
			share = 1
		}
		want[i] = a + (b-a)*share - i.anchor
	}
	slices.SortStableFunc(floating, func(a, b *item) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(want[a], want[b]))
	})
	taken := map[int][]span{}
	for _, i := range solid {
		for c := i.first; c <= i.last; c++ {
			taken[c] = append(taken[c], span{i.y - labelGap, i.y + i.h + labelGap})
		}
	}
	for _, column := range runs(floating) {
		placeColumn(column, want, taken[column[0].first])
	}
}

// runs are items by column.
func runs(list []*item) [][]*item {
	var all [][]*item
	for _, i := range list {
		if len(all) == 0 || all[len(all)-1][0].first != i.first {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], i)
	}
	return all
}

// span is a part of a column.
type span struct{ from, to float64 }

// placeColumn places labels of one column, sorted by what they want. Those that want the same place share the shift around it.
func placeColumn(column []*item, want map[*item]float64, taken []span) {
	type block struct {
		items []*item
		top   float64
		h     float64
	}
	var blocks []block
	for _, i := range column {
		b := block{[]*item{i}, want[i], i.h}
		for len(blocks) > 0 && blocks[len(blocks)-1].top+blocks[len(blocks)-1].h+labelGap > b.top {
			before := blocks[len(blocks)-1]
			blocks = blocks[:len(blocks)-1]
			joined := block{append(before.items, b.items...), 0, before.h + labelGap + b.h}
			weight := float64(len(before.items))
			joined.top = (before.top*weight + (b.top-before.h-labelGap)*float64(len(b.items))) / (weight + float64(len(b.items)))
			b = joined
		}
		blocks = append(blocks, b)
	}
	for _, b := range blocks {
		y := b.top
		for _, i := range b.items {
			i.y = math.Round(free(y, i.h, taken))
			taken = append(taken, span{i.y - labelGap, i.y + i.h + labelGap})
			y = i.y + i.h + labelGap
		}
	}
}

// free is the place nearest to a wanted one that nothing has taken.
func free(want, h float64, taken []span) float64 {
	candidates := []float64{want}
	for _, s := range taken {
		candidates = append(candidates, s.from-h, s.to)
	}
	best := math.Inf(1)
	for _, y := range candidates {
		isFree := !slices.ContainsFunc(taken, func(s span) bool { return y < s.to && s.from < y+h })
		if isFree && (math.Abs(y-want) < math.Abs(best-want) || math.Abs(y-want) == math.Abs(best-want) && y < best) {
			best = y
		}
	}
	return best
}
