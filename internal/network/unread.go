package network

import "github.com/cdk-private-api/cdk-private-api-go/internal/assembly"

// Unread is a part of a template that may define resources and was not read, such as a nested stack.
type Unread = assembly.Unread

// Unread are the parts of the templates that were not read. Whatever they define is missing from all facts.
func (n *Network) Unread() []Unread { return n.asm.Unread }

// UnreadNestedStacks are the nested stacks whose templates were not read.
func (n *Network) UnreadNestedStacks() []Unread {
	var list []Unread
	for _, u := range n.asm.Unread {
		if u.Kind == assembly.UnreadNestedStack {
			list = append(list, u)
		}
	}
	return list
}

// UnreadOn is a part of the templates that was not read and may change how a resource behaves, such as by an entry of its
// network ACL; nil if there is none. A nested stack can do that to what its properties refer to, a loop or a transform to
// everything in its stack.
func (n *Network) UnreadOn(r *Resource) *Unread {
	if len(n.asm.Unread) == 0 {
		return nil
	}
	if u := n.unreadOn[r]; u != nil {
		return u
	}
	return n.unreadIn[r.Stack]
}

// indexUnread notes what unread parts may change.
func (n *Network) indexUnread() {
	n.unreadOn, n.unreadIn = map[*Resource]*Unread{}, map[*Stack]*Unread{}
	for i := range n.asm.Unread {
		u := &n.asm.Unread[i]
		r := u.Stack.Resource(u.ID)
		if r == nil {
			n.unreadIn[u.Stack] = u
			continue
		}
		for _, referred := range r.Implicit() {
			n.unreadOn[referred] = u
		}
	}
}

// NotLoaded are the values of a shared file for stacks that are not loaded.
func (n *Network) NotLoaded() []assembly.NotLoaded { return n.asm.NotLoaded }
