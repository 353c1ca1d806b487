package lock

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// place is a resource of the assembly that the lock does not have.
type place struct {
	stack *assembly.Stack
	id    string
	entry *Resource
}

// missing is a resource of the lock that is not where it was: it moved, or it is gone.
func (c *comparison) missing(key, id string, old *Resource) {
	if to, ok := c.movedTo(id, old); ok {
		c.taken[to.entry] = true
		what := fmt.Sprintf("is now %s of stack %s: %s", to.entry.describe(to.id), to.stack.Name, consequence(old.Type))
		c.add(key, id, old, Finding{Rule: rules.LockMoved, What: what, File: to.stack.File, Line: to.stack.Resource(to.id).Line()})
		return
	}
	what := "is gone: " + consequence(old.Type)
	if old.Condition != "" {
		what = "is gone, or its condition is false: " + consequence(old.Type)
	}
	c.add(key, id, old, Finding{Rule: rules.LockGone, What: what})
}

// findPlaces lists the resources that the lock does not have, by type, in the order of the stacks.
func (c *comparison) findPlaces() map[string][]place {
	found := map[string][]place{}
	for _, s := range c.now.assembly.Stacks {
		held := c.now.lock.Stacks[c.now.keys[s]]
		if held == nil {
			continue
		}
		for _, id := range slices.Sorted(maps.Keys(held.Resources)) {
			if entry := held.Resources[id]; !c.isLocked(s, id) {
				found[entry.Type] = append(found[entry.Type], place{s, id, entry})
			}
		}
	}
	return found
}

func (c *comparison) isLocked(s *assembly.Stack, id string) bool {
	locked := c.locked[s]
	return locked != nil && locked.Resources[id] != nil
}

// movedTo is the place of a resource under another logical ID or in another stack, if one place alone can be it: one of the same path or ID, or one
// whose path ends alike, with the same names and other literals that replace it.
func (c *comparison) movedTo(id string, old *Resource) (found place, ok bool) {
	if c.places == nil {
		c.places = c.findPlaces()
	}
	best, count := 0, 0
	for _, candidate := range c.places[old.Type] {
		likeness := alike(old.Path, candidate.entry.Path)
		if candidate.id == id || old.Path != "" && candidate.entry.Path == old.Path {
			likeness = 1 << 10
		}
		switch {
		case c.taken[candidate.entry], likeness < best, !sameLiterals(old, candidate.entry):
		case likeness > best:
			found, best, count = candidate, likeness, 1
		case likeness == best:
			count++
		}
	}
	return found, best > 0 && count == 1
}

// sameLiterals reports whether no literal that replaces a resource differs.
func sameLiterals(a, b *Resource) bool {
	for property, value := range a.Pinned {
		other := b.Pinned[property]
		if isLiteral(value) && isLiteral(other) && canonical(value) != canonical(other) {
			return false
		}
	}
	return true
}

// alike counts the last segments that two construct paths have in common.
func alike(a, b string) (count int) {
	for a != "" && b != "" {
		endA, endB := a[strings.LastIndexByte(a, '/')+1:], b[strings.LastIndexByte(b, '/')+1:]
		if endA != endB {
			break
		}
		count++
		a, b = strings.TrimSuffix(a[:len(a)-len(endA)], "/"), strings.TrimSuffix(b[:len(b)-len(endB)], "/")
	}
	return count
}

// missingStack is a stack of the lock that the assembly does not have: another name, another environment, or gone with what it had.
func (c *comparison) missingStack(key string) {
	locked := c.lock.Stacks[key]
	say := func(format string, args ...any) {
		c.report.Findings = append(c.report.Findings, Finding{Rule: rules.LockStack, Stack: nameOf(key), What: fmt.Sprintf(format, args...), Fix: rules.LockStack.Fix})
	}
	if renamed := c.renamed(locked); renamed != nil {
		for id := range locked.Resources {
			if entry := c.now.lock.Stacks[c.now.keys[renamed]].Resources[id]; entry != nil {
				c.taken[entry] = true
			}
		}
		if renamed.Name == nameOf(key) {
			say("is now in %s, and was in %s", environment(environmentOf(renamed)), environment(locked.Environment))
		} else {
			say("is now called %s", renamed.Name)
		}
		return
	}
	say("is gone")
	for _, id := range slices.Sorted(maps.Keys(locked.Resources)) {
		if old := locked.Resources[id]; !old.Removable {
			c.missing(key, id, old)
		}
	}
}

func environment(of string) string {
	if of == "" {
		return "no environment"
	}
	return of
}

// renamed is the stack that a missing one became: one that the lock does not have, with at least half of its resources.
func (c *comparison) renamed(locked *Stack) (found *assembly.Stack) {
	most := (len(locked.Resources) + 1) / 2
	for _, s := range c.now.assembly.Stacks {
		if c.locked[s] != nil {
			continue
		}
		common := 0
		for id, old := range locked.Resources {
			if r := s.Resource(id); r != nil && r.Type == old.Type {
				common++
			}
		}
		if common >= most && common > 0 {
			found, most = s, common+1
		}
	}
	return found
}
