package lock

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// comparison is a lock and the assembly that it is compared with.
type comparison struct {
	lock   *Lock
	now    *plan
	report *Report
	// stacks are the stacks of the assembly by the key that the lock has for them, and locked is the other way round.
	stacks map[string]*assembly.Stack
	locked map[*assembly.Stack]*Stack
	// places are where a resource of the lock can have moved to, by type; nil until one did.
	places map[string][]place
	// taken are the resources of the assembly that a resource of the lock moved to.
	taken map[*Resource]bool
}

// Compare finds what the deployment of an assembly does to what the lock holds.
func (l *Lock) Compare(a *assembly.Assembly) *Report {
	c := &comparison{
		lock: l, now: planOf(a), report: &Report{Resources: l.Count(), Stacks: len(l.Stacks)},
		stacks: map[string]*assembly.Stack{}, locked: map[*assembly.Stack]*Stack{}, taken: map[*Resource]bool{},
	}
	for key, locked := range l.Stacks {
		if stack := c.stackOf(key); stack != nil {
			c.stacks[key], c.locked[stack] = stack, locked
		}
	}
	for _, key := range slices.Sorted(maps.Keys(l.Stacks)) {
		if stack := c.stacks[key]; stack != nil {
			c.compareStack(key, stack)
		} else {
			c.missingStack(key)
		}
	}
	c.notLocked()
	c.notes()
	slices.SortStableFunc(c.report.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Stack, b.Stack), cmp.Compare(a.LogicalID, b.LogicalID), cmp.Compare(a.Property, b.Property))
	})
	return c.report
}

// nameOf is the name of the stack that a key of the lock stands for.
func nameOf(key string) string {
	name, _, _ := strings.Cut(key, "@")
	return name
}

// stackOf is the stack of the assembly that a key of the lock stands for: the one of its name and environment. What an app leaves open can be any.
func (c *comparison) stackOf(key string) (found *assembly.Stack) {
	for _, s := range c.now.assembly.Stacks {
		switch locked := c.lock.Stacks[key].Environment; {
		case s.Name != nameOf(key):
		case environmentOf(s) == locked:
			return s
		case found == nil && mayBe(environmentOf(s), locked):
			found = s
		}
	}
	return found
}

// mayBe reports whether two environments, or parts of them, can be one.
func mayBe(a, b string) bool {
	accountA, regionA, _ := strings.Cut(cmp.Or(a, "*/*"), "/")
	accountB, regionB, _ := strings.Cut(cmp.Or(b, "*/*"), "/")
	can := func(a, b string) bool { return a == b || a == "*" || b == "*" }
	return can(accountA, accountB) && can(regionA, regionB)
}

func (c *comparison) compareStack(key string, stack *assembly.Stack) {
	locked := c.lock.Stacks[key]
	for _, id := range slices.Sorted(maps.Keys(locked.Resources)) {
		old := locked.Resources[id]
		switch r := stack.Resource(id); {
		case r != nil && r.Type == old.Type && r.Exists != assembly.No:
			c.compareResource(old, r)
		case r != nil && r.Type != old.Type:
			c.add(key, id, old, Finding{Rule: rules.LockGone, What: fmt.Sprintf("is now an %s: %s", r.Type, consequence(old.Type)), File: r.Stack.File, Line: r.Line()})
		case !old.Removable:
			c.missing(key, id, old)
		}
	}
}

// add adds a finding about a resource of the lock.
func (c *comparison) add(key, id string, old *Resource, f Finding) {
	f.Stack, f.LogicalID, f.Path, f.Type = nameOf(key), id, old.Path, old.Type
	f.Fix = cmp.Or(f.Fix, f.Rule.Fix)
	c.report.Findings = append(c.report.Findings, f)
}

// compareResource compares a resource that is where it was.
func (c *comparison) compareResource(old *Resource, r *assembly.Resource) {
	key := c.now.keys[r.Stack]
	say := func(property string, f Finding) {
		f.Property, f.File, f.Line = property, r.Stack.File, r.Line(strings.Split(cmp.Or(property, "-"), ".")[0])
		c.add(key, r.ID, old, f)
	}
	next := c.now.entryOf(r)
	in := scope{old.Uses, next.Uses}
	for _, property := range slices.Sorted(maps.Keys(old.Pinned)) {
		c.comparePinned(old, next, in, property, say)
	}
	for _, name := range slices.Sorted(maps.Keys(old.Kept)) {
		if keeping, isKnown := keepings[old.Type][name]; isKnown {
			compareKept(old, next, in, name, keeping, say)
		}
	}
	c.compareUses(r, old, next, say)
}

// compareKept compares what CloudFormation changes in place, and AWS refuses to change.
func compareKept(old, next *Resource, in scope, name string, keeping keeping, say func(string, Finding)) {
	before, wasKnown := old.kept(name)
	after, isKnown := next.kept(name)
	what, isUnknown := keeping.breaks(in, before, after)
	if what == "" && canonical(old.Kept[name]) == canonical(next.Kept[name]) {
		what, isUnknown = in.changesMeaning(old.Kept[name]), true
	}
	if what != "" {
		say(propertyOf(old.Type, name), Finding{Rule: keeping.rule, What: what, IsUnknown: isUnknown || wasKnown != isKnown})
	}
}

