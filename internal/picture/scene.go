package picture

// Scene is paths through accounts: boxes in frames, and arrows between them.
type Scene struct {
	// Title and Description are for readers who do not see the picture; the title stands over it too.
	Title, Description string
	Frames             []Frame
	Boxes              []Box
	Edges              []Edge
	// Legend explains tones.
	Legend []Line
}

// Frame is around groups and boxes, such as an account.
type Frame struct {
	Title  string
	Groups []Group
	Boxes  []int
}

// Group is around boxes, such as a VPC.
type Group struct {
	Title string
	Boxes []int
}

// Box is a resource. Its column is how far it is from the left; columns without a box take no space.
type Box struct {
	Role, Name string
	Column     int
	// IsMissing says that nobody knows the resource: only its role.
	IsMissing bool
}

// Edge is an arrow from one box to another one that is further to the right.
type Edge struct {
	From, To int
	Tone     Tone
	// Head stands on the arrow, beside the mark of the tone, and Lines under it.
	Head  string
	Lines []Line
}

// Line is text.
type Line struct {
	Text string
	Tone Tone
}
