package proof

// Frame is an account in a Region as a picture draws it, with the boxes that are there.
type Frame struct {
	Account, Region string
	// Stack is the name of the stack if its account is unknown: stacks then have a frame each. It is empty for the others.
	Stack string
	// Vpcs are the VPCs of the boxes, and Boxes are the boxes in no VPC, or in one that the templates do not tell.
	Vpcs  []VpcFrame
	Boxes []int
}

// VpcFrame is a VPC, with the boxes that are in it.
type VpcFrame struct {
	Name  string
	Boxes []int
}

// Frames returns the frames of a graph in the order of its boxes, and the boxes that no template defines, which are in none.
func (g *Graph) Frames() (frames []*Frame, loose []int) {
	type key struct{ account, region, stack, file string }
	index := map[key]*Frame{}
	for i, box := range g.Boxes {
		if box.At.Stack == "" {
			loose = append(loose, i)
			continue
		}
		k := key{account: box.Place.Account, region: box.Place.Region}
		if k.account == "" {
			k.stack, k.file = box.At.Stack, box.At.File
		}
		f := index[k]
		if f == nil {
			f = &Frame{Account: k.account, Region: k.region, Stack: k.stack}
			index[k] = f
			frames = append(frames, f)
		}
		f.add(box.Place.Vpc, i)
	}
	return frames, loose
}

func (f *Frame) add(vpc string, box int) {
	if vpc == "" {
		f.Boxes = append(f.Boxes, box)
		return
	}
	for i := range f.Vpcs {
		if f.Vpcs[i].Name == vpc {
			f.Vpcs[i].Boxes = append(f.Vpcs[i].Boxes, box)
			return
		}
	}
	f.Vpcs = append(f.Vpcs, VpcFrame{Name: vpc, Boxes: []int{box}})
}

// Title says which account and Region a frame is.
func (f *Frame) Title() string {
	title := "account " + f.Account
	if f.Account == "" {
		title = "stack " + f.Stack + ", account unknown"
	}
	if f.Region != "" {
		title += ", " + f.Region
	}
	return title
}