// kept is what is kept under a name: what it is known to be, or as the template has it.
func (r *Resource) kept(name string) (value any, isResolved bool) {
	resolved, ok := r.Resolved[name]
	if !ok {
		return r.Kept[name], false
	}
	var list []any
	decoder := json.NewDecoder(strings.NewReader(resolved))
	decoder.UseNumber()
	if err := decoder.Decode(&list); err == nil {
		return list, true
	}
	return resolved, true
}

// propertyOf is the property of the template that a member of kept is about.
func propertyOf(resourceType, name string) string {
	if resourceType == typeLoadBalancer && name == "Vpc" {
		return "Subnets"
	}
	return name
}

// onlyDeployed stands for a value that only the deployment knows.
const onlyDeployed = "a value that only the deployment knows"

// comparePinned compares a property whose change replaces the resource.
func (c *comparison) comparePinned(old, next *Resource, in scope, property string, say func(string, Finding)) {
	before, after := old.Pinned[property], next.Pinned[property]
	was, wasKnown := old.Resolved[property]
	is, isKnown := next.Resolved[property]
	isSame := canonical(before) == canonical(after)
	switch {
	case isSame && in.changesMeaning(before) != "":
		say(property, Finding{Rule: rules.LockUnknown, IsUnknown: true, What: in.changesMeaning(before) + ", which may replace it: " + consequence(old.Type)})
		return
	case wasKnown && isKnown && was == is, isSame && wasKnown == isKnown && was == is:
		return
	case wasKnown && isText(after, was), isKnown && isText(before, is): // written out, as it was
		return
	}
	// The same words can have another meaning, as an export or a default changed.
	isCertain := wasKnown && isKnown || !isSame && in.differ(before, after)
	from, to := shown(before, was), shown(after, is)
	if isSame && !isKnown {
		to = onlyDeployed
	}
	if isSame && !wasKnown {
		from = onlyDeployed
	}
	f := Finding{Rule: rules.LockReplaced, What: fmt.Sprintf("changes from %s to %s, which replaces it: %s", from, to, consequence(old.Type))}
	if !isCertain || replacesOnCondition(old.Type, property) {
		f = Finding{
			Rule: rules.LockUnknown, IsUnknown: true,
			What: fmt.Sprintf("changes from %s to %s, which may replace it: %s", from, to, consequence(old.Type)),
		}
	}
	say(property, f)
}

// isText reports whether a value of a template is a literal of a text.
func isText(value any, text string) bool { return canonical(value) == canonical(text) }

// shown is a pinned value in a message: what it is known to be, or as the template has it.
func shown(value any, resolved string) string {
	if resolved != "" {
		return cut(resolved)
	}
	return show(value)
}

// compareUses compares the declarations by which the deployment decides pinned values. A value that is known to change says more.
func (c *comparison) compareUses(r *assembly.Resource, old, next *Resource, say func(string, Finding)) {
	if old.Condition != next.Condition {
		say("", Finding{Rule: rules.LockUnknown, IsUnknown: true, What: fmt.Sprintf("its condition changes from %s to %s: it may be deleted", cmp.Or(old.Condition, "none"), cmp.Or(next.Condition, "none"))})
	}
	if slices.ContainsFunc(c.report.Findings, func(f Finding) bool {
		return f.Stack == r.Stack.Name && f.LogicalID == r.ID && !f.IsWarning()
	}) {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(old.Uses)) {
		declared, isUsed := next.Uses[name]
		if isUsed && canonical(declared) != canonical(old.Uses[name]) {
			say("", Finding{Rule: rules.LockUnknown, IsUnknown: true, What: fmt.Sprintf("%s, which it uses, changes from %s to %s", name, show(old.Uses[name]), show(declared))})
		}
	}
}

// notLocked warns of what is to be held and is not in the lock.
func (c *comparison) notLocked() {
	for _, s := range c.now.assembly.Stacks {
		key := c.now.keys[s]
		held := c.now.lock.Stacks[key]
		if held == nil {
			continue
		}
		known := map[string]*Resource{}
		if locked := c.locked[s]; locked != nil {
			known = locked.Resources
		}
		for _, id := range slices.Sorted(maps.Keys(held.Resources)) {
			if next := held.Resources[id]; known[id] == nil && !c.taken[next] {
				r := s.Resource(id)
				c.add(key, id, next, Finding{Rule: rules.LockMissing, What: "is not in the lock", File: s.File, Line: r.Line()})
			}
		}
	}
}

// notes says what the comparison does not cover.
func (c *comparison) notes() {
	for _, u := range slices.Concat(c.now.pending, c.now.unknown) {
		if slices.ContainsFunc(c.report.Findings, func(f Finding) bool { return f.Where() == u.resource.String()+"."+u.property }) {
			continue
		}
		c.report.Notes = append(c.report.Notes, fmt.Sprintf("%s.%s is compared as the template has it: %s", u.resource, u.property, u.why))
	}
	for _, u := range c.now.assembly.Unread {
		c.report.Notes = append(c.report.Notes, "not read: "+u.String())
	}
}
