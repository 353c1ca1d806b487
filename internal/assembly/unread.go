package assembly

// Unread is a part of a template that may define resources and was not read. A proof that nothing else reaches an API
// must not pass over it.
//
// The macros that a template runs as a whole may add resources too: see [Stack.Transforms].
type Unread struct {
	// Stack is the stack whose template has the part.
	Stack *Stack

	// ID is the logical ID of the nested stack, module or stack set, or the key of the function, such as
	// Fn::ForEach::Subnets.
	ID string

	// Kind is the kind of part.
	Kind UnreadKind

	// Exists is Maybe if only the deployment decides whether the part is deployed. Parts whose condition is false are
	// not listed.
	Exists Tristate

	// Why says why it was not read, such as "its template is at https://bucket/key.yaml".
	Why string

	// Settle says what would let it be read.
	Settle Settlement
}

// String returns the stack name, a slash and the ID.
func (u Unread) String() string { return u.Stack.Name + "/" + u.ID }

// UnreadKind is a kind of part that was not read.
type UnreadKind int

// The kinds of parts that may not be read.
const (
	// UnreadNestedStack is a nested stack whose template was not found: AWS::CloudFormation::Stack or
	// AWS::Serverless::Application. [Input.Nested] can name the template.
	UnreadNestedStack UnreadKind = iota
	// UnreadLoop is Fn::ForEach over a collection that is not known.
	UnreadLoop
	// UnreadTransform is Fn::Transform among the resources, such as AWS::Include.
	UnreadTransform
	// UnreadModule is a CloudFormation module.
	UnreadModule
	// UnreadStackSet is AWS::CloudFormation::StackSet.
	UnreadStackSet
)

// String returns the kind as people know it, such as "nested stack".
func (k UnreadKind) String() string {
	switch k {
	case UnreadNestedStack:
		return "nested stack"
	case UnreadLoop:
		return "Fn::ForEach"
	case UnreadTransform:
		return "Fn::Transform"
	case UnreadModule:
		return "module"
	}
	return "stack set"
}

// leaveOut records a part of the stack that is not read.
func (s *Stack) leaveOut(u Unread) {
	u.Stack, u.Why = s, printable(short(u.Why))
	s.unread = append(s.unread, u)
}

// processed is a settlement by the template after CloudFormation has run its macros.
func (s *Stack) processed() Settlement {
	return byTemplate("the processed template of stack " + s.Name)
}

// addsMore returns what may add to the template of a stack, so that a reference to something that the template does not
// have is not an error; "" if there is nothing.
func (s *Stack) addsMore() string {
	if len(s.Transforms) > 0 {
		return "the macro " + short(s.Transforms[0])
	}
	for _, u := range s.unread {
		if u.Kind == UnreadLoop || u.Kind == UnreadTransform || u.Kind == UnreadModule {
			return short(u.ID)
		}
	}
	return short(s.unreadLoop)
}

// exists says whether a stack is deployed if its outermost stack is.
func (s *Stack) exists() Tristate {
	exists := Yes
	for ; s.origin != nil; s = s.Parent {
		exists = min(exists, s.origin.Exists)
	}
	return exists
}

// listUnread lists what was not read, once it is known which resources exist.
func (a *Assembly) listUnread() {
	for _, s := range a.Stacks {
		for _, u := range s.unread {
			u.Exists = s.exists()
			if r := s.byID[u.ID]; r != nil {
				u.Exists = min(u.Exists, r.Exists)
			}
			if u.Exists != No {
				a.Unread = append(a.Unread, u)
			}
		}
	}
}
